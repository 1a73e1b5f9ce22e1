//! The folder of the index: missing, read-only, locked, elsewhere.

use crate::world::{BINARY, World};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::SystemTime;

const FILES: &[(&str, &str)] =
    &[("corpus/one.txt", "President: Ada Orr\n\nWe protect the Internet from cyber attacks.\n")];

const READERS: [&[&str]; 6] = [
    &["search", "--format", "json", "internet"],
    &["search", "--limit", "0", "--format", "csv", "internet"],
    &["report", "mentions"],
    &["report", "priorities"],
    &["dump"],
    &["verify"],
];

fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let named = entries.map(|entry| {
        let time = entry.metadata().unwrap().modified().unwrap();
        (entry.file_name().to_string_lossy().into_owned(), time)
    });
    named.collect()
}

#[test]
fn no_index_is_an_error_with_a_hint() {
    let world = World::new();
    let id = "0123456789abcdef0123456789abcdef";
    for arguments in READERS.into_iter().chain([&["show", id][..]]) {
        let ran = world.run(arguments).expect(2);
        assert_eq!(ran.stdout, "", "{arguments:?}");
        for part in ["no index in `index`", "onrecord index"] {
            assert!(ran.stderr.contains(part), "{arguments:?}: {}", ran.stderr);
        }
    }
    assert!(!world.path("index").exists(), "a reader made a folder");
}

#[test]
fn reading_writes_nothing_and_needs_no_right_to() {
    let world = World::indexed(FILES);
    let folder = world.path("index");
    let writable = fs::metadata(&folder).unwrap().permissions();
    let mut read_only = writable.clone();
    read_only.set_readonly(true);
    fs::set_permissions(&folder, read_only).unwrap();
    if File::create(folder.join("probe")).is_ok() {
        fs::remove_file(folder.join("probe")).unwrap();
        let mut terminal = std::io::stderr();
        // Past the capture of the test harness.
        writeln!(terminal, "SKIPPED IN PART: this user may write to read-only folders; only that nothing is written was checked").unwrap();
    }
    let before = times(&folder);
    let codes: Vec<i32> = READERS.iter().map(|arguments| world.run(arguments).code).collect();
    let after = times(&folder);
    fs::set_permissions(&folder, writable).unwrap();
    assert_eq!(codes, [0; 6]);
    assert_eq!(before, after);
}

#[cfg(unix)]
#[test]
fn an_index_can_be_read_by_whom_its_folder_can() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::indexed(FILES);
    world.put("plain", "");
    let mode =
        |path: &Path| format!("{:o}", fs::metadata(path).unwrap().permissions().mode() & 0o777);
    let expected = mode(&world.path("plain"));
    // What readers open: all but the notes of the engine to itself.
    let files = fs::read_dir(world.path("index")).unwrap().map(|entry| entry.unwrap().path());
    let private: Vec<_> = files
        .filter(|path| !path.ends_with(".managed.json") && mode(path) != expected)
        .map(|path| format!("{} {}", mode(&path), path.file_name().unwrap().display()))
        .collect();
    assert!(private.is_empty(), "not {expected}: {private:?}");
}

#[test]
fn a_second_writer_is_told_who_holds_the_index() {
    let world = World::indexed(FILES);
    let before = world.dump();
    let mut lock = File::options().write(true).open(world.path("index/writer.lock")).unwrap();
    lock.try_lock().unwrap();
    lock.set_len(0).unwrap();
    lock.write_all(b"process 424242").unwrap();
    world.put("corpus/two.txt", "A second speech.\n");
    let ran = world.run(&["index", "corpus"]).expect(2);
    for part in ["process 424242", "index"] {
        assert!(ran.stderr.contains(part), "{}", ran.stderr);
    }
    assert_eq!(world.dump(), before, "readers need no lock");
    drop(lock);
    world.run(&["index", "corpus"]).expect(0);
    assert_eq!(world.dump().len(), 2, "a lock that nobody holds does not keep anyone out");
}

#[test]
fn a_running_writer_is_named_by_its_process() {
    let world = World::new();
    let rows: String =
        (0..3000).map(|row| format!("{{\"text\": \"Row {row} speaks.\"}}\n")).collect();
    world.put("corpus/rows.jsonl", rows);
    let mut first = Command::new(BINARY)
        .args(["index", "corpus"])
        .current_dir(world.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let holder = format!("process {}", first.id());
    let lock = world.path("index/writer.lock");
    while fs::read_to_string(&lock).unwrap_or_default() != holder {
        assert!(
            first.try_wait().unwrap().is_none(),
            "the first writer ended before it held the index"
        );
        std::thread::yield_now();
    }
    let second = world.run(&["index", "corpus"]);
    assert!(first.wait().unwrap().success());
    // Where the machine was so slow that the first had ended, the second found its work done.
    if second.code != 0 {
        assert_eq!(second.code, 2, "{second:?}");
        assert!(second.stderr.contains(&holder), "{second:?}");
    }
    assert_eq!(world.dump().len(), 3000);
}

#[test]
fn the_index_is_where_it_is_said_to_be() {
    let world = World::new();
    FILES.iter().for_each(|(name, text)| world.put(name, text));
    world.put("onrecord.toml", "index = \"of-config\"\n");
    world.run(&["index", "corpus"]).expect(0);
    world.run(&["--index", "of-option", "index", "corpus"]).expect(0);
    let run = |folder: &str| {
        Command::new(BINARY)
            .args(["index", "corpus"])
            .current_dir(world.path(""))
            .env("ONRECORD_INDEX", folder)
            .output()
            .unwrap()
    };
    assert!(run("of-environment").status.success());
    for folder in ["of-config", "of-option", "of-environment"] {
        assert!(world.path(folder).join("meta.json").exists(), "{folder}");
    }
    assert!(!world.path("index").exists());
    world.put("onrecord.toml", "indx = \"misspelt\"\n");
    let ran = world.run(&["dump"]).expect(2);
    assert!(ran.stderr.contains("onrecord.toml") && ran.stderr.contains("indx"), "{}", ran.stderr);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let world = World::new();
    let rows: String =
        (0..3000).map(|row| format!("{{\"text\": \"Row {row} speaks.\"}}\n")).collect();
    world.put("corpus/rows.jsonl", rows);
    world.run(&["index", "corpus"]).expect(0);
    for arguments in [
        &["dump"][..],
        &["search", "--quiet", "--limit", "0", "--format", "jsonl", "row"],
        &["search", "--quiet", "--limit", "0", "--format", "csv", "row"],
    ] {
        let mut child = Command::new(BINARY)
            .args(arguments)
            .current_dir(world.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*stderr), (Some(0), ""), "{arguments:?}");
    }
}
