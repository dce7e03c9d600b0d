// What was measured, for people: tables in Markdown, bars as SVG.

import {existsSync, readFileSync, writeFileSync} from 'node:fs';

/** Milliseconds in the unit that suits them. */
export function time(ms) {
    const three = value => value >= 100 ? value.toFixed(0) : value.toPrecision(3);
    return ms >= 1 ? `${three(ms)} ms` : `${three(ms * 1000)} µs`;
}

/** A table of lists of cells. */
export function table(head, rows) {
    const line = cells => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Puts `text` between the markers of `name` in a document; at its end, if it has none. */
export function place(path, name, text) {
    const [begin, end] = [`<!-- ${name}: written by cargo xtask bench ${name} -->`, `<!-- ${name}: end -->`];
    const block = `${begin}\n${text}\n${end}`;
    const old = existsSync(path) ? readFileSync(path, 'utf8') : '# Performance\n';
    const [from, to] = [old.indexOf(begin), old.indexOf(end)];
    const whole = from >= 0 && to > from
        ? old.slice(0, from) + block + old.slice(to + end.length)
        : `${old.trimEnd()}\n\n${block}\n`;
    writeFileSync(path, whole);
}

/** Bars of ratios, each with a line at its goal. `bars`: [{label, ratio, goal}]. */
export function bars(title, list) {
    const [left, wide, high] = [300, 380, 34];
    const most = Math.max(...list.map(bar => Math.max(bar.ratio, bar.goal ?? 0)));
    const x = ratio => left + Math.log10(Math.max(1, ratio)) / Math.log10(most) * wide;
    const escape = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const rows = list.map(({label, ratio, goal}, i) => {
        const y = 50 + i * high;
        const fill = goal === undefined || ratio >= goal ? '#2e7d5b' : '#b4542a';
        const line = goal === undefined ? '' : `<path d="M${x(goal).toFixed(1)} ${y - 3}v26" stroke="#111" stroke-width="2"/>`;
        return `<text x="${left - 10}" y="${y + 15}" text-anchor="end">${escape(label)}</text>`
            + `<rect x="${left}" y="${y}" width="${(x(ratio) - left).toFixed(1)}" height="20" fill="${fill}"/>${line}`
            + `<text x="${(x(Math.max(ratio, goal ?? 0)) + 8).toFixed(1)}" y="${y + 15}">${ratio.toPrecision(3)} ×</text>`;
    });
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + wide + 90} ${60 + list.length * high}" font-family="sans-serif" font-size="14">`
        + `<rect width="100%" height="100%" fill="#fff"/><text x="10" y="26" font-size="16">${escape(title)}</text>${rows.join('')}</svg>\n`;
}
