use super::Candidate;
use super::answer::{Difference, PriorStatement};
use crate::QueryError;
use crate::cite::{Locator, citation};
use crate::quotations::Quotations;
use crate::surroundings::Surroundings;
use onrecord_indexing::Reader;
use onrecord_model::Span;

/// Puts together all that is needed to cite a sentence.
pub(super) fn describe(
    reader: &Reader,
    quotations: &mut Quotations<'_>,
    candidate: &Candidate,
    differences: Vec<Difference>,
) -> Result<PriorStatement, QueryError> {
    let (passage, sentence) = (&candidate.passage, candidate.sentence());
    let record = &passage.record;
    let document = reader.document_at(passage.head)?;
    let cited = &record.citation;
    let window = Span::new(sentence.place.byte_start, sentence.place.byte_end);
    let within = Span::new(window.start - record.start, window.end - record.start);
    // Words of another may be no more than the part of the sentence that differs.
    let mut quoted = quotations.quoted_at(passage.head, record, window)?;
    for difference in &differences {
        if quoted.is_none() {
            let place = difference.statement_place;
            let words = Span::new(place.byte_start, place.byte_end);
            quoted = quotations.quoted_at(passage.head, record, words)?;
        }
    }
    Ok(PriorStatement {
        similarity: candidate.similarity,
        same_speaker: candidate.same_speaker,
        differences,
        text: sentence.text.clone(),
        place: sentence.place,
        n_repeats: candidate.n_repeats,
        speaker: record.speaker.as_ref().map(|speaker| speaker.name.to_string()),
        quoted,
        date: cited.date.map(|date| date.to_string()),
        title: cited.title.clone(),
        kind: cited.kind.name(),
        document_id: record.document().to_string(),
        passage: record.ordinal,
        page: record.page,
        path: cited.path.clone(),
        record: cited.record,
        citation: citation(&document.metadata, &Locator::of(record)),
        surroundings: Surroundings::of(&passage.text, within),
    })
}
