//! What is printed for a person: help, the demonstration, completions.
//!
//! `ONRECORD_BLESS=1 cargo test -p onrecord-cli --test e2e golden` rewrites the golden files.

use crate::world::World;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Compares with a golden file, or rewrites it.
#[track_caller]
fn check(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/e2e/golden").join(name);
    if std::env::var_os("ONRECORD_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        File::create(path).unwrap().write_all(found.as_bytes()).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap();
    for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "line {} of {name}", number + 1);
    }
    assert_eq!(found.lines().count(), expected.lines().count(), "{name}");
}

#[test]
fn help() {
    let world = World::new();
    let mut printed = String::new();
    for command in [
        &[][..],
        &["index"],
        &["search"],
        &["show"],
        &["cite"],
        &["report"],
        &["report", "priorities"],
        &["report", "mentions"],
        &["verify"],
        &["doctor"],
        &["dump"],
        &["demo"],
        &["completions"],
    ] {
        let ran = world.run(&[&["help"], command].concat()).expect(0);
        assert_eq!(world.run(&[command, &["--help"]].concat()).expect(0).stdout, ran.stdout);
        printed.push_str(&format!("$ onrecord help {}\n{}\n", command.join(" "), ran.stdout));
    }
    check("help.txt", &printed);
}

#[test]
fn demo() {
    let world = World::with_sample_corpus();
    let ran = world.run(&["demo"]).expect(0);
    // What the user reads between the hits, and which documents are found.
    let is_stable = |line: &&str| {
        line.starts_with(['#', '$', 'w', 'T']) || line.starts_with(|c: char| c.is_ascii_digit())
    };
    let stable: Vec<&str> = ran.stdout.lines().filter(is_stable).collect();
    check("demo.txt", &(stable.join("\n") + "\n"));
    let report = world.run(&["report", "priorities", "--by", "speaker"]).expect(0);
    assert_eq!(world.read("priorities.csv"), report.stdout);
    let n_searches =
        ran.stdout.lines().filter(|line| line.starts_with("$ onrecord search ")).count();
    assert_eq!(n_searches, 3);
    assert!(!ran.stdout.contains("no passage found"), "{}", ran.stdout);
}

#[test]
fn the_demo_can_be_repeated_by_its_own_commands() {
    let world = World::with_sample_corpus();
    let demo = world.run(&["demo"]).expect(0).stdout;
    for line in demo.lines().filter_map(|line| line.strip_prefix("$ onrecord search ")) {
        let (query, options) = line.strip_prefix('\'').map_or_else(
            || line.split_once(' ').unwrap(),
            |quoted| quoted.split_once("' ").unwrap(),
        );
        let arguments: Vec<&str> =
            ["search", query].into_iter().chain(options.split(' ')).collect();
        let printed = world.run(&arguments).expect(0).stdout;
        assert!(demo.contains(&printed), "{line}\n{printed}");
    }
}

#[test]
fn a_demo_without_a_corpus_says_where_to_get_one() {
    let ran = World::new().run(&["demo"]).expect(2);
    assert!(ran.stderr.contains("corpus") && ran.stderr.contains("--corpus"), "{}", ran.stderr);
}

#[test]
fn completions() {
    let world = World::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = world.run(&["completions", shell]).expect(0).stdout;
        for word in ["onrecord", "verify", "priorities"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    world.run(&["completions", "no-such-shell"]).expect(2);
}

#[test]
fn the_version_is_that_of_the_package() {
    let ran = World::new().run(&["--version"]).expect(0);
    assert_eq!(ran.stdout, concat!("onrecord ", env!("CARGO_PKG_VERSION"), "\n"));
}
