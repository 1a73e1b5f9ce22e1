use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A half-open range of bytes in a document's canonical text.
///
/// Both ends lie on character boundaries of the text that the span was made for. Spans order by
/// start, then by end.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Makes a span of bytes `start..end`; `start` must not exceed `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end, "a span ends before it starts");
        Self { start, end }
    }

    /// Makes a span from byte offsets of a text.
    ///
    /// # Panics
    /// When an offset exceeds `u32::MAX`; ingest refuses longer texts.
    pub fn from_range(range: Range<usize>) -> Self {
        let offset = |at: usize| u32::try_from(at).expect("texts are shorter than 4 GiB");
        Self::new(offset(range.start), offset(range.end))
    }

    /// Returns the span as a range that indexes a string.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Tells whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Tells whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Tells whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the span moved `by` bytes towards the end.
    #[must_use]
    pub const fn shifted(self, by: u32) -> Self {
        Self::new(self.start + by, self.end + by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations() {
        let cases = [
            // (a, b, a contains b, a overlaps b)
            ((0, 5), (0, 5), true, true),
            ((0, 5), (1, 4), true, true),
            ((0, 5), (4, 6), false, true),
            ((0, 5), (5, 6), false, false),
            ((0, 5), (2, 2), true, true),
        ];
        for ((a, b), (c, d), contains, overlaps) in cases {
            let (a, b) = (Span::new(a, b), Span::new(c, d));
            assert_eq!(a.contains(b), contains, "{a:?} contains {b:?}");
            assert_eq!(a.overlaps(b), overlaps, "{a:?} overlaps {b:?}");
        }
    }
}
