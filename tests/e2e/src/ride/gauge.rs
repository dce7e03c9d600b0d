//! What the app holds, and whether it grows.

use std::fmt;

use serde_json::{Value, json};

use crate::page::Page;

/// What is alive after the garbage was collected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gauge {
    /// Bytes of JavaScript's heap.
    pub heap: u64,
    /// Bytes of the WebAssembly's memory, which never shrinks.
    pub wasm: u64,
    /// Nodes of the DOM, with those that are in no document.
    pub nodes: u64,
    /// Listeners.
    pub listeners: u64,
    /// Closures that the app gave the browser and did not take back.
    pub closures: u64,
}

/// A figure of a gauge, and by how much it may grow: so many hundredths and so much.
type Limit = (&'static str, fn(&Gauge) -> u64, u64, u64);

/// The rest of the growth is the browser's own: compiled code, what it knows of shapes, caches of styles.
const LIMITS: [Limit; 5] = [
    ("bytes of heap", |gauge| gauge.heap, 5, 300_000),
    ("bytes of WebAssembly", |gauge| gauge.wasm, 10, 128 * 1024),
    ("nodes", |gauge| gauge.nodes, 5, 150),
    ("listeners", |gauge| gauge.listeners, 5, 10),
    ("closures", |gauge| gauge.closures, 5, 4),
];

impl Gauge {
    /// The next page opened can be gauged.
    pub(super) fn watch(page: &Page) {
        // The app keeps its memory to itself, and tells nobody of its closures but the collector.
        let source = "for (const name of ['instantiate', 'instantiateStreaming']) {
            const real = WebAssembly[name];
            WebAssembly[name] = async (...args) => {
                const made = await real.apply(WebAssembly, args);
                const exported = Object.values((made.instance ?? made).exports);
                window.wasmMemory = exported.find(one => one instanceof WebAssembly.Memory);
                return made;
            };
        }
        window.heldClosures = 0;
        for (const name of ['register', 'unregister']) {
            const real = FinalizationRegistry.prototype[name];
            FinalizationRegistry.prototype[name] = function (...args) {
                const done = real.apply(this, args);
                window.heldClosures += name === 'register' ? 1 : -Number(done);
                return done;
            };
        }";
        page.send("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
        page.send("Performance.enable", json!({}));
    }

    /// Collects the garbage and looks.
    pub(super) fn read(page: &Page) -> Self {
        // What only a finalizer let go of goes at the second time.
        for _ in 0..2 {
            page.send("HeapProfiler.collectGarbage", json!({}));
        }
        let wasm = page.eval("window.wasmMemory.buffer.byteLength").as_u64().unwrap_or_default();
        let closures = page.eval("window.heldClosures").as_u64().unwrap_or_default();
        let metrics = page.send("Performance.getMetrics", json!({}));
        let of = |name: &str| {
            let metric = metrics["metrics"].as_array().into_iter().flatten().find(|one| one["name"] == name);
            whole(metric.map_or(&Value::Null, |one| &one["value"]))
        };
        let heap = whole(&page.send("Runtime.getHeapUsage", json!({}))["usedSize"]);
        Self { heap, wasm, nodes: of("Nodes"), listeners: of("JSEventListeners"), closures }
    }
}

/// Chromium says whole numbers as floating ones.
fn whole(value: &Value) -> u64 {
    value.as_f64().and_then(|value| format!("{value:.0}").parse().ok()).unwrap_or_default()
}

impl fmt::Display for Gauge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { heap, wasm, nodes, listeners, closures } = self;
        let (heap, wasm) = (heap / 1_000, wasm / 1_000);
        write!(f, "heap {heap} KB, WebAssembly {wasm} KB, {nodes} nodes, {listeners} listeners, ")?;
        write!(f, "{closures} closures")
    }
}

/// What grew from the first to the last quarter of a ride, each in its middle; the very first gauge is left out, as nothing was
/// warm then.
pub fn growth(gauges: &[Gauge]) -> Vec<String> {
    let warm = gauges.get(1..).unwrap_or_default();
    let quarter = warm.len().div_ceil(4);
    let middle = |part: &[Gauge], figure: fn(&Gauge) -> u64| {
        let mut all: Vec<u64> = part.iter().map(figure).collect();
        all.sort_unstable();
        all.get(all.len() / 2).copied().unwrap_or_default()
    };
    let grew = |&(name, figure, hundredths, more): &Limit| {
        let first = middle(&warm[..quarter], figure);
        let last = middle(&warm[warm.len() - quarter..], figure);
        let limit = first + first * hundredths / 100 + more;
        (last > limit).then(|| format!("{name}: {first} in the first quarter, {last} in the last"))
    };
    LIMITS.iter().filter_map(grew).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ride(nodes: impl Fn(u64) -> u64) -> Vec<Gauge> {
        (0..40).map(|at| Gauge { heap: 3_000_000, nodes: nodes(at), ..Gauge::default() }).collect()
    }

    #[test]
    fn what_grows_is_told_and_what_goes_up_and_down_is_not() {
        assert_eq!(growth(&[]), [""; 0]);
        assert_eq!(growth(&ride(|at| 1_000 + at % 7 * 40)), [""; 0]);
        assert_eq!(growth(&ride(|at| if at == 0 { 1 } else { 1_000 })), [""; 0]);
        let told = growth(&ride(|at| 1_000 + at * 10));
        assert_eq!(told, ["nodes: 1060 in the first quarter, 1350 in the last"]);
    }
}
