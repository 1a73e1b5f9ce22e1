use crate::directory::SealedDirectory;
use crate::error::IndexError;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::SegmentMeta;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// The share of deleted entries of a segment from which on it is rewritten.
const MAX_DELETED_SHARE: f32 = 0.2;

/// Chooses the segments to be joined, and joins none that is damaged.
///
/// The engine reads segments without comparing them with what was written. What it wrote of a
/// damaged one would be sealed anew, and the damage would never be found.
#[derive(Debug)]
pub(crate) struct CheckedMerges {
    policy: LogMergePolicy,
    directory: SealedDirectory,
    damage: FirstDamage,
}

/// The first damage that was met while segments were to be joined.
#[derive(Clone, Debug, Default)]
pub(crate) struct FirstDamage(Arc<Mutex<Option<IndexError>>>);

impl FirstDamage {
    /// Takes what was found.
    pub(crate) fn take(&self) -> Option<IndexError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn note(&self, error: IndexError) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }
}

impl CheckedMerges {
    pub(crate) fn new(directory: SealedDirectory, damage: FirstDamage) -> Self {
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(MAX_DELETED_SHARE);
        Self { policy, directory, damage }
    }
}

impl MergePolicy for CheckedMerges {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut candidates = self.policy.compute_merge_candidates(segments);
        candidates.retain(|MergeCandidate(segments)| {
            let checked = segments
                .iter()
                .try_for_each(|segment| self.directory.check_segment(&segment.uuid_string()));
            checked.map_err(|error| self.damage.note(error)).is_ok()
        });
        candidates
    }
}
