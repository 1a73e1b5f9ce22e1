use super::Output;
use clap::Args as ClapArgs;
use onrecord_model::CivilDate;
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
pub(crate) struct Prior {
    /// The draft: .docx, .odt, .md, .html, .txt, or any other format that is read; - for standard
    /// input
    #[arg(value_name = "DRAFT")]
    pub(crate) draft: PathBuf,
    /// Look only at what a speaker said whose name holds these words, but for the sources of
    /// numbers and claims, which may be anyone's [default: anyone, what the draft's own speaker
    /// said first]
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,
    /// How many statements to print for a sentence, and sources for a claim
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=100))]
    pub(crate) limit: u16,
    /// Look only at what was said before this day, month or year: 2011-07-14, 2011-07, 2011
    /// [default: the date of the draft, if it has one]
    #[arg(long, value_name = "DATE")]
    pub(crate) before: Option<CivilDate>,
    /// Print only statements that differ from the draft in a number, a modal or a negation
    #[arg(long)]
    pub(crate) only_differing: bool,
    /// A list of persons that goes over the public figures that are known; as for `index`
    #[arg(long, value_name = "FILE")]
    pub(crate) speakers: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: Output,
}
