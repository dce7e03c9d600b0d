// Visits of a page in Chromium, as on a slow phone: how long until the nearest stations are listed, what that loads, what memory
// it takes, and how the map moves.

import {readFileSync} from 'node:fs';

import {frames} from './frames.mjs';

/** The phone and the network of Lighthouse's mobile runs: its screen, its slow 4G, and a quarter of this machine's speed. */
const SCREEN = {width: 412, height: 823, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true};
const SLOW_4G = {offline: false, latency: 150, downloadThroughput: 1.6 * 1024 * 1024 / 8, uploadThroughput: 750 * 1024 / 8};
const SLOWER = 4;
/** The middle of Shenyang. */
const HERE = {latitude: 41.8057, longitude: 123.4315, accuracy: 20};
/** Longest wait for a page, and how long nothing has come when all has; milliseconds. */
const [PATIENCE, QUIET] = [300000, 2500];

const FLAGS = [
    '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
    '--no-default-browser-check', '--disable-features=Translate,MediaRouter,BackForwardCache,PaintHolding',
];
/**
 * There is no graphics card here. A page is painted by the processor, as Chromium does by itself where there is none; what WebGL needs
 * is computed. (With both in one, each path on a canvas would be a program for a card that is computed, which no phone does.)
 */
const [PAINTED, COMPUTED] = [['--disable-gpu'], ['--use-angle=swiftshader', '--enable-unsafe-swiftshader']];

/**
 * How to know each page's list of the nearest ten: `rows` are there. Our app asks for the position on a tap alone, and somebody
 * taps as soon as the button is there.
 */
export const PAGES = {
    ours: {tap: '#hero-locate', rows: '.list .row', also: '.hero.nearest', map: '.leaflet-container'},
    markercluster: {rows: '#list > li', also: 'body', map: '.marker-cluster, .leaflet-marker-icon'},
    maplibre: {rows: '#list > li', also: 'body', map: 'canvas.maplibregl-canvas', webgl: true},
};

/** The flags of a browser for a page. */
export const flags = ({webgl}) => [...FLAGS, ...(webgl ? COMPUTED : PAINTED)];

/** Runs in the page: notes when the list was there, and keeps the WebAssembly's memory where it can be seen. */
function watch({tap, rows, also}) {
    window.bench = {listed: null, wasm: () => 0};
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const real = WebAssembly[name];
        WebAssembly[name] = async (...args) => {
            const made = await real.apply(WebAssembly, args);
            const memory = Object.values((made.instance ?? made).exports).find(one => one instanceof WebAssembly.Memory);
            window.bench.wasm = () => memory?.buffer.byteLength ?? 0;
            return made;
        };
    }
    let tapped = !tap;
    const look = () => {
        const button = !tapped && document.querySelector(tap);
        if (button) {
            tapped = true;
            button.click();
        }
        if (document.querySelectorAll(rows).length < 10 || !document.querySelector(also)) return;
        watcher.disconnect();
        // When it is painted.
        requestAnimationFrame(() => setTimeout(() => { window.bench.listed = performance.now(); }));
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, {childList: true, subtree: true});
}

/** An empty page that may know where it is. */
export async function located(context, site) {
    await context.overridePermissions(site.origin, ['geolocation']);
    const page = await context.newPage();
    await page.setGeolocation(HERE);
    return page;
}

/** Opens an empty page as the phone has it, in a context of its own, and does `act` with it. */
async function visit(browser, site, rules, act) {
    const context = await browser.createBrowserContext();
    const page = await located(context, site);
    page.setDefaultTimeout(PATIENCE);
    await page.setViewport(SCREEN);
    await page.evaluateOnNewDocument(watch, rules);
    const errors = [];
    page.on('pageerror', error => errors.push(error.stack ?? String(error)));
    const found = await act(page, await page.createCDPSession());
    await context.close();
    if (errors.length) throw new Error(`the page failed: ${errors.join('\n')}`);
    return found;
}

/** Goes to the site and waits until its list is there; after how many milliseconds it was. */
async function list(page, site) {
    await page.goto(`${site.origin}/`, {waitUntil: 'domcontentloaded'});
    await page.waitForFunction(() => window.bench.listed !== null, {polling: 100});
    return page.evaluate(() => window.bench.listed);
}

/**
 * A first visit on the slow phone and network: milliseconds until the list is there, and the bytes of all that the page and its
 * workers load until nothing more comes.
 */
export function load(browser, site, rules) {
    return visit(browser, site, rules, async (page, cdp) => {
        let [bytes, last] = [0, Date.now()];
        const count = async session => {
            for (const event of ['requestWillBeSent', 'responseReceived', 'dataReceived', 'loadingFinished', 'loadingFailed']) {
                session.on(`Network.${event}`, ({encodedDataLength}) => {
                    last = Date.now();
                    if (event === 'loadingFinished') bytes += encodedDataLength;
                });
            }
            await session.send('Network.enable');
            await session.send('Network.emulateNetworkConditions', SLOW_4G);
        };
        // A worker that goes at once has loaded nothing.
        page.on('workercreated', worker => count(worker.client).catch(() => 0));
        await count(cdp);
        await cdp.send('Emulation.setCPUThrottlingRate', {rate: SLOWER});
        const before = site.workers();
        const time = await list(page, site);
        while (Date.now() - last < QUIET) await pause(50);
        // The page is not told of its workers' scripts.
        return {time, bytes: bytes + site.workers() - before};
    });
}

/**
 * A visit on the fast network: the most memory that the page takes from its beginning on, and how its map moves under a finger
 * on the slow phone. Without a browser beside it, as its processes are looked at.
 */
export function hold(browser, site, rules) {
    return visit(browser, site, rules, async (page, cdp) => {
        const sessions = [cdp];
        page.on('workercreated', worker => sessions.push(worker.client));
        const peak = {heap: 0, anonymous: 0};
        const system = await browser.target().createCDPSession();
        // What is there of the page and its workers now; one that has gone has nothing.
        const held = async () => {
            const all = await Promise.all(sessions.map(session => session.send('Runtime.getHeapUsage').catch(() => null)));
            return all.reduce((sum, one) => sum + (one ? one.usedSize + one.backingStorageSize : 0), 0);
        };
        let over = false;
        const watch = async look => {
            while (!over) {
                await look().catch(() => 0);
                await pause(20);
            }
        };
        const watching = [
            watch(async () => { peak.heap = Math.max(peak.heap, await held()); }),
            // While the page computes it does not answer, but its process can be looked at.
            watch(async () => {
                const {processInfo} = await system.send('SystemInfo.getProcessInfo');
                const sizes = processInfo.filter(({type}) => type === 'renderer').map(({id}) => anonymous(id));
                peak.anonymous = Math.max(peak.anonymous, ...sizes);
            }),
        ];
        try {
            await list(page, site);
            await page.waitForSelector(rules.map);
            await idle(cdp);
        } finally {
            over = true;
            await Promise.all(watching);
        }
        const wasm = await page.evaluate(() => window.bench.wasm());
        await cdp.send('HeapProfiler.collectGarbage');
        // V8 does not count it, and it never shrinks.
        const alive = await held() + wasm;
        peak.heap += wasm;
        await cdp.send('Emulation.setCPUThrottlingRate', {rate: SLOWER});
        const moved = await frames(page, () => pan(page, cdp));
        return {...peak, alive, wasm, ...moved};
    });
}

/** Moves the map under a finger, there and back, by so many CSS pixels a second. */
async function pan(page, cdp) {
    const [SPEED, FRAME, STILL] = [320, 1000 / 60, 100];
    // Above what may lie over its lower half.
    const finger = await page.evaluate(() => {
        window.bench.moves = 0;
        document.addEventListener('touchmove', () => window.bench.moves++, {capture: true, passive: true});
        const {x, y, width, height} = document.querySelector('#map').getBoundingClientRect();
        return {x: Math.round(x + width / 2), y: Math.round(y + Math.min(height, innerHeight / 2) / 2)};
    });
    const touch = (type, ...points) => cdp.send('Input.dispatchTouchEvent', {type, touchPoints: points});
    for (const [dx, dy] of [[-160, 40], [160, -40], [-160, -40], [160, 40]]) {
        const steps = Math.round(Math.hypot(dx, dy) / SPEED * 1000 / FRAME);
        await touch('touchStart', finger);
        const begun = performance.now();
        for (let step = 1; step <= steps; step++) {
            await touch('touchMove', {x: finger.x + dx * step / steps, y: finger.y + dy * step / steps});
            await pause(Math.max(0, begun + step * FRAME - performance.now()));
        }
        // A finger that rests before it is lifted does not throw the map.
        await pause(STILL);
        await touch('touchEnd');
        // A view that has come to rest shows what is new in it.
        await pause(300);
    }
    // Chromium's own made-up gestures tell a page nothing of what moves.
    if (await page.evaluate(() => window.bench.moves) === 0) throw new Error('the page heard of no finger');
}

/** Bytes of a process that are its own. */
function anonymous(id) {
    try {
        return 1024 * Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
        // It has gone, or this is no Linux.
        return 0;
    }
}

const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

/** Waits until the page computes next to nothing for a second. */
async function idle(cdp) {
    await cdp.send('Performance.enable');
    const worked = async () => {
        const {metrics} = await cdp.send('Performance.getMetrics');
        return metrics.find(metric => metric.name === 'TaskDuration').value;
    };
    const end = Date.now() + PATIENCE;
    for (let before = await worked(), now; Date.now() < end; before = now) {
        await pause(1000);
        now = await worked();
        if (now - before < 0.1) return;
    }
    throw new Error('the page never comes to rest');
}
