// Medians of runs that alternate, so that what disturbs the machine disturbs all alike.

/** The middle of a list of numbers. */
export function median(list) {
    const sorted = [...list].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The number that so great a part of a list does not exceed. */
export function percentile(list, part) {
    const sorted = [...list].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/**
 * Runs each of `runners` (name → function that does `times` things) in turn: `warm` rounds unmeasured, then `rounds`
 * measured. Gives for each the medians of one thing's milliseconds, by the clock and of the process's own computing.
 */
export function compare(runners, {rounds = 11, warm = 4, times = 1} = {}) {
    const names = Object.keys(runners);
    const taken = Object.fromEntries(names.map(name => [name, {clock: [], cpu: []}]));
    for (let round = -warm; round < rounds; round++) {
        // Whoever was first is last next time.
        const order = round % 2 ? names : [...names].reverse();
        for (const name of order) {
            globalThis.gc?.();
            const used = process.cpuUsage();
            const start = process.hrtime.bigint();
            runners[name]();
            const end = process.hrtime.bigint();
            const {user, system} = process.cpuUsage(used);
            if (round < 0) continue;
            taken[name].clock.push(Number(end - start) / 1e6 / times);
            taken[name].cpu.push((user + system) / 1e3 / times);
        }
    }
    return Object.fromEntries(names.map(name => [name, {
        clock: median(taken[name].clock), cpu: median(taken[name].cpu),
    }]));
}
