use super::likeness::{Likeness, Likenesses};

/// What pairs of words score, in twentieths of a kept word. Of our own choosing: a kept word
/// outweighs the two gaps around it, so that exchanged words are found; a pair without likeness
/// costs less than leaving out both.
const KEPT: i32 = 20;
const STEM: i32 = 15;
const TYPO: i32 = 13;
const OTHER: i32 = -5;

/// What the first word costs that one side lacks, and each that follows it.
const OPEN: i32 = -8;
const EXTEND: i32 = -4;

/// The score of what cannot be; far from what sums could reach, and from overflow.
const NEVER: i32 = i32::MIN / 4;

/// The most cells that are filled: some milliseconds' work.
const MAX_CELLS: usize = 4_000_000;

/// One step of the way through both texts; places are counted in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A word of the line and one of the source.
    Pair(usize, usize),
    /// A word of the line alone.
    Drop(usize),
    /// A word of the source alone.
    Add(usize),
}

/// The columns of the grid that are filled in each row.
pub(super) struct Band {
    /// The first column in row 0, may be negative; it moves on by one a row.
    start: isize,
    width: usize,
    n_columns: usize,
    moves: bool,
}

impl Band {
    /// Chooses all columns where that is not too much work, else those around the diagonal on
    /// which most words are in common.
    pub(super) fn around(likenesses: &Likenesses) -> Self {
        let (n_line, n_columns) = (likenesses.line.len(), likenesses.source.len() + 1);
        let whole = (n_line + 1).saturating_mul(n_columns) <= MAX_CELLS;
        if whole {
            return Self { start: 0, width: n_columns, n_columns, moves: false };
        }
        let width = (MAX_CELLS / (n_line + 1)).min(n_columns);
        let start = fullest_diagonal(likenesses, width / 2) - (width / 2) as isize;
        Self { start, width, n_columns, moves: true }
    }

    /// Returns the first column of a row and the one after its last; where the band lies beside
    /// the grid, the column next to it, so that every cell can be reached.
    fn columns(&self, row: usize) -> (usize, usize) {
        let start = if self.moves { self.start + row as isize } else { 0 };
        let n_columns = self.n_columns as isize;
        let end = (start + self.width as isize).clamp(1, n_columns);
        (start.clamp(0, n_columns - 1) as usize, end as usize)
    }
}

/// The most places of a word of the line that vote for a diagonal; words with more say little.
const MAX_VOTES: usize = 4;

/// Returns the diagonal (column less row) in the middle of the stretch of `breadth` on which
/// the two have most words in common.
fn fullest_diagonal(likenesses: &Likenesses, breadth: usize) -> isize {
    let n_line = likenesses.line.len();
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); n_line];
    for (place, &word) in likenesses.line.iter().enumerate() {
        places[word as usize].push(place);
    }
    let breadth = breadth.max(1);
    let n_buckets = (n_line + likenesses.source.len()) / breadth + 1;
    let mut votes = vec![0u32; n_buckets];
    for (column, word) in likenesses.counterparts().into_iter().enumerate() {
        let Some(word) = word else { continue };
        let of_word = &places[word as usize];
        if of_word.len() <= MAX_VOTES {
            for place in of_word {
                votes[(column + n_line - place) / breadth] += 1;
            }
        }
    }
    let mut fullest = 0;
    for (bucket, n) in votes.iter().enumerate() {
        if *n > votes[fullest] {
            fullest = bucket;
        }
    }
    if votes[fullest] == 0 {
        return 0;
    }
    (fullest * breadth + breadth / 2) as isize - n_line as isize
}

/// How the best way to a cell comes there: two bits for the way, one for each open gap.
const BY_START: u8 = 0;
const BY_PAIR: u8 = 1;
const BY_DROP: u8 = 2;
const BY_ADD: u8 = 3;
const WAY: u8 = 3;
const DROP_GOES_ON: u8 = 4;
const ADD_GOES_ON: u8 = 8;

/// One row: the best score of each column, and the best of those that end in a dropped word.
struct Row {
    first: usize,
    best: Vec<i32>,
    dropped: Vec<i32>,
}

impl Row {
    fn at(&self, scores: &[i32], column: usize) -> i32 {
        column.checked_sub(self.first).and_then(|at| scores.get(at)).copied().unwrap_or(NEVER)
    }
}

/// Finds the best way: Gotoh's algorithm for affine gaps, free of cost before and behind the
/// stretch of the source.
///
/// Of ways that score alike, pairs go before gaps, and the way that ends first is taken.
pub(super) fn best_path(likenesses: &Likenesses, band: &Band) -> Vec<Step> {
    let n_line = likenesses.line.len();
    let mut ways: Vec<u8> = Vec::new();
    let mut starts: Vec<(usize, usize)> = Vec::with_capacity(n_line + 1);
    let (first, end) = band.columns(0);
    let mut last = Row { first, best: vec![0; end - first], dropped: vec![NEVER; end - first] };
    starts.push((ways.len(), first));
    ways.resize(end - first, BY_START);
    for row in 1..=n_line {
        starts.push((ways.len(), band.columns(row).0));
        last = fill_row(likenesses, row, band.columns(row), &last, &mut ways);
    }
    let mut column = last.first;
    for (at, &score) in last.best.iter().enumerate() {
        if score > last.at(&last.best, column) {
            column = last.first + at;
        }
    }
    trace(n_line, column, &ways, &starts)
}

fn fill_row(
    likenesses: &Likenesses,
    row: usize,
    (first, end): (usize, usize),
    last: &Row,
    ways: &mut Vec<u8>,
) -> Row {
    let n_columns = end.saturating_sub(first);
    let mut next =
        Row { first, best: Vec::with_capacity(n_columns), dropped: Vec::with_capacity(n_columns) };
    let (mut best_before, mut added) = (NEVER, NEVER);
    for column in first..end {
        let mut way = 0;
        let (open, go_on) =
            (last.at(&last.best, column) + OPEN, last.at(&last.dropped, column) + EXTEND);
        if go_on > open {
            way |= DROP_GOES_ON;
        }
        let dropped = open.max(go_on).max(NEVER);
        let (open, go_on) = (best_before + OPEN, added + EXTEND);
        if go_on > open {
            way |= ADD_GOES_ON;
        }
        added = open.max(go_on).max(NEVER);
        let paired = match column.checked_sub(1) {
            Some(before) => last.at(&last.best, before) + score(likenesses, row - 1, before),
            None => NEVER,
        };
        let best = paired.max(dropped).max(added);
        way |= if best == paired && column > 0 {
            BY_PAIR
        } else if best == dropped {
            BY_DROP
        } else {
            BY_ADD
        };
        ways.push(way);
        next.best.push(best);
        next.dropped.push(dropped);
        best_before = best;
    }
    next
}

fn score(likenesses: &Likenesses, line: usize, source: usize) -> i32 {
    match likenesses.between(line, source) {
        None => KEPT,
        Some(Likeness::Stem) => STEM,
        Some(Likeness::Typo) => TYPO,
        Some(Likeness::Other) => OTHER,
    }
}

/// Goes back from the end of the best way to its start.
fn trace(n_line: usize, column: usize, ways: &[u8], starts: &[(usize, usize)]) -> Vec<Step> {
    let way_at = |row: usize, column: usize| {
        let (start, first) = starts[row];
        column.checked_sub(first).map_or(BY_DROP, |at| ways[start + at])
    };
    let mut steps = Vec::with_capacity(n_line + 8);
    let (mut row, mut column) = (n_line, column);
    // The way through the gap that is being walked back.
    let mut gap = None;
    while row > 0 {
        let flags = way_at(row, column);
        let by = gap.take().unwrap_or(flags & WAY);
        if by == BY_PAIR {
            row -= 1;
            column -= 1;
            steps.push(Step::Pair(row, column));
        } else if by == BY_DROP || column == 0 {
            row -= 1;
            steps.push(Step::Drop(row));
            gap = (flags & DROP_GOES_ON != 0).then_some(BY_DROP);
        } else {
            column -= 1;
            steps.push(Step::Add(column));
            gap = (flags & ADD_GOES_ON != 0).then_some(BY_ADD);
        }
    }
    steps.reverse();
    steps
}
