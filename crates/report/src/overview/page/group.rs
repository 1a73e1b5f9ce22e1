//! The groups of an overview with their places in the page, so that a figure and its passages
//! refer to each other.

use crate::overview::OverviewPage;
use onrecord_query::{Figure, OverviewRow};

/// A group, of whatever kind.
pub(super) struct Group<'a> {
    /// What the names of its places begin with.
    key: String,
    /// What is said after the name of a priority.
    pub(super) label: String,
    pub(super) row: &'a OverviewRow,
    /// What a link back leads to.
    pub(super) origin: &'static str,
}

impl<'a> Group<'a> {
    pub(super) fn total(overview: &'a OverviewPage) -> Self {
        let label = "overall".to_owned();
        Self { key: "t".to_owned(), label, row: &overview.total, origin: "the priorities" }
    }

    pub(super) fn undated(overview: &'a OverviewPage) -> Option<Self> {
        let row = overview.undated.as_ref()?;
        let (key, label) = ("u".to_owned(), "without a date".to_owned());
        Some(Self { key, label, row, origin: "the timeline" })
    }

    pub(super) fn years(overview: &'a OverviewPage) -> impl Iterator<Item = Self> {
        let years = overview.years.iter().enumerate();
        years.map(|(at, row)| Self::named('y', at, row, "the timeline"))
    }

    pub(super) fn speakers(overview: &'a OverviewPage) -> impl Iterator<Item = Self> {
        let speakers = overview.speakers.iter().enumerate();
        speakers.map(|(at, row)| Self::named('s', at, row, "the speakers"))
    }

    /// Lists all groups, in the order of the page.
    pub(super) fn all(overview: &'a OverviewPage) -> Vec<Self> {
        let dated = [Self::total(overview)].into_iter().chain(Self::years(overview));
        dated.chain(Self::undated(overview)).chain(Self::speakers(overview)).collect()
    }

    fn named(kind: char, at: usize, row: &'a OverviewRow, origin: &'static str) -> Self {
        Self { key: format!("{kind}{at}"), label: row.name.clone(), row, origin }
    }

    /// Returns the figure of a priority, with its places in the page.
    pub(super) fn figure(&self, priority: usize) -> Option<Placed<'a>> {
        let figure = self.row.figures.get(priority)?;
        Some(Placed { figure, row: self.row, id: format!("{}-{priority}", self.key) })
    }
}

/// A figure with its places in the page.
pub(super) struct Placed<'a> {
    pub(super) figure: &'a Figure,
    pub(super) row: &'a OverviewRow,
    /// Where it stands itself; its passages stand at the same with a `p` before it.
    pub(super) id: String,
}

impl Placed<'_> {
    /// Tells whether there are passages to show.
    pub(super) fn has_passages(&self) -> bool {
        self.figure.passages > 0
    }

    /// Begins the link to the passages, to be found again from there; ends in the tag.
    pub(super) fn link(&self) -> String {
        format!("<a id=\"{0}\" href=\"#p{0}\"", self.id)
    }
}
