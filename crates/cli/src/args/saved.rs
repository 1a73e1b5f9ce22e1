use super::{Matching, Narrowing, Output};
use clap::{Args as ClapArgs, Subcommand};

#[derive(Debug, ClapArgs)]
pub(crate) struct Save {
    /// The name: small letters, digits, hyphens and underscores, as in harbour-2030
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// The query, as for `search`
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// What words side by side mean: all of them, or any
    #[arg(long = "match", value_enum, default_value = "all", value_name = "ALL|ANY")]
    pub(crate) matching: Matching,
    #[command(flatten)]
    pub(crate) narrowing: Narrowing,
    /// Let `alerts` report what is found now, too; else that is taken as known
    #[arg(long)]
    pub(crate) from_start: bool,
    /// Replace the query that has this name; what was reported stays so
    #[arg(long)]
    pub(crate) replace: bool,
}

#[derive(Debug, ClapArgs)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Saved {
    #[command(subcommand)]
    pub(crate) command: Option<SavedCommand>,
    #[command(flatten)]
    pub(crate) list: SavedList,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SavedCommand {
    /// List all saved queries, as without a command
    List(SavedList),
    /// List one
    Show(SavedShow),
    /// Remove one, and what is known of what it reported
    Remove(SavedName),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SavedList {
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SavedShow {
    #[command(flatten)]
    pub(crate) name: SavedName,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SavedName {
    /// The name of a saved query
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Alerts {
    /// Only of these saved queries
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// List what was reported before, too
    #[arg(long)]
    pub(crate) all: bool,
    /// List without taking note of it: the next run lists it again
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Take note of all that is found as reported, without listing it
    #[arg(long, conflicts_with_all = ["all", "dry_run"])]
    pub(crate) mark_seen: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}
