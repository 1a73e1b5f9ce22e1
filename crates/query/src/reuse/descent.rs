//! Which earlier use each use is nearest to.

use super::days::Days;

/// A use, as far as its descent goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Descendant<D> {
    /// When it was, if known.
    pub(super) days: Option<Days>,
    /// The number of its wording, counted from 0 in the order of their first uses: uses in the very
    /// same words share it.
    pub(super) variant: usize,
    /// The document that it stands in; those of one follow each other as the text has them.
    pub(super) document: D,
    /// The number of the document, or of the group of duplicates that it is of.
    pub(super) work: usize,
}

/// The earlier use that a use is nearest to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    /// Its place among the uses.
    pub(super) parent: usize,
    /// How alike the two wordings are, 0 to 1.
    pub(super) similarity: f32,
    /// How many earlier uses are as near, this one among them.
    pub(super) n_equally_near: usize,
}

/// Whether a use is the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    /// All others that have a date are sure to be later.
    Yes,
    /// No other is sure to be earlier, but some may be.
    Perhaps,
    /// Another is sure to be earlier.
    No,
    /// It has no date.
    Undated,
}

impl First {
    /// Returns its name, as outputs write it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Perhaps => "perhaps",
            Self::No => "no",
            Self::Undated => "undated",
        }
    }

    /// Tells whether it may be the first.
    pub(super) const fn is_possible(self) -> bool {
        match self {
            Self::Yes | Self::Perhaps => true,
            Self::No | Self::Undated => false,
        }
    }
}

/// Tells of each use whether it is the first.
pub(super) fn firsts<D: PartialEq>(uses: &[Descendant<D>]) -> Vec<First> {
    // Nothing is sure to be before the one that is over first, and what begins by then.
    let over = uses.iter().filter_map(|one| one.days).map(|days| days.last).min();
    let may_be = |one: &Descendant<D>| one.days.is_some_and(|days| Some(days.first) <= over);
    let possible: Vec<usize> = (0..uses.len()).filter(|&at| may_be(&uses[at])).collect();
    // What follows in the same text was said later.
    let is_again = |at: usize| {
        let earlier = possible.iter().take_while(|&&other| other < at);
        earlier.into_iter().any(|&other| uses[other].document == uses[at].document)
    };
    let n_possible = possible.iter().filter(|&&at| !is_again(at)).count();
    let of = |(at, one): (usize, &Descendant<D>)| match one.days {
        None => First::Undated,
        Some(_) if !may_be(one) || is_again(at) => First::No,
        Some(_) if n_possible == 1 => First::Yes,
        Some(_) => First::Perhaps,
    };
    uses.iter().enumerate().map(of).collect()
}

/// Tells of each use whether it is the first in its very words.
pub(super) fn firsts_of_wordings<D: PartialEq + Copy>(uses: &[Descendant<D>]) -> Vec<First> {
    let n_variants = uses.iter().map(|one| one.variant + 1).max().unwrap_or(0);
    let mut by_variant = vec![Vec::new(); n_variants];
    for (place, one) in uses.iter().enumerate() {
        by_variant[one.variant].push(place);
    }
    let mut found = vec![First::Undated; uses.len()];
    for places in by_variant {
        let of_variant: Vec<Descendant<D>> = places.iter().map(|&at| uses[at]).collect();
        for (place, first) in places.into_iter().zip(firsts(&of_variant)) {
            found[place] = first;
        }
    }
    found
}

/// Links each use to the earlier one whose wording it is nearest to.
///
/// Only to one that is sure to be earlier, in another work: never backwards in time, and not
/// between uses of one day, of dates that overlap, or without a date. Of equally near wordings it
/// is the one of the least number, which came first: what the others have beside it, the use does
/// not have, and needs not to have come from them. Of the uses in one wording it is the latest, of
/// these the first in the order of the uses. `similarity` compares two variants, the earlier
/// first.
pub(super) fn link<D>(
    uses: &[Descendant<D>],
    mut similarity: impl FnMut(usize, usize) -> f32,
) -> Vec<Option<Link>> {
    let by_variant = by_variant(uses);
    // The latest earlier use of a variant in another work, and how many there are.
    let latest_of = |variant: usize, one: &Descendant<D>, days: Days| {
        let places = by_variant.get(variant)?;
        let n_earlier = places.partition_point(|(_, theirs)| theirs.is_before(days));
        let is_apart = |place: usize| uses.get(place).is_some_and(|it| it.work != one.work);
        let mut apart = places.get(..n_earlier)?.iter().filter(|(place, _)| is_apart(*place));
        let &(parent, _) = apart.next_back()?;
        Some((parent, 1 + apart.count()))
    };
    let mut link_of = |one: &Descendant<D>| {
        let days = one.days?;
        if let Some((parent, n_equally_near)) = latest_of(one.variant, one, days) {
            return Some(Link { parent, similarity: 1.0, n_equally_near });
        }
        let mut best: Option<Link> = None;
        for variant in 0..by_variant.len() {
            let Some((parent, n_uses)) = latest_of(variant, one, days) else { continue };
            let similarity = similarity(variant, one.variant);
            best = match best {
                Some(kept) if kept.similarity > similarity => Some(kept),
                Some(kept) if kept.similarity == similarity => {
                    Some(Link { n_equally_near: kept.n_equally_near + n_uses, ..kept })
                }
                Some(_) | None => Some(Link { parent, similarity, n_equally_near: n_uses }),
            };
        }
        best
    };
    uses.iter().map(&mut link_of).collect()
}

/// Lists for each variant the places of its uses that have a date: by the last day, then the
/// first, of those of the same days the first use last.
fn by_variant<D>(uses: &[Descendant<D>]) -> Vec<Vec<(usize, Days)>> {
    let n_variants = uses.iter().map(|one| one.variant + 1).max().unwrap_or(0);
    let mut by_variant = vec![Vec::new(); n_variants];
    for (place, one) in uses.iter().enumerate() {
        if let (Some(days), Some(places)) = (one.days, by_variant.get_mut(one.variant)) {
            places.push((place, days));
        }
    }
    for places in &mut by_variant {
        places.sort_by_key(|(place, days)| (days.last, days.first, std::cmp::Reverse(*place)));
    }
    by_variant
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn used(date: &str, variant: usize, work: usize) -> Descendant<usize> {
        let days = (!date.is_empty()).then(|| Days::of(date.parse().unwrap()));
        Descendant { days, variant, document: work, work }
    }

    /// Numbers of variants that are near are alike.
    fn likeness(one: usize, other: usize) -> f32 {
        1.0 - one.abs_diff(other) as f32 / 10.0
    }

    fn parents(uses: &[Descendant<usize>]) -> Vec<Option<(usize, usize)>> {
        let links = link(uses, likeness).into_iter();
        links.map(|link| link.map(|link| (link.parent, link.n_equally_near))).collect()
    }

    #[test]
    fn the_nearest_earlier_use() {
        let uses = [
            used("2008-01-03", 0, 0),
            used("2008-02-01", 3, 1),
            used("2009", 2, 2),
            used("2010-05-01", 4, 3),
            used("2010-06-01", 3, 4),
            // The second and the fifth have its very words; the fifth is later.
            used("2011-01-01", 3, 5),
            // Of one day: neither is the other's parent.
            used("2011-01-01", 9, 6),
            used("", 3, 7),
            // Of the same work as the nearest.
            used("2012-01-01", 9, 6),
        ];
        let expected = [
            None,
            Some((0, 1)),
            Some((1, 1)),
            Some((1, 1)),
            Some((1, 1)),
            Some((4, 2)),
            Some((3, 1)),
            None,
            Some((3, 1)),
        ];
        assert_eq!(parents(&uses), expected);
        let near = [used("2001", 2, 0), used("2002", 4, 1), used("2002", 4, 2), used("2003", 3, 3)];
        assert_eq!(parents(&near)[3], Some((0, 3)), "of two wordings the first");
        let same = [used("2001", 0, 0), used("2002", 0, 1), used("2002", 0, 2), used("2003", 1, 3)];
        assert_eq!(
            parents(&same)[3],
            Some((1, 3)),
            "of one wording the latest, the first of these"
        );
    }

    #[test]
    fn the_first_is_claimed_only_where_it_is_sure() {
        let first = |dates: &[&str]| -> Vec<First> {
            let uses = dates.iter().enumerate().map(|(work, date)| used(date, 0, work));
            firsts(&uses.collect::<Vec<_>>())
        };
        assert_eq!(
            first(&["2008-01-03", "2008-01-04", ""]),
            [First::Yes, First::No, First::Undated]
        );
        assert_eq!(first(&["2008-01-03", "2008-01-03"]), [First::Perhaps, First::Perhaps]);
        assert_eq!(
            first(&["2008", "2008-03-01", "2008-03-02"]),
            [First::Perhaps, First::Perhaps, First::No]
        );
        assert_eq!(first(&[""]), [First::Undated]);
        let twice = [used("2008", 0, 7), used("2008", 0, 7)];
        assert_eq!(firsts(&twice), [First::Yes, First::No], "the text tells their order");
        let two = [used("2008", 0, 0), used("2009", 1, 1), used("2010", 1, 2), used("", 1, 3)];
        let expected = [First::Yes, First::Yes, First::No, First::Undated];
        assert_eq!(firsts_of_wordings(&two), expected);
    }

    proptest! {
        #[test]
        fn no_link_goes_back_in_time_and_none_nearer_is_passed_over(
            drawn in prop::collection::vec((0_u8..6, 0_usize..6, 0_usize..5), 0..14),
        ) {
            let dates = ["", "2008", "2008-02", "2008-02-03", "2008-02-04", "2009-01-01"];
            let uses: Vec<Descendant<usize>> = drawn
                .iter()
                .map(|&(date, variant, work)| used(dates[usize::from(date)], variant, work))
                .collect();
            for (one, link) in uses.iter().zip(link(&uses, likeness)) {
                let possible: Vec<usize> = (0..uses.len())
                    .filter(|&at| {
                        let (Some(theirs), Some(own)) = (uses[at].days, one.days) else {
                            return false;
                        };
                        theirs.last < own.first && uses[at].work != one.work
                    })
                    .collect();
                let near = |at: usize| likeness(uses[at].variant, one.variant);
                let most = possible.iter().map(|&at| near(at)).fold(-1.0, f32::max);
                let equal: Vec<usize> =
                    possible.iter().copied().filter(|&at| near(at) == most).collect();
                match link {
                    None => prop_assert!(possible.is_empty()),
                    Some(link) => {
                        prop_assert!(equal.contains(&link.parent));
                        prop_assert_eq!(link.n_equally_near, equal.len());
                        prop_assert_eq!(link.similarity, most);
                        let key = |at: usize| {
                            let last = uses[at].days.unwrap().last;
                            (std::cmp::Reverse(uses[at].variant), last)
                        };
                        prop_assert!(equal.iter().all(|&at| key(at) <= key(link.parent)));
                    }
                }
            }
        }
    }
}
