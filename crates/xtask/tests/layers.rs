//! The architecture, as absences: no dependency goes up or sideways, no crate escapes the lints,
//! tantivy and rayon stay in the crates that own them.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the workspace must fail")]

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The layers from the lowest up; a crate may depend on lower layers only.
const LAYERS: [&[&str]; 7] = [
    &["model"],
    &["text"],
    &["ingest", "people", "quotes", "priorities", "indexing"],
    &["query", "pipeline"],
    &["report"],
    &["web"],
    &["cli"],
];

/// The crate outside the layers: it depends on none of them, and none of them on it.
const OUTSIDE: &str = "xtask";

/// External crates that one crate alone may name, in whatever kind of dependency.
const OWNED: [(&str, &str); 2] = [("tantivy", "indexing"), ("rayon", "pipeline")];

#[derive(Debug, PartialEq)]
enum Place {
    Layer(usize),
    Outside,
    Unknown,
}

fn place(name: &str) -> Place {
    if name == OUTSIDE {
        return Place::Outside;
    }
    LAYERS.iter().position(|layer| layer.contains(&name)).map_or(Place::Unknown, Place::Layer)
}

fn workspace_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(workspace_root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Lists the crates with what they depend on: normal, development and build dependencies alike.
fn crates(metadata: &Value) -> Vec<(&str, Vec<&str>)> {
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let edges = package["dependencies"].as_array().unwrap();
            let names = edges.iter().map(|edge| edge["name"].as_str().unwrap()).collect();
            (short(package["name"].as_str().unwrap()), names)
        })
        .collect()
}

fn short(package: &str) -> &str {
    package.strip_prefix("onrecord-").unwrap_or(package)
}

/// Lists what breaks the layers, in words.
fn breaches_of_layers(metadata: &Value) -> Vec<String> {
    let crates = crates(metadata);
    let members: Vec<&str> = crates.iter().map(|(name, _)| *name).collect();
    let mut breaches = Vec::new();
    for (name, dependencies) in &crates {
        if place(name) == Place::Unknown {
            breaches.push(format!("{name} has no layer"));
        }
        let within = dependencies.iter().copied().filter(|dependency| {
            dependency.starts_with("onrecord-") || members.contains(&short(dependency))
        });
        for dependency in within.map(short) {
            match (place(name), place(dependency)) {
                (Place::Layer(from), Place::Layer(to)) if to < from => {}
                _ => breaches.push(format!("{name} depends on {dependency}")),
            }
        }
    }
    breaches
}

/// Lists the crates that name an external crate owned by another.
fn breaches_of_ownership(metadata: &Value) -> Vec<String> {
    let mut breaches = Vec::new();
    for (name, dependencies) in crates(metadata) {
        for dependency in dependencies {
            let breaks = |(owned, owner): &(&str, &str)| {
                let family = dependency.split(['-', '_']).next();
                family == Some(*owned) && name != *owner
            };
            if OWNED.iter().any(breaks) {
                breaches.push(format!("{name} names {dependency}"));
            }
        }
    }
    breaches
}

fn inherits_lints(manifest: &str) -> bool {
    let manifest: toml::Table = manifest.parse().unwrap();
    let inherited = manifest.get("lints").and_then(|lints| lints.get("workspace"));
    inherited.and_then(toml::Value::as_bool) == Some(true)
}

/// Makes metadata of crates with dependencies, as cargo prints it.
fn made_up(crates: &[(&str, &[&str])]) -> Value {
    let package = |(name, dependencies): &(&str, &[&str])| {
        let edges: Vec<Value> = dependencies.iter().map(|name| json!({ "name": name })).collect();
        json!({ "name": format!("onrecord-{name}"), "dependencies": edges })
    };
    json!({ "packages": crates.iter().map(package).collect::<Vec<_>>() })
}

#[test]
fn no_dependency_goes_up_or_sideways() {
    let metadata = metadata();
    assert!(crates(&metadata).len() >= 2, "cargo metadata lists no workspace");
    assert_eq!(breaches_of_layers(&metadata), [""; 0]);
}

#[test]
fn tantivy_and_rayon_stay_with_their_owners() {
    assert_eq!(breaches_of_ownership(&metadata()), [""; 0]);
}

#[test]
fn every_crate_inherits_the_lints_of_the_workspace() {
    let metadata = metadata();
    for package in metadata["packages"].as_array().unwrap() {
        let path = package["manifest_path"].as_str().unwrap();
        assert!(inherits_lints(&fs::read_to_string(path).unwrap()), "{path}: no workspace lints");
    }
}

#[test]
fn breaches_of_layers_are_found() {
    let allowed: &[(&str, &[&str])] = &[
        ("model", &["serde"]),
        ("text", &["onrecord-model"]),
        ("pipeline", &["onrecord-ingest", "onrecord-indexing"]),
        ("cli", &["onrecord-query", "onrecord-model"]),
        ("xtask", &["clap"]),
    ];
    assert_eq!(breaches_of_layers(&made_up(allowed)), [""; 0]);
    for (name, dependency) in [
        ("model", "onrecord-text"),
        ("ingest", "onrecord-priorities"),
        ("query", "onrecord-pipeline"),
        ("text", "onrecord-text"),
        ("cli", "onrecord-xtask"),
        ("xtask", "onrecord-model"),
        ("cli", "onrecord-helpers"),
        ("helpers", "serde"),
    ] {
        let breaches = breaches_of_layers(&made_up(&[(name, &[dependency])]));
        assert_eq!(breaches.len(), 1, "{name} -> {dependency}: {breaches:?}");
    }
}

#[test]
fn breaches_of_ownership_are_found() {
    for (name, dependency, breaks) in [
        ("indexing", "tantivy", false),
        ("pipeline", "rayon", false),
        ("query", "tantivy", true),
        ("cli", "tantivy-query-grammar", true),
        ("indexing", "rayon-core", true),
        ("text", "crayon", false),
    ] {
        let breaches = breaches_of_ownership(&made_up(&[(name, &[dependency])]));
        assert_eq!(!breaches.is_empty(), breaks, "{name} -> {dependency}");
    }
}

#[test]
fn missing_lints_are_found() {
    for (manifest, expected) in [
        ("[lints]\nworkspace = true\n", true),
        ("lints.workspace = true\n", true),
        ("[lints]\nworkspace = false\n", false),
        ("[lints.rust]\nunsafe_code = \"allow\"\n", false),
        ("[package]\nname = \"a\"\n", false),
    ] {
        assert_eq!(inherits_lints(manifest), expected, "{manifest}");
    }
}
