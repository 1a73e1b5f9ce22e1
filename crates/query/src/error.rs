use crate::parse::ParseError;
use onrecord_indexing::{IndexError, Reader};
use onrecord_model::{CivilDate, DocumentId};

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The query cannot be understood; the text is ready to be shown.
    #[error("{0}")]
    Parse(String),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Labels cannot be counted, because they are of two taxonomies.
    #[error(
        "the labels of the index are of two taxonomies: the run with the new one did not come to its end\nrun it again, with the same taxonomies and weights: onrecord relabel"
    )]
    TwoTaxonomies,
    /// All are to be one group, and parted too.
    #[error(
        "`none` stands alone: all in one group cannot be parted too\nleave out `none`, or the others"
    )]
    NoneBeside,
    /// A grouping is asked for twice.
    #[error("`{0}` is grouped by twice\nname it once")]
    GroupedTwice(String),
    /// A grouping is neither one of the program's, nor a field that a document has.
    #[error(
        "nothing can be grouped by `{name}`: it is no grouping, and no document has a field of this name\ngroupings: {known}\nfields of the documents: {given}"
    )]
    NoGrouping {
        /// What was asked for.
        name: String,
        /// The groupings that there are.
        known: String,
        /// The fields that documents have beside.
        given: String,
    },
    /// A priority is asked for that the index has not.
    #[error("there is no priority `{name}` in the index\nthere are: {known}")]
    NoPriority {
        /// What was asked for.
        name: String,
        /// The ids that there are.
        known: String,
    },
    /// Two columns of a report would have one name.
    #[error(
        "a grouping by `{0}` would make two columns of that name\ngive the field of the documents another name, or group by something else"
    )]
    TwoColumns(String),
    /// Two parts have one name.
    #[error("two parts are called `{0}`\ngive each a name of its own")]
    PartTwice(String),
    /// Quotations are asked for, and the index has none.
    #[error(
        "the index was built without quotations\nbuild another one without --no-quotes: onrecord index --index FOLDER PATH…"
    )]
    NoQuotes,
    /// A line to find has no word.
    #[error("the line has no word to look for")]
    NoWords,
    /// A text to compare with has no word that tells it from others.
    #[error(
        "the text has no word that tells it from others, to find passages like it by\ntake one that says more"
    )]
    NothingTelling,
    /// A text to compare with is too long.
    #[error(
        "the text has {n_words} words, {limit} at most are compared with passages\ntake a paragraph of it"
    )]
    LongText {
        /// How many words it has.
        n_words: usize,
        /// How many it may have.
        limit: usize,
    },
    /// A line to find is too long.
    #[error(
        "the line has {n_words} words, {limit} at most are looked for\ntake a sentence or two of it"
    )]
    LongLine {
        /// How many words it has.
        n_words: usize,
        /// How many it may have.
        limit: usize,
    },
    /// A query looks for no words, so nothing can stand near its matches.
    #[error(
        "the query looks for no words, so nothing can stand near them\nadd a word or a phrase: its neighbours are counted"
    )]
    NoMatches,
    /// There are more different n-grams than can be held.
    #[error(
        "there are more than {limit} different runs of {n_words} words that may occur {min_count} times\nask for a higher --min-count, for shorter runs, or of fewer passages by a query"
    )]
    TooManyGrams {
        /// How many words each has.
        n_words: usize,
        /// How often they were asked to occur.
        min_count: u64,
        /// How many can be held.
        limit: usize,
    },
    /// A name to narrow a search by has no word.
    #[error("`{0}` has no word of a name")]
    NoName(String),
    /// Nobody of a name speaks in the index.
    #[error(
        "nobody whose name holds `{0}` speaks in the index\nlist who does with: onrecord search --facet speaker QUERY"
    )]
    NobodyNamed(String),
    /// A stretch of days ends before it begins.
    #[error("the first day asked for, {since}, comes after the last, {until}")]
    DateOrder {
        /// The first day, month or year.
        since: CivilDate,
        /// The last.
        until: CivilDate,
    },
    /// There are too many words to find out which are used again.
    #[error(
        "the sources have {n_words} words, {limit} at most are compared\nname fewer by --against QUERY, such as a speaker's or those of some years"
    )]
    TooManyWords {
        /// How many words they have.
        n_words: u64,
        /// How many they may have.
        limit: u64,
    },
    /// A passage that a line's uses are to be seen from has none.
    #[error(
        "passage {passage} of {document} has no use of the line\nask without the passage to see all uses, or with less similarity"
    )]
    NotUsed {
        /// The document.
        document: DocumentId,
        /// The passage, counted from 0.
        passage: u32,
    },
    /// Words that were read cannot be found again.
    #[error(
        "words of {0} that are used again cannot be found there: the index does not hold what it held\nsee what is damaged with: onrecord verify"
    )]
    LostPlace(DocumentId),
    /// A passage or document is not written as one.
    #[error(
        "`{0}` names no document: write its id, 32 hexadecimal digits, as `onrecord search` shows it"
    )]
    DocumentName(String),
    /// A line of a file of queries or judgements is none.
    #[error("`{file}` line {line}: {reason}")]
    Line {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// The name of a judged document stands for two.
    #[error(
        "the judged document `{name}` is in `{first}` and in `{second}`\nindex the judged corpus alone: onrecord index --index FOLDER PATH"
    )]
    TwoDocuments {
        /// The name.
        name: String,
        /// Where one is.
        first: String,
        /// Where the other is.
        second: String,
    },
    /// No words stand where some are to be cited.
    #[error(
        "characters {start} to {end} hold no words: the document has {n_characters} characters, and a stretch ends behind its last one"
    )]
    Characters {
        /// The first character.
        start: u32,
        /// One past the last.
        end: u32,
        /// How many the document has.
        n_characters: u32,
    },
}

/// Checks that the index has quotations.
///
/// # Errors
/// When it was built without them.
pub(crate) fn check_quotes(reader: &Reader) -> Result<(), QueryError> {
    if reader.manifest().description.quotes { Ok(()) } else { Err(QueryError::NoQuotes) }
}

/// Checks that labels can be counted.
///
/// # Errors
/// When they are of two taxonomies, or what the index holds is not what was written.
pub fn check_labels(reader: &Reader) -> Result<(), QueryError> {
    if reader.manifest().description.is_mixed {
        return Err(QueryError::TwoTaxonomies);
    }
    Ok(reader.check_contents()?)
}

impl QueryError {
    pub(crate) fn parse(error: &ParseError, query: &str) -> Self {
        Self::Parse(error.render(query))
    }
}
