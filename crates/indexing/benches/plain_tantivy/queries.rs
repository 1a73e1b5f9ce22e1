use crate::Outcome;
use std::fmt;

/// How many passages an answer holds at most.
pub const TOP: usize = 10;

/// The committed list.
const LIST: &str = include_str!("../queries.txt");

/// The total of a query and the texts of the best passages.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub count: u64,
    pub texts: Vec<String>,
}

/// What a query asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Term,
    And,
    Or,
    Phrase,
    PhraseOfSpeaker,
}

impl Kind {
    pub const ALL: [Self; 5] =
        [Self::Term, Self::And, Self::Or, Self::Phrase, Self::PhraseOfSpeaker];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::And => "and",
            Self::Or => "or",
            Self::Phrase => "phrase",
            Self::PhraseOfSpeaker => "phrase+speaker",
        }
    }
}

/// One question for both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub kind: Kind,
    /// Folded words.
    pub words: Vec<String>,
    pub speaker: Option<String>,
}

impl Query {
    /// Reads the committed list.
    pub fn list() -> Outcome<Vec<Self>> {
        let lines = LIST.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        lines
            .map(|line| Self::parse(line).ok_or_else(|| format!("no query: {line}").into()))
            .collect()
    }

    fn parse(line: &str) -> Option<Self> {
        let mut columns = line.split('\t');
        let name = columns.next()?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name)?;
        let words = columns.next()?.split(' ').map(str::to_owned).collect();
        Some(Self { kind, words, speaker: columns.next().map(str::to_owned) })
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}", self.kind.name(), self.words.join(" "))?;
        self.speaker.as_ref().map_or(Ok(()), |speaker| write!(f, "\t{speaker}"))
    }
}
