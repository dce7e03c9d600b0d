// Opening hours of stations, in the language that both sides read.

const FORMS = [
    'Mo-Fr 08:30-17:00',
    'Mo-Su 08:00-20:00',
    '24/7',
    'Mo-Fr 08:30-12:00,13:00-17:00; Sa-Su 09:30-15:30',
    'Mo-Sa 07:00-21:00',
    'Nov-Mar Mo-Su 07:30-17:30; Apr-Oct Mo-Su 07:00-19:00',
    'Mo-Fr 09:00-18:00; Sa 09:00-12:00',
    'Mo-Su 18:00-02:00',
    'Mo-Th 08:00-11:30,13:30-17:30; Fr 08:00-11:30; Su off',
    'Tu-Su 09:00-21:30',
];

/** `count` stations' hours: the forms in turn, with the minutes moved so that no two neighbours are the same. */
export function hours(count) {
    return Array.from({length: count}, (_, i) => {
        const moved = String(5 * (Math.floor(i / FORMS.length) % 6)).padStart(2, '0');
        return FORMS[i % FORMS.length].replaceAll(/:[03]0-/g, `:${moved}-`);
    });
}

/** Instants over a year, `count` of them, as minutes since 1970. */
export function instants(count) {
    const start = Date.UTC(2026, 0, 1) / 60000;
    return Array.from({length: count}, (_, i) => start + Math.floor(i * 365 * 1440 / count) + (i * 37) % 1440);
}
