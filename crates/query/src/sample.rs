//! Passages that are worth a person's labels.

use crate::QueryError;
use crate::asked::asked;
use onrecord_indexing::Reader;
use onrecord_model::{AnnotatedDocument, DocumentId, Passage};
use onrecord_priorities::Classifier;
use onrecord_text::Words;
use std::collections::{BTreeMap, BTreeSet};

/// How many uncertain passages of one document are drawn at most: its others say much the same.
const PER_DOCUMENT: usize = 2;

/// Which passages are to be drawn.
#[derive(Clone, Debug, Default)]
pub struct SampleRequest {
    /// How many.
    pub n: usize,
    /// How many of them by chance alone.
    pub n_random: usize,
    /// What chance goes by: the same seed draws the same.
    pub seed: u64,
    /// Draw only among those that this query finds.
    pub query: Option<String>,
    /// The ids of passages that have a label by a person, and whether chance drew them.
    pub known: BTreeMap<String, Drawn>,
}

/// Why a passage was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// Its labels are near to being other ones: what is learned most from.
    Uncertain,
    /// By chance: what figures may be taken of.
    Random,
}

impl Drawn {
    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uncertain => "uncertain",
            Self::Random => "random",
        }
    }

    /// Finds what has that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Uncertain, Self::Random].into_iter().find(|drawn| drawn.name() == name.trim())
    }
}

/// The passages that were drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// In an order that chance gives.
    pub passages: Vec<SampledPassage>,
    /// How many passages of speech they were drawn among.
    pub n_passages: u64,
}

/// A passage that was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct SampledPassage {
    /// The document's id and the passage's place in it, with a colon between them.
    pub id: String,
    /// The id of the document.
    pub source: String,
    /// Why it was drawn.
    pub drawn: Drawn,
    /// The title of the document.
    pub title: Option<String>,
    /// The date of the document, as precise as it is known.
    pub date: Option<String>,
    /// Whose words they are, where that is beyond doubt.
    pub speaker: Option<String>,
    /// Its text.
    pub text: String,
}

/// Draws passages of speech to be labelled by a person: some by chance, the others those whose labels
/// are nearest to being other ones.
///
/// Chance draws among all passages, labelled ones too unless chance drew them before: were they left
/// out, what is drawn would no longer stand for all. The same seed on the same documents draws the
/// same, in whatever order they were indexed.
///
/// # Errors
/// When the query cannot be understood, or what the index holds is not what was written.
pub fn draw_sample(
    reader: &Reader,
    classifier: &Classifier,
    request: &SampleRequest,
) -> Result<Sample, QueryError> {
    let mut lexicon = classifier.lexicon();
    let n_random = request.n_random.min(request.n);
    let mut chance = Least { limit: n_random, taken: BTreeMap::new() };
    // Enough to be left with as many once chance has drawn some of them.
    let mut doubt = Least { limit: request.n, taken: BTreeMap::new() };
    let mut n_passages = 0;
    for (head, asked) in asked(reader, request.query.as_deref())? {
        let of = reader.annotated(head)?;
        let is_asked = |passage: &&Passage| {
            passage.kind.is_speech()
                && asked.as_ref().is_none_or(|asked| asked.contains(&passage.ordinal))
        };
        let words = Words::of(&of.document, &of.passages, &mut lexicon);
        let margins = classifier.margins(&of.document, &of.passages, &words, &lexicon);
        let mut nearest = Least { limit: PER_DOCUMENT, taken: BTreeMap::new() };
        for passage in of.passages.iter().filter(is_asked) {
            n_passages += 1;
            let draw = draw_of(request.seed, of.document.id, passage.ordinal);
            let known = request.known.get(&id_of(of.document.id, passage.ordinal));
            if known != Some(&Drawn::Random) {
                chance.take((0, draw), || sampled(&of, passage, Drawn::Random));
            }
            let margin = margins.binary_search_by_key(&passage.ordinal, |(ordinal, _)| *ordinal);
            if let (Ok(at), None) = (margin, known) {
                // Bits of numbers that are not below 0 are in the numbers' order.
                let margin = margins[at].1.to_bits();
                nearest.take((margin, draw), || sampled(&of, passage, Drawn::Uncertain));
            }
        }
        nearest.taken.into_iter().for_each(|(rank, passage)| doubt.take(rank, || passage));
    }
    let by_chance: BTreeSet<&str> = chance.taken.values().map(|one| one.id.as_str()).collect();
    let doubtful = doubt.taken.iter().filter(|(_, one)| !by_chance.contains(one.id.as_str()));
    let doubtful: Vec<_> = doubtful
        .take(request.n - chance.taken.len())
        .map(|((_, draw), passage)| (*draw, passage.clone()))
        .collect();
    let mut passages: Vec<(u64, SampledPassage)> =
        chance.taken.into_iter().map(|((_, draw), passage)| (draw, passage)).collect();
    passages.extend(doubtful);
    // Chance drew the least numbers; read backwards they are in no order that shows it.
    let order = |(draw, _): &(u64, SampledPassage)| draw.reverse_bits();
    passages.sort_by(|a, b| (order(a), &a.1.id).cmp(&(order(b), &b.1.id)));
    Ok(Sample { passages: passages.into_iter().map(|(_, passage)| passage).collect(), n_passages })
}

/// The passages of the least ranks.
struct Least {
    limit: usize,
    taken: BTreeMap<(u32, u64), SampledPassage>,
}

impl Least {
    fn take(&mut self, rank: (u32, u64), passage: impl FnOnce() -> SampledPassage) {
        let is_full = self.taken.len() >= self.limit;
        if self.limit == 0
            || is_full && self.taken.last_key_value().is_some_and(|(last, _)| *last < rank)
        {
            return;
        }
        self.taken.insert(rank, passage());
        if self.taken.len() > self.limit {
            self.taken.pop_last();
        }
    }
}

fn id_of(document: DocumentId, ordinal: u32) -> String {
    format!("{document}:{ordinal}")
}

/// Draws a number for a passage: the same whatever else there is.
fn draw_of(seed: u64, document: DocumentId, ordinal: u32) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&seed.to_le_bytes()).update(document.as_bytes()).update(&ordinal.to_le_bytes());
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

fn sampled(of: &AnnotatedDocument, passage: &Passage, drawn: Drawn) -> SampledPassage {
    let metadata = &of.document.metadata;
    SampledPassage {
        id: id_of(of.document.id, passage.ordinal),
        source: of.document.id.to_string(),
        drawn,
        title: metadata.title.clone(),
        date: metadata.date.map(|date| date.to_string()),
        speaker: passage.speaker.as_ref().map(|speaker| speaker.name.to_string()),
        text: of.document.slice(passage.span).to_owned(),
    }
}
