use super::Candidate;
use super::answer::{Difference, PriorStatement};
use crate::QueryError;
use crate::cited::{CitedWords, WordPlace};
use crate::quotations::Quotations;
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
    let (record, place) = (&passage.record, sentence.place);
    let bytes = Span::new(place.byte_start, place.byte_end);
    let within = Span::new(bytes.start - record.start, bytes.end - record.start);
    let chars = Span::new(place.char_start, place.char_end);
    let place =
        WordPlace { head: passage.head, record, context: &passage.text, within, bytes, chars };
    let mut cited = CitedWords::at(&place, reader, quotations)?;
    // Words of another may be no more than the part of the sentence that differs.
    for difference in &differences {
        if cited.quoted.is_none() {
            let place = difference.statement_place;
            let words = Span::new(place.byte_start, place.byte_end);
            cited.quoted = quotations.quoted_at(passage.head, record, words)?;
        }
    }
    Ok(PriorStatement {
        similarity: candidate.similarity,
        same_speaker: candidate.same_speaker,
        differences,
        n_repeats: candidate.n_repeats,
        cited,
    })
}
