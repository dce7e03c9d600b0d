// The app's page beside a plain page of Leaflet with leaflet.markercluster and one of MapLibre GL with its own clusters, with the same
// stations in the same Chromium. Run by `cargo xtask bench pages`, as:
// node benches/pages.mjs CHROMIUM PEERS FOLDER DOCUMENT RUNS COUNT…
// FOLDER has a folder of each COUNT, with the list in public/data/stations.json and the built site in site/. A DOCUMENT named `-`
// is none.

import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

import {median} from './lib/measure.mjs';
import {bars, place, table} from './lib/report.mjs';
import {peers, serve} from './lib/site.mjs';
import {PAGES, flags, hold, load, located} from './lib/visit.mjs';

const [chromium, npm, folder, document, runs, ...counts] = process.argv.slice(2);
const RUNS = Number(runs);
const COUNTS = counts.map(Number);
const [SMALL, LARGE] = [Math.min(...COUNTS), Math.max(...COUNTS)];
/** Peers with more stations than this take minutes a visit, forty times as long as ours: once is enough to see it. */
const MANY = 50000;
/** Visits whose memory and frames are looked at. */
const HOLDS = 3;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
/** How much more a nation may take than a city. */
const FLAT = 1.3;

const own = join(dirname(fileURLToPath(import.meta.url)), 'pages');
const require = createRequire(join(resolve(npm), 'package.json'));
const puppeteer = require('puppeteer-core');
const version = name => JSON.parse(readFileSync(join(npm, 'node_modules', name, 'package.json'), 'utf8')).version;
const {default: lighthouse} = await import(pathToFileURL(join(resolve(npm), 'node_modules/lighthouse/core/index.js')));
const launch = name => puppeteer.launch({executablePath: chromium, args: flags(PAGES[name]), protocolTimeout: 600000});
const loadAtStart = os.loadavg()[0];
const begun = Date.now();

const loads = count => name => name !== 'ours' && count > MANY ? 1 : RUNS;
const holds = count => name => Math.min(HOLDS, loads(count)(name));

/** The medians of each figure in a list of objects. */
function medians(list) {
    return Object.fromEntries(Object.keys(list[0]).map(key => [key, median(list.map(one => one[key]))]));
}

/** Visits all pages in turn, `times(name)` times each. */
async function inTurn(times, act) {
    const found = {};
    for (let run = 0; run < RUNS; run++) {
        for (const name of Object.keys(PAGES)) {
            if (run < times(name)) (found[name] ??= []).push(await act(name));
        }
    }
    return Object.fromEntries(Object.entries(found).map(([name, list]) => [name, medians(list)]));
}

/** What Lighthouse says of a site. */
async function score(name, site) {
    for (let tries = 1; ; tries++) {
        const browser = await launch(name);
        const page = await located(browser.defaultBrowserContext(), site);
        const {lhr} = await lighthouse(`${site.origin}/`, {onlyCategories: CATEGORIES, logLevel: 'error'}, undefined, page);
        await browser.close();
        // It gives no score where one of its own looks failed.
        if (CATEGORIES.some(key => lhr.categories[key].score === null) && tries < 3) continue;
        const scores = Object.fromEntries(CATEGORIES.map(key => [key, Math.round(lhr.categories[key].score * 100)]));
        const time = key => lhr.audits[key].numericValue;
        return {...scores, paint: time('largest-contentful-paint'), blocked: time('total-blocking-time'), shift: time('cumulative-layout-shift')};
    }
}

/** Measures all pages with a list of so many stations. */
async function measure(count) {
    const at = join(folder, String(count));
    peers(at, join(at, 'public/data/stations.json'), own, join(npm, 'node_modules'));
    const sites = {};
    for (const name of Object.keys(PAGES)) sites[name] = await serve(join(at, name === 'ours' ? 'site' : name));
    const tell = (name, found) => {
        const figures = Object.entries(found).map(([key, value]) => `${key} ${typeof value === 'number' ? Math.round(value * 10) / 10 : value}`);
        console.log(`${count} ${name}: ${figures.join(', ')} (${Math.round((Date.now() - begun) / 1000)} s)`);
        return found;
    };
    const browsers = {};
    for (const name of Object.keys(PAGES)) browsers[name] = await launch(name);
    const loaded = await inTurn(loads(count), async name => tell(name, await load(browsers[name], sites[name], PAGES[name])));
    for (const browser of Object.values(browsers)) await browser.close();
    const held = await inTurn(holds(count), async name => {
        const browser = await launch(name);
        const found = await hold(browser, sites[name], PAGES[name]);
        await browser.close();
        return tell(name, found);
    });
    const scores = count > SMALL ? {} : await inTurn(() => Math.min(RUNS, 5), async name => tell(name, await score(name, sites[name])));
    for (const site of Object.values(sites)) site.stop();
    return {loaded, held, scores};
}

const chromiumVersion = await (async () => {
    const browser = await launch('ours');
    const version = await browser.version();
    await browser.close();
    return version;
})();
const found = {};
for (const count of COUNTS) found[count] = await measure(count);

const NAMES = {ours: 'ours', markercluster: 'Leaflet + markercluster', maplibre: 'MapLibre GL'};
const thousands = count => count.toLocaleString('en');
const kb = bytes => `${Math.round(bytes / 1000).toLocaleString('en')} KB`;
const mb = bytes => `${(bytes / 1e6).toFixed(1)} MB`;
const seconds = ms => `${(ms / 1000).toFixed(2)} s`;
const ms = value => `${value.toFixed(1)} ms`;

const rows = COUNTS.flatMap(count => Object.keys(PAGES).map(name => {
    const {loaded: {[name]: loaded}, held: {[name]: held}} = found[count];
    return [thousands(count), NAMES[name], kb(loaded.bytes), seconds(loaded.time), mb(held.heap), mb(held.alive), mb(held.anonymous), ms(held.worked), ms(held.between), String(held.frames)];
}));

const scoreRows = Object.keys(PAGES).map(name => {
    const score = found[SMALL].scores[name];
    return [NAMES[name], ...CATEGORIES.map(key => String(score[key])), seconds(score.paint), ms(score.blocked), score.shift.toFixed(3)];
});

/** The goals: [what, peer, ours, peer's, ratio, goal in words, reached]. */
const goals = (() => {
    const small = found[SMALL];
    const large = found[LARGE];
    const {ours, markercluster} = small.scores;
    const others = CATEGORIES.slice(1).map(key => ours[key]);
    const ratio = (theirs, mine) => theirs / mine;
    const first = ratio(small.loaded.maplibre.bytes, small.loaded.ours.bytes);
    const list = ratio(large.loaded.markercluster.time, large.loaded.ours.time);
    const memory = ratio(large.held.markercluster.heap, large.held.ours.heap);
    const frame = ratio(large.held.markercluster.worked, large.held.ours.worked);
    const flatTime = large.loaded.ours.time / small.loaded.ours.time;
    const flatBytes = large.loaded.ours.bytes / small.loaded.ours.bytes;
    return [
        {what: `first load, ${thousands(SMALL)}`, peer: 'MapLibre GL', mine: kb(small.loaded.ours.bytes), theirs: kb(small.loaded.maplibre.bytes), ratio: first, goal: 2, words: 'at most half', met: first >= 2},
        {what: `first load, ${thousands(SMALL)}`, mine: kb(small.loaded.ours.bytes), words: 'under 200 KB', met: small.loaded.ours.bytes < 200000},
        {what: 'Lighthouse mobile, performance', peer: 'markercluster', mine: ours.performance, theirs: markercluster.performance, words: 'at least 98 and the peer\'s', met: ours.performance >= 98 && ours.performance >= markercluster.performance},
        {what: 'Lighthouse mobile, the other three', mine: others.join(', '), words: '100', met: others.every(score => score === 100)},
        {what: `nearest list, ${thousands(LARGE)}`, peer: 'markercluster', mine: seconds(large.loaded.ours.time), theirs: seconds(large.loaded.markercluster.time), ratio: list, goal: 5, words: '5 times faster', met: list >= 5},
        {what: `peak memory, ${thousands(LARGE)}`, peer: 'markercluster', mine: mb(large.held.ours.heap), theirs: mb(large.held.markercluster.heap), ratio: memory, goal: 5, words: 'a fifth', met: memory >= 5},
        {what: `work a frame, ${thousands(LARGE)}`, peer: 'markercluster', mine: ms(large.held.ours.worked), theirs: ms(large.held.markercluster.worked), ratio: frame, goal: 2, words: 'under 16.7 ms and half', met: frame >= 2 && large.held.ours.worked < 16.7},
        {what: `first load, ${thousands(LARGE)} to ${thousands(SMALL)}`, mine: `${flatBytes.toFixed(2)} ×`, words: `at most ${FLAT} ×`, met: flatBytes <= FLAT, flat: true},
        {what: `nearest list, ${thousands(LARGE)} to ${thousands(SMALL)}`, mine: `${flatTime.toFixed(2)} ×`, words: `at most ${FLAT} ×`, met: flatTime <= FLAT, flat: true},
    ].filter(goal => !goal.flat || COUNTS.length > 1);
})();

function report() {
    const cpu = os.cpus();
    const names = ['leaflet', 'leaflet.markercluster', 'maplibre-gl', 'lighthouse', 'puppeteer-core'];
    const many = COUNTS.some(count => count > MANY) ? `; one of the peers with more than ${thousands(MANY)} stations, which takes minutes` : '';
    const goalRows = goals.map(({what, peer, mine, theirs, ratio, words, met}) => [
        what, peer ?? '', String(mine), String(theirs ?? ''), ratio ? `${ratio.toFixed(1)} ×` : '', `${words}: ${met ? 'reached' : 'not reached'}`,
    ]);
    return [
        '## Pages',
        '',
        `${new Date().toISOString().slice(0, 10)}. ${cpu.length} × ${cpu[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.arch()}; load ${loadAtStart.toFixed(1)} at the start, ${os.loadavg()[0].toFixed(1)} at the end; ${Math.round((Date.now() - begun) / 60000)} minutes.`,
        `${chromiumVersion}, Node ${process.versions.node}; ${names.map(name => `${name} ${version(name)}`).join(', ')}. Stations of \`staff sample --seed 1\`.`,
        '',
        'All pages come from one server of static files with Brotli beside them (ours as `staff build` packs it; the peers\' own files at quality 11, their data over 16 MB at 9; no other headers than type, length and how long to keep). A first visit has an empty browser, Lighthouse\'s mobile screen, its slow 4G (1.6 Mbit/s down, 150 ms for each request, by Chromium\'s own means) and a quarter of this machine\'s speed; the phone is in the middle of Shenyang, and may say so. The peers ask for the position at once, sort their one file by distance and list the nearest ten before they give the map its points (markercluster with `chunkedLoading`, MapLibre with `cluster: true`; no tiles). Ours asks on a tap, which comes as soon as the button is there. *Nearest list*: from the navigation until ten rows from the position are painted. *First load*: bytes on the wire of all that page and workers load until nothing more comes, without the service worker\'s copy.',
        '',
        'Memory is that of another visit, on the fast network: what V8 says of the page\'s and its workers\' heaps with array buffers (`Runtime.getHeapUsage`, used and backing storage) and the WebAssembly\'s memory, every 20 ms for the peak (a page that computes answers afterwards, so that a peak within one task is missed), and after a collection for *alive*; *process* is the largest anonymous memory of the page\'s process, which misses nothing, and of an empty page is some 30 MB. Then a finger drags the map four times by 160 pixels at a quarter of the speed: the work of a frame is all tasks of the page\'s main thread from one frame to the next (trace events `RunTask`), the time between frames is `requestAnimationFrame`\'s. There is no graphics card: the two pages without WebGL are painted by the processor (`--disable-gpu`), MapLibre\'s WebGL is computed (SwiftShader), which the main thread\'s work does not show and the time between frames does.',
        '',
        `Medians of ${RUNS} first visits in turn${many}; of ${Math.min(HOLDS, RUNS)} for memory and frames, of ${Math.min(RUNS, 5)} for Lighthouse.`,
        '',
        table(['stations', 'page', 'first load', 'nearest list', 'peak JS and WebAssembly', 'of it alive', 'process', 'work a frame, 95 %', 'between frames, 95 %', 'frames'], rows),
        '',
        table(['Lighthouse mobile', ...CATEGORIES, 'LCP', 'TBT', 'CLS'], scoreRows),
        '',
        table(['goal', 'peer', 'ours', 'peer\'s', 'ratio', ''], goalRows),
        '',
        '![Ratios and goals of the pages](performance-pages.svg)',
    ].join('\n');
}

const text = report();
console.log(`\n${text}\n`);
if (document !== '-') {
    place(document, 'pages', text);
    const drawn = goals.filter(goal => goal.ratio).map(({what, peer, ratio, goal}) => ({label: `${what} (${peer})`, ratio, goal}));
    writeFileSync(join(dirname(document), 'performance-pages.svg'), bars('Times as good as the peer (line: goal; logarithmic)', drawn));
}
const steep = goals.filter(goal => goal.flat && !goal.met);
for (const {what, mine, words} of steep) console.error(`not flat: ${what}: ${mine}, ${words}`);
process.exit(steep.length ? 1 : 0);
