use super::{
    MAX_AMONG, MAX_BYTES, MAX_CLAUSES, MAX_DEPTH, MAX_NEAR_WORDS, MAX_PATTERNS, MAX_WEIGHT,
};
use onrecord_model::{CivilDate, DateError, Span};
use onrecord_text::MAX_ARRANGED;

/// Why a query was not understood, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct ParseError {
    /// The part of the query that is at fault, in bytes, on character boundaries; empty where
    /// something is missing.
    pub span: Span,
    /// What is wrong with it.
    pub kind: ErrorKind,
}

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    /// Nothing but blanks.
    #[error("the query is empty")]
    Empty,
    /// Longer than [`MAX_BYTES`].
    #[error("the query has {n_bytes} bytes, more than the limit of {MAX_BYTES}")]
    TooLong {
        /// Its length.
        n_bytes: usize,
    },
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("groups and negations are nested more than {MAX_DEPTH} deep")]
    TooDeep,
    /// More than [`MAX_CLAUSES`] leaves.
    #[error("the query has more than {MAX_CLAUSES} words, phrases and field values")]
    TooManyClauses,
    /// `()`.
    #[error("the parentheses are empty")]
    EmptyGroup,
    /// `(a`.
    #[error("`(` is never closed")]
    UnclosedGroup,
    /// `a)`.
    #[error("`)` closes nothing")]
    UnopenedGroup,
    /// `"a`.
    #[error("the mark {open} is never closed")]
    UnclosedMark {
        /// The mark that opens.
        open: char,
        /// A mark that would close it.
        close: char,
    },
    /// `a”`.
    #[error("the mark {0} closes nothing")]
    UnopenedMark(char),
    /// `‘a b’`.
    #[error("a single mark ({0}) does not open a phrase")]
    SingleMark(char),
    /// `"..."`.
    #[error("there is no letter or digit between the marks")]
    EmptyPhrase,
    /// A word such as `---` or `&`.
    #[error("`{0}` holds no letter or digit")]
    NoToken(String),
    /// An operator at the start.
    #[error("nothing stands before `{0}`")]
    NothingBefore(&'static str),
    /// An operator at the end.
    #[error("nothing stands after `{0}`")]
    NothingAfter(&'static str),
    /// `a AND OR b`.
    #[error("`{second}` follows `{first}` with nothing between")]
    DoubleOperator {
        /// The operator before.
        first: &'static str,
        /// The operator at fault.
        second: &'static str,
    },
    /// An operator's name where a word must stand, as in `-AND` or `2010 TO 2012`.
    #[error("`{0}` is an operator, and has no meaning here")]
    Reserved(&'static str),
    /// `- a`.
    #[error("`{0}` stands alone")]
    LoneSign(char),
    /// `--a`.
    #[error("there is more than one sign before a word")]
    DoubleSign,
    /// `–a`, with a dash where a hyphen-minus would exclude.
    #[error("`{0}` is a dash, not a minus sign")]
    DashSign(char),
    /// `+a AND b`, `+a OR b`, `NOT +a`.
    #[error("`+` cannot stand beside AND, OR or NOT")]
    PlusBesideOperator,
    /// `title:(+a b)`.
    #[error("`+` cannot stand in the parentheses of a field")]
    PlusInField,
    /// `a(b)` or `"a"b`.
    #[error("`{0}` touches what stands before it")]
    Touching(char),
    /// A full-width form of a character that would be an operator.
    #[error("`{0}` is a full-width character")]
    FullWidth(char),
    /// An operator of other languages, or a character that is none.
    #[error("`{written}` has no meaning here")]
    NoMeaning {
        /// What is written.
        written: &'static str,
        /// What to write instead.
        instead: &'static str,
    },
    /// A name before a colon that is not a field.
    #[error("unknown field `{name}:`")]
    UnknownField {
        /// The name as written.
        name: String,
        /// The field most likely meant.
        suggestion: Option<&'static str>,
    },
    /// `title:(speaker:a)`.
    #[error("`{0}:` stands inside another field")]
    NestedField(String),
    /// `:a`.
    #[error("nothing stands before `:`")]
    NoField,
    /// `title:` or `title: a`.
    #[error("no value touches `{0}:`")]
    NoValue(&'static str),
    /// `=`, `="a"`, `=(a)` or `kind:=a`.
    #[error("`=` must stand before a word of the text, title, issuer, place or event")]
    NotExact,
    /// A value that the field does not have.
    #[error("`{value}` is not a value of `{field}:`")]
    UnknownValue {
        /// The field's name.
        field: &'static str,
        /// The value as written.
        value: String,
        /// What values there are.
        choices: String,
    },
    /// Not a date.
    #[error(transparent)]
    Date(DateError),
    /// Brackets that do not hold `from TO to`.
    #[error("a range holds two dates and TO between them")]
    RangeForm,
    /// `date:[* TO *]`.
    #[error("the range has neither a start nor an end")]
    RangeOpen,
    /// `date:[2012 TO 2010]`.
    #[error("the range ends on {to}, before it starts on {from}")]
    RangeReversed {
        /// Its start.
        from: CivilDate,
        /// Its end.
        to: CivilDate,
    },
    /// `*` that touches no letter.
    #[error("`*` touches no letter")]
    LoneWildcard,
    /// `why?`.
    #[error("`?` stands at the end of a word")]
    TrailingMark,
    /// `kind:spee*`.
    #[error("`{0}:` takes no patterns")]
    PatternInField(&'static str),
    /// `=secur*`.
    #[error("`=` stands before a pattern")]
    ExactPattern,
    /// `~1` or `^2` that touches no word.
    #[error("`{0}` touches no word before it")]
    LoneSuffix(char),
    /// `word~` or `word~3`.
    #[error("`~` behind a word needs a 1 or a 2")]
    FuzzyNumber,
    /// `wo*d~1`.
    #[error("`~` stands behind a pattern")]
    FuzzyPattern,
    /// `cyber-security~1`.
    #[error("`~` stands behind more than one word")]
    FuzzyWords,
    /// `UN~1`.
    #[error("the word is too short for `~`")]
    FuzzyShort,
    /// `"a b"~` or `"a b"~1000`.
    #[error("`~` behind a phrase needs a number, {MAX_AMONG} at most")]
    NearNumber,
    /// `"a"~3`.
    #[error("there are not two words between the marks")]
    NearSingle,
    /// Too many words near each other.
    #[error("there are more than {MAX_NEAR_WORDS} words between the marks")]
    NearWords,
    /// `/a`.
    #[error("`/` opens a regular expression that is never closed")]
    UnclosedRegex,
    /// `//`.
    #[error("there is nothing between the slashes")]
    EmptyRegex,
    /// `/a b/`.
    #[error("there is a blank in a regular expression, which is of one word")]
    RegexBlank,
    /// Not a regular expression.
    #[error("the regular expression cannot be understood: {0}")]
    Regex(String),
    /// `word^` or `word^0`.
    #[error("`^` needs a number above 0, {MAX_WEIGHT} at most")]
    WeightNumber,
    /// `word^2^3`.
    #[error("a weight stands behind a weight")]
    WeightTwice,
    /// `speaker:a^2`.
    #[error("the value of a field has no rank that could be weighed")]
    WeightOfValue,
    /// `-word^2`.
    #[error("what is excluded has no rank that could be weighed")]
    WeightExcluded,
    /// More than [`MAX_PATTERNS`] patterns.
    #[error("the query has more than {MAX_PATTERNS} patterns")]
    TooManyPatterns,
    /// `in:(quote OR title) word`.
    #[error("`in:quote` stands beside OR, and words beside that")]
    QuoteInGroup,
    /// `in:quote (word OR kind:speech)`.
    #[error("words and field values are mixed beside `in:quote`")]
    QuoteMixed,
    /// Not what the corpus query language has.
    #[error("{0}")]
    Cql(CqlError),
}

/// What is wrong with a query in the corpus query language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CqlError {
    /// Neither `[`, nor `"`, nor `within`.
    #[error("a word is written [word=\"…\"], [stem=\"…\"], \"…\" or []")]
    Token,
    /// `[` without `]`.
    #[error("`[` is never closed")]
    Unclosed,
    /// `[lemma="x"]`.
    #[error("a word has `word` and `stem`, nothing else")]
    Attribute,
    /// `[word=x]`.
    #[error("a value stands in marks, behind `=`")]
    Value,
    /// `{3,1}`, `{0}` or `{1,100}`.
    #[error("how often is written {{n}} or {{n,m}}, with 1 to {MAX_ARRANGED} for the most")]
    Times,
    /// Something else than `within s` at the end.
    #[error("only `within s` may stand behind the words")]
    Within,
    /// Nothing but `[]`, or all may be left out.
    #[error("no certain word must be there")]
    NoWord,
    /// `"x" %d`.
    #[error("only `%c` may stand behind a value")]
    Flag,
    /// More words than an arrangement has.
    #[error("the sequence may have more than {MAX_ARRANGED} words")]
    TooLong,
}

impl ErrorKind {
    /// Returns what to write instead.
    pub fn hint(&self) -> String {
        let hint = match self {
            Self::Empty => "write at least one word",
            Self::TooLong { .. } | Self::TooManyClauses => "ask in several queries",
            Self::TooDeep | Self::EmptyGroup => "leave out parentheses",
            Self::UnclosedGroup => "add `)`, or put the text in marks",
            Self::UnopenedGroup => "leave it out, or put the text in marks",
            Self::UnclosedMark { close, .. } => return format!("close it with {close}"),
            Self::UnopenedMark(_) => "open the phrase with \" “ „ or «, or leave the mark out",
            Self::SingleMark(_) => "write a phrase as \"…\", or leave the mark out",
            Self::EmptyPhrase => "write at least one word between them",
            Self::NoToken(written) => hint_for_symbols(written),
            Self::NothingBefore(name) | Self::NothingAfter(name) | Self::Reserved(name) => {
                return hint_for_operator(name);
            }
            Self::DoubleOperator { .. } => "leave one of them out",
            Self::LoneSign('+') => "it must touch what it requires, as in +treaty",
            Self::LoneSign(_) => "it must touch what it excludes, as in -draft; leave a dash out",
            Self::DoubleSign => "leave one sign; options of the command stand before `--`",
            Self::DashSign(_) => "write -word to exclude a word; leave a dash out",
            Self::PlusBesideOperator => {
                "leave `+` out, or put what belongs together in parentheses"
            }
            Self::PlusInField => "write AND between the values that must all be there",
            Self::Touching(_) => "put a blank between them, or the whole text in marks",
            Self::FullWidth(_) => "write the plain character, or put the text in marks",
            Self::NoMeaning { instead, .. } => instead,
            Self::UnknownField { name, suggestion } => {
                return hint_for_field(name, *suggestion);
            }
            Self::NestedField(_) => "close the parentheses first, or put the text in marks",
            Self::NoField => "leave it out, or put the text in marks",
            Self::NoValue(_) => "write the value right after the colon, without a blank",
            Self::NotExact => "write =word or title:=word; a phrase is exact without it",
            Self::UnknownValue { choices, .. } => return choices.clone(),
            Self::Date(_) | Self::RangeForm | Self::RangeOpen => {
                "a range is written date:[2010 TO 2012-06], date:[2010 TO *] or date:[* TO 2012]"
            }
            Self::RangeReversed { from, to } => {
                return format!("write date:[{to} TO {from}]");
            }
            Self::LoneWildcard => {
                "it stands for letters of a word, as in secur*; for words among others write \
                 \"cyber norms\"~5"
            }
            Self::TrailingMark => "leave it out; for one letter more write /word./",
            Self::PatternInField("source") => {
                "a part of the path is enough; put a path that holds such characters in marks"
            }
            Self::PatternInField("date") => "write a range, such as date:[2010 TO 2019]",
            Self::PatternInField(_) => "write the value in full",
            Self::ExactPattern => "leave `=` out: patterns are of words as they are written",
            Self::LoneSuffix(_) => "write defence~1, \"cyber norms\"~5, treaty^2",
            Self::FuzzyNumber => {
                "defence~1 finds words that differ by one letter, defence~2 by two; words near \
                 each other are written \"cyber norms\"~5"
            }
            Self::FuzzyPattern => "leave one of the two out",
            Self::FuzzyWords => {
                "write each word on its own, or \"cyber security\"~0 for words beside each other"
            }
            Self::FuzzyShort => "~1 needs 3 letters, ~2 needs 5; list spellings with OR",
            Self::NearNumber | Self::NearSingle => {
                "\"cyber norms\"~5 finds both words with 5 others among them at most"
            }
            Self::NearWords => "leave some out, or ask for the words side by side",
            Self::UnclosedRegex => "close it with /, or put a text with a slash in marks",
            Self::EmptyRegex => "write an expression for a whole word, such as /cyb.*/",
            Self::RegexBlank => "write several words side by side; put other text in marks",
            Self::Regex(_) => "it must match a whole word, such as /cyb.*/",
            Self::WeightNumber => {
                "treaty^2 counts twice, treaty^0.5 half; weights within each other multiply"
            }
            Self::WeightTwice => "write one of them, or their product",
            Self::WeightOfValue | Self::WeightExcluded => "leave `^` out",
            Self::TooManyPatterns => "ask in several queries",
            Self::QuoteInGroup => "write in:quote right beside the words: in:quote cyber",
            Self::QuoteMixed => "put field values outside of the parentheses",
            Self::Cql(_) => "such as [word=\"cyber.*\"] []{0,3} [stem=\"norms\"] within s",
        };
        hint.to_owned()
    }
}

fn hint_for_symbols(written: &str) -> &'static str {
    match written {
        "&" | "&&" => "write AND",
        "|" | "||" => "write OR",
        "!" => "write NOT",
        _ => "leave it out: punctuation is not searched",
    }
}

fn hint_for_operator(name: &str) -> String {
    if name == "TO" {
        return "write a range as date:[2010 TO 2012]; for the word, write `to`".to_owned();
    }
    format!("for the word, write `{}`", name.to_lowercase())
}

fn hint_for_field(name: &str, suggestion: Option<&str>) -> String {
    suggestion.map_or_else(
        || {
            format!(
                "the fields are speaker, quoted, priority, kind, date, title, issuer, place, event, lang, \
                 source, doc and in; if `{name}:` is text, put it in marks"
            )
        },
        |field| format!("did you mean `{field}:`?"),
    )
}
