// Medians of runs that alternate, so that what disturbs the machine disturbs all alike.

/** The middle of a list of numbers. */
export function median(list) {
    const sorted = [...list].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs each of `runners` (name → function that does `times` things) in turn: `warm` rounds unmeasured, then `rounds`
 * measured. Gives for each the median, least and greatest milliseconds of one thing.
 */
export function compare(runners, {rounds = 11, warm = 3, times = 1} = {}) {
    const names = Object.keys(runners);
    const taken = Object.fromEntries(names.map(name => [name, []]));
    for (let round = -warm; round < rounds; round++) {
        // Whoever was first is last next time.
        const order = round % 2 ? names : [...names].reverse();
        for (const name of order) {
            globalThis.gc?.();
            const start = process.hrtime.bigint();
            runners[name]();
            const end = process.hrtime.bigint();
            if (round >= 0) taken[name].push(Number(end - start) / 1e6 / times);
        }
    }
    return Object.fromEntries(names.map(name => [name, {
        median: median(taken[name]), least: Math.min(...taken[name]), most: Math.max(...taken[name]),
    }]));
}
