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

/// The columns behind the name of the group.
const HEADS: [&str; 5] =
    ["mentions/words", "per 1,000", "passages", "share %  (95 % interval)", "documents"];

/// The room of names at least.
const LEAST_NAME: usize = 16;

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
    let mut widths = HEADS.map(width);
    for row in rows.iter().chain([&total]) {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = width(cell).max(*widest);
        }
    }
    let others: usize = widths.iter().map(|width| width + 2).sum();
    let longest = series.rows.iter().map(|row| width(&row.group)).max().unwrap_or(0);
    let room = usize::from(output::width()).saturating_sub(others).max(LEAST_NAME);
    let n_name = longest.max(by.len()).max("all".len()).min(room);
    let print_row = |out: &mut dyn Write, name: &str, row: &[&str; 5]| -> Result<()> {
        let mut line = pad(&shorten(name, n_name), n_name);
        for (cell, width_of_column) in row.iter().zip(widths) {
            let blanks = width_of_column.saturating_sub(width(cell)) + 2;
            line.push_str(&format!("{}{cell}", " ".repeat(blanks)));
        }
        Ok(writeln!(out, "{}", line.trim_end())?)
    };
    print_row(out, by, &HEADS)?;
    let gap = gap_of(by, series.base.is_some());
    let mut n_gaps = 0;
    for (at, (row, cells)) in series.rows.iter().zip(&rows).enumerate() {
        if !row.has(TrendFlag::Gap) {
            print_row(out, &row.group, &cells.each_ref().map(String::as_str))?;
            continue;
        }
        n_gaps += 1;
        let next = series.rows.get(at + 1).filter(|_| row.period.is_some());
        if next.is_none_or(|next| !next.has(TrendFlag::Gap) || next.period.is_none()) {
            let first = series.rows.get(at + 1 - n_gaps).unwrap_or(row);
            print_gap(out, [first, row], n_gaps, n_name, gap)?;
            n_gaps = 0;
        }
    }
    print_row(out, "all", &total.each_ref().map(String::as_str))
}

/// Prints a group that nothing could be found in, or a run of such stretches of time.
fn print_gap(
    out: &mut dyn Write,
    [first, last]: [&TrendRow; 2],
    n_gaps: usize,
    n_name: usize,
    gap: &str,
) -> Result<()> {
    if n_gaps == 1 {
        let name = pad(&shorten(&last.group, n_name), n_name);
        return Ok(writeln!(out, "{name}  {gap}")?);
    }
    Ok(writeln!(out, "{} to {}  {gap}", first.group, last.group)?)
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
