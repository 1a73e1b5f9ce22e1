//! Corrections of one document on its way to be made.

use super::{Change, Correction, CorrectionOutcome, checked};
use crate::metadata::{Draft, infer};
use crate::structure::Layout;
use onrecord_model::Field;
use std::collections::BTreeMap;
use std::path::Path;

/// The corrections of a document, and what became of them so far.
#[derive(Debug, Default)]
pub(crate) struct Correcting<'a> {
    pub(super) corrections: Vec<(usize, &'a Correction)>,
    /// What became of each, in the order in which that was found.
    pub(crate) outcomes: Vec<CorrectionOutcome>,
    /// What is in force, a line each.
    notes: Vec<String>,
    /// How many changed the text.
    pub(super) n_of_text: usize,
}

impl<'a> Correcting<'a> {
    pub(crate) fn new(corrections: Vec<(usize, &'a Correction)>) -> Self {
        let mut correcting = Self { corrections, ..Self::default() };
        for (place, fault) in correcting.faults() {
            correcting.note_stale(place, fault);
        }
        correcting.refuse_contradictions();
        correcting
    }

    /// Leaves out a second correction of the same field: one may name the document by its path
    /// and the other by its id.
    fn refuse_contradictions(&mut self) {
        let mut first: BTreeMap<Field, &Correction> = BTreeMap::new();
        let mut refused = Vec::new();
        self.corrections.retain(|(place, correction)| {
            let Ok(Change::Field { field, .. }) = &correction.change else { return true };
            let Some(earlier) = first.get(field) else {
                first.insert(*field, correction);
                return true;
            };
            refused.push((*place, correction.contradicts(earlier, *field)));
            false
        });
        refused.into_iter().for_each(|(place, reason)| self.note_stale(place, reason));
    }

    fn faults(&self) -> Vec<(usize, String)> {
        let fault = |correction: &Correction| correction.fault().map(str::to_owned);
        self.corrections.iter().filter_map(|(place, of)| Some((*place, fault(of)?))).collect()
    }

    /// Returns the corrections of fields.
    fn fields(&self) -> Vec<(usize, Field, &'a str, &'a str)> {
        let field = |&(place, correction): &(usize, &'a Correction)| match &correction.change {
            Ok(Change::Field { field, value }) => {
                Some((place, *field, value.as_str(), correction.why.as_str()))
            }
            Ok(Change::Text { .. }) | Err(_) => None,
        };
        self.corrections.iter().filter_map(field).collect()
    }

    pub(super) fn note_stale(&mut self, correction: usize, reason: impl Into<String>) {
        self.outcomes.push(CorrectionOutcome { correction, stale: Some(reason.into()) });
    }

    pub(super) fn note_applied(&mut self, correction: usize, note: &str) {
        self.outcomes.push(CorrectionOutcome { correction, stale: None });
        self.notes.push(note.replace('\n', "\\n"));
    }

    /// Names the reader of a text, with the corrections that came after it: without them offsets
    /// lead elsewhere.
    pub(crate) fn extractor(&self, reader: String) -> String {
        match self.n_of_text {
            0 => reader,
            1 => format!("{reader} with 1 correction"),
            n => format!("{reader} with {n} corrections"),
        }
    }

    /// Returns what is in force, a line each; none where nothing is.
    fn record(&self) -> Option<String> {
        (!self.notes.is_empty()).then(|| self.notes.join("\n"))
    }
}

/// Tells whether a reader is [named](Correcting::extractor) with corrections of the text.
pub(crate) fn has_corrected_words(extractor: &str) -> bool {
    extractor.rsplit_once(" with ").is_some_and(|(_, corrections)| {
        corrections.split_once(' ').is_some_and(|(n, of)| {
            n.bytes().all(|b| b.is_ascii_digit()) && matches!(of, "correction" | "corrections")
        })
    })
}

/// Fills what was not given, as [`infer`] does, with fields as they are corrected.
///
/// What is inferred from a field is inferred from its corrected value. A correction that says what
/// would stand there without it is stale. Returns what [`infer`] does.
pub(crate) fn infer_corrected(
    draft: &mut Draft,
    layout: &Layout,
    path: &Path,
    correcting: &mut Correcting<'_>,
) -> bool {
    let fields = correcting.fields();
    if !fields.is_empty() {
        let mut uncorrected = draft.clone();
        infer(&mut uncorrected, layout, path);
        for (place, field, value, why) in fields {
            let before = uncorrected.shown(field);
            match checked(field, value) {
                Ok(after) if after == before => {
                    let shown = after.as_deref().unwrap_or("empty");
                    let reason = format!("its {} is {shown} without it", field.name());
                    correcting.note_stale(place, reason);
                }
                Ok(after) => {
                    // Checked above, so that it cannot be refused.
                    let _ = draft.correct(field, value);
                    let [before, after] =
                        [before, after].map(|value| value.unwrap_or_else(|| "nothing".to_owned()));
                    let note = format!("{}: {before} → {after} ({why})", field.name());
                    correcting.note_applied(place, &note);
                }
                Err(reason) => correcting.note_stale(place, reason),
            }
        }
    }
    let names_several = infer(draft, layout, path);
    draft.note_corrections(correcting.record());
    names_several
}
