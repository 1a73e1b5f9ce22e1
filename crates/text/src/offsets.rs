use onrecord_model::Span;

/// Leads from spans of a derived text back to the stretches of the source that they were made of.
///
/// The derived text is a row of *units*, each made of so many bytes of the source: one byte of one
/// where text was copied, a character of the two bytes that UTF-16 writes it in, a letter with its
/// accent of the three bytes of a letter and a combining mark. Equal units side by side are one
/// run. Units made of nothing were inserted; bytes of the source between two units were dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// In the order of the derived text; before the first one text was copied from the beginning.
    runs: Vec<Run>,
    /// The length of the derived text.
    derived_end: u32,
    /// One past the last byte of the source that was used or dropped.
    source_end: u32,
}

/// Equal units side by side, up to where the next run begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// Where the first unit begins, in the derived text and in the source.
    derived: u32,
    source: u32,
    unit: Unit,
}

/// How many bytes of the source became how many of the derived text, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unit {
    derived: u32,
    source: u32,
}

const COPIED: Unit = Unit { derived: 1, source: 1 };
const INSERTED: Unit = Unit { derived: 1, source: 0 };

impl Run {
    /// Returns what the unit with the derived byte `at` was made of.
    fn source_of(&self, at: u32) -> Span {
        let n_before = (at - self.derived) / self.unit.derived;
        let start = self.source + n_before * self.unit.source;
        Span::new(start, start + self.unit.source)
    }
}

impl OffsetMap {
    /// Tells whether every span maps to itself.
    pub fn is_identity(&self) -> bool {
        self.runs.is_empty()
    }

    /// Appends bytes that were copied.
    pub fn push_copied(&mut self, n_bytes: usize) {
        self.append(offset(n_bytes), COPIED, self.source_end);
    }

    /// Appends `derived` bytes that were made, together, of the next `source` bytes.
    ///
    /// `source` may be 0 for what was inserted, `derived` for what was dropped.
    pub fn push(&mut self, derived: usize, source: usize) {
        let (derived, source) = (offset(derived), offset(source));
        self.append_whole(derived, Span::new(self.source_end, self.source_end + source));
    }

    /// Appends `derived` bytes that were made, together, of a stretch of the source: of nothing,
    /// where it is empty.
    pub fn push_made_of(&mut self, derived: usize, source: Span) {
        self.append_whole(offset(derived), source);
    }

    /// Appends a copy of a stretch of the source.
    pub fn push_copy_of(&mut self, source: Span) {
        self.append(source.len(), COPIED, source.start);
    }

    /// Appends a copy of a stretch of what another map leads back from, made of what that was
    /// made of.
    pub fn push_part(&mut self, map: &Self, span: Span) {
        let mut at = span.start;
        while at < span.end {
            let place = map.run_at(at);
            let run = map.run(place);
            let end = map.runs.get(place).map_or(span.end, |next| next.derived.min(span.end));
            let n_into_unit = (at - run.derived) % run.unit.derived;
            let n_whole = (end - at) / run.unit.derived * run.unit.derived;
            let source = run.source_of(at);
            if n_into_unit == 0 && n_whole > 0 {
                self.append(n_whole, run.unit, source.start);
                at += n_whole;
            } else {
                // A part of a unit is made of all that the unit is made of.
                let n_bytes = (run.unit.derived - n_into_unit).min(end - at);
                self.append_whole(n_bytes, source);
                at += n_bytes;
            }
        }
    }

    /// Cuts the derived text off after a number of bytes.
    pub fn truncate(&mut self, n_bytes: usize) {
        self.derived_end = self.derived_end.min(offset(n_bytes));
        let n_kept = self.runs.partition_point(|run| run.derived < self.derived_end);
        self.runs.truncate(n_kept);
    }

    /// Returns the smallest stretch of the source that holds all that a span was made of.
    ///
    /// It is empty where all of the span was inserted. The ends of the span must lie between
    /// characters.
    pub fn source_span(&self, span: Span) -> Span {
        let (mut first, mut last) = (None, None);
        if let Some(end) = span.end.checked_sub(1).filter(|_| !span.is_empty()) {
            let runs = self.run_at(span.start)..=self.run_at(end);
            let made = |at: &usize| self.run(*at).unit.source > 0;
            first = runs.clone().find(made).map(|at| {
                let run = self.run(at);
                run.source_of(run.derived.max(span.start)).start
            });
            last = runs.rev().find(made).map(|at| {
                let next = self.runs.get(at).map_or(u32::MAX, |next| next.derived);
                self.run(at).source_of(end.min(next - 1)).end
            });
        }
        match (first, last) {
            (Some(start), Some(end)) => Span::new(start, end.max(start)),
            _ => {
                let start = self.run(self.run_at(span.start)).source_of(span.start).start;
                Span::new(start, start)
            }
        }
    }

    /// Leads on to what the source itself was made of, as `inner` tells.
    #[must_use]
    pub fn through(&self, inner: &Self) -> Self {
        let mut composed = Self::default();
        for at in 0..=self.runs.len() {
            let run = self.run(at);
            let end = self.runs.get(at).map_or(self.derived_end, |next| next.derived);
            if run.unit == COPIED {
                let n_bytes = end - run.derived;
                composed.push_part(inner, Span::new(run.source, run.source + n_bytes));
                continue;
            }
            for derived in (run.derived..end).step_by(run.unit.derived as usize) {
                let length = run.unit.derived.min(end - derived);
                composed.append_whole(length, inner.source_span(run.source_of(derived)));
            }
        }
        composed
    }

    /// Appends bytes that were made, together, of a stretch of the source.
    fn append_whole(&mut self, derived: u32, source: Span) {
        let unit =
            if source.is_empty() { INSERTED } else { Unit { derived, source: source.len() } };
        self.append(derived, unit, source.start);
        self.source_end = self.source_end.max(source.end);
    }

    /// Appends so many bytes of equal units.
    fn append(&mut self, n_bytes: u32, unit: Unit, source: u32) {
        if n_bytes == 0 {
            return;
        }
        let last = self.run(self.runs.len());
        let continues = last.unit == unit
            && last.source_of(self.derived_end).start == source
            && (self.derived_end - last.derived).is_multiple_of(unit.derived);
        if !continues {
            self.runs.push(Run { derived: self.derived_end, source, unit });
        }
        self.derived_end += n_bytes;
        self.source_end = self.source_end.max(source + n_bytes / unit.derived * unit.source);
    }

    /// Returns the place of the run that holds a byte: 0 for what is copied before the first run.
    fn run_at(&self, at: u32) -> usize {
        self.runs.partition_point(|run| run.derived <= at)
    }

    fn run(&self, place: usize) -> Run {
        let from_beginning = Run { derived: 0, source: 0, unit: COPIED };
        place
            .checked_sub(1)
            .and_then(|place| self.runs.get(place))
            .copied()
            .unwrap_or(from_beginning)
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("texts are shorter than 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Makes a map of units: bytes derived, bytes of the source.
    fn map_of(units: &[(usize, usize)]) -> OffsetMap {
        let mut map = OffsetMap::default();
        for &(derived, source) in units {
            if (derived, source) == (1, 1) { map.push_copied(1) } else { map.push(derived, source) }
        }
        map
    }

    #[test]
    fn spans_lead_to_what_they_were_made_of() {
        let (copy, insert, drop) = ((1, 1), (1, 0), (0, 3));
        for (units, span, source) in [
            (vec![copy, copy], (0, 2), (0, 2)),
            (vec![copy, copy], (1, 1), (1, 1)),
            (vec![drop, copy, copy], (0, 1), (3, 4)),
            (vec![copy, drop, copy], (0, 1), (0, 1)),
            (vec![copy, drop, copy], (0, 2), (0, 5)),
            (vec![(2, 6), (2, 6), copy], (2, 4), (6, 12)),
            (vec![(2, 6), copy, copy], (2, 4), (6, 8)),
            (vec![copy, insert, insert, copy], (0, 3), (0, 1)),
            (vec![copy, insert, drop, insert, copy], (1, 4), (4, 5)),
            (vec![copy, insert, copy], (1, 2), (1, 1)),
            (vec![(2, 3), (1, 6)], (1, 2), (0, 3)),
        ] {
            let found = map_of(&units).source_span(Span::new(span.0, span.1));
            assert_eq!(found, Span::new(source.0, source.1), "{units:?} {span:?}");
        }
    }

    #[test]
    fn equal_units_are_one_run() {
        assert!(map_of(&[(1, 1); 9]).is_identity());
        assert_eq!(map_of(&[(1, 2); 9]).runs.len(), 1);
        assert_eq!(map_of(&[(1, 1), (3, 2), (3, 2), (1, 1), (1, 1)]).runs.len(), 2);
    }

    fn units() -> impl Strategy<Value = Vec<(usize, usize)>> {
        let unit = prop_oneof![
            4 => Just((1, 1)), 2 => Just((1, 2)), 1 => Just((0, 2)), 1 => Just((1, 0)),
            1 => Just((2, 3)), 1 => Just((3, 1)), 1 => Just((2, 2)),
        ];
        prop::collection::vec(unit, 0..20)
    }

    /// Lists the sources of each derived byte.
    fn sources(units: &[(usize, usize)]) -> Vec<std::ops::Range<u32>> {
        let (mut found, mut source) = (Vec::new(), 0);
        for &(derived, length) in units {
            let end = source + length as u32;
            found.extend(std::iter::repeat_n(source..end, derived));
            source = end;
        }
        found
    }

    /// Returns the smallest stretch over those that are not empty.
    fn hull(parts: &[std::ops::Range<u32>]) -> Option<Span> {
        let made = || parts.iter().filter(|part| !part.is_empty());
        Some(Span::new(made().map(|part| part.start).min()?, made().map(|part| part.end).max()?))
    }

    proptest! {
        #[test]
        fn maps_agree_with_a_list_of_bytes(units in units(), start in 0..20_usize, length in 1..9_usize) {
            let (map, sources) = (map_of(&units), sources(&units));
            let end = (start + length).min(sources.len());
            if start < end {
                let found = map.source_span(Span::from_range(start..end));
                match hull(&sources[start..end]) {
                    Some(hull) => prop_assert_eq!(found, hull),
                    None => prop_assert!(found.is_empty()),
                }
            }
        }

        #[test]
        fn maps_compose(outer in units(), inner in units(), start in 0..20_usize, length in 1..9_usize) {
            let (of_outer, of_inner) = (sources(&outer), sources(&inner));
            prop_assume!(of_outer.iter().all(|part| part.end as usize <= of_inner.len()));
            let composed = map_of(&outer).through(&map_of(&inner));
            let through: Vec<_> = of_outer.iter().map(|part| {
                hull(&of_inner[part.start as usize..part.end as usize]).map_or(0..0, |hull| hull.start..hull.end)
            }).collect();
            let end = (start + length).min(through.len());
            if start < end {
                let found = composed.source_span(Span::from_range(start..end));
                match hull(&through[start..end]) {
                    Some(hull) => prop_assert_eq!(found, hull),
                    None => prop_assert!(found.is_empty()),
                }
            }
        }

        #[test]
        fn a_map_cut_off_is_the_map_of_less(units in units(), n_bytes in 0..20_u32) {
            let mut map = map_of(&units);
            let whole = map.clone();
            map.truncate(n_bytes as usize);
            for start in 0..n_bytes.min(whole.derived_end) {
                let span = Span::new(start, start + 1);
                prop_assert_eq!(map.source_span(span), whole.source_span(span));
            }
        }
    }
}
