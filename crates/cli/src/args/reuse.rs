use super::Output;
use clap::{Args as ClapArgs, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Reuse {
    /// List every use of a line in the order of time, each with the earlier one that it is nearest
    /// to
    Line(ReuseLine),
    /// List the passages that use words of other documents again, with the source of each
    Passages(ReusePassages),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReuseLine {
    /// The line, such as: we will not rest until the harbour is deep
    #[arg(value_name = "LINE", required_unless_present = "from")]
    pub(crate) line: Vec<String>,
    /// See the uses from the one in this document: what came before it and behind; without LINE
    /// the passage is the line
    #[arg(long, value_name = "DOCUMENT", requires = "passage")]
    pub(crate) from: Option<String>,
    /// The passage of that document, counted from 0
    #[arg(long, value_name = "N", requires = "from")]
    pub(crate) passage: Option<u32>,
    /// How alike the words of a use are to the line at least: 1 are the same words [default: 0.6,
    /// for a line of fewer than 8 words 0.75]
    #[arg(long, value_name = "0.3-1", value_parser = parse_similarity)]
    pub(crate) min_similarity: Option<f32>,
    /// Only uses in passages that this query finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: Option<String>,
    /// List the uses in copies and other transcripts of one speech each for itself
    #[arg(long)]
    pub(crate) keep_duplicates: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReusePassages {
    /// Whose words are looked at: the passages that this query finds, such as doc:ID [default: all]
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Look at the words of this draft instead: any format that is read; - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub(crate) draft: Option<PathBuf>,
    /// Only sources in the passages that this query finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) against: Option<String>,
    /// How many words must be the same
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(6..=2_000))]
    pub(crate) min_words: u16,
    /// Only what is another speaker's: both are known, and not the same
    #[arg(long, conflicts_with = "draft")]
    pub(crate) others: bool,
    /// Let copies and other transcripts of one speech take part each for itself
    #[arg(long)]
    pub(crate) keep_duplicates: bool,
    /// How many groups of reuses of the same words to print, the most telling; 0 prints all
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// The least similarity that may be asked for: below it two sentences are alike by their `the` and
/// `of`.
const LEAST: f32 = 0.3;

fn parse_similarity(written: &str) -> Result<f32, String> {
    match written.parse() {
        Ok(similarity) if (LEAST..=1.0).contains(&similarity) => Ok(similarity),
        Ok(_) | Err(_) => Err(format!("write a number from {LEAST} to 1, such as 0.6")),
    }
}
