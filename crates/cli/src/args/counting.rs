use super::{Output, named};
use clap::Args as ClapArgs;
use clap::builder::TypedValueParser;
use onrecord_query::{CollocateSort, Counting, Key, KeynessSort, MAX_GRAM_WORDS, Within, WordForm};

/// What is counted as one word.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub(crate) struct OfWords {
    /// Count stems, so that `network` and `networks` are one
    #[arg(long)]
    pub(crate) stems: bool,
    /// Leave out function words such as `of`, and runs that begin or end with one
    #[arg(long)]
    pub(crate) content: bool,
}

impl OfWords {
    /// Returns the form of the words.
    pub(crate) const fn form(self) -> WordForm {
        if self.stems { WordForm::Stem } else { WordForm::Folded }
    }

    fn counting(self, n_words: u8, min_count: u64) -> Counting {
        let content_only = self.content;
        Counting { form: self.form(), n_words: usize::from(n_words), content_only, min_count }
    }
}

/// Reads how many words a run has.
fn gram_words() -> impl TypedValueParser<Value = u8> {
    clap::value_parser!(u8).range(1..=MAX_GRAM_WORDS as i64)
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Words {
    /// Count in the passages that this query finds, such as: speaker:vale date:2011 [default: all]
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Count runs of this many words instead of single words, 1 to 5
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = gram_words())]
    pub(crate) ngrams: u8,
    #[command(flatten)]
    pub(crate) of: OfWords,
    /// Leave out what occurs less often [default: 1, of runs of words 2]
    #[arg(long, value_name = "N")]
    pub(crate) min_count: Option<u64>,
    /// How many rows to print; 0 prints all
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Words {
    /// Returns what is counted.
    pub(crate) fn counting(&self) -> Counting {
        let usual = if self.ngrams > 1 { 2 } else { 1 };
        self.of.counting(self.ngrams, self.min_count.unwrap_or(usual))
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Keyness {
    /// The query that finds the passages to look at, in quotes, such as: 'speaker:vale date:2011'
    #[arg(value_name = "QUERY_A")]
    pub(crate) a: String,
    /// The query that finds what they are compared with [default: all other speech]
    #[arg(value_name = "QUERY_B")]
    pub(crate) b: Option<String>,
    /// Compare runs of this many words instead of single words, 1 to 5
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = gram_words())]
    pub(crate) ngrams: u8,
    #[command(flatten)]
    pub(crate) of: OfWords,
    /// Leave out what occurs less often, in both parts together
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub(crate) min_count: u64,
    /// What comes first: g2 is the evidence for a difference, log-ratio how large it is
    #[arg(long, default_value = "g2", value_name = "MEASURE", value_parser = named(KeynessSort::ALL, KeynessSort::name))]
    pub(crate) sort: KeynessSort,
    /// Print only what is more frequent in A (positive), in B (negative), or in neither (same)
    #[arg(long, value_name = "KEY", value_parser = named(Key::ALL, Key::name))]
    pub(crate) only: Option<Key>,
    /// How many rows of each key to print; 0 prints all
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Keyness {
    /// Returns what is counted.
    pub(crate) fn counting(&self) -> Counting {
        self.of.counting(self.ngrams, self.min_count)
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Collocates {
    /// The query whose matches are looked around, such as: harbour speaker:vale
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// How many words to either side are near
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=100))]
    pub(crate) window: u8,
    /// Where a window ends at the latest
    #[arg(long, default_value = "paragraph", value_name = "PLACE", value_parser = named(Within::ALL, Within::name))]
    pub(crate) within: Within,
    #[command(flatten)]
    pub(crate) of: OfWords,
    /// Leave out words that stand near less often
    #[arg(long, default_value_t = 3, value_name = "N")]
    pub(crate) min_count: u64,
    /// What comes first
    #[arg(long, default_value = "log-dice", value_name = "MEASURE", value_parser = named(CollocateSort::ALL, CollocateSort::name))]
    pub(crate) sort: CollocateSort,
    /// How many rows to print; 0 prints all
    #[arg(long, default_value_t = 30, value_name = "N")]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) output: Output,
}
