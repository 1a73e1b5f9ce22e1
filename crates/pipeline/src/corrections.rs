use crate::build::PipelineError;
use crate::known::Known;
use crate::run::locked;
use crate::summary::StaleCorrection;
use crate::{BuildOptions, Summary};
use onrecord_ingest::{CorrectionOutcome, IngestError, Ledger};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// The corrections of a run, and what became of them.
pub(crate) struct Corrections {
    pub(crate) ledger: Arc<Ledger>,
    /// Those that name a document by an id which the index holds, by the key of its source.
    by_source: BTreeMap<String, Vec<usize>>,
    outcomes: Mutex<BTreeMap<usize, Option<String>>>,
}

/// What became of the corrections of one file, by their places: why they are stale, none for
/// those in force.
pub(crate) type Outcomes = BTreeMap<usize, Option<String>>;

impl Corrections {
    /// Reads the corrections of a run.
    pub(crate) fn load(options: &BuildOptions) -> Result<Self, IngestError> {
        let ledger = Ledger::load(&options.paths, options.corrections.as_deref())?;
        Ok(Self::of(ledger))
    }

    fn of(ledger: Ledger) -> Self {
        let outcomes = Mutex::default();
        Self { ledger: Arc::new(ledger), by_source: BTreeMap::new(), outcomes }
    }

    /// Finds the sources of the documents that are named by their ids.
    pub(crate) fn place(&mut self, known: &Known) -> Result<(), PipelineError> {
        for (id, places) in self.ledger.by_id() {
            if let Some(source) = known.source_of(id)? {
                self.by_source.entry(source).or_default().extend(places);
            }
        }
        Ok(())
    }

    /// Returns the state of a file that has `state` without corrections, by those that touched it
    /// when it was last read if they are the same as now and were all in force.
    pub(crate) fn state_of(&self, key: &str, state: [u8; 32]) -> [u8; 32] {
        self.state(self.of_source(key), state)
    }

    /// Notes that a file is in the index as it is, with its corrections in force.
    pub(crate) fn keep(&self, key: &str) {
        let mut outcomes = locked(&self.outcomes);
        outcomes.extend(self.of_source(key).into_iter().map(|place| (place, None)));
    }

    /// Settles what became of the corrections of a file that was read, and returns the state to
    /// remember it by.
    ///
    /// With a stale correction it is none that the file can have: it is read again next time, so
    /// that the correction is reported for as long as it is stale.
    pub(crate) fn settle(
        &self,
        key: &str,
        mut met: Outcomes,
        n_documents: u64,
        state: [u8; 32],
    ) -> [u8; 32] {
        for place in self.ledger.of_file(key) {
            met.entry(*place)
                .or_insert_with(|| Some(self.reason_unmet(*place, n_documents).to_owned()));
        }
        let is_stale = met.values().any(Option::is_some);
        let state = self.state(met.keys().copied().collect(), state);
        locked(&self.outcomes).extend(met);
        if is_stale { *blake3::hash(&state).as_bytes() } else { state }
    }

    /// Adds to a summary what became of the corrections.
    pub(crate) fn sum_up(&self, summary: &mut Summary) {
        let outcomes = locked(&self.outcomes);
        for (place, correction) in self.ledger.corrections().iter().enumerate() {
            let reason = match (outcomes.get(&place), correction.fault()) {
                (_, Some(fault)) => fault.to_owned(),
                (Some(None), None) => {
                    summary.corrections += 1;
                    continue;
                }
                (Some(Some(reason)), None) => reason.clone(),
                (None, None) => "no such document was read".to_owned(),
            };
            summary.stale_corrections.push(StaleCorrection {
                path: correction.path.to_string_lossy().into_owned(),
                line: correction.line,
                document: correction.document.clone(),
                reason,
            });
        }
    }

    fn of_source(&self, key: &str) -> BTreeSet<usize> {
        let by_id = self.by_source.get(key).map_or(&[][..], Vec::as_slice);
        self.ledger.of_file(key).iter().chain(by_id).copied().collect()
    }

    fn state(&self, corrections: BTreeSet<usize>, state: [u8; 32]) -> [u8; 32] {
        if corrections.is_empty() {
            return state;
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update(&state);
        hasher.update(&self.ledger.hash_of(corrections.into_iter()));
        *hasher.finalize().as_bytes()
    }

    /// Says why a correction that names a file met no document of it.
    fn reason_unmet(&self, place: usize, n_documents: u64) -> &'static str {
        let correction = self.ledger.corrections().get(place);
        let names_line = correction.is_some_and(|correction| correction.record.is_some());
        match n_documents {
            0 => "no document was read from its file",
            _ if names_line => "no document was read from that line",
            _ => "its file holds many documents: name one by its line, as in FILE#7, or by its id",
        }
    }
}

/// Notes what became of corrections of a document.
pub(crate) fn note(outcomes: &mut Outcomes, found: Vec<CorrectionOutcome>) {
    outcomes.extend(found.into_iter().map(|outcome| (outcome.correction, outcome.stale)));
}
