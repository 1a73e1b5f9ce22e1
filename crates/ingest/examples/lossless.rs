//! Compares what is read of XML files and pages of the Congressional Record with what a plain
//! stripping of their tags leaves: letter by letter, whatever their order.
//!
//! `cargo run -p onrecord-ingest --example lossless -- DIR…`; exits with 1 where letters differ.

#![expect(clippy::print_stdout, reason = "an example prints")]

use onrecord_ingest::{Reader, ReaderOptions, walk};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// Elements that are left out of the text on purpose, as `docs/formats.md` says.
const OMITTED: [&str; 14] = [
    "teiHeader",
    "corr",
    "reg",
    "expan",
    "del",
    "fw",
    "linkGrp",
    "spanGrp",
    "standOff",
    "listPerson",
    "listOrg",
    "meta",
    "col",
    "image",
];

fn main() -> ExitCode {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let reader = Reader::new(ReaderOptions::default());
    let (mut n_files, mut n_letters, mut n_differing) = (0_u32, 0, 0_u32);
    for file in walk(&paths).flatten() {
        let mut text = String::new();
        let report = reader.read_documents(&file, &mut |read| {
            for block in read.document.blocks() {
                text.push_str(read.document.slice(block.span));
            }
        });
        if report.n_documents == 0 {
            println!("{}: {:?}", file.path.display(), report.problems);
            continue;
        }
        let source = std::fs::read(&file.path).unwrap_or_default();
        let is_page = file.path.extension().is_some_and(|found| found == "htm");
        let plain = without_tags(&String::from_utf8_lossy(&source), is_page);
        let (read, expected) = (letters(&text), letters(&plain));
        n_files += 1;
        n_letters += expected.values().sum::<i64>();
        let mut difference = expected;
        for (c, n) in read {
            *difference.entry(c).or_default() -= n;
        }
        difference.retain(|_, n| *n != 0);
        if !difference.is_empty() {
            n_differing += 1;
            println!("{}: {difference:?}", file.path.display());
        }
    }
    println!("{n_letters} letters of {n_files} files, {n_differing} of them differ");
    if n_differing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn letters(text: &str) -> BTreeMap<char, i64> {
    let mut letters = BTreeMap::new();
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        *letters.entry(c).or_default() += 1;
    }
    letters
}

/// Strips tags by brackets alone; notes inside `meta` stay.
fn without_tags(source: &str, is_page: bool) -> String {
    let mut text = String::new();
    let mut omitted: Vec<&str> = Vec::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once('<') {
        if omitted.is_empty() {
            text.push_str(before);
        }
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        let Some((tag, behind)) = after.split_once('>') else { break };
        if is_page && tag == "bullet" {
            text.push_str("bullet");
        }
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        let name = name.trim_end_matches('/');
        let is_omitted = if is_page { name == "head" } else { OMITTED.contains(&name) };
        if tag.starts_with('/') {
            if omitted.last() == Some(&name) {
                omitted.pop();
            }
            if name == "notes" && omitted.is_empty() {
                omitted.push("meta");
            }
        } else if is_omitted && !tag.ends_with('/') {
            omitted.push(name);
        } else if name == "notes" && omitted == ["meta"] {
            omitted.clear();
        }
        rest = behind;
    }
    text.push_str(rest);
    unescaped(&text)
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let reference = after.split_once(';').filter(|(name, _)| name.len() < 9);
        let Some((name, behind)) = reference else {
            plain.push('&');
            rest = after;
            continue;
        };
        let code = name.strip_prefix("#x").and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let code = code.or_else(|| name.strip_prefix('#')?.parse().ok());
        match code.and_then(char::from_u32) {
            Some(c) => plain.push(c),
            None if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") => {}
            None => plain.push_str(name),
        }
        rest = behind;
    }
    plain.push_str(rest);
    plain
}
