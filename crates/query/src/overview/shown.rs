//! Which passages are shown for a figure.

use crate::QueryError;
use crate::labels::{LabelRow, Labels};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a group is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Of {
    All,
    Year(Option<String>),
    Speaker(Option<String>),
}

/// A passage that may be shown for a figure, those that are to be shown first being less.
pub(super) type Candidate = (Reverse<u32>, Reverse<usize>, String, u32);

/// The passages to be shown, by group and the place of the priority in the taxonomy.
pub(super) type Chosen = BTreeMap<(Of, usize), Vec<Candidate>>;

/// Chooses so many passages for each figure: those with the highest score, then those with the
/// most mentions, ties by document and place.
pub(super) fn choose_shown(
    labels: Labels<'_>,
    ids: &[&str],
    most: usize,
) -> Result<Chosen, QueryError> {
    let mut chosen = Chosen::new();
    for label in labels {
        let label: LabelRow = label?;
        let Some(priority) = ids.iter().position(|id| *id == label.priority_id) else { continue };
        let mut values = label.group.iter().cloned();
        let (year, speaker) = (values.next().flatten(), values.next().flatten());
        // Scores are 0 to 1, and the bits of such numbers are in their order.
        let candidate: Candidate = (
            Reverse(label.score.max(0.0).to_bits()),
            Reverse(label.mentions.len()),
            label.document_id,
            label.passage,
        );
        for of in [Of::All, Of::Year(year), Of::Speaker(speaker)] {
            let shown = chosen.entry((of, priority)).or_default();
            shown.push(candidate.clone());
            if most > 0 && shown.len() >= 2 * most {
                shown.sort_unstable();
                shown.truncate(most);
            }
        }
    }
    for shown in chosen.values_mut() {
        shown.sort_unstable();
        shown.truncate(if most == 0 { usize::MAX } else { most });
    }
    Ok(chosen)
}
