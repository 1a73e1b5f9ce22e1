//! The chart of a trend.

use super::super::listing::one_line;
use super::listing::{base_of, gap_of, share_of, share_places};
use crate::args::TrendMeasure;
use onrecord_query::{FEW_PASSAGES, TrendBy, TrendFlag, TrendResponse, TrendRow, TrendSeries};
use onrecord_report::{Axis, Chart, ChartGroup, ChartSeries, Point};
use std::collections::BTreeSet;

/// How many speakers or kinds a chart on a terminal shows.
pub(super) const MOST_NAMES: usize = 30;

/// How many groups without a place in time are told below a chart.
const MOST_UNTOLD: usize = 4;

/// Makes the chart of a trend, of at most so many speakers or kinds.
pub(super) fn chart(found: &TrendResponse, measure: TrendMeasure, most_names: usize) -> Chart {
    let places = match measure {
        TrendMeasure::Share => share_places(found),
        TrendMeasure::Rate => 3,
    };
    let a_year = TrendBy::from_name(found.by).and_then(TrendBy::periods_a_year);
    let first = found.series.first().map_or(&[][..], |series| &series.rows);
    let drawn: Vec<usize> = (0..first.len())
        .filter(|at| a_year.is_none() || first.get(*at).is_some_and(|row| row.period.is_some()))
        .take(if a_year.is_none() { most_names } else { usize::MAX })
        .collect();
    let group = |row: &TrendRow| ChartGroup { name: row.group.clone(), period: row.period };
    let queries: Vec<String> = found.series.iter().map(|series| one_line(&series.query)).collect();
    let has_base = found.series.iter().any(|series| series.base.is_some());
    Chart {
        title: format!("{} by {}", queries.join(", "), found.by),
        measure: match measure {
            TrendMeasure::Share => "share of passages, %".to_owned(),
            TrendMeasure::Rate => "mentions per 1,000 words".to_owned(),
        },
        gap: gap_of(found.by, has_base).to_owned(),
        doubt: format!("fewer than {FEW_PASSAGES} passages"),
        places,
        axis: a_year.map_or(Axis::Names, |a_year| Axis::Time { a_year }),
        groups: drawn.iter().filter_map(|at| first.get(*at)).map(group).collect(),
        series: found
            .series
            .iter()
            .map(|series| ChartSeries {
                name: one_line(&series.query),
                points: drawn
                    .iter()
                    .filter_map(|at| series.rows.get(*at))
                    .map(|row| point(row, measure))
                    .collect(),
            })
            .collect(),
        notes: notes(found, drawn.len(), a_year.is_some()),
    }
}

fn point(row: &TrendRow, measure: TrendMeasure) -> Point {
    let counts = &row.counts;
    let percent = |share: f64| share * 100.0;
    let value = match measure {
        TrendMeasure::Share => counts.share_of_passages.map(percent),
        TrendMeasure::Rate => counts.per_1000_words,
    };
    let interval = match measure {
        TrendMeasure::Share => counts.low.map(percent).zip(counts.high.map(percent)),
        TrendMeasure::Rate => None,
    };
    let detail = match (measure, counts.mentions) {
        (TrendMeasure::Share, _) => {
            format!("{} of {} passages", counts.passages, counts.base_passages)
        }
        (TrendMeasure::Rate, Some(mentions)) => {
            format!("{mentions} mentions in {} words", counts.base_words)
        }
        (TrendMeasure::Rate, None) => String::new(),
    };
    Point { value, interval, is_doubtful: row.has(TrendFlag::FewPassages), detail }
}

/// Says what bars are measured against, and what has no place among them.
fn notes(found: &TrendResponse, n_drawn: usize, is_time: bool) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    let bases: BTreeSet<String> = found.series.iter().map(base_of).collect();
    for series in &found.series {
        let total = &series.total;
        let named =
            if bases.len() > 1 { format!("{}: ", one_line(&series.query)) } else { String::new() };
        notes.push(format!(
            "{named}measured against {}: {} words, {} passages, {} documents",
            base_of(series),
            total.base_words,
            total.base_passages,
            total.base_documents
        ));
        if bases.len() == 1 {
            break;
        }
    }
    if is_time {
        found.series.iter().for_each(|series| push_untold(found, series, &mut notes));
    } else {
        let n_rows = found.series.first().map_or(0, |series| series.rows.len());
        let n_more = (n_rows - n_drawn.min(n_rows)) + found.n_groups_left_out;
        if n_more > 0 {
            notes.push(format!("{n_more} more {}s are not drawn", found.by));
        }
    }
    notes
}

/// Tells the shares of groups that have no place in time.
fn push_untold(found: &TrendResponse, series: &TrendSeries, notes: &mut Vec<String>) {
    let untold: Vec<&TrendRow> =
        series.rows.iter().filter(|row| row.period.is_none() && !row.has(TrendFlag::Gap)).collect();
    let named = if found.series.len() > 1 {
        format!("{}, ", one_line(&series.query))
    } else {
        String::new()
    };
    for row in untold.iter().take(MOST_UNTOLD) {
        let counts = &row.counts;
        let share = share_of(counts, share_places(found)).unwrap_or_default();
        notes.push(format!(
            "not on the axis: {named}{}: {} of {} passages, {share} %",
            row.group, counts.passages, counts.base_passages
        ));
    }
    if untold.len() > MOST_UNTOLD {
        let n_more = untold.len() - MOST_UNTOLD;
        notes.push(format!(
            "not on the axis: {named}{n_more} more groups of dates not known so far"
        ));
    }
}
