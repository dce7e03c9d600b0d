// The domain as WebAssembly (crates/bench-wasm).

import {readFileSync} from 'node:fs';

/** Loads the module and wraps what needs memory. */
export async function load(path) {
    const {instance} = await WebAssembly.instantiate(readFileSync(path), {});
    const wasm = instance.exports;
    // Asking for the memory's buffer costs more than a question; it is another one after the memory grew.
    let numbers = new Float64Array(wasm.memory.buffer);
    return {
        wasm,
        /** Hands the points over. */
        give(points) {
            const at = wasm.places(points.length / 2);
            new Float64Array(wasm.memory.buffer, at, points.length).set(points);
        },
        /** The answer to the last question, `count` numbers. */
        answer(count) {
            if (numbers.length === 0) numbers = new Float64Array(wasm.memory.buffer);
            const at = wasm.answer() / 8;
            return numbers.subarray(at, at + count);
        },
        /** Hands lines of opening hours over; how many were understood. */
        hours(lines) {
            const bytes = new TextEncoder().encode(lines.join('\n'));
            const at = wasm.text(bytes.length);
            new Uint8Array(wasm.memory.buffer, at, bytes.length).set(bytes);
            return wasm.read_hours();
        },
    };
}
