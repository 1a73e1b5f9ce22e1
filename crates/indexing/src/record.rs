use onrecord_model::{
    Attribution, BlockKind, CivilDate, Document, DocumentId, DocumentKind, Label, Metadata, Method,
    Passage, PriorityId, Quote, QuoteKind, Span, Speaker,
};
use onrecord_text::spoken_tokens;
use serde::{Deserialize, Serialize};

/// What an index remembers of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    pub(crate) id: [u8; 16],
    /// What is known about it; the hash of its file stands with the source.
    pub metadata: Metadata,
    /// The key of its source file.
    pub source: String,
    /// How many passages it has.
    pub n_passages: u32,
    /// How many labels its passages carry.
    pub n_labels: u32,
    /// Its length in bytes.
    pub n_bytes: u32,
    /// BLAKE3 of its canonical text.
    pub text_blake3: [u8; 32],
}

impl DocumentRecord {
    /// Returns the id of the document.
    pub fn id(&self) -> DocumentId {
        DocumentId::from_bytes(self.id)
    }
}

/// What is shown of a document beside each of its passages.
///
/// It stands in each passage's record again, so that a hit is read from one place: blocks of
/// stored text take longer to unpack than the words that repeat in them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// The file that it came from.
    pub path: String,
    /// The 1-based line or row, in a file of many documents.
    pub record: Option<u64>,
    /// The title.
    pub title: Option<String>,
    /// The date, as precise as it is known.
    pub date: Option<CivilDate>,
    /// What sort of document it is.
    pub kind: DocumentKind,
}

impl Citation {
    pub(crate) fn of(metadata: &Metadata) -> Self {
        Self {
            path: metadata.source.path.to_string_lossy().into_owned(),
            record: metadata.source.record,
            title: metadata.title.clone(),
            date: metadata.date,
            kind: metadata.kind,
        }
    }
}

/// What an index remembers of a passage beside its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassageRecord {
    pub(crate) document: [u8; 16],
    /// What is shown of its document.
    pub citation: Citation,
    /// Place among the document's passages, counted from 0.
    pub ordinal: u32,
    /// First byte in the document's text.
    pub start: u32,
    /// First character in the document's text.
    pub char_start: u32,
    /// The blanks between the passage before and this one.
    pub lead: Box<str>,
    /// What the block that it comes from is.
    pub kind: BlockKind,
    /// The headings above it, outermost first.
    pub headings: Vec<Box<str>>,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<Speaker>,
    /// Its words of speech.
    pub words: u32,
    /// Whether its paragraph goes on in the next passage.
    pub continues: bool,
    /// The page that its block starts on, counted from 1, where the format has pages.
    pub page: Option<u32>,
    /// Its labels, in the order of the taxonomy.
    pub labels: Vec<LabelRecord>,
    /// The quotations that start in it, in the order of the text.
    pub quotes: Vec<QuoteRecord>,
}

/// What was found in a passage.
pub(crate) struct Derived<'a> {
    /// Its words of speech.
    pub(crate) n_words: u32,
    pub(crate) labels: &'a [Label],
    /// The quotations that start in it.
    pub(crate) quotes: &'a [Quote],
}

/// What an index remembers of a quotation; its words are those of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteRecord {
    /// Place among the document's quotations, counted from 0.
    pub ordinal: u32,
    /// Where its parts stand, in bytes of the document's text, in order; the last ones may lie in
    /// passages behind this one.
    pub content: Vec<Span>,
    /// Where the words stand that report it, in bytes of the document's text.
    pub cue: Option<Span>,
    /// How it is set into the text.
    pub kind: QuoteKind,
    /// Whose words they are, where that is beyond doubt.
    pub attribution: Option<Attribution>,
}

impl From<&Quote> for QuoteRecord {
    fn from(quote: &Quote) -> Self {
        Self {
            ordinal: quote.ordinal,
            content: quote.content.clone(),
            cue: quote.cue,
            kind: quote.kind,
            attribution: quote.attribution.clone(),
        }
    }
}

impl QuoteRecord {
    /// Returns where it stands in the document's text, from its first part to its last, in bytes.
    pub fn hull(&self) -> Span {
        let ends = self.content.first().zip(self.content.last());
        ends.map_or_else(|| Span::new(0, 0), |(first, last)| Span::new(first.start, last.end))
    }
}

/// Returns the quotation that a stretch of a document lies in, the innermost; none where the one
/// who speaks says it, also if they quote themselves.
pub fn innermost<'q>(
    quotes: &'q [QuoteRecord],
    stretch: Span,
    speaker: Option<&Speaker>,
) -> Option<&'q QuoteRecord> {
    let is_own = |quote: &&QuoteRecord| {
        let quoted = quote.attribution.as_ref().and_then(|found| found.speaker.as_ref());
        quoted.is_some() && quoted == speaker
    };
    let around = quotes.iter().filter(|quote| quote.hull().contains(stretch));
    around.min_by_key(|quote| quote.hull().len()).filter(|quote| !is_own(quote))
}

impl PassageRecord {
    /// Finds the tokens that were said of the text of the passage; of what is no speech, such as
    /// a heading, all outside stage directions.
    pub fn spoken(&self, text: &str) -> Vec<Span> {
        let n_spoken = if self.kind.is_speech() { self.words as usize } else { usize::MAX };
        spoken_tokens(text, n_spoken)
    }

    /// Makes the record of a passage, of which `derived` was found.
    pub(crate) fn new(
        document: &Document,
        citation: &Citation,
        passage: &Passage,
        lead: &str,
        char_start: u32,
        derived: &Derived<'_>,
    ) -> Self {
        let text_of = |heading: &Span| document.slice(*heading).into();
        Self {
            document: *document.id.as_bytes(),
            citation: citation.clone(),
            ordinal: passage.ordinal,
            start: passage.span.start,
            char_start,
            lead: lead.into(),
            kind: passage.kind,
            headings: passage.heading_path.iter().map(text_of).collect(),
            speaker: passage.speaker.clone(),
            words: derived.n_words,
            continues: passage.continues,
            page: passage.page,
            labels: derived
                .labels
                .iter()
                .map(|label| LabelRecord::new(label, passage.span.start))
                .collect(),
            quotes: derived.quotes.iter().map(QuoteRecord::from).collect(),
        }
    }

    /// Returns the id of its document.
    pub fn document(&self) -> DocumentId {
        DocumentId::from_bytes(self.document)
    }
}

/// What an index remembers of a label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabelRecord {
    /// The priority.
    pub priority: PriorityId,
    /// Strength, 0 to 1.
    pub score: f32,
    /// Whether the terms of the taxonomy spoke for it.
    pub by_rules: bool,
    /// Whether learned weights spoke for it.
    pub by_model: bool,
    /// The mentions, in text order.
    pub mentions: Vec<MentionRecord>,
}

/// What an index remembers of a mention.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// Where the term stands, in bytes of the passage's text.
    pub span: Span,
    /// The term as the taxonomy writes it.
    pub rule: Box<str>,
    /// What it added to the score.
    pub weight: f32,
}

impl LabelRecord {
    /// Returns what gave the label.
    pub const fn method(&self) -> Method {
        match (self.by_rules, self.by_model) {
            (true, true) => Method::Both,
            (false, true) => Method::Model,
            (_, false) => Method::Rules,
        }
    }

    fn new(label: &Label, passage_start: u32) -> Self {
        let mentions = label.evidence.iter().map(|evidence| MentionRecord {
            span: Span::new(evidence.span.start - passage_start, evidence.span.end - passage_start),
            rule: evidence.rule.clone(),
            weight: evidence.weight,
        });
        Self {
            priority: label.priority.clone(),
            score: label.score,
            by_rules: matches!(label.method, Method::Rules | Method::Both),
            by_model: matches!(label.method, Method::Model | Method::Both),
            mentions: mentions.collect(),
        }
    }
}

/// What an index remembers of a source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRecord {
    /// The key: the last part of the folder that was asked for and the path below it.
    pub key: String,
    /// The file, as it was reached from the working folder.
    pub path: String,
    /// The hash of all that its documents were made from, see `onrecord_ingest`.
    pub state: [u8; 32],
    /// BLAKE3 of its bytes.
    pub blake3: [u8; 32],
    /// How reading it ended.
    pub status: SourceStatus,
    /// Why, where it was not read whole.
    pub reason: String,
    /// How many documents it gave.
    pub n_documents: u64,
}

/// How reading a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourceStatus {
    /// All of it is in the index.
    Read,
    /// Some of it is in the index.
    Partial,
    /// Nothing of it is in the index, for a reason that the file gives.
    Skipped,
}

/// The length of the seal in front of a stored record: that of a CRC-32, which notices every
/// damage within 32 bits, and costs less than to unpack what it seals.
const SEAL_BYTES: usize = 4;

/// Encodes a record behind a checksum of itself and what belongs to it.
pub(crate) fn seal<T: Serialize>(record: &T, bound: &[&[u8]]) -> Vec<u8> {
    let body = postcard::to_stdvec(record).expect("records hold nothing that cannot be encoded");
    let mut bytes = Vec::with_capacity(SEAL_BYTES + body.len());
    bytes.extend_from_slice(&seal_of(&body, bound));
    bytes.extend_from_slice(&body);
    bytes
}

/// Decodes what [`seal`] encoded; none where the record or what belongs to it has changed.
pub(crate) fn unseal<'a, T: Deserialize<'a>>(bytes: &'a [u8], bound: &[&[u8]]) -> Option<T> {
    let (seal, body) = bytes.split_at_checked(SEAL_BYTES)?;
    if seal != seal_of(body, bound) {
        return None;
    }
    postcard::from_bytes(body).ok()
}

fn seal_of(body: &[u8], bound: &[&[u8]]) -> [u8; SEAL_BYTES] {
    let mut hasher = crc32fast::Hasher::new();
    for part in bound.iter().copied().chain([body]) {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_le_bytes()
}

/// A label in one number: the priority's place in the index's list, how many mentions, and
/// whether the model alone gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PackedLabel {
    pub(crate) priority: u32,
    pub(crate) n_mentions: u32,
    pub(crate) model_only: bool,
}

impl PackedLabel {
    pub(crate) fn pack(self) -> u64 {
        u64::from(self.priority) << 33
            | u64::from(self.n_mentions) << 1
            | u64::from(self.model_only)
    }

    pub(crate) fn unpack(number: u64) -> Self {
        Self {
            priority: (number >> 33) as u32,
            n_mentions: (number >> 1) as u32,
            model_only: number & 1 == 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_breaks_with_what_it_binds() {
        let sealed = seal(&("word".to_owned(), 7u32), &[b"text", b"id"]);
        assert_eq!(unseal(&sealed, &[b"text", b"id"]), Some(("word".to_owned(), 7u32)));
        assert_eq!(unseal::<(String, u32)>(&sealed, &[b"tex", b"tid"]), None);
        for at in 0..sealed.len() {
            let mut flipped = sealed.clone();
            flipped[at] ^= 4;
            assert_eq!(unseal::<(String, u32)>(&flipped, &[b"text", b"id"]), None, "byte {at}");
        }
    }

    #[test]
    fn labels_pack() {
        for (priority, n_mentions, model_only) in
            [(0, 0, true), (6, 1, false), (70_000, u32::MAX, false)]
        {
            let label = PackedLabel { priority, n_mentions, model_only };
            assert_eq!(PackedLabel::unpack(label.pack()), label);
        }
    }
}
