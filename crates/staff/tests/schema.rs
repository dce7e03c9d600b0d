//! The JSON Schema of `stations.json`: that the file in the tree is the one the program makes, and that it takes and
//! refuses what the reader takes and refuses, by a validator that knows nothing of the program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "mutations/breaks.rs"]
#[allow(dead_code, reason = "what takes two fields to break is no schema's matter")]
mod breaks;
#[path = "mutations/contract.rs"]
#[allow(dead_code, reason = "the settings have no schema")]
mod contract;
#[path = "mutations/dice.rs"]
#[allow(dead_code, reason = "bytes are not scratched here")]
mod dice;
mod tool;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};

use contract::STATIONS;
use dice::Dice;
use domain::finding::Problem;
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use staff::source;
use staff::trouble::{Item, Level, Trouble};
use tool::{copy, data, replace, staff, told};

const GOOD: &[u8] = include_bytes!("data/good/data/stations.json");

fn public(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/data").join(name)
}

fn schema() -> Value {
    serde_json::from_slice(&staff().arg("schema").output().unwrap().stdout).unwrap()
}

/// With formats: a day that the calendar does not have is refused where it is a day alone.
fn validator() -> Validator {
    jsonschema::options().should_validate_formats(true).build(&schema()).unwrap()
}

/// Where a file breaks the schema, as JSON pointers.
fn broken(validator: &Validator, file: &Value) -> Vec<String> {
    validator.iter_errors(file).map(|error| error.instance_path().to_string()).collect()
}

/// `stations[3].location.lat` as `/stations/3/location/lat`.
fn pointer(path: &str) -> String {
    let path = path.replace('[', ".").replace(']', "");
    path.split('.').filter(|part| !part.is_empty()).flat_map(|part| ["/", part]).collect()
}

fn for_seeds(count: u32, property: impl Fn(u64) -> Result<(), TestCaseError>) {
    let config = Config { cases: count, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner.run(&any::<u64>(), property).unwrap();
}

/// When this fails, `staff schema --to public/data/stations.schema.json` makes the file anew.
#[test]
fn the_file_in_the_tree_is_what_the_types_say() {
    let output = staff().arg("schema").output().unwrap();
    let own = fs::read_to_string(public("stations.schema.json")).unwrap().replace("\r\n", "\n");
    assert!(String::from_utf8(output.stdout).unwrap() == own, "the types and the schema have drifted apart");
}

#[test]
fn the_command_tells() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.json");
    let run = |args: &[&str]| {
        let output = staff().arg("schema").args(args).current_dir(folder.path()).output().unwrap();
        format!("$ staff schema {}\n{}", args.join(" "), told(&output, &[(folder.path(), "")]))
    };
    let mut said = vec![run(&["--check", "s.json"]), run(&["--to", "s.json"]), run(&["--check", "s.json"])];
    replace(&file, "\"minimum\": -90", "\"minimum\": -91");
    said.push(run(&["--check", "s.json"]));
    said.push(run(&["--check", "s.json", "--lang", "en"]));
    said.push(run(&["--check", "s.json", "--json"]));
    said.push(run(&["--to", "nowhere/s.json"]));
    said.push(run(&["--to", "s.json", "--check"]));
    insta::assert_snapshot!("schema_command", said.join("\n"));
    insta::assert_snapshot!("help_schema", run(&["--help"]));
}

#[test]
fn it_is_a_schema_and_says_everything_twice() {
    let schema = schema();
    jsonschema::meta::validate(&schema).unwrap();
    let objects = schema["$defs"].as_object().unwrap().values().chain([&schema]);
    let mut fields = 0;
    for (key, field) in objects.filter_map(|one| one["properties"].as_object()).flatten() {
        // The languages of a text are explained by their title.
        for said in
            if ["zh", "en"].contains(&key.as_str()) { &["title"][..] } else { &["title", "description"] }
        {
            let (zh, en) = field[said].as_str().unwrap_or_default().split_once(" / ").unwrap_or_default();
            assert!(!zh.is_empty() && !en.is_empty(), "{said} of {key}: {field}");
        }
        fields += 1;
    }
    assert!(fields > 50, "{fields}");
}

#[test]
fn good_files_are_good() {
    let validator = validator();
    for path in [public("stations.json"), data("good").join("data/stations.json")] {
        let file: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(broken(&validator, &file), Vec::<String>::new(), "{}", path.display());
        assert_eq!(file["$schema"], "./stations.schema.json");
    }
}

/// What the reader finds, the schema finds, at the same place; but for what takes two fields or the disk to see.
#[test]
fn bad_files_are_bad_in_the_same_places() {
    let validator = validator();
    let bytes = fs::read(data("bad").join("data/stations.json")).unwrap();
    let file: Value = serde_json::from_slice(&bytes).unwrap();
    let found = broken(&validator, &file);
    let (mut same, mut beyond) = (0, Vec::new());
    for item in source::stations(&bytes).2 {
        let place = pointer(&item.path);
        let at = found.iter().any(|path| *path == place || place.starts_with(&format!("{path}/")));
        if at {
            same += 1;
        } else {
            beyond.push(format!("{}: {:?}", item.path, item.trouble));
        }
    }
    println!("{same} of the reader's findings are the schema's too, beyond it: {beyond:#?}");
    insta::assert_snapshot!("beyond_the_schema", beyond.join("\n"));
    assert!(same > 30, "{same}");
}

/// Each way to break a field that the contract knows is refused.
#[test]
fn broken_fields_are_refused() {
    let validator = validator();
    let good: Value = serde_json::from_slice(GOOD).unwrap();
    let places = breaks::places(&good, STATIONS);
    let (count, beyond) = (Cell::new(0), Cell::new(0));
    for_seeds(2000, |seed| {
        let mut dice = Dice::new(seed);
        let (mut file, place) = (good.clone(), &places[dice.below(places.len())]);
        let what = breaks::break_field(&mut file, place, &mut dice);
        count.set(count.get() + 1);
        // To JSON Schema 1.0 is the whole number 1; a day with or without a minute is no format of its.
        if what == "1.0" || what == "\"2026-02-29\"" {
            beyond.set(beyond.get() + 1);
            return Ok(());
        }
        prop_assert!(!validator.is_valid(&file), "{}: {what}", place.path);
        Ok(())
    });
    println!(
        "tried {} broken fields, refused all but {} that JSON Schema cannot see",
        count.get(),
        beyond.get()
    );
}

/// Whatever is done to a file: where the staff tool finds nothing, nor does the schema, and where the tool finds
/// something in one field, so does the schema.
#[test]
fn the_schema_takes_what_the_tool_takes() {
    let validator = validator();
    let good: Value = serde_json::from_slice(GOOD).unwrap();
    let counts: Cell<[u32; 3]> = Cell::default();
    for_seeds(3000, |seed| {
        let mut dice = Dice::new(seed);
        let mut file = good.clone();
        dice.shake(&mut file);
        let items = source::stations(file.to_string().as_bytes()).2;
        let broken = broken(&validator, &file);
        let [mut taken, mut refused, mut more] = counts.get();
        if items.is_empty() {
            // That a photo belongs below photos/ is found when the disk is looked at; what `$schema` says, never.
            let beyond = |path: &&String| !path.ends_with("/file") && *path != "/$schema";
            let broken: Vec<&String> = broken.iter().filter(beyond).collect();
            prop_assert!(broken.is_empty(), "{broken:?}");
            taken += 1;
        } else if items.iter().any(sees) {
            prop_assert!(!broken.is_empty(), "{items:?}");
            refused += 1;
        } else {
            more += 1;
        }
        counts.set([taken, refused, more]);
        Ok(())
    });
    let [taken, refused, more] = counts.get();
    println!(
        "{taken} files taken by both, {refused} refused by both, {more} with what takes two fields to see"
    );
    assert!(taken > 100 && refused > 1000, "{taken} {refused}");
}

/// Whether one field shows it.
fn sees(item: &Item) -> bool {
    match &item.trouble {
        Trouble::Field(Problem::Duplicate { .. } | Problem::EndsBeforeStart) => false,
        Trouble::Field(Problem::BadMoment(text)) => !text.contains("-02-29") && !text.contains("-02-30"),
        trouble => trouble.level() == Level::Error || matches!(trouble, Trouble::UnknownKey { .. }),
    }
}

/// The key that points to the schema is kept by whoever writes the list, and nobody complains of it.
#[test]
fn the_key_in_the_list_stays() {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("good"), folder.path());
    let list = folder.path().join("data/stations.json");
    let check = staff().args(["check", "--json", "--source"]).arg(folder.path()).output().unwrap();
    let told: Value = serde_json::from_slice(&check.stdout).unwrap();
    assert_eq!(told["kinds"]["unknown_key"], Value::Null);
    fs::write(folder.path().join("a.csv"), "名称,城市,区县\n甲驿站,沈阳市,沈河区\n").unwrap();
    let mut import = staff();
    import.current_dir(folder.path()).args(["import", "a.csv", "--into"]).arg(&list);
    assert!(import.output().unwrap().status.success());
    let text = fs::read_to_string(&list).unwrap();
    assert!(text.starts_with("{\n  \"$schema\": \"./stations.schema.json\","), "{text:.80}");
    assert!(text.contains("甲驿站"));
    assert!(validator().is_valid(&serde_json::from_str(&text).unwrap()), "what is imported is valid");
    for to in ["e.xlsx", "e.csv", "e.geojson"] {
        let mut export = staff();
        export.current_dir(folder.path()).args(["export", "--to", to, "--from"]).arg(&list);
        assert!(export.output().unwrap().status.success());
        let mut import = staff();
        import.current_dir(folder.path()).args(["import", "--json", to, "--into"]).arg(&list);
        let told: Value = serde_json::from_slice(&import.output().unwrap().stdout).unwrap();
        assert_eq!(told["unchanged"], json!(4), "{told:#}");
        assert_eq!(fs::read_to_string(&list).unwrap(), text, "{to}");
    }
}
