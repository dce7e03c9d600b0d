// Results that must agree before their speed is compared.

/** Stops the benchmark if what must hold does not. */
export function must(holds, what) {
    if (!holds) throw new Error(`the results differ: ${what}`);
}

/** The haversine of the angle between two points. */
function measure(points, id, lng, lat) {
    const rad = Math.PI / 180;
    const half = angle => Math.sin(angle / 2 * rad) ** 2;
    return half(points[2 * id + 1] - lat)
        + Math.cos(lat * rad) * Math.cos(points[2 * id + 1] * rad) * half(points[2 * id] - lng);
}

/**
 * Compares two answers of nearest points. The peer measures on a sphere and we on the ellipsoid, where distances
 * differ by up to half a percent: a point may stand in for another that is so little nearer. True if both are
 * the same set.
 */
export function sameNearest(points, lng, lat, ours, theirs) {
    must(ours.length === theirs.length, `${ours.length} and ${theirs.length} points near ${lng} ${lat}`);
    const limit = Math.max(...theirs.map(id => measure(points, id, lng, lat)));
    const others = ours.filter(id => !theirs.includes(id));
    for (const id of others) {
        const farther = Math.sqrt(measure(points, id, lng, lat) / limit);
        must(farther < 1.011, `point ${id} near ${lng} ${lat} is farther by ${farther}`);
    }
    return others.length === 0;
}

/** How many of `centres` ([lng, lat] each) have another one nearer than `radius` of a tile of `tile` at `zoom`. */
export function crowded(centres, radius, tile, zoom) {
    const side = tile * 2 ** zoom;
    const cells = new Map();
    const spots = centres.map(([lng, lat]) => {
        const sine = Math.max(-0.9999, Math.min(0.9999, Math.sin(lat * Math.PI / 180)));
        return [(lng + 180) / 360 * side, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * side];
    });
    const key = (x, y) => x * 134217728 + y;
    spots.forEach(([x, y], i) => {
        const cell = key(Math.floor(x / radius), Math.floor(y / radius));
        cells.has(cell) ? cells.get(cell).push(i) : cells.set(cell, [i]);
    });
    let count = 0;
    spots.forEach(([x, y], i) => {
        for (let dx = -1; dx <= 1; dx++) {
            for (let dy = -1; dy <= 1; dy++) {
                const near = cells.get(key(Math.floor(x / radius) + dx, Math.floor(y / radius) + dy)) ?? [];
                // A thousandth is left to rounding.
                if (near.some(j => j !== i && Math.hypot(spots[j][0] - x, spots[j][1] - y) < radius * 0.999)) {
                    count++;
                    return;
                }
            }
        }
    });
    return count;
}
