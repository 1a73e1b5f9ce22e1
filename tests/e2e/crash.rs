//! `kill -9` at any instant leaves one whole commit, and a rerun gets where a clean run does.

use crate::world::{BINARY, Random, World, announced, changed, rounds};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Documents of the corpus: enough for a commit before the last one, in first builds and updates.
const N_ROWS: usize = 5_200;

/// What `dump` prints, by document id.
type Dump = BTreeMap<String, Value>;

/// Writes the corpus: the rows of one version, and those that only the later ones have.
fn write_corpus(world: &World, version: usize) {
    let n_rows = N_ROWS + version * 50;
    for file in 0..4 {
        let rows = (file..n_rows).step_by(4).map(|row| {
            let said = if row % 5 == 0 { 0 } else { version };
            format!("{{\"id\": \"{row}\", \"text\": \"Row {row} says {said}.\"}}\n")
        });
        world.put(&format!("corpus/rows{file}.jsonl"), rows.collect::<String>());
    }
}

/// Indexes the corpus from nothing in another folder.
fn clean_dump(world: &World, index: &str) -> Dump {
    let ran = world.run(&["--index", index, "index", "corpus"]).expect(0);
    let dump = world.dump_of(index);
    assert_eq!(announced(&ran.stderr).last(), Some(&dump.len()));
    dump
}

/// Starts a run, kills it after a while, and returns what it had announced and if it was killed.
fn kill_after(world: &World, delay: Duration) -> (Vec<usize>, bool) {
    let said = world.path("said");
    let mut child = Command::new(BINARY)
        .args(["index", "corpus", "--quiet", "--threads", "2"])
        .current_dir(world.path(""))
        .stdout(Stdio::null())
        .stderr(File::create(&said).unwrap())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while start.elapsed() < delay && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    let killed = child.wait().unwrap().code().is_none();
    let said = fs::read_to_string(&said).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    (announced(&said), killed)
}

/// Reads what a killed run left: none where there is no index yet.
fn reopened(world: &World) -> Option<Dump> {
    let verified = world.run(&["verify"]);
    if verified.code == 2 && verified.stderr.contains("no index in") {
        return None;
    }
    verified.expect(0);
    Some(world.dump())
}

/// Checks that what was left is a commit between two states: nothing lost of the one, nothing
/// that the other does not hold, and no less than was announced.
fn check_left(left: Option<&Dump>, before: &Dump, after: &Dump, announced: &[usize]) {
    let empty = Dump::new();
    let left = left.unwrap_or(&empty);
    if let Some(&last) = announced.last() {
        assert!(left.len() >= last && left != before, "{} after {announced:?}", left.len());
    }
    for (id, line) in left {
        assert!(before.get(id) == Some(line) || after.get(id) == Some(line), "{line}");
    }
    if let Some(lost) = before.keys().find(|id| !left.contains_key(*id)) {
        panic!("{lost} is lost");
    }
}

#[test]
fn a_killed_run_leaves_a_whole_commit() {
    let n_kills = rounds("ONRECORD_KILLS", 6);
    let world = World::new();
    write_corpus(&world, 1);
    let second = clean_dump(&world, "second");
    write_corpus(&world, 0);
    let start = Instant::now();
    let first = clean_dump(&world, "first");
    let duration = start.elapsed();
    assert_eq!((first.len(), second.len()), (N_ROWS, N_ROWS + 50));
    assert!(changed(&first, &second).len() > N_ROWS * 3 / 4);

    let mut random = Random(60);
    let mut n_killed = 0;
    for round in 0..n_kills {
        // First builds and updates in turn; the whole time of a run in equal parts, and a
        // random instant in each.
        let is_update = round % 2 == 1;
        let (before, after) = if is_update { (&first, &second) } else { (&Dump::new(), &first) };
        let slot = (round / 2) as f64 + random.below(1000) as f64 / 1000.0;
        let delay = duration.mul_f64(slot / n_kills.div_ceil(2) as f64);
        write_corpus(&world, usize::from(is_update));
        let (announced, killed) = kill_after(&world, delay);
        n_killed += usize::from(killed);
        let left = reopened(&world);
        check_left(left.as_ref(), before, after, &announced);
        world.run(&["index", "corpus"]).expect(0);
        let reached = world.dump();
        assert!(&reached == after, "round {round}: {:?}", changed(&reached, after).first());
        world.run(&["verify"]).expect(0);
        if is_update {
            fs::remove_dir_all(world.path("index")).unwrap();
        }
    }
    assert!(
        n_killed * 2 >= n_kills,
        "most runs ended before they were killed: {n_killed} of {n_kills}"
    );
}
