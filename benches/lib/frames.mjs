// How long frames take: the time between two of them, and what the page's thread works for each.

import {percentile} from './measure.mjs';

const CATEGORIES = ['-*', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'disabled-by-default-devtools.timeline.frame'];

/** Does `act` and gives 95 % of the frames: milliseconds between frames, and of the thread's tasks within each. */
export async function frames(page, act) {
    await page.evaluate(() => {
        window.bench.frames = [];
        const note = now => {
            window.bench.frames?.push(now);
            if (window.bench.frames) requestAnimationFrame(note);
        };
        requestAnimationFrame(note);
    });
    await page.tracing.start({categories: CATEGORIES});
    await act();
    const trace = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
    const at = await page.evaluate(() => {
        const at = window.bench.frames;
        window.bench.frames = null;
        return at;
    });
    const between = at.slice(1).map((now, i) => now - at[i]);
    const worked = work(trace.traceEvents);
    return {frames: between.length, between: percentile(between, 0.95), worked: percentile(worked, 0.95), longest: Math.max(...worked)};
}

/** Milliseconds of tasks between each two frames of the page's main thread: of the busiest one. */
function work(events) {
    const mains = new Set(events.filter(event => event.name === 'thread_name' && event.args.name === 'CrRendererMain').map(event => `${event.pid}/${event.tid}`));
    const threads = new Map();
    for (const event of events) {
        const thread = `${event.pid}/${event.tid}`;
        if (!mains.has(thread)) continue;
        if (!threads.has(thread)) threads.set(thread, {tasks: [], begins: [], sum: 0});
        const found = threads.get(thread);
        if (event.name === 'RunTask' && event.ph === 'X') {
            found.tasks.push(event);
            found.sum += event.dur;
        }
        if (event.name === 'BeginMainThreadFrame') found.begins.push(event.ts);
    }
    const {tasks, begins} = [...threads.values()].sort((a, b) => b.sum - a.sum)[0] ?? {tasks: [], begins: []};
    begins.sort((a, b) => a - b);
    tasks.sort((a, b) => a.ts - b.ts);
    const worked = [];
    let next = 0;
    for (const task of tasks) {
        // A frame begins within a task, and takes all until the task that the next one begins in.
        let begun = false;
        while (next < begins.length && begins[next] < task.ts + task.dur) {
            next++;
            begun = true;
        }
        if (begun) worked.push(0);
        if (worked.length) worked[worked.length - 1] += task.dur / 1000;
    }
    return worked;
}
