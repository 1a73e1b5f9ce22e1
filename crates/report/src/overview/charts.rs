//! An overview as charts: the same for the page, for files and for the terminal.

use super::OverviewPage;
use crate::chart::{Axis, Chart, ChartGroup, ChartSeries, HeatMap, HeatRow, Point, written};
use crate::{Error, write_svg_chart, write_svg_heat_map};
use onrecord_query::{Figure, OverviewRow};
use std::io::Write;

const MEASURE: &str = "share of passages, %";

/// What is said where a group has no passages.
pub(super) const GAP: &str = "no passages";

/// The most decimals of a share in per cent; it has one at least.
const MOST_PLACES: i32 = 3;

/// A chart of an overview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverviewChart {
    /// The priorities over all, as bars.
    Priorities,
    /// Each priority by year, as bars.
    Timeline,
    /// Speakers by priorities, as a heat map.
    Speakers,
}

impl OverviewChart {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Priorities, Self::Timeline, Self::Speakers];

    /// Returns its name, as a file of it is named.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Priorities => "priorities",
            Self::Timeline => "timeline",
            Self::Speakers => "speakers",
        }
    }
}

/// Writes a chart of an overview as an SVG document that needs nothing else.
///
/// # Errors
/// When it cannot be written.
pub fn write_overview_svg(
    out: &mut dyn Write,
    overview: &OverviewPage,
    chart: OverviewChart,
) -> Result<(), Error> {
    match chart {
        OverviewChart::Priorities => write_svg_chart(out, &priorities(overview)),
        OverviewChart::Timeline => write_svg_chart(out, &timeline(overview)),
        OverviewChart::Speakers => write_svg_heat_map(out, &speakers(overview)),
    }
}

/// Makes the bars of all priorities.
pub(super) fn priorities(overview: &OverviewPage) -> Chart {
    let group = |name: &String| ChartGroup { name: name.clone(), period: None };
    let total = &overview.total;
    let points = total.figures.iter().map(|figure| point(figure, total)).collect();
    let counted = format!("{} passages of speech", grouped(total.passages));
    Chart {
        axis: Axis::Names,
        groups: overview.priorities.iter().map(group).collect(),
        series: vec![ChartSeries { name: counted, points }],
        ..empty(overview, "priorities")
    }
}

/// Makes the bars of each priority by year.
pub(super) fn timeline(overview: &OverviewPage) -> Chart {
    let group =
        |year: &OverviewRow| ChartGroup { name: year.name.clone(), period: year.name.parse().ok() };
    let series = overview.priorities.iter().enumerate().map(|(at, name)| {
        let figures = overview.years.iter().filter_map(|year| Some((year.figures.get(at)?, year)));
        let points = figures.map(|(figure, year)| point(figure, year)).collect();
        ChartSeries { name: name.clone(), points }
    });
    Chart {
        axis: Axis::Time { a_year: 1 },
        groups: overview.years.iter().map(group).collect(),
        series: series.collect(),
        notes: undated_note(overview).into_iter().collect(),
        ..empty(overview, "priorities by year")
    }
}

/// Makes the heat map of years by priorities, which takes less room than their bars.
pub(super) fn years(overview: &OverviewPage) -> HeatMap {
    let notes = undated_note(overview).into_iter().collect();
    heat_map(overview, "priorities by year", &overview.years, notes)
}

/// Makes the heat map of speakers by priorities.
pub(super) fn speakers(overview: &OverviewPage) -> HeatMap {
    let notes = others_note(overview).into_iter().collect();
    heat_map(overview, "priorities by speaker", &overview.speakers, notes)
}

/// Says how many speakers are not listed; nothing where all are.
pub(super) fn others_note(overview: &OverviewPage) -> Option<String> {
    match overview.n_other_speakers {
        0 => None,
        1 => Some("1 more speaker is not listed".to_owned()),
        n => Some(format!("{} more speakers are not listed", grouped(n as u64))),
    }
}

fn undated_note(overview: &OverviewPage) -> Option<String> {
    let (passages, all) = (overview.undated.as_ref()?.passages, overview.total.passages);
    Some(format!("without a date: {} of {} passages", grouped(passages), grouped(all)))
}

fn heat_map(
    overview: &OverviewPage,
    of: &str,
    rows: &[OverviewRow],
    notes: Vec<String>,
) -> HeatMap {
    let row = |row: &OverviewRow| HeatRow {
        name: row.name.clone(),
        points: row.figures.iter().map(|figure| point(figure, row)).collect(),
    };
    HeatMap {
        title: title(overview, of),
        measure: MEASURE.to_owned(),
        gap: GAP.to_owned(),
        doubt: doubt(overview).to_owned(),
        places: places(overview),
        columns: overview.priorities.clone(),
        rows: rows.iter().map(row).collect(),
        notes,
    }
}

fn empty(overview: &OverviewPage, of: &str) -> Chart {
    Chart {
        title: title(overview, of),
        measure: MEASURE.to_owned(),
        gap: GAP.to_owned(),
        doubt: doubt(overview).to_owned(),
        places: places(overview),
        axis: Axis::Names,
        groups: Vec::new(),
        series: Vec::new(),
        notes: Vec::new(),
    }
}

fn title(overview: &OverviewPage, of: &str) -> String {
    format!("{}: {of}", overview.title)
}

/// Returns what is said of figures that are to be doubted.
pub(super) fn doubt(overview: &OverviewPage) -> &str {
    if overview.doubt.is_empty() { "few passages" } else { &overview.doubt }
}

/// Makes a figure a point, its share in per cent.
pub(super) fn point(figure: &Figure, row: &OverviewRow) -> Point {
    let is_gap = figure.share.is_none();
    Point {
        value: figure.share.map(|share| share * 100.0),
        interval: figure
            .interval
            .filter(|_| !is_gap)
            .map(|(low, high)| (low * 100.0, high * 100.0)),
        is_doubtful: figure.is_doubtful && !is_gap,
        detail: counts(figure, row),
    }
}

/// Says how many passages and mentions a figure is of.
pub(super) fn counts(figure: &Figure, row: &OverviewRow) -> String {
    format!("{}; {}", passages_of(figure, row), mentions_of(figure))
}

/// Says how many of a group's passages a figure is of.
pub(super) fn passages_of(figure: &Figure, row: &OverviewRow) -> String {
    format!("{} of {} passages", grouped(figure.passages), grouped(row.passages))
}

/// Says how many mentions a figure is of.
pub(super) fn mentions_of(figure: &Figure) -> String {
    let mentions = if figure.mentions == 1 { "mention" } else { "mentions" };
    format!("{} {mentions}", grouped(figure.mentions))
}

/// Writes a share in per cent, with so many decimals.
pub(super) fn percent(share: f64, places: usize) -> String {
    written(share * 100.0, places)
}

/// Returns how many decimals all shares of an overview have, in per cent: those of which even the
/// least overall has two digits that count, where `MOST_PLACES` are enough.
pub(super) fn places(overview: &OverviewPage) -> usize {
    let shares = overview.total.figures.iter().filter_map(|figure| figure.share);
    let least = shares.filter(|share| *share > 0.0).fold(1.0, f64::min) * 100.0;
    let has_two = |places: &i32| least * 10_f64.powi(*places) >= 10.0 - 1e-9;
    (1..MOST_PLACES).find(has_two).unwrap_or(MOST_PLACES) as usize
}

/// Writes a number with its thousands apart.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::super::tests::overview;
    use super::*;

    #[test]
    fn charts_hold_all_that_was_given() {
        let overview = overview();
        let time = timeline(&overview);
        assert_eq!(time.groups.len(), overview.years.len());
        for (at, series) in time.series.iter().enumerate() {
            for (point, year) in series.points.iter().zip(&overview.years) {
                assert_eq!(point.value, year.figures[at].share.map(|share| share * 100.0));
            }
        }
        let map = speakers(&overview);
        assert_eq!((map.rows.len(), map.columns.len()), (overview.speakers.len(), 2));
        assert_eq!(map.notes, ["31 more speakers are not listed"]);
        assert_eq!(time.notes, ["without a date: 40 of 1,240 passages"]);
    }

    #[test]
    fn decimals_are_chosen_by_the_least_share_overall() {
        for (shares, expected) in [
            (&[][..], 1),
            (&[0.0], 1),
            (&[1.0], 1),
            (&[0.3, 0.01], 1),
            (&[0.3, 0.0099, 0.0], 2),
            (&[0.0069, 0.001], 2),
            (&[0.0069, 0.0005], 3),
            (&[0.000_001], 3),
        ] {
            let mut overview = overview();
            let mut figure = overview.total.figures[0].clone();
            let of = |share: &f64| {
                figure.share = Some(*share);
                figure.clone()
            };
            overview.total.figures = shares.iter().map(of).collect();
            assert_eq!(places(&overview), expected, "{shares:?}");
            assert_eq!(timeline(&overview).places, expected);
            assert_eq!(speakers(&overview).places, expected);
        }
    }

    #[test]
    fn each_chart_is_a_file() {
        for chart in OverviewChart::ALL {
            let mut svg = Vec::new();
            write_overview_svg(&mut svg, &overview(), chart).unwrap();
            let svg = String::from_utf8(svg).unwrap();
            assert!(svg.starts_with("<svg ") && svg.contains("&lt;b&gt;"), "{}", chart.name());
            assert!(!svg.contains("<b>"), "{}", chart.name());
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(grouped(number), expected);
        }
    }
}
