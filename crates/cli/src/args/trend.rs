use super::{Output, named};
use clap::{Args as ClapArgs, ValueEnum};
use onrecord_query::TrendBy;
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
pub(crate) struct Trend {
    /// The query, in quotation marks where it has blanks, such as: "cyber norms speaker:vale";
    /// several queries are compared, one series each
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// What to group by
    #[arg(long, value_parser = named(TrendBy::ALL, TrendBy::name), default_value = "year")]
    pub(crate) by: TrendBy,
    /// Measure against the passages that this query finds, and count in them alone [default: those
    /// that meet the fields of each query, such as speaker: or date:]
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) base: Option<String>,
    /// Count copies and other transcripts of one speech once
    #[arg(long)]
    pub(crate) fold_duplicates: bool,
    /// The order of speakers or kinds [default: mentions]
    #[arg(long, value_enum)]
    pub(crate) sort: Option<TrendSort>,
    /// How many speakers or kinds to list [default: all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Draw a chart of bars below the table; a terminal gets one anyway
    #[arg(long, conflicts_with = "no_chart")]
    pub(crate) chart: bool,
    /// Draw no chart below the table
    #[arg(long)]
    pub(crate) no_chart: bool,
    /// Draw the chart into this file, too
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
    /// What the chart shows: the share of passages with its interval, or mentions per 1,000 words
    #[arg(long, value_enum, default_value = "share")]
    pub(crate) measure: TrendMeasure,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// The orders of speakers and kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TrendSort {
    /// Most mentions first
    Mentions,
    /// Most mentions per 1,000 words first, behind them those with fewer than 30 passages
    Rate,
    /// Most words first
    Words,
    /// By name
    Name,
}

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TrendMeasure {
    Share,
    Rate,
}
