//! `staff convert`, run as people run it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod tool;

use std::io::Write as _;
use std::process::{Output, Stdio};

use proptest::prelude::*;
use serde_json::Value;
use tool::{staff, told};

const ALL: [&str; 3] = ["wgs84", "gcj02", "bd09"];

fn convert(from: &str, to: &str, more: &[&str], input: &[u8]) -> Output {
    let mut child = staff()
        .args(["convert", "--from", from, "--to", to])
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output
}

/// The points of an output, east first.
fn points(output: &Output) -> Vec<[f64; 2]> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines()
        .map(|line| {
            let (lng, lat) = line.split_once(',').unwrap();
            for part in [lng, lat] {
                assert_eq!(part.split_once('.').unwrap().1.len(), 9, "{line}");
            }
            [lng.parse().unwrap(), lat.parse().unwrap()]
        })
        .collect()
}

#[test]
fn the_published_vectors_hold() {
    let vectors: Vec<Value> =
        serde_json::from_str(include_str!("../../domain/tests/data/coords.json")).unwrap();
    let mut held = 0;
    for vector in &vectors {
        let number = |key: &str, at: usize| vector[key][at].as_f64().unwrap();
        let line = format!("{},{}\n", vector["in"][0], vector["in"][1]);
        let output =
            convert(vector["from"].as_str().unwrap(), vector["to"].as_str().unwrap(), &[], line.as_bytes());
        // The one vector past the antimeridian is no position here.
        if number("in", 0) > 180.0 {
            assert_eq!(output.status.code(), Some(1));
            continue;
        }
        let [lng, lat] = points(&output)[0];
        let off = (lng - number("out", 0)).abs().max((lat - number("out", 1)).abs());
        // Half a unit of the last digit that is written.
        let tolerance = vector["tolerance_deg"].as_f64().unwrap() + 5e-10;
        assert!(off <= tolerance, "{vector}: off by {off}");
        held += 1;
    }
    assert_eq!(held, 10);
}

/// All nine pairs: there and back is the same point, and two different datums are never the same.
#[test]
fn there_and_back_between_all_pairs() {
    let start = [[123.425_330_6, 41.803_262_9], [121.614_690_8, 38.914_005_5], [75.99, 39.47]];
    let lines = |points: &[[f64; 2]]| -> String {
        points.iter().map(|[lng, lat]| [lng.to_string(), lat.to_string()].join(",") + "\n").collect()
    };
    for from in ALL {
        for to in ALL {
            let there = points(&convert(from, to, &[], lines(&start).as_bytes()));
            let back = points(&convert(to, from, &[], lines(&there).as_bytes()));
            for ((a, b), c) in start.iter().zip(&there).zip(&back) {
                let apart = |x: &[f64; 2], y: &[f64; 2]| (x[0] - y[0]).abs().max((x[1] - y[1]).abs());
                assert!(apart(a, c) <= 1e-8, "{from} {to}: {a:?} {c:?}");
                assert_eq!(apart(a, b) > 1e-3, from != to, "{from} {to}: {a:?} {b:?}");
            }
        }
    }
}

/// Every line has its line, whatever stands in it.
#[test]
fn bad_lines_are_named_and_the_rest_is_converted() {
    let input = "经度,纬度\n123.4253306,41.8032629\n\n41.8,123.4\n 123.4253306；41.8032629 \r\n\
                 123.4253306\t41.8032629\n123.4253306 41.8032629\n1,2,3\nNaN,1\n1,inf\n200,1\n1,200\n123，41";
    let input = [input.as_bytes(), b"\n\xFF,1\n", b"\x1b[2J"].concat();
    insta::assert_snapshot!("convert_lines", told(&convert("wgs84", "gcj02", &[], &input), &[]));
    insta::assert_snapshot!(
        "convert_english",
        told(&convert("bd09", "wgs84", &["--lang", "en"], b"x\n1 1\n"), &[])
    );
    insta::assert_snapshot!("convert_json", told(&convert("bd09", "wgs84", &["--json"], b"x\n1 1\n\n"), &[]));
}

#[test]
fn a_long_line_is_one_bad_line() {
    let input = ["1".repeat(1 << 20).as_str(), "\n123.4,41.8\n"].concat();
    let output = convert("wgs84", "wgs84", &[], input.as_bytes());
    assert_eq!(std::str::from_utf8(&output.stdout).unwrap(), "\n123.400000000,41.800000000\n");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn usage() {
    insta::assert_snapshot!(
        "help_convert",
        told(&staff().args(["convert", "--help"]).output().unwrap(), &[])
    );
    for wrong in
        [&["convert"][..], &["convert", "--from", "wgs84"], &["convert", "--from", "x", "--to", "bd09"]]
    {
        assert_eq!(staff().args(wrong).output().unwrap().status.code(), Some(2), "{wrong:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// As many lines come out as go in, and those with an error are empty.
    #[test]
    fn a_line_for_a_line(lines in prop::collection::vec("[0-9.,;eE+ x-]{0,12}", 1..40)) {
        let output = convert("gcj02", "bd09", &[], (lines.join("\n") + "\n").as_bytes());
        let out = String::from_utf8(output.stdout).unwrap();
        prop_assert_eq!(out.lines().count(), lines.len());
        let bad = String::from_utf8(output.stderr).unwrap().lines().count();
        let blank = lines.iter().filter(|line| line.trim_matches([',', ';', ' ']).is_empty()).count();
        prop_assert_eq!(out.lines().filter(|line| line.is_empty()).count(), bad + blank);
        prop_assert_eq!(output.status.code(), Some(i32::from(bad > 0)));
    }
}
