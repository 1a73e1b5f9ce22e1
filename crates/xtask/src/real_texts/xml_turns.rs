//! Paragraphs of parliamentary XML begin turns, of those whom the markup names, as the labels
//! beside this file say.
//!
//! The labels name files, the lines on which paragraphs (`p` and `seg`) open, and hashes of
//! paragraphs and names, so that no text is copied. They were made from the markup, without a look
//! at the reader.

use super::Bench;
use super::ledger::Ledger;
use super::plain_lines::{Paragraph, paragraphs};
use super::texts::RealTexts;
use super::turns::{Score, rows};
use crate::cargo::cargo;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::PathBuf;

const LABELS: &str = include_str!("xml_turns.tsv");

const MIN_RECALL_PERCENT: usize = 97;

/// Letters and digits by which a block is known to begin with a paragraph: at least so many, where
/// the paragraph has them, and no more than so many, for the number of a page may stand behind.
const N_ALIKE: RangeInclusive<usize> = 12..=60;

/// A paragraph labelled by hand.
#[derive(Debug, Deserialize)]
struct Row {
    half: String,
    file: String,
    /// Where the paragraph's tag opens, counted from 1.
    line: usize,
    /// The first 16 digits of the BLAKE3 of the paragraph without tags, blanks joined.
    hash: String,
    /// 1 where the paragraph is the first of a turn.
    begins: u8,
    /// Whose turn it is: the hashes of the [`words`] of all names that are right, `|` between. That
    /// of no words says that nobody may be named.
    names: String,
}

pub(super) fn check(texts: &RealTexts, _bench: &Bench, ledger: &mut Ledger) -> Result<()> {
    let rows: Vec<Row> = rows(LABELS)?;
    let mut files = BTreeMap::new();
    for name in rows.iter().map(|row| &*row.file).collect::<BTreeSet<_>>() {
        match texts.part(name) {
            Ok(path) => {
                files.insert(name, path);
            }
            Err(reason) => {
                ledger.skip("turns of XML", reason);
                return Ok(());
            }
        }
    }
    let blocks = read(&files)?;
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for row in &rows {
        let path = files.get(&*row.file).context("a file is missing")?;
        let block = block_of(row, &paragraphs(path)?, blocks.get(&*row.file).map_or(&[], |b| b))?;
        let found = match block {
            None => "",
            Some(block) if !block.begins => "",
            Some(block) if is_among(&block.name, &row.names) => "a turn",
            Some(block) if row.begins == 1 && block.name.is_empty() => "",
            Some(_) => "another's turn",
        };
        let expected = if row.begins == 1 { "a turn" } else { "" };
        let lost = if block.is_none() { ", no block begins so" } else { "" };
        let place = || format!("{}:{}{lost}", row.file, row.line);
        scores.entry(&row.half).or_default().count(expected, found, place);
    }
    for (half, score) in scores {
        score.judge(&format!("turns of XML, {half}"), MIN_RECALL_PERCENT, ledger);
    }
    Ok(())
}

/// A block as it was read.
#[derive(Debug)]
struct ReadBlock {
    begins: bool,
    name: String,
    rest: String,
    text: String,
}

/// Runs the reader over the files as they are.
fn read<'a>(files: &BTreeMap<&'a str, PathBuf>) -> Result<BTreeMap<&'a str, Vec<ReadBlock>>> {
    let paths: Vec<String> = files.values().map(|path| path.display().to_string()).collect();
    let mut arguments =
        vec!["run", "--quiet", "-p", "onrecord-ingest", "--example", "block_turns", "--"];
    arguments.extend(paths.iter().map(String::as_str));
    let output = cargo(&arguments).output().context("cannot start cargo")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).context("the reader prints no UTF-8")?;
    let mut blocks: BTreeMap<&str, Vec<ReadBlock>> = BTreeMap::new();
    let mut names = files.keys();
    let mut file = "";
    for line in printed.lines() {
        match line.split('\t').collect::<Vec<_>>()[..] {
            ["file", _] => file = names.next().context("a file not asked for")?,
            ["block", begins, name, rest, text] => {
                blocks.entry(file).or_default().push(ReadBlock {
                    begins: begins == "1",
                    name: name.into(),
                    rest: squeezed(rest),
                    text: squeezed(text),
                });
            }
            _ => bail!("not a row of the reader: {line}"),
        }
    }
    Ok(blocks)
}

/// Finds the block that begins with the labelled paragraph: where several paragraphs begin alike,
/// the one at the same place among their blocks.
fn block_of<'a>(
    row: &Row,
    paragraphs: &[Paragraph],
    blocks: &'a [ReadBlock],
) -> Result<Option<&'a ReadBlock>> {
    let is_labelled = |paragraph: &&Paragraph| {
        paragraph.line == row.line
            && blake3::hash(paragraph.text.as_bytes()).to_hex().starts_with(&row.hash)
    };
    let wanted = paragraphs.iter().find(is_labelled).with_context(|| {
        format!("line {} of {} is not the one that was labelled", row.line, row.file)
    })?;
    let text = squeezed(&wanted.text);
    let before = paragraphs.iter().take_while(|paragraph| !std::ptr::eq(*paragraph, wanted));
    let n_before =
        before.filter(|paragraph| begin_alike(&squeezed(&paragraph.text), &text)).count();
    let is_alike =
        |block: &&ReadBlock| begin_alike(&block.text, &text) || begin_alike(&block.rest, &text);
    Ok(blocks.iter().filter(is_alike).nth(n_before))
}

/// Tells whether one of two texts begins with the other, and with enough of the second.
fn begin_alike(text: &str, wanted: &str) -> bool {
    let n_alike = text.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count();
    let (n_text, n_wanted) = (text.chars().count(), wanted.chars().count());
    n_alike >= n_text.min(n_wanted).min(*N_ALIKE.end())
        && n_alike >= n_wanted.clamp(1, *N_ALIKE.start())
}

fn is_among(name: &str, hashes: &str) -> bool {
    let hash = blake3::hash(words(name).as_bytes()).to_hex();
    hashes.split('|').any(|right| !right.is_empty() && hash.starts_with(right))
}

/// Returns the words of a name in lower case, one blank between.
fn words(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the letters and digits of a text, in lower case.
fn squeezed(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        let rows: Vec<Row> = rows(LABELS).unwrap();
        assert!(rows.len() >= 35);
        assert!(rows.iter().all(|row| (row.begins == 1) != row.names.is_empty()));
    }

    #[test]
    fn names_are_known_by_their_hashes() {
        let hash = |name: &str| blake3::hash(name.as_bytes()).to_hex().to_string();
        assert_eq!(words(" Mrs. ANN O'Dell (Leeds): "), "mrs ann o dell leeds");
        let right = format!("{}|{}", hash("ann moss"), hash(""));
        assert!(is_among("Ann MOSS:", &right) && is_among("", &right));
        assert!(!is_among("Moss", &right) && !is_among("", ""));
    }

    #[test]
    fn a_block_is_found_at_its_place() {
        let paragraph = |line, text: &str| Paragraph { line, text: text.into() };
        let block = |name: &str, rest: &str, text: &str| ReadBlock {
            begins: true,
            name: name.into(),
            rest: squeezed(rest),
            text: squeezed(text),
        };
        let hash = blake3::hash(b"None at all, Sir.").to_hex().to_string();
        let row = Row {
            half: "a".into(),
            file: "b".into(),
            line: 9,
            hash,
            begins: 1,
            names: String::new(),
        };
        let paragraphs = [
            paragraph(3, "None at all, Sir."),
            paragraph(5, "None at"),
            paragraph(9, "None at all, Sir."),
        ];
        let blocks = [
            block("A", "", "None at all, Sir. Next."),
            block("B", "", "None at"),
            block("C", "None at all, Sir.", "Ms. C: None at all, Sir."),
        ];
        let found = block_of(&row, &paragraphs, &blocks).unwrap().unwrap();
        assert_eq!(found.name, "C");
        assert!(block_of(&row, &paragraphs, &blocks[..1]).unwrap().is_none());
        assert!(block_of(&row, &paragraphs[..1], &blocks).is_err());
        let long = "a".repeat(60);
        assert!(begin_alike(&format!("{long}b"), &format!("{long}8b")));
        assert!(!begin_alike(&format!("{long}b"), &format!("8{long}b")));
    }
}
