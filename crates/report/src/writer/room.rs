//! How much room columns need, where a format must know it before the rows.

use crate::{Column, ColumnKind};

/// The width of columns of text by name, in characters; the others are short.
const TEXT_WIDTHS: [(&str, u16); 16] = [
    ("citation", 60),
    ("definition", 60),
    ("diff", 80),
    ("document_id", 36),
    ("draft_text", 80),
    ("evidence", 60),
    ("heading_path", 40),
    ("highlights", 60),
    ("path", 60),
    ("priority", 60),
    ("quoted", 60),
    ("scope_note", 60),
    ("source_text", 80),
    ("speaker", 32),
    ("text", 80),
    ("title", 60),
];

/// Returns the width of a column, in characters, by its name and kind.
pub(super) fn usual_width(column: &Column) -> u16 {
    match column.kind {
        ColumnKind::Integer | ColumnKind::Decimal { .. } | ColumnKind::Date => 12,
        ColumnKind::Text => TEXT_WIDTHS
            .iter()
            .find(|(name, _)| column.name == *name)
            .map_or(20, |(_, width)| *width),
    }
}

/// A letter is about so wide, as a part of its height; a sheet across is so wide, in points (A4,
/// ISO 216, within margins of 12 mm).
const LETTER: f64 = 0.56;

/// What keeps columns apart, in letters.
const APART: f64 = 1.5;
const SHEET: f64 = 774.0;

/// Letters in print have this height at least and at most, in points.
const LEAST_LETTERS: f64 = 4.5;
const MOST_LETTERS: f64 = 9.0;

/// How columns share a sheet of paper.
pub(super) struct Paper {
    /// The part of each column, in per cent.
    pub(super) shares: Vec<f64>,
    /// The height of letters, in points.
    pub(super) letters: f64,
}

impl Paper {
    /// Divides a sheet among columns: numbers and the words of names keep their line, long texts
    /// have more lines.
    pub(super) fn of(columns: &[Column]) -> Self {
        let widths: Vec<f64> = columns.iter().map(width_on_paper).collect();
        let whole: f64 = widths.iter().sum();
        let letters = (SHEET / (LETTER * whole.max(1.0))).clamp(LEAST_LETTERS, MOST_LETTERS);
        Self { shares: widths.iter().map(|width| width / whole * 100.0).collect(), letters }
    }
}

fn width_on_paper(column: &Column) -> f64 {
    let words = column.name.split(['_', ' ']).chain(column.unit.split(' '));
    let name = words.map(|word| word.chars().count()).max().unwrap_or(0);
    let usual = f64::from(usual_width(column));
    let values = match column.kind {
        ColumnKind::Integer | ColumnKind::Decimal { .. } => 9.0,
        ColumnKind::Date => 11.0,
        ColumnKind::Text => 12.0 + (usual - 20.0).max(0.0) * 0.35,
    };
    values.max(name as f64 + 1.0) + APART
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_divide_the_paper_by_what_they_hold() {
        let columns =
            [Column::text("text"), Column::text("other"), Column::integer("n"), Column::date("d")];
        assert_eq!(columns.each_ref().map(usual_width), [80, 20, 12, 12]);
        let paper = Paper::of(&columns);
        assert!((paper.shares.iter().sum::<f64>() - 100.0).abs() < 1e-9);
        assert!(paper.shares[0] > 45.0 && paper.shares[2] > 10.0, "{:?}", paper.shares);
        for (n_columns, letters) in [(0, 9.0), (8, 9.0), (12, 8.5), (40, 4.5)] {
            let columns = vec![Column::text("note"); n_columns];
            let found = Paper::of(&columns).letters;
            assert!((found - letters).abs() < 0.1, "{n_columns}: {found}");
        }
        for (name, unit, width) in
            [("n", "", 10.5), ("model_only_passages", "", 10.5), ("n", "occurrences", 13.5)]
        {
            assert_eq!(width_on_paper(&Column::integer(name).in_unit(unit)), width);
        }
    }
}
