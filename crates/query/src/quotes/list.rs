//! The quotations of an index.

use crate::QueryError;
use crate::cite::{Locator, citation};
use crate::error::check_quotes;
use crate::question;
use crate::surroundings::Surroundings;
use onrecord_indexing::{
    Address, Condition, DocumentCondition, QuoteRecord, Reader, StoredPassage, quote_hash,
};
use onrecord_model::{CivilDate, QuoteKind, Span};
use onrecord_text::{CautionKind, folded_tokens};
use serde::{Deserialize, Serialize};

/// Stands between the parts of a quotation where they are shown as one.
const BETWEEN_PARTS: &str = " … ";

/// How many other places with the same words are listed.
const MAX_SAME: usize = 50;

/// Which quotations to list; those that meet all that is given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuotesRequest {
    /// A query for the passages in which they start.
    #[serde(alias = "filter", skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Words of the name of the one whose turn it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Words of the name of the one who is quoted, as written or in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quoted: Option<String>,
    /// The id or label of a priority of the passage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// The first day, month or year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<CivilDate>,
    /// The last day, month or year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<CivilDate>,
    /// How they are set into the text.
    #[serde(rename = "quote-kind", skip_serializing_if = "Option::is_none")]
    pub kind: Option<QuoteKind>,
}

/// A quotation with where it stands and whose words it presents.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuoteRow {
    /// The id of the document and the quotation's place in it, `ID-q3`.
    pub quote_id: String,
    /// The id of the document.
    pub document_id: String,
    /// The file that it came from.
    pub path: String,
    /// The title of the document.
    pub title: Option<String>,
    /// The date of the document, as precise as it is known.
    pub date: Option<String>,
    /// What sort of document it is.
    pub kind: &'static str,
    /// The id of the one whose turn it is.
    pub speaker_id: Option<String>,
    /// Whose turn it is.
    pub speaker: Option<String>,
    /// Who is quoted, as written.
    pub quoted_as: Option<String>,
    /// The id of the one who is quoted.
    pub quoted_id: Option<String>,
    /// Who is quoted, in full.
    pub quoted: Option<String>,
    /// How the quotation is set into the text.
    pub quote_kind: &'static str,
    /// Its words, the parts joined by ` … `.
    pub text: String,
    /// Where the first part starts in the document's text, in characters.
    pub char_start: u32,
    /// Where the last part ends.
    pub char_end: u32,
    /// The place of the passage in the document, counted from 0.
    pub passage: u32,
    /// The words that report it.
    pub cue: Option<String>,
    /// The rule that told who is quoted.
    pub attribution_rule: Option<&'static str>,
    /// How sure that is, 0 to 1.
    pub confidence: Option<f32>,
    /// The source as a note cites it.
    pub citation: String,
    /// What stands around it in its passage; that someone else is quoted is what the row says,
    /// and is no caution here.
    #[serde(flatten)]
    pub surroundings: Surroundings,
    /// The ids of quotations of the same words in other places, at most 50.
    pub same_words: Vec<String>,
}

/// Finds quotations: by document id, then in the order of the text.
///
/// The whole index is checked first; passages are read when their turn comes.
///
/// # Errors
/// When the query or the priority is not known, or what the index holds is not what was written.
pub fn find_quotes<'a>(
    reader: &'a Reader,
    request: &QuotesRequest,
) -> Result<Quotes<'a>, QueryError> {
    check_quotes(reader)?;
    reader.check_contents()?;
    let condition = condition_of(reader, request)?;
    Ok(Quotes {
        reader,
        quoted: request.quoted.as_deref().map(folded_tokens),
        kind: request.kind,
        passages: reader.addresses(&condition)?.into_iter(),
        rows: Vec::new().into_iter(),
    })
}

/// The quotations that were found, to be read one by one.
#[derive(Debug)]
pub struct Quotes<'a> {
    reader: &'a Reader,
    /// The folded words of a name that the one who is quoted must have.
    quoted: Option<Vec<String>>,
    kind: Option<QuoteKind>,
    passages: std::vec::IntoIter<Address>,
    /// The quotations of the last passage.
    rows: std::vec::IntoIter<QuoteRow>,
}

impl Iterator for Quotes<'_> {
    type Item = Result<QuoteRow, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.rows.next() {
                return Some(Ok(row));
            }
            let address = self.passages.next()?;
            match self.rows_of(address) {
                Ok(rows) => self.rows = rows.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Quotes<'_> {
    fn rows_of(&self, address: Address) -> Result<Vec<QuoteRow>, QueryError> {
        let passage = self.reader.passage(address)?;
        let asked: Vec<&QuoteRecord> =
            passage.record.quotes.iter().filter(|quote| self.is_asked_for(quote)).collect();
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let document = self.reader.document_at(self.reader.head_of(address)?)?;
        let citation = citation(&document.metadata, &Locator::of(&passage.record));
        let mut rows = Vec::with_capacity(asked.len());
        for quote in asked {
            let stretch = Stretch::of(self.reader, address, &passage, quote)?;
            let mut row = describe(&passage, quote, &stretch, &citation);
            row.same_words = self.same_words(&row)?;
            rows.push(row);
        }
        Ok(rows)
    }

    fn is_asked_for(&self, quote: &QuoteRecord) -> bool {
        let Some(asked) = &self.quoted else {
            return self.kind.is_none_or(|kind| quote.kind == kind);
        };
        let Some(attribution) = &quote.attribution else { return false };
        let full = attribution.speaker.as_ref().map(|speaker| &*speaker.name);
        let mut names = folded_tokens(&attribution.named_as);
        names.extend(full.iter().flat_map(|name| folded_tokens(name)));
        asked.iter().all(|word| names.contains(word))
            && self.kind.is_none_or(|kind| quote.kind == kind)
    }

    /// Lists other quotations of the same words.
    fn same_words(&self, row: &QuoteRow) -> Result<Vec<String>, QueryError> {
        let hash = hash_of(&row.text);
        let mut same = Vec::new();
        for address in self.reader.addresses(&Condition::QuoteHash(hash))? {
            if same.len() >= MAX_SAME {
                break;
            }
            let passage = self.reader.passage(address)?;
            for quote in &passage.record.quotes {
                let id = id_of(&passage, quote);
                let stretch = Stretch::of(self.reader, address, &passage, quote)?;
                if id != row.quote_id && hash_of(&stretch.words_of(quote)) == hash {
                    same.push(id);
                }
            }
        }
        Ok(same)
    }
}

/// Says what passages must meet to have quotations that are asked for.
fn condition_of(reader: &Reader, request: &QuotesRequest) -> Result<Condition, QueryError> {
    let kinds = request.kind.map_or(QuoteKind::ALL.to_vec(), |kind| vec![kind]);
    let mut all = vec![Condition::Or(kinds.into_iter().map(Condition::QuoteKind).collect())];
    let query = request.query.clone();
    let priority =
        request.priority.as_ref().map(|name| format!("priority:\"{}\"", name.replace('"', "")));
    for query in query.into_iter().chain(priority) {
        all.push(question::condition_of(reader, &query)?);
    }
    let speaker = request.speaker.as_deref();
    all.extend(speaker.map(|name| Condition::Speaker(folded_tokens(name))));
    let quoted = request.quoted.as_deref();
    all.extend(quoted.map(|name| Condition::Quoted(folded_tokens(name))));
    if request.since.is_some() || request.until.is_some() {
        let date = DocumentCondition::Date(request.since, request.until);
        all.push(Condition::Document(date));
    }
    Ok(Condition::And(all))
}

fn hash_of(text: &str) -> u64 {
    quote_hash(folded_tokens(text).iter().map(String::as_str))
}

fn id_of(passage: &StoredPassage, quote: &QuoteRecord) -> String {
    format!("{}-q{}", passage.record.document(), quote.ordinal)
}

/// The text of a document from the start of a passage to the end of a quotation that starts in it.
struct Stretch {
    start: u32,
    char_start: u32,
    text: String,
}

impl Stretch {
    fn of(
        reader: &Reader,
        address: Address,
        passage: &StoredPassage,
        quote: &QuoteRecord,
    ) -> Result<Self, QueryError> {
        let mut text = passage.text.clone();
        let start = passage.span.start;
        let end = quote.content.last().map_or(start, |part| part.end);
        let mut ordinal = passage.record.ordinal;
        while start as usize + text.len() < end as usize {
            ordinal += 1;
            let next = reader.passage(reader.sibling(address, &passage.record, ordinal))?;
            text.push_str(&next.record.lead);
            text.push_str(&next.text);
        }
        Ok(Self { start, char_start: passage.record.char_start, text })
    }

    fn slice(&self, span: Span) -> &str {
        let from = |byte: u32| byte.saturating_sub(self.start) as usize;
        self.text.get(from(span.start)..from(span.end)).unwrap_or_default()
    }

    /// Returns the place of a byte of the document, in its characters.
    fn chars_to(&self, byte: u32) -> u32 {
        self.char_start + self.slice(Span::new(self.start, byte)).chars().count() as u32
    }

    fn words_of(&self, quote: &QuoteRecord) -> String {
        let parts: Vec<&str> = quote.content.iter().map(|part| self.slice(*part)).collect();
        parts.join(BETWEEN_PARTS)
    }
}

fn describe(
    passage: &StoredPassage,
    quote: &QuoteRecord,
    stretch: &Stretch,
    citation: &str,
) -> QuoteRow {
    let record = &passage.record;
    let attribution = quote.attribution.as_ref();
    let quoted = attribution.and_then(|attribution| attribution.speaker.as_ref());
    let first = quote.content.first().map_or(stretch.start, |part| part.start);
    let last = quote.content.last().map_or(first, |part| part.end);
    let cue = quote.cue.map(|cue| stretch.slice(cue)).filter(|cue| !cue.is_empty());
    let place = Span::new(first - stretch.start, last - stretch.start);
    let mut surroundings = Surroundings::of(&stretch.text, place);
    surroundings.cautions.retain(|caution| caution.kind != CautionKind::Quoted.name());
    QuoteRow {
        quote_id: id_of(passage, quote),
        document_id: record.document().to_string(),
        path: record.citation.path.clone(),
        title: record.citation.title.clone(),
        date: record.citation.date.map(|date| date.to_string()),
        kind: record.citation.kind.name(),
        speaker_id: record.speaker.as_ref().map(|speaker| speaker.id.to_string()),
        speaker: record.speaker.as_ref().map(|speaker| speaker.name.to_string()),
        quoted_as: attribution.map(|attribution| attribution.named_as.clone()),
        quoted_id: quoted.map(|speaker| speaker.id.to_string()),
        quoted: quoted.map(|speaker| speaker.name.to_string()),
        quote_kind: quote.kind.name(),
        text: stretch.words_of(quote),
        char_start: stretch.chars_to(first),
        char_end: stretch.chars_to(last),
        passage: record.ordinal,
        cue: cue.map(str::to_owned),
        attribution_rule: attribution.map(|attribution| attribution.rule.name()),
        confidence: attribution.map(|attribution| attribution.confidence),
        citation: citation.to_owned(),
        surroundings,
        same_words: Vec::new(),
    }
}
