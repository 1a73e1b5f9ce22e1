//! The table of a trend for a terminal: parts beside their wholes, so that it fits into 80
//! columns.

use super::super::listing::one_line;
use crate::output;
use anyhow::Result;
use onrecord_query::{
    FEW_MENTIONS, FEW_PASSAGES, TrendCounts, TrendFlag, TrendResponse, TrendRow, TrendSeries,
};
use onrecord_report::{pad, shorten, width};
use std::io::Write;

/// The columns behind the name of the group, in two lines.
const HEADS: [[&str; 5]; 2] = [
    ["mentions", "per 1,000", "", "share %", ""],
    ["/words", "words", "passages", "(95 % interval)", "documents"],
];

/// The room of names at least.
const LEAST_NAME: usize = 14;

/// Prints one table for each series.
pub(super) fn print(out: &mut dyn Write, found: &TrendResponse) -> Result<()> {
    let places = share_places(found);
    for (number, series) in found.series.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        print_series(out, found.by, series, places)?;
    }
    let has = |flag| found.series.iter().flat_map(|series| &series.rows).any(|row| row.has(flag));
    if has(TrendFlag::FewMentions) {
        writeln!(out, "* fewer than {FEW_MENTIONS} mentions: the rate says little")?;
    }
    if has(TrendFlag::FewPassages) {
        writeln!(out, "+ fewer than {FEW_PASSAGES} passages in all: the share says little")?;
    }
    Ok(())
}

fn print_series(out: &mut dyn Write, by: &str, series: &TrendSeries, places: usize) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    writeln!(out, "{bold}{}{bold:#}", one_line(&series.query))?;
    writeln!(out, "measured against {}", base_of(series))?;
    let rows: Vec<[String; 5]> = series.rows.iter().map(|row| cells(row, places)).collect();
    let total = cells_of(&series.total, places, ["", ""]);
    let heads = HEADS.map(|heads| heads.map(str::to_owned));
    let names = series.rows.iter().map(|row| row.group.as_str()).chain([by, "all"]);
    let layout = Layout::of(names, rows.iter().chain([&total]).chain(&heads));
    writeln!(out, "{}", layout.line("", &heads[0]))?;
    writeln!(out, "{}", layout.line(by, &heads[1]))?;
    let gap = gap_of(by, series.base.is_some());
    let mut run: Vec<&TrendRow> = Vec::new();
    for (row, cells) in series.rows.iter().zip(&rows) {
        let is_gap = row.has(TrendFlag::Gap);
        if is_gap && row.period.is_some() {
            run.push(row);
            continue;
        }
        layout.print_gap(out, &std::mem::take(&mut run), gap)?;
        if is_gap {
            layout.print_gap(out, &[row], gap)?;
        } else {
            writeln!(out, "{}", layout.line(&row.group, cells))?;
        }
    }
    layout.print_gap(out, &run, gap)?;
    Ok(writeln!(out, "{}", layout.line("all", &total))?)
}

/// How wide the columns of a table are.
struct Layout {
    name: usize,
    columns: [usize; 5],
}

impl Layout {
    /// Makes columns as wide as their cells; names have the room that is left.
    fn of<'a>(
        names: impl Iterator<Item = &'a str>,
        rows: impl Iterator<Item = &'a [String; 5]>,
    ) -> Self {
        let mut columns = [0; 5];
        for row in rows {
            for (widest, cell) in columns.iter_mut().zip(row) {
                *widest = width(cell).max(*widest);
            }
        }
        let others: usize = columns.iter().map(|width| width + 2).sum();
        let room = usize::from(output::width()).saturating_sub(others).max(LEAST_NAME);
        Self { name: names.map(width).max().unwrap_or(0).min(room), columns }
    }

    fn line(&self, name: &str, cells: &[String; 5]) -> String {
        let mut line = pad(&shorten(name, self.name), self.name);
        for (cell, column) in cells.iter().zip(self.columns) {
            let blanks = (column + 2).saturating_sub(width(cell));
            line.push_str(&format!("{}{cell}", " ".repeat(blanks)));
        }
        line.trim_end().to_owned()
    }

    /// Prints groups that nothing could be found in, a run of them as one line.
    fn print_gap(&self, out: &mut dyn Write, run: &[&TrendRow], gap: &str) -> Result<()> {
        match run {
            [] => Ok(()),
            [row] => {
                let name = pad(&shorten(&row.group, self.name), self.name);
                Ok(writeln!(out, "{name}  {gap}")?)
            }
            [first, .., last] => Ok(writeln!(out, "{} to {}  {gap}", first.group, last.group)?),
        }
    }
}

/// Says what a group is that nothing could be found in.
pub(super) fn gap_of(by: &str, has_base: bool) -> &'static str {
    match (has_base, by) {
        (true, _) => "nothing in the base",
        (false, "speaker") => "no words",
        (false, _) => "no documents",
    }
}

/// Names the passages that a series is measured against.
pub(super) fn base_of(series: &TrendSeries) -> String {
    let base = series.base.as_deref();
    base.map_or("all passages of speech".to_owned(), |base| format!("speech of {}", one_line(base)))
}

fn cells(row: &TrendRow, places: usize) -> [String; 5] {
    let mark = |flag, mark| if row.has(flag) { mark } else { " " };
    let marks = [mark(TrendFlag::FewMentions, "*"), mark(TrendFlag::FewPassages, "+")];
    cells_of(&row.counts, places, marks)
}

fn cells_of(
    counts: &TrendCounts,
    places: usize,
    [few_mentions, few_passages]: [&str; 2],
) -> [String; 5] {
    let mentions = counts.mentions.map_or("–".to_owned(), |n| n.to_string());
    let rate = counts.per_1000_words.map_or("–".to_owned(), |rate| format!("{rate:.3}"));
    let share = share_of(counts, places).unwrap_or("–".to_owned());
    [
        format!("{mentions}/{}", counts.base_words),
        format!("{rate}{few_mentions}"),
        format!("{}/{}", counts.passages, counts.base_passages),
        format!("{share}{few_passages}"),
        format!("{}/{}", counts.documents, counts.base_documents),
    ]
}

/// Writes a share with its interval in percent: `1.23 (0.98–1.54)`.
pub(super) fn share_of(counts: &TrendCounts, places: usize) -> Option<String> {
    let share = counts.share_of_passages? * 100.0;
    let (low, high) = (counts.low? * 100.0, counts.high? * 100.0);
    Some(format!("{share:.places$} ({low:.places$}–{high:.places$})"))
}

/// Returns how many decimals percentages have: as many as tell the small ones apart.
pub(super) fn share_places(found: &TrendResponse) -> usize {
    let rows = found.series.iter().flat_map(|series| &series.rows);
    let most = rows.filter_map(|row| row.counts.share_of_passages).fold(0.0, f64::max);
    if most >= 0.01 { 2 } else { 3 }
}

/// Writes how many there are of what is counted.
pub(super) fn count(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
