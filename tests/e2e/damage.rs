//! Flipped bits are found by `verify`, and no command serves them.

use crate::world::{Random, World, hits, number, rounds, text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Hits of the undamaged index by document and passage.
type Passages = BTreeMap<(String, usize), Value>;

/// A byte whose bit is flipped as long as this lives.
struct Flip {
    file: PathBuf,
    at: u64,
    bit: u8,
}

impl Flip {
    fn new(file: PathBuf, at: u64, bit: u8) -> Self {
        let flip = Self { file, at, bit };
        flip.invert();
        flip
    }

    fn invert(&self) {
        let mut file = OpenOptions::new().read(true).write(true).open(&self.file).unwrap();
        let mut byte = [0];
        file.seek(SeekFrom::Start(self.at)).unwrap();
        file.read_exact(&mut byte).unwrap();
        file.seek(SeekFrom::Start(self.at)).unwrap();
        file.write_all(&[byte[0] ^ (1 << self.bit)]).unwrap();
    }
}

impl Drop for Flip {
    fn drop(&mut self) {
        self.invert();
    }
}

/// An index of several segments, with deletions.
fn world() -> World {
    let world = World::with_sample_corpus();
    world.run(&["index", "corpus", "--threads", "1"]).expect(0);
    for name in [
        "corpus/press/2014-08-05-cable-ship-named.txt",
        "corpus/speeches/2012-09-27-standing-up.txt",
    ] {
        let changed = world.read(name) + "\n\nOne more paragraph about the network.\n";
        world.put(name, changed);
    }
    world.run(&["index", "corpus", "--threads", "1"]).expect(0);
    world
}

/// Lists `meta.json`, its manifest, and every file that the manifest names.
fn files_of_commit(index: &Path) -> Vec<PathBuf> {
    let names = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let all: Vec<PathBuf> =
        fs::read_dir(index).unwrap().map(|entry| entry.unwrap().path()).collect();
    let manifests = all.iter().filter(|path| names(path).starts_with("manifest-"));
    let newest =
        manifests.max_by_key(|path| fs::metadata(path).unwrap().modified().unwrap()).unwrap();
    let manifest = fs::read_to_string(newest).unwrap();
    let mut named: Vec<PathBuf> = all
        .iter()
        .filter(|path| manifest.contains(&format!("\"{}\"", names(path))))
        .cloned()
        .collect();
    assert!(named.len() > 7, "{named:?}");
    named.sort();
    named.extend([newest.clone(), index.join("meta.json")]);
    named
}

/// Returns what a hit says that does not depend on the query.
fn facts(hit: &Value) -> Value {
    let mut facts = hit.clone();
    for of_query in ["score", "highlights"] {
        facts.as_object_mut().unwrap().remove(of_query);
    }
    facts
}

fn place(hit: &Value) -> (String, usize) {
    (text(&hit["document_id"]), number(&hit["passage"]))
}

#[test]
fn no_flipped_bit_is_served() {
    let world = world();
    let all = world.search("-zzzz");
    let passages: Passages = hits(&all).iter().map(|hit| (place(hit), facts(hit))).collect();
    let shown: Vec<(String, Value)> =
        world.dump().into_keys().step_by(7).map(|id| (id.clone(), world.show(&id))).collect();
    let index = world.path("index");
    let files = files_of_commit(&index);
    let mut random = Random(200);
    let n_flips = rounds("ONRECORD_FLIPS", 30);
    for round in 0..n_flips {
        // Every file is met, then places at random.
        let file = &files[if round < files.len() { round } else { random.below(files.len()) }];
        let length = usize::try_from(fs::metadata(file).unwrap().len()).unwrap();
        let (at, bit) = (random.below(length), random.below(8));
        let context = format!("{} byte {at} bit {bit}", file.file_name().unwrap().display());
        let _flip = Flip::new(file.clone(), at as u64, u8::try_from(bit).unwrap());
        check_verify(&world, file, &context);
        check_searches(&world, &passages, &context);
        let (id, whole) = &shown[round % shown.len()];
        let ran = world.run_damaged(&["show", id, "--format", "json"]);
        assert!(
            ran.code == 2 || (ran.code == 0 && ran.object() == *whole),
            "show, {context}: {ran:?}"
        );
        for complete in [
            &["dump"][..],
            &["report", "priorities", "--by", "year"],
            &["report", "mentions"],
            &["search", "--limit", "0", "--format", "jsonl", "network"],
        ] {
            // The engine may fail inside where it opens what is damaged; that is said, with the
            // file. A header may be out before the index is read, no row.
            let ran = world.run_damaged(complete);
            assert!(ran.stderr.contains("damaged"), "{complete:?}, {context}: {ran:?}");
            assert!(
                ran.code == 2 && ran.stdout.lines().count() < 2,
                "{complete:?}, {context}: {ran:?}"
            );
        }
    }
    let verified = world.run(&["verify"]).expect(0);
    assert!(verified.stdout.contains(" 0 damaged"), "{}", verified.stdout);
}

fn check_verify(world: &World, file: &Path, context: &str) {
    let ran = world.run(&["verify"]);
    assert_eq!(ran.code, 1, "verify, {context}: {ran:?}");
    let name = file.file_name().unwrap().to_string_lossy();
    let named =
        ran.stdout.lines().any(|line| line.starts_with("damaged: ") && line.contains(&*name));
    assert!(named, "verify, {context}: {}", ran.stdout);
}

/// Interactive searches show what was written, or fail; what they showed before is right too.
fn check_searches(world: &World, passages: &Passages, context: &str) {
    for query in
        ["network", "\"of the\" speaker:amaro", "priority:network-security", "date:2011 internet"]
    {
        let ran = world.run_damaged(&["search", "--format", "jsonl", "--", query]);
        for hit in ran.objects() {
            assert_eq!(passages.get(&place(&hit)), Some(&facts(&hit)), "{query}, {context}");
        }
    }
}

#[test]
fn a_missing_or_cut_file_is_damage() {
    let world = world();
    let index = world.path("index");
    for file in files_of_commit(&index) {
        let bytes = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for left in [None, Some(&bytes[..bytes.len() / 2])] {
            let _ = fs::remove_file(&file);
            if let Some(left) = left {
                world.put(&format!("index/{name}"), left);
            }
            let is_manifest = name.starts_with("manifest-") && left.is_none();
            let named = if is_manifest { index.join("meta.json") } else { file.clone() };
            check_verify(&world, &named, &format!("{name} cut to {:?}", left.map(<[u8]>::len)));
            for arguments in [&["search", "network"][..], &["dump"], &["index", "corpus"]] {
                let ran = world.run(arguments);
                assert_eq!((ran.code, &*ran.stdout), (2, ""), "{arguments:?}, {name}: {ran:?}");
                assert!(!ran.stderr.contains("no index"), "{arguments:?}, {name}: {}", ran.stderr);
            }
            assert_eq!(file.exists(), left.is_some(), "{name} was made or removed");
        }
        world.put(&format!("index/{name}"), &bytes);
    }
    world.run(&["verify"]).expect(0);
}

#[test]
fn verify_says_what_a_file_holds() {
    let world = world();
    let index = world.path("index");
    let store = files_of_commit(&index)
        .into_iter()
        .find(|file| file.extension().unwrap() == "store")
        .unwrap();
    let _flip = Flip::new(store.clone(), 20, 0);
    let ran = world.run(&["verify", "--format", "json"]).expect(1);
    let damaged = ran.object()["damaged"].as_array().unwrap().clone();
    assert_eq!(damaged.len(), 1);
    assert!(text(&damaged[0]["file"]).ends_with(&*store.file_name().unwrap().to_string_lossy()));
    assert!(text(&damaged[0]["holds"]).contains("text"), "{damaged:?}");
}
