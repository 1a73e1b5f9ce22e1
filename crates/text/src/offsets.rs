/// Leads from byte offsets of a derived text back to those of the text it was made from.
///
/// Offsets inside a stretch that was copied map exactly; offsets inside one that was rewritten
/// map into the stretch that it replaced, never past its end. The map never decreases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// Places where copying starts anew: offset here, offset in the source; both ascending.
    /// None at all: the two texts agree as far as this one goes.
    anchors: Vec<(u32, u32)>,
}

impl OffsetMap {
    /// Tells whether every offset maps to itself.
    pub fn is_identity(&self) -> bool {
        self.anchors.is_empty()
    }

    /// Maps an offset of the derived text to the source.
    pub fn to_source(&self, offset: u32) -> u32 {
        let after = self.anchors.partition_point(|&(derived, _)| derived <= offset);
        let (derived, source) = match after {
            0 => (0, 0),
            n => self.anchors[n - 1],
        };
        let copied = source + (offset - derived);
        match self.anchors.get(after) {
            Some(&(_, next)) => copied.min(next),
            None => copied,
        }
    }

    /// Notes that from `derived` on the text is a copy of the source from `source` on.
    pub(crate) fn anchor(&mut self, derived: usize, source: usize) {
        let offset = |at: usize| u32::try_from(at).expect("texts are shorter than 4 GiB");
        let (derived, source) = (offset(derived), offset(source));
        if self.anchors.last().is_some_and(|&(last, _)| last == derived) {
            self.anchors.pop();
        }
        let (last_derived, last_source) = self.anchors.last().copied().unwrap_or((0, 0));
        if source - last_source != derived - last_derived {
            self.anchors.push((derived, source));
        }
    }
}
