//! How much of the passages a page has room for.

use super::group::Group;
use crate::overview::{OverviewPage, command_of, place_of};
use onrecord_query::OverviewPassage;
use std::ops::Range;

/// A page is to be sent by mail and opened at once, so it takes about so many bytes at most.
const MOST_BYTES: usize = 4_500_000;

/// What a figure takes beside its passages, with its bar, its line in a table and its heading;
/// a passage beside its words; a mark beside its own. Bytes, rather too many.
const FIGURE: usize = 900;
const PASSAGE: usize = 130;
const MARK: usize = 13;

/// How many passages a figure shows and how much of each, the best first.
const N_SHOWN: [usize; 4] = [usize::MAX, 3, 2, 1];
const ROOM: [usize; 6] = [usize::MAX, 1600, 1000, 640, 400, 250];

/// What is shown of passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    /// How many of a figure, at most.
    pub(super) n_shown: usize,
    /// How many bytes of a passage, at most.
    pub(super) room: usize,
}

impl Fit {
    /// Finds how much can be shown of all: passages are cut before any is left out.
    pub(super) fn of(overview: &OverviewPage) -> Self {
        if overview.is_whole {
            return Self { n_shown: usize::MAX, room: usize::MAX };
        }
        let fits = N_SHOWN.into_iter().flat_map(|n_shown| ROOM.map(|room| Self { n_shown, room }));
        let least = Self { n_shown: 1, room: 250 };
        fits.into_iter().find(|fit| fit.bytes(overview) <= MOST_BYTES).unwrap_or(least)
    }

    /// Estimates the bytes of the page.
    fn bytes(self, overview: &OverviewPage) -> usize {
        let groups = Group::all(overview);
        let figures = groups.iter().flat_map(|group| group.row.figures.iter().enumerate());
        figures
            .map(|(priority, figure)| {
                let shown = figure.shown.iter().take(self.n_shown);
                let passages = shown.filter_map(|at| overview.passages.get(*at));
                let bytes = passages.map(|passage| self.bytes_of(passage, priority));
                FIGURE
                    + command_of(overview, figure).map_or(0, |command| command.len())
                    + bytes.sum::<usize>()
            })
            .sum()
    }

    fn bytes_of(self, passage: &OverviewPassage, priority: usize) -> usize {
        let n_marks = passage.terms.iter().filter(|(_, of)| *of == priority).count();
        let cited = passage.citation.len() + place_of(passage).len();
        passage.text.len().min(self.room) + cited + PASSAGE + n_marks * MARK
    }

    /// Tells whether a text is cut.
    pub(super) fn cuts(self, text: &str) -> bool {
        text.len() > self.room
    }

    /// Returns what is shown of a text: all, or what stands round a place in it.
    pub(super) fn part(self, text: &str, place: usize) -> Range<usize> {
        if !self.cuts(text) {
            return 0..text.len();
        }
        let start = place.saturating_sub(self.room / 3).min(text.len() - self.room);
        let start = text.ceil_char_boundary(start);
        let end = text.floor_char_boundary(start + self.room);
        let part = text.get(start..end).unwrap_or_default();
        // From word to word, where the words are not as long as all of it.
        let is_in_word =
            !text.get(..start).is_none_or(|before| before.is_empty() || before.ends_with(' '));
        let first = part.find(' ').filter(|first| is_in_word && start + first < place);
        let last = part.rfind(' ').filter(|last| end < text.len() && start + last > place);
        start + first.map_or(0, |first| first + 1)..last.map_or(end, |last| start + last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hold_the_place_and_whole_words() {
        let text = "one two three four five six seven eight nine ten";
        let fit = Fit { n_shown: 1, room: 20 };
        for (place, expected) in [
            (0, "one two three four"),
            (14, "three four five six"),
            (text.len() - 3, "seven eight nine ten"),
        ] {
            let part = fit.part(text, place);
            assert!(part.contains(&place));
            assert_eq!(text.get(part).unwrap(), expected);
        }
        assert_eq!(Fit { n_shown: 1, room: 99 }.part(text, 3), 0..text.len());
        let long = "ü".repeat(40);
        assert_eq!(fit.part(&long, 40).len(), 20);
    }
}
