use onrecord_indexing::{Description, LabelSource, PriorityName};
use onrecord_model::{AnnotatedDocument, Document, Metadata};
use onrecord_people::{PEOPLE_VERSION, Roster, identify, resolver_for};
use onrecord_priorities::{Classifiers, Taxonomy};
use onrecord_quotes::{QUOTES_VERSION, extract};
use onrecord_text::{Lexicon, Words, segment};

/// The stages from a document to what is indexed of it.
pub(crate) struct Annotator {
    classifiers: Classifiers,
    roster: Roster,
    roster_hash: [u8; 32],
    /// Whether quotations are looked for.
    quotes: bool,
}

impl Annotator {
    pub(crate) fn new(classifiers: &Classifiers, roster: &Roster, quotes: bool) -> Self {
        Self {
            classifiers: classifiers.clone(),
            roster: roster.clone(),
            roster_hash: roster.hash(),
            quotes,
        }
    }

    /// Tells who speaks in a document.
    pub(crate) fn identify(&self, document: Document) -> Document {
        identify(document, &self.roster)
    }

    /// Makes a lexicon for a thread that annotates.
    pub(crate) fn lexicon(&self) -> Lexicon {
        self.classifiers.lexicon()
    }

    /// Derives all that is indexed of a document; the words are those of the lexicon.
    pub(crate) fn annotate(
        &self,
        lexicon: &mut Lexicon,
        document: Document,
    ) -> (AnnotatedDocument, Words) {
        let passages = segment(&document);
        let words = Words::of(&document, &passages, lexicon);
        let labels = self.classifiers.label(&document, &passages, &words, lexicon);
        let quotes = if self.quotes {
            let resolve = resolver_for(&document, &self.roster);
            extract(&document, &passages, &resolve).quotes
        } else {
            Vec::new()
        };
        (AnnotatedDocument { document, passages, quotes, labels }, words)
    }

    /// Labels a document of an index anew; the words are those of the lexicon. None where its labels
    /// stay as they are.
    pub(crate) fn relabel(
        &self,
        lexicon: &mut Lexicon,
        annotated: AnnotatedDocument,
    ) -> Option<(AnnotatedDocument, Words)> {
        let AnnotatedDocument { document, passages, labels: before, quotes } = annotated;
        let words = Words::of(&document, &passages, lexicon);
        let labels = self.classifiers.label(&document, &passages, &words, lexicon);
        let is_other = labels != before;
        is_other.then_some((AnnotatedDocument { document, passages, quotes, labels }, words))
    }

    /// Hashes all that the annotated document depends on but for its labels: text, layout,
    /// metadata with those who speak. What labels an index is known of all documents at once.
    ///
    /// The hash of the file is left out: in a file of many documents it changes with any of them.
    pub(crate) fn digest(&self, document: &Document) -> [u8; 16] {
        let mut metadata: Metadata = document.metadata.clone();
        metadata.source.path = metadata.source.path.to_string_lossy().into_owned().into();
        metadata.source.blake3 = [0; 32];
        let described = postcard::to_stdvec(&(&metadata, document.blocks(), document.turns()))
            .expect("metadata, blocks and turns can always be encoded");
        let mut hasher = blake3::Hasher::new();
        // Whom quotations are given to depends on the roster.
        hasher.update(&self.roster_hash);
        hasher.update(&QUOTES_VERSION.to_le_bytes());
        hasher.update(&onrecord_indexing::ANALYSIS.to_le_bytes());
        hasher.update(document.text().as_bytes());
        hasher.update(&described);
        let mut digest = [0; 16];
        hasher.finalize_xof().fill(&mut digest);
        digest
    }

    /// Hashes what a file's documents depend on but for their labels: `file_state` and what they
    /// are annotated with.
    pub(crate) fn state(&self, file_state: &[u8; 32]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(file_state);
        hasher.update(&self.roster_hash);
        hasher.update(&PEOPLE_VERSION.to_le_bytes());
        hasher.update(&QUOTES_VERSION.to_le_bytes());
        hasher.update(&onrecord_indexing::ANALYSIS.to_le_bytes());
        *hasher.finalize().as_bytes()
    }
}

/// Describes for an index what its entries are made with.
pub(crate) fn describe(classifiers: &Classifiers) -> Description {
    let hash = blake3::Hash::from_bytes(classifiers.hash());
    let names: Vec<&str> = classifiers.taxonomies().map(Taxonomy::name).collect();
    let priorities = classifiers.taxonomies().flat_map(Taxonomy::priorities);
    let priorities = priorities.zip(0..).map(|(priority, rank)| PriorityName {
        id: priority.id.to_string(),
        label: priority.label.to_string(),
        rank: Some(rank),
    });
    let hexadecimal = |hash: [u8; 32]| blake3::Hash::from_bytes(hash).to_hex().to_string();
    let labelled_by = classifiers.each().iter().map(|classifier| LabelSource {
        taxonomy: classifier.taxonomy().name().to_owned(),
        taxonomy_blake3: hexadecimal(classifier.taxonomy().hash()),
        weights_blake3: classifier.weights_hash().map(hexadecimal),
    });
    Description {
        taxonomy: names.join("; "),
        labelled_by: labelled_by.collect(),
        taxonomy_blake3: hash.to_hex().to_string(),
        priorities: priorities.collect(),
        ..Description::default()
    }
}
