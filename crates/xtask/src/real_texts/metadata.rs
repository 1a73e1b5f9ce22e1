//! Titles, dates and main speakers are read from the texts themselves, without help from file names.

use super::ledger::Ledger;
use super::onrecord::DumpedDocument;
use super::texts::{RealTexts, copy_under_neutral_names, neutral_name, write};
use super::truth::{self, Truth, fold_title};
use super::{Bench, onrecord::Onrecord};
use crate::cargo::target_folder;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// In tenths of a percent.
const MIN_DATES: usize = 993;
const MIN_TITLES: usize = 980;
const MIN_SPEAKERS: usize = 970;

/// The list of persons beside the copies: whose texts they are. The persons are public figures.
const ROSTER: &str = "of = \"the United States\"\n";

/// The true speakers and their ids.
const SPEAKERS: [(&str, &str); 4] = [
    ("President Barack Obama", "barack-obama"),
    ("First Lady Michelle Obama", "michelle-obama"),
    ("Vice President Joe Biden", "joe-biden"),
    ("Dr. Jill Biden", "jill-biden"),
];

pub(super) fn check(texts: &RealTexts, bench: &Bench, ledger: &mut Ledger) -> Result<()> {
    let parts = texts
        .part("whitehouse")
        .and_then(|folder| texts.part("whitehouse-truth.csv").map(|table| (folder, table)));
    let (folder, table) = match parts {
        Ok(parts) => parts,
        Err(reason) => {
            ledger.skip("dates", &reason);
            ledger.skip("titles", &reason);
            ledger.skip("main speakers", &reason);
            return Ok(());
        }
    };
    let truths = truth::read(&table)?;
    let (scratch, onrecord) = bench.fresh()?;
    let documents = index_neutral_copies(&truths, &folder, scratch.path(), &onrecord)?;
    let comparison = compare(&truths, &documents);
    judge(&comparison, ledger);
    let misses = target_folder()?.join("metadata-misses.tsv");
    write(&misses, comparison.misses.as_bytes())?;
    ledger.note(format_args!("misses and rows left out: {}", misses.display()));
    Ok(())
}

/// Indexes copies under neutral names and returns what was read, by file name.
fn index_neutral_copies(
    truths: &[Truth],
    folder: &Path,
    scratch: &Path,
    onrecord: &Onrecord,
) -> Result<BTreeMap<String, DumpedDocument>> {
    let copies = scratch.join("texts");
    std::fs::create_dir(&copies).with_context(|| format!("cannot make {}", copies.display()))?;
    let files: Vec<PathBuf> = truths.iter().map(|truth| folder.join(&truth.file)).collect();
    copy_under_neutral_names(&files, &copies)?;
    write(&copies.join("speakers.toml"), ROSTER.as_bytes())?;
    onrecord.index(&[&copies], &[])?;
    let name = |document: &DumpedDocument| {
        let name = document.path.rsplit(['/', '\\']).next().unwrap_or_default();
        name.to_owned()
    };
    Ok(onrecord.documents()?.into_iter().map(|document| (name(&document), document)).collect())
}

/// What was right, what was not, and what was not counted.
#[derive(Debug, Default)]
struct Comparison {
    n_rows: usize,
    n_dates_right: usize,
    n_titles_right: usize,
    /// Rows that name a main speaker.
    n_speakers: usize,
    n_speakers_right: usize,
    /// Rows whose true title is evidently an error of scraping.
    n_titles_left_out: usize,
    /// Titles right in all rows, errors of scraping among them.
    n_titles_right_of_all: usize,
    /// One line a miss or row left out: what, copy, file, truth, found.
    misses: String,
}

/// Compares each row with the document at the same position, missing documents being wrong.
fn compare(truths: &[Truth], documents: &BTreeMap<String, DumpedDocument>) -> Comparison {
    let mut comparison = Comparison { n_rows: truths.len(), ..Comparison::default() };
    for (position, truth) in truths.iter().enumerate() {
        let copy = neutral_name(position);
        let document = documents.get(&copy);
        let date = document.and_then(|document| document.date.as_deref()).unwrap_or_default();
        let title = document.and_then(|document| document.title.as_deref()).unwrap_or_default();
        let mut note = |what: &str, expected: &str, found: &str| {
            // Writing to a string cannot fail.
            let file = &truth.file;
            let _ = writeln!(comparison.misses, "{what}\t{copy}\t{file}\t{expected}\t{found}");
        };
        if date != truth.date {
            note("date", &truth.date, date);
        }
        let speaker = document.and_then(|document| document.speaker_id.as_deref());
        let speaker_right =
            truth.names_speaker().then(|| speaker.is_some() && speaker == id_of(&truth.speaker));
        if speaker_right == Some(false) {
            note("speaker", &truth.speaker, speaker.unwrap_or_default());
        }
        let title_right = fold_title(title) == fold_title(&truth.title);
        let left_out = truth.scraping_error();
        match left_out {
            Some(reason) => note(&format!("left out: {reason}"), &truth.title, title),
            None if !title_right => note("title", &truth.title, title),
            None => {}
        }
        comparison.n_dates_right += usize::from(date == truth.date);
        comparison.n_speakers += usize::from(speaker_right.is_some());
        comparison.n_speakers_right += usize::from(speaker_right == Some(true));
        comparison.n_titles_left_out += usize::from(left_out.is_some());
        comparison.n_titles_right += usize::from(title_right && left_out.is_none());
        comparison.n_titles_right_of_all += usize::from(title_right);
    }
    comparison
}

/// Returns the id of a true speaker; none for one who is not known here, which counts as a miss.
fn id_of(speaker: &str) -> Option<&'static str> {
    SPEAKERS.iter().find(|(name, _)| *name == speaker).map(|(_, id)| *id)
}

fn judge(comparison: &Comparison, ledger: &mut Ledger) {
    let Comparison { n_rows, n_dates_right, n_titles_right, n_titles_left_out, .. } = *comparison;
    let Comparison { n_speakers, n_speakers_right, .. } = *comparison;
    let n_titles = n_rows - n_titles_left_out;
    for (what, n_right, of, least) in [
        ("dates", n_dates_right, n_rows, MIN_DATES),
        ("titles", n_titles_right, n_titles, MIN_TITLES),
        ("main speakers", n_speakers_right, n_speakers, MIN_SPEAKERS),
    ] {
        let (whole, tenth) = (least / 10, least % 10);
        ledger.check(
            what,
            reaches(n_right, of, least),
            format_args!("{n_right} of {of} right, at least {whole}.{tenth} % wanted"),
        );
    }
    ledger.note(format_args!(
        "{n_titles_left_out} rows left out, whose true title holds a clock time or shares no word \
         with the page's address; over all rows {} of {n_rows} right",
        comparison.n_titles_right_of_all
    ));
}

/// Says whether `n` is at least so many thousandths of a whole that is not empty.
fn reaches(n: usize, of: usize, thousandths: usize) -> bool {
    of > 0 && n * 1000 >= of * thousandths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misses_and_left_out_rows_are_counted_apart() {
        let truth = |title: &str, date: &str| Truth {
            file: "a.txt".into(),
            title: title.into(),
            speaker: "Dr. Jill Biden".into(),
            date: date.into(),
            url: "http://site.gov/remarks-harbor".into(),
        };
        let document = |title: &str, date: &str| DumpedDocument {
            id: String::new(),
            path: String::new(),
            title: Some(title.into()),
            date: Some(date.into()),
            speaker_id: Some("jill-biden".into()),
        };
        let truths = [
            truth("Remarks", "2011-01-01"),
            truth("Remarks", "2011-01-02"),
            truth("Blue Room", "2011-01-03"),
            truth("Remarks", "2011-01-04"),
        ];
        let documents = BTreeMap::from([
            (neutral_name(0), document("REMARKS", "2011-01-01")),
            (neutral_name(1), document("Other", "2011-01-01")),
            (neutral_name(2), document("Remarks", "2011-01-03")),
        ]);
        let found = compare(&truths, &documents);
        assert_eq!(found.n_dates_right, 2);
        assert_eq!(found.n_titles_right, 1);
        assert_eq!(found.n_titles_left_out, 1);
        assert_eq!((found.n_speakers, found.n_speakers_right), (4, 3));
        assert_eq!(found.misses.lines().count(), 6);
    }

    #[test]
    fn thresholds_are_inclusive_and_never_met_by_nothing() {
        assert!(reaches(99, 100, 990));
        assert!(!reaches(989, 1000, 990));
        assert!(!reaches(0, 0, 990));
    }
}
