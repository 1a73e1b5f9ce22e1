use onrecord_model::{Quote, Span};
use onrecord_people::{Roster, resolver_without_document};
use onrecord_quotes::{NonQuote, document_of, extract};
use serde::Serialize;

/// What stands between the parts of a quotation where it is shown as one text.
const BETWEEN_PARTS: &str = " … ";

/// The quotations of a text that is in no index.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct QuotesOfText {
    /// The quotations, in the order of the text.
    pub quotes: Vec<FoundQuote>,
    /// What stands in marks and quotes nobody, in the order of the text.
    pub non_quotes: Vec<FoundNonQuote>,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundQuote {
    /// The parts, joined by ` … `.
    pub text: String,
    /// What is quoted, without the marks, in order.
    pub parts: Vec<String>,
    /// Where the parts stand: start and end, in characters of the text.
    pub spans: Vec<[usize; 2]>,
    /// The source as written; none where it is in doubt.
    pub speaker: Option<String>,
    /// The full name, where it is known.
    pub canonical: Option<String>,
    /// `direct`, `mixed`, `block` or `epigraph`.
    pub kind: &'static str,
    /// How sure the attribution is, 0 to 1; none where there is none.
    pub confidence: Option<f32>,
    /// The rule that made the attribution.
    pub rule: Option<&'static str>,
}

/// Marks that quote nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundNonQuote {
    /// What stands in the marks.
    pub text: String,
    /// Start and end, in characters of the text.
    pub span: [usize; 2],
    /// `title`, `slogan`, `term`, `word-as-word` or `scare`.
    pub reason: &'static str,
}

/// Finds the quotations of a text of which nothing is known.
///
/// A name that is short for one person only, on whatever day, is given in full: as the text has
/// it elsewhere, else as the roster has it.
pub fn quotes_of_text(text: &str, roster: &Roster) -> QuotesOfText {
    let document = document_of(text);
    let passages = onrecord_text::segment(&document);
    let found = extract(&document, &passages, &resolver_without_document(roster));
    let mut place = Characters::new(text);
    let quotes = found.quotes.iter().map(|quote| found_quote(text, &mut place, quote)).collect();
    let mut place = Characters::new(text);
    let non_quotes =
        found.non_quotes.iter().map(|marks| found_non_quote(text, &mut place, marks)).collect();
    QuotesOfText { quotes, non_quotes }
}

fn found_quote(text: &str, place: &mut Characters<'_>, quote: &Quote) -> FoundQuote {
    let written = |span: &Span| text.get(span.range()).unwrap_or_default().to_owned();
    let parts: Vec<String> = quote.content.iter().map(written).collect();
    let attribution = quote.attribution.as_ref();
    let speaker = attribution.and_then(|attribution| attribution.speaker.as_ref());
    FoundQuote {
        text: parts.join(BETWEEN_PARTS),
        parts,
        spans: quote.content.iter().map(|span| place.span(*span)).collect(),
        speaker: attribution.map(|attribution| attribution.named_as.clone()),
        canonical: speaker.map(|speaker| speaker.name.to_string()),
        kind: quote.kind.name(),
        confidence: attribution.map(|attribution| attribution.confidence),
        rule: attribution.map(|attribution| attribution.rule.name()),
    }
}

fn found_non_quote(text: &str, place: &mut Characters<'_>, marks: &NonQuote) -> FoundNonQuote {
    FoundNonQuote {
        text: text.get(marks.span.range()).unwrap_or_default().to_owned(),
        span: place.span(marks.span),
        reason: marks.reason.name(),
    }
}

/// Counts characters from place to place.
struct Characters<'a> {
    text: &'a str,
    byte: usize,
    n_characters: usize,
}

impl<'a> Characters<'a> {
    const fn new(text: &'a str) -> Self {
        Self { text, byte: 0, n_characters: 0 }
    }

    fn span(&mut self, span: Span) -> [usize; 2] {
        [self.advance_to(span.start), self.advance_to(span.end)]
    }

    fn advance_to(&mut self, byte: u32) -> usize {
        let byte = byte as usize;
        if byte < self.byte {
            *self = Self::new(self.text);
        }
        let between = self.text.get(self.byte..byte).unwrap_or_default();
        self.n_characters += between.chars().count();
        self.byte = byte;
        self.n_characters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_characters() {
        let text = "Das Wort “Häfen” steht im Café „so“.\n\nMayor Ada Vale said, “Ports – all of them – stay open.”";
        let found = quotes_of_text(text, &Roster::default());
        let [quote] = found.quotes.as_slice() else { panic!("{found:?}") };
        let [[start, end]] = quote.spans.as_slice() else { panic!("{quote:?}") };
        let cut: String = text.chars().skip(*start).take(end - start).collect();
        assert_eq!(cut, "Ports – all of them – stay open.");
        assert_eq!(quote.speaker.as_deref(), Some("Mayor Ada Vale"));
        assert_eq!(quote.canonical.as_deref(), Some("Ada Vale"));
        assert_eq!(found.non_quotes.len(), 2);
    }
}
