//! Lines that begin a turn, and brackets that are notes, are told as the labels beside this file
//! say.
//!
//! The labels name files, lines and hashes of lines, so that no text is copied: the lines are
//! read from the folder. Half of the files was held out while the rules were written.

use super::Bench;
use super::ledger::Ledger;
use super::plain_lines::plain_lines;
use super::texts::{RealTexts, write};
use crate::cargo::cargo;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const TURNS: &str = include_str!("turns.tsv");
const NOTES: &str = include_str!("notes.tsv");

/// The sets of labels, each with the least recall that is wanted.
///
/// The rules were written by the first, tried once on the second, mended by what it showed, and
/// then tried once on the third, which holds remarks of the White House only. The fourth was
/// labelled without a look at the finder's code; half of it is of other kinds, and three of its
/// turns begin at a name that stands alone on its line without a mark, which the finder leaves.
/// The fifth was labelled likewise, of files of the White House without an earlier label and of
/// lines of the Congressional Record without one: its files had nearly all been used.
const HALVES: [Half; 6] = [
    Half { name: "dev", files: "", min_recall: MIN_RECALL_PERCENT },
    Half { name: "held", files: "", min_recall: MIN_RECALL_PERCENT },
    Half { name: "second", files: "", min_recall: MIN_RECALL_PERCENT },
    Half { name: "held-out-2", files: "", min_recall: 96 },
    Half { name: "held-out-3", files: "whitehouse/", min_recall: MIN_RECALL_PERCENT },
    Half { name: "held-out-3", files: "formats/", min_recall: MIN_RECALL_PERCENT },
];

/// A set of labels, or those of it whose files' names begin with `files`.
#[derive(Debug)]
struct Half {
    name: &'static str,
    files: &'static str,
    min_recall: usize,
}

impl Half {
    fn holds(&self, half: &str, file: &str) -> bool {
        half == self.name && file.starts_with(self.files)
    }
}

const MIN_PRECISION_PERCENT: usize = 99;
const MIN_RECALL_PERCENT: usize = 97;

/// What may stand between a name and the words: it is no part of a label's extent.
const MARKS: [char; 4] = [' ', '.', ':', '-'];

/// A line labelled by hand: the bytes of its label without [`MARKS`], 0 where none begins it.
#[derive(Debug, Deserialize)]
struct TurnRow {
    half: String,
    file: String,
    /// Counted from 1 in the file's plain lines.
    line: usize,
    /// The first 16 digits of the BLAKE3 of the line without the blanks around it.
    hash: String,
    label_bytes: usize,
}

/// A bracket labelled by hand.
#[derive(Debug, Deserialize)]
struct NoteRow {
    half: String,
    file: String,
    line: usize,
    hash: String,
    /// Counted from 1 among the innermost brackets of the line.
    bracket: usize,
    is_note: u8,
}

pub(super) fn check(texts: &RealTexts, _bench: &Bench, ledger: &mut Ledger) -> Result<()> {
    let (turns, notes): (Vec<TurnRow>, Vec<NoteRow>) = (rows(TURNS)?, rows(NOTES)?);
    let names: BTreeSet<&str> =
        turns.iter().map(|row| &*row.file).chain(notes.iter().map(|row| &*row.file)).collect();
    let mut files = BTreeMap::new();
    for name in names {
        match texts.part(name) {
            Ok(path) => {
                files.insert(name, plain_lines(&path)?);
            }
            Err(reason) => {
                ledger.skip("turns and notes", reason);
                return Ok(());
            }
        }
    }
    let found = find(&files)?;
    for half in HALVES {
        let mut score = Score::default();
        for row in turns.iter().filter(|row| half.holds(&row.half, &row.file)) {
            let line = labelled_line(&files, &row.file, row.line, &row.hash)?.trim();
            let label = line.get(..row.label_bytes).context("a label ends inside a character")?;
            let turn = found.turns.get(&(row.file.clone(), row.line));
            let found = turn.map_or("", |turn| turn.trim_end_matches(MARKS));
            score.count(label, found, || format!("{}:{}", row.file, row.line));
        }
        let name = format!("{} {}", half.name, half.files);
        score.judge(&format!("turns, {}", name.trim()), half.min_recall, ledger);
        if notes.iter().all(|row| row.half != half.name) {
            continue;
        }
        let mut score = Score::default();
        for row in notes.iter().filter(|row| row.half == half.name) {
            let line = labelled_line(&files, &row.file, row.line, &row.hash)?;
            let (start, end) =
                brackets(line).nth(row.bracket - 1).context("a line lacks its bracket")?;
            let inside = found.notes.get(&(row.file.clone(), row.line)).into_iter().flatten();
            let is_found = inside.copied().any(|(from, to)| from <= start && end <= to);
            let mark = |is_note: bool| if is_note { "note" } else { "" };
            score.count(mark(row.is_note == 1), mark(is_found), || {
                format!("{}:{} bracket {}", row.file, row.line, row.bracket)
            });
        }
        score.judge(&format!("notes, {}", half.name), MIN_RECALL_PERCENT, ledger);
    }
    Ok(())
}

pub(super) fn rows<T: for<'a> Deserialize<'a>>(table: &str) -> Result<Vec<T>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(table.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().context("not a table of labels")
}

/// Returns the line that was labelled, if it is still there.
fn labelled_line<'a>(
    files: &'a BTreeMap<&str, Vec<String>>,
    file: &str,
    line: usize,
    hash: &str,
) -> Result<&'a str> {
    let lines = files.get(file).context("a file is missing")?;
    let text = lines.get(line - 1).with_context(|| format!("{file} has no line {line}"))?;
    let found = blake3::hash(text.trim().as_bytes()).to_hex();
    ensure!(found.starts_with(hash), "line {line} of {file} is not the one that was labelled");
    Ok(text)
}

/// Finds the innermost brackets of a line that hold 1 to 120 characters.
fn brackets(line: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut open = None;
    line.char_indices().filter_map(move |(at, c)| match c {
        '(' | '[' => {
            open = Some(at);
            None
        }
        ')' | ']' => {
            let start = open.take()?;
            let n_inside = line.get(start + 1..at)?.chars().count();
            (1..=120).contains(&n_inside).then_some((start, at + 1))
        }
        _ => None,
    })
}

/// What the finders found, by file and line.
#[derive(Debug, Default)]
struct Found {
    turns: BTreeMap<(String, usize), String>,
    notes: BTreeMap<(String, usize), Vec<(usize, usize)>>,
}

/// Runs the finders over the files, as plain texts.
fn find(files: &BTreeMap<&str, Vec<String>>) -> Result<Found> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let mut names = BTreeMap::new();
    let mut arguments = vec!["run", "--quiet", "-p", "onrecord-ingest", "--example", "turns", "--"];
    let paths: Vec<String> = (0..files.len())
        .map(|position| folder.path().join(format!("{position}.txt")).display().to_string())
        .collect();
    for ((name, lines), path) in files.iter().zip(&paths) {
        write(Path::new(path), lines.join("\n").as_bytes())?;
        names.insert(path.as_str(), *name);
        arguments.push(path);
    }
    let output = cargo(&arguments).output().context("cannot start cargo")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).context("the finders print no UTF-8")?;
    let mut found = Found::default();
    let mut file = "";
    for line in printed.lines() {
        let number = |field: &str| field.parse::<usize>().context("not a number");
        match line.split('\t').collect::<Vec<_>>()[..] {
            ["file", path] => file = names.get(path).copied().context("a file not asked for")?,
            ["turn", line, label] => {
                found.turns.insert((file.into(), number(line)?), label.into());
            }
            ["inside", _, _] | ["doubt", _] => {}
            ["note", line, start, end] => {
                let notes = found.notes.entry((file.into(), number(line)?)).or_default();
                notes.push((number(start)?, number(end)?));
            }
            _ => bail!("not a row of the finders: {line}"),
        }
    }
    Ok(found)
}

/// How often what was expected was found.
#[derive(Debug, Default)]
pub(super) struct Score {
    n_rows: usize,
    n_right: usize,
    n_expected: usize,
    n_found: usize,
    /// The rows where the two differ: the place, what was expected and what was found.
    wrong: Vec<String>,
}

impl Score {
    /// Counts a row; empty is nothing.
    pub(super) fn count(&mut self, expected: &str, found: &str, place: impl Fn() -> String) {
        self.n_rows += 1;
        self.n_expected += usize::from(!expected.is_empty());
        self.n_found += usize::from(!found.is_empty());
        self.n_right += usize::from(!expected.is_empty() && expected == found);
        if expected != found {
            self.wrong.push(format!("{}: {expected:?} wanted, {found:?} found", place()));
        }
    }

    fn holds(&self, min_recall_percent: usize) -> bool {
        self.n_right > 0
            && self.n_right * 100 >= self.n_found * MIN_PRECISION_PERCENT
            && self.n_right * 100 >= self.n_expected * min_recall_percent
    }

    pub(super) fn judge(&self, name: &str, min_recall_percent: usize, ledger: &mut Ledger) {
        let Self { n_rows, n_right, n_expected, n_found, wrong } = self;
        ledger.check(
            name,
            self.holds(min_recall_percent),
            format_args!(
                "{n_rows} labelled: {n_right} of {n_found} found are right, {n_right} of \
                 {n_expected} are found; at least {MIN_PRECISION_PERCENT} % and \
                 {min_recall_percent} % wanted"
            ),
        );
        wrong.iter().for_each(|row| ledger.note(row));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_read() {
        let turns: Vec<TurnRow> = rows(TURNS).unwrap();
        let notes: Vec<NoteRow> = rows(NOTES).unwrap();
        assert!(turns.len() >= 300 && notes.len() >= 100);
        let n_in =
            |row: &TurnRow| HALVES.iter().filter(|half| half.holds(&row.half, &row.file)).count();
        assert!(turns.iter().all(|row| n_in(row) == 1));
        let is_half = |half: &str| half == "dev" || half == "held";
        assert!(notes.iter().all(|row| is_half(&row.half) && row.bracket > 0));
        let mut half_of: BTreeMap<&str, &str> = BTreeMap::new();
        let lines: BTreeSet<_> = turns.iter().map(|row| (&row.file, row.line)).collect();
        assert_eq!(lines.len(), turns.len(), "a line is labelled twice");
        // Of the Congressional Record no file was left for the fifth set.
        let shares_files =
            |row: &&TurnRow| row.half == "held-out-3" && row.file.starts_with("formats/");
        for row in turns.iter().filter(|row| !shares_files(row)) {
            let half = half_of.entry(&row.file).or_insert(&row.half);
            assert_eq!(*half, row.half, "{} is in two sets", row.file);
        }
    }

    #[test]
    fn brackets_are_the_innermost() {
        let found = |line| brackets(line).collect::<Vec<_>>();
        assert_eq!(found("a (b) [[c]] () (d"), [(2, 5), (7, 10)]);
    }

    #[test]
    fn scores_count_extents() {
        let mut score = Score::default();
        for (expected, found) in [("Q", "Q"), ("MR. A", "MR"), ("", ""), ("", "NOTE"), ("Q", "")] {
            score.count(expected, found, || "b:1".into());
        }
        let Score { n_rows, n_right, n_expected, n_found, ref wrong } = score;
        assert_eq!(wrong.len(), 3);
        assert_eq!((n_rows, n_right, n_expected, n_found), (5, 1, 3, 3));
        assert!(!score.holds(MIN_RECALL_PERCENT));
    }
}
