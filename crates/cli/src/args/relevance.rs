use super::Output;
use clap::Args as ClapArgs;
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
pub(crate) struct EvalSearch {
    /// The queries: JSON Lines with `_id` and `text`
    #[arg(value_name = "QUERIES.jsonl")]
    pub(crate) queries: PathBuf,
    /// What is relevant to them: fields parted by tabs, the first line `query-id corpus-id score`
    #[arg(value_name = "QRELS.tsv")]
    pub(crate) judgements: PathBuf,
    /// A row for each query, beside the means
    #[arg(long)]
    pub(crate) per_query: bool,
    /// Rank by BM25 over all words and nothing else, to compare with
    #[arg(long)]
    pub(crate) plain: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}
