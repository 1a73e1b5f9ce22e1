use super::{Matching, Output};
use crate::command::{KWIC_COLUMNS, OfLine};
use clap::Args as ClapArgs;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use onrecord_query::kwic::{Context, SortKey};

#[derive(Debug, ClapArgs)]
pub(crate) struct Kwic {
    /// The query, as for `search`; each place that it matches is a line
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// What words side by side mean: all of them, or any
    #[arg(long = "match", value_enum, default_value = "all", value_name = "ALL|ANY")]
    pub(crate) matching: Matching,
    /// What lines are sorted by: L1 to L3 and R1 to R3, the words left and right of the match; node,
    /// date, speaker, document; with - before it from the last to the first
    #[arg(
        long,
        value_name = "KEYS",
        default_value = "date",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    pub(crate) sort: Vec<SortKey>,
    /// What is shown around a match: a number of words, sentence, 2-sentences for two more on either
    /// side, or paragraph; never more than the paragraph [default: what fits the terminal, else 10]
    #[arg(long, value_name = "CONTEXT")]
    pub(crate) context: Option<Context>,
    /// What stands beside each line, such as date,speaker,title [default: date,speaker; all in csv]
    #[arg(
        long,
        value_name = "COLUMNS",
        value_delimiter = ',',
        value_parser = column()
    )]
    pub(crate) columns: Vec<&'static OfLine>,
    /// Draw so many lines by chance; the same ones each time
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) sample: Option<u32>,
    /// What chance goes by: another number draws other lines
    #[arg(long, value_name = "SEED", default_value_t = 1, requires = "sample")]
    pub(crate) seed: u64,
    /// Print the line of this number alone, with its paragraph and its source
    #[arg(long, value_name = "N", conflicts_with_all = ["limit", "offset"], value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) line: Option<u32>,
    /// How many lines to print; 0 prints all
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub(crate) limit: usize,
    /// How many of the first lines to pass over
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) offset: usize,
    /// How wide a line of the table is [default: as the terminal, else 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=1000))]
    pub(crate) width: Option<u16>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Reads a column by its name; help and completions list the names.
fn column() -> impl TypedValueParser<Value = &'static OfLine> {
    PossibleValuesParser::new(KWIC_COLUMNS.iter().map(OfLine::name)).try_map(|written| {
        let column = KWIC_COLUMNS.iter().find(|column| column.name() == written);
        column.ok_or_else(|| format!("there is no column `{written}`"))
    })
}
