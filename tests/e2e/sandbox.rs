//! Readers in processes of their own: killed, stopped, outlived.
#![cfg(target_os = "linux")]

use crate::world::{BINARY, World};
use serde_json::Value;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const PAGE: &str = "<!doctype html><title>Ports</title><main><h1>Ports</h1><p>We protect the \
                    Internet from cyber attacks, and we will go on doing so.</p></main>";

/// A world with a folder of pages, and a plain text beside them.
fn world_of_pages(n_pages: usize) -> World {
    let world = World::new();
    (0..n_pages).for_each(|n| world.put(&format!("corpus/page-{n:04}.html"), PAGE));
    world.put("corpus/plain.txt", "President: Ada Orr\n\nWe protect the Internet.\n");
    world
}

fn start(world: &World) -> Child {
    let mut command = Command::new(BINARY);
    command.args(["index", "corpus", "--format", "json"]).current_dir(world.path(""));
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// Lists the readers, and what they call, that a process started.
fn readers_of(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let is_reader = |number: &u32| {
        let line = fs::read(format!("/proc/{number}/cmdline")).unwrap_or_default();
        let mut arguments = line.split(|&b| b == 0).skip(1);
        arguments.next() == Some(b"__read")
            && arguments.next() == Some(parent.to_string().as_bytes())
    };
    numbers.filter(is_reader).collect()
}

/// Waits until a reader has confined itself, and lists the readers.
fn wait_for_readers(parent: u32) -> Vec<u32> {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(20) {
        let readers = readers_of(parent);
        if readers.first().is_some_and(|&reader| status_of(reader).contains("Seccomp:\t2")) {
            return readers;
        }
        sleep(Duration::from_millis(1));
    }
    panic!("no reader was started");
}

fn status_of(reader: u32) -> String {
    fs::read_to_string(format!("/proc/{reader}/status")).unwrap_or_default()
}

fn signal(name: &str, process: u32) {
    // One that has ended meanwhile is what was wanted.
    let _ = Command::new("kill").args([name, &process.to_string()]).stderr(Stdio::null()).status();
}

fn summary(child: Child) -> (i32, Value) {
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let summary = serde_json::from_str(text.lines().last().unwrap_or_default()).unwrap();
    (output.status.code().unwrap_or(-1), summary)
}

#[test]
fn readers_are_held_to_limits() {
    let world = world_of_pages(400);
    let child = start(&world);
    let reader = wait_for_readers(child.id())[0];
    let status = status_of(reader);
    let limits = fs::read_to_string(format!("/proc/{reader}/limits")).unwrap_or_default();
    let environment = fs::read(format!("/proc/{reader}/environ")).unwrap_or_default();
    assert_eq!(summary(child).0, 0);
    assert!(status.contains("Seccomp:\t2") && status.contains("NoNewPrivs:\t1"), "{status}");
    for (name, limit) in [
        ("Max address space", "1073741824"),
        ("Max file size", "0"),
        ("Max core file size", "0"),
        ("Max open files", "64"),
    ] {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        assert_eq!(line[name.len()..].split_whitespace().next(), Some(limit), "{limits}");
    }
    assert!(!String::from_utf8_lossy(&environment).contains("HOME="));
}

#[test]
fn a_killed_reader_costs_no_document() {
    let world = world_of_pages(300);
    let child = start(&world);
    let parent = child.id();
    wait_for_readers(parent);
    for round in 0..40 {
        readers_of(parent).iter().for_each(|&reader| signal("-KILL", reader));
        sleep(Duration::from_millis(3 + round % 7));
    }
    let (code, first) = summary(child);
    assert_eq!(first["seen"], 301);
    // A document whose second reader was killed too is tried again the next time.
    assert!(code == 0 || (code == 3 && first["skipped"] == 0), "{first}");
    world.run(&["index", "corpus"]).expect(0);
    assert_eq!(world.dump().len(), 301);
}

#[test]
fn a_reader_that_does_not_come_back_is_ended_and_its_document_read_by_another() {
    let world = world_of_pages(200);
    let child = start(&world);
    let parent = child.id();
    wait_for_readers(parent).iter().for_each(|&reader| signal("-STOP", reader));
    let begin = Instant::now();
    let (code, summary) = summary(child);
    assert!(begin.elapsed() > Duration::from_secs(15), "no reader was stopped in its work");
    assert_eq!((code, &summary["seen"], &summary["indexed"]), (0, &201.into(), &201.into()));
    assert_eq!(world.dump().len(), 201);
    assert!(readers_of(parent).is_empty());
}

#[test]
fn readers_end_with_the_program() {
    let world = world_of_pages(400);
    for round in 0..5 {
        let mut child = start(&world);
        let parent = child.id();
        wait_for_readers(parent);
        sleep(Duration::from_millis(20 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let begin = Instant::now();
        while !readers_of(parent).is_empty() {
            assert!(begin.elapsed() < Duration::from_secs(2), "a reader outlives the program");
            sleep(Duration::from_millis(5));
        }
    }
    world.run(&["index", "corpus"]).expect(0);
    assert_eq!(world.dump().len(), 401);
}
