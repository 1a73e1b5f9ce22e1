//! Rows of words to lines in reading order: columns one after the other.

use super::words::{Row, Word};

/// The least width of the gap between columns, in parts of the size of letters.
const MIN_GUTTER: f32 = 0.8;

/// Lines that each of two columns has at least.
const MIN_LINES: usize = 4;

/// Words that a line of a column has on average at least: a table's cells have fewer.
const MIN_WORDS: usize = 3;

/// Rows of a page that are looked through for columns, and rows that columns may have.
const MAX_ROWS: usize = 4000;
const MAX_BAND: usize = 300;

/// A gap without words, from left to right.
type Gap = (f32, f32);

/// Orders the words of a page as they are read, a line of a column a line.
pub(super) fn in_reading_order(rows: Vec<Row>) -> Vec<Row> {
    if rows.len() > MAX_ROWS {
        return rows;
    }
    let mut lines = Vec::with_capacity(rows.len());
    let mut at = 0;
    while at < rows.len() {
        let (n_rows, gutters) = band(rows.get(at..).unwrap_or_default());
        let band = rows.get(at..at + n_rows).unwrap_or_default();
        for column in 0..=gutters.len() {
            lines.extend(band.iter().map(|row| words_in(row, &gutters, column)));
        }
        at += n_rows.max(1);
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Finds how many of the first rows lie in columns, and the gaps between these; one row and no
/// gap where there are none.
fn band(rows: &[Row]) -> (usize, Vec<Gap>) {
    let Some(first) = rows.first() else { return (0, Vec::new()) };
    let mut free = gaps_of(first);
    let (mut left, mut right) = extent(first);
    let mut best = (1, Vec::new());
    for (at, row) in rows.iter().enumerate().take(MAX_BAND).skip(1) {
        free = shared(&free, &gaps_of(row));
        let (row_left, row_right) = extent(row);
        (left, right) = (left.min(row_left), right.max(row_right));
        let inner: Vec<Gap> =
            free.iter().copied().filter(|(from, to)| *from >= left && *to <= right).collect();
        // Rows that stand on one side only may come first.
        if free.iter().all(|(from, to)| *from < left && *to > right) {
            break;
        }
        if !inner.is_empty() {
            best = (at + 1, inner);
        } else if at >= MIN_LINES {
            break;
        }
    }
    let (n_rows, gutters) = best;
    let band = rows.get(..n_rows).unwrap_or_default();
    if !gutters.is_empty() && (0..gutters.len()).all(|at| parts_columns(band, &gutters, at)) {
        (n_rows, gutters)
    } else {
        (1, Vec::new())
    }
}

/// Tells whether the text on either side of a gutter is a column: enough lines of enough words,
/// side by side.
fn parts_columns(band: &[Row], gutters: &[Gap], gutter: usize) -> bool {
    let lines = |column: usize| {
        let lines: Vec<Row> = band.iter().map(|row| words_in(row, gutters, column)).collect();
        let n_lines = lines.iter().filter(|line| !line.is_empty()).count();
        let n_words: usize = lines.iter().map(Vec::len).sum();
        let first = lines.iter().position(|line| !line.is_empty()).unwrap_or_default();
        let last = lines.iter().rposition(|line| !line.is_empty()).unwrap_or_default();
        (n_lines >= MIN_LINES && n_words >= n_lines * MIN_WORDS, first, last)
    };
    let (left, right) = (lines(gutter), lines(gutter + 1));
    let n_beside = (left.2.min(right.2) + 1).saturating_sub(left.1.max(right.1));
    let n_shorter = (left.2 - left.1).min(right.2 - right.1) + 1;
    left.0 && right.0 && n_beside * 2 >= n_shorter
}

fn words_in(row: &Row, gutters: &[Gap], column: usize) -> Row {
    let from = column.checked_sub(1).and_then(|at| gutters.get(at)).map_or(f32::MIN, |gap| gap.1);
    let to = gutters.get(column).map_or(f32::MAX, |gap| gap.0);
    let middle = |word: &Word| (word.left + word.right) / 2.0;
    row.iter().filter(|word| (from..=to).contains(&middle(word))).cloned().collect()
}

fn extent(row: &Row) -> Gap {
    let left = row.iter().map(|word| word.left).fold(f32::MAX, f32::min);
    (left, row.iter().map(|word| word.right).fold(f32::MIN, f32::max))
}

/// Finds the gaps of a row that may part columns, the margins included.
fn gaps_of(row: &Row) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut from = f32::MIN;
    for word in row {
        if word.left - from >= MIN_GUTTER * word.size {
            gaps.push((from, word.left));
        }
        from = from.max(word.right);
    }
    gaps.push((from, f32::MAX));
    gaps
}

/// Returns what gaps of two rows have in common, both ordered from left to right.
fn shared(a: &[Gap], b: &[Gap]) -> Vec<Gap> {
    /// Narrower than the smallest print needs, in points.
    const MIN_WIDTH: f32 = 4.0;
    let (mut at, mut other) = (0, 0);
    let mut common = Vec::new();
    while let (Some(x), Some(y)) = (a.get(at), b.get(other)) {
        let gap = (x.0.max(y.0), x.1.min(y.1));
        if gap.1 - gap.0 >= MIN_WIDTH {
            common.push(gap);
        }
        if x.1 < y.1 {
            at += 1;
        } else {
            other += 1;
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::super::words::tests::glyphs;
    use super::super::words::{rows_of, text_of, words_of};
    use super::*;

    fn read(parts: &[(&str, f32, f32)]) -> Vec<String> {
        let glyphs = parts.iter().flat_map(|(text, x, y)| glyphs(text, *x, *y, 10.0)).collect();
        in_reading_order(rows_of(words_of(glyphs))).iter().map(|line| text_of(line)).collect()
    }

    /// Lines of three words from a height on, every 12 points.
    fn column(name: &str, x: f32, y: f32, n: usize) -> Vec<(String, f32, f32)> {
        (0..n).map(|at| (format!("{name} line {at}"), x, y + 12.0 * at as f32)).collect()
    }

    fn read_columns(columns: &[Vec<(String, f32, f32)>]) -> Vec<String> {
        let all: Vec<_> = columns.iter().flatten().map(|(t, x, y)| (t.as_str(), *x, *y)).collect();
        read(&all)
    }

    fn texts(columns: &[&[(String, f32, f32)]]) -> Vec<String> {
        columns.iter().flat_map(|column| column.iter().map(|(text, ..)| text.clone())).collect()
    }

    #[test]
    fn two_columns_under_a_headline() {
        let headline = vec![("a headline over both of the columns here".to_owned(), 0.0, 0.0)];
        let foot = vec![("and a foot that goes from side to side again".to_owned(), 0.0, 200.0)];
        for shift in [0.0, 5.0] {
            let left = column("left", 0.0, 20.0, 8);
            let right = column("right", 90.0, 20.0 + shift, 6);
            let all = [headline.clone(), left.clone(), right.clone(), foot.clone()];
            assert_eq!(read_columns(&all), texts(&[&headline, &left, &right, &foot]), "{shift}");
        }
    }

    #[test]
    fn three_columns() {
        let columns = [
            column("left", 0.0, 20.0, 5),
            column("middle", 100.0, 20.0, 6),
            column("right", 200.0, 20.0, 7),
        ];
        let [left, middle, right] = &columns;
        assert_eq!(read_columns(&columns), texts(&[left, middle, right]));
    }

    #[test]
    fn tables_and_short_columns_stay_rows() {
        let cells = [("a", 0.0, 0.0), ("1", 90.0, 0.0), ("b", 0.0, 12.0), ("2", 90.0, 12.0)];
        assert_eq!(read(&cells), ["a 1", "b 2"]);
        let table: Vec<(String, f32, f32)> = (0..9)
            .flat_map(|at| {
                [("row", 0.0), ("9", 80.0)].map(|(t, x)| (t.to_owned(), x, 12.0 * at as f32))
            })
            .collect();
        assert_eq!(read_columns(&[table]), vec!["row 9"; 9]);
        let letter = [column("address", 0.0, 0.0, 4), column("date", 200.0, 60.0, 4)];
        assert_eq!(read_columns(&letter), texts(&[&letter[0], &letter[1]]));
    }
}
