use super::Output;
use clap::Args as ClapArgs;
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
pub(crate) struct Similar {
    /// The id of the document that the passage is of, as `search` prints it
    #[arg(value_name = "DOCUMENT", required_unless_present = "text", requires = "passage")]
    pub(crate) document: Option<String>,
    /// The passage, counted from 0
    #[arg(long, value_name = "N")]
    pub(crate) passage: Option<u32>,
    /// Compare with the text of this file instead; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["document", "passage"])]
    pub(crate) text: Option<PathBuf>,
    /// Look only among the passages that this query finds, such as: -doc:ID speaker:vale
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: Option<String>,
    /// How many passages to print, 1 to 500
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(crate) limit: u16,
    /// What a passage must score, 0 to 1
    #[arg(long, default_value_t = 0.1, value_name = "SCORE", value_parser = parse_score)]
    pub(crate) min_score: f32,
    /// Take passages with the same words in copies and other transcripts of one speech as one, and
    /// leave out those with the words of the passage itself
    #[arg(long)]
    pub(crate) fold_duplicates: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

fn parse_score(written: &str) -> Result<f32, String> {
    let score = written.parse().ok().filter(|score| (0.0..=1.0).contains(score));
    score.ok_or_else(|| "write a number from 0 to 1, such as 0.25".to_owned())
}
