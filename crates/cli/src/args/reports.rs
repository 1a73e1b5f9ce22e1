use super::{Output, named};
use clap::builder::TypedValueParser;
use clap::{Args as ClapArgs, Subcommand};
use onrecord_model::{CivilDate, QuoteKind};
use onrecord_query::{
    CompareRequest, CorpusRequest, CoverageRequest, GroupBy, LabelsRequest, Measure, NamedPart,
    OverviewRequest, PrioritiesRequest, QuotesRequest,
};
use onrecord_report::{CheckReport, Report as Question};
use std::convert::Infallible;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Report {
    #[command(flatten)]
    Make(ReportKind),
    /// Make a report again by its manifest: the same bytes, or what changed
    Rerun(ReportRerun),
    /// Make all reports that `onrecord.toml` lists under `[[report]]`
    All(ReportAll),
    /// List the columns of the reports: units and meaning
    Columns(ReportColumnsOf),
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReportKind {
    /// Count mentions, passages and documents for each group and priority
    Priorities(Priorities),
    /// List every mention with the words and the rule behind it
    Mentions(OfLabels),
    /// List every label of a passage, those without mentions too, with its score and what gave it
    Labels(OfLabels),
    /// List every quotation and who said it
    Quotes(OfQuotes),
    /// List the priorities that groups did not mention, and whether that says anything
    Coverage(Coverage),
    /// Compare two speakers, periods or other parts: rates, intervals, and the words that differ
    Compare(Compare),
    /// Say what is in the corpus: documents, words, dates, gaps, files that could not be read
    Corpus(Corpus),
    /// Check the quotations of drafts, or of all drafts in folders and the folders in them
    Check(OfDrafts),
    /// Draw a page: summary, timeline, heat map, bars, and the passages behind each figure
    Overview(Overview),
}

/// Reads a grouping by its name; one that is not known is that of a field of the documents.
pub(super) fn grouping() -> impl TypedValueParser<Value = GroupBy> {
    |written: &str| Ok::<GroupBy, Infallible>(GroupBy::from_name(written))
}

/// A report to be made: its question and its form.
#[derive(Debug)]
pub(crate) struct Making<'a> {
    pub(crate) question: Question,
    pub(crate) form: &'a ReportOutput,
    /// The folder that charts go to.
    pub(crate) svg: Option<&'a PathBuf>,
}

/// Where the rows of a report go, and how.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(crate) struct ReportOutput {
    /// Write only these columns, in this order, between commas; `onrecord report columns` lists them
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What is grouped by, and in which parts.
#[derive(Clone, Debug, ClapArgs)]
pub(crate) struct Grouping {
    /// What to group by, several between commas, each with each: document, speaker, office, year,
    /// quarter, month, kind, language, issuer, place, event, or a field that the documents have;
    /// `none` for all in one group [default: speaker; with --part none]
    #[arg(long, value_name = "GROUPING", value_delimiter = ',', value_parser = grouping())]
    by: Vec<GroupBy>,
    /// Count in a part of the corpus with a name of its own; may be repeated, such as:
    /// --part 'North=speaker:vale' --part 'South=speaker:moss'
    #[arg(long, value_name = "NAME=QUERY")]
    part: Vec<NamedPart>,
}

impl Grouping {
    /// Returns the groupings that were asked for.
    fn by(&self) -> Option<Vec<GroupBy>> {
        (!self.by.is_empty()).then(|| self.by.clone())
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Priorities {
    #[command(flatten)]
    grouping: Grouping,
    /// Count only the passages that this query finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// Count copies and other transcripts of one speech once
    #[arg(long)]
    fold_duplicates: bool,
    /// One row for each group, with a column for each priority that holds this
    #[arg(long, value_name = "MEASURE", value_parser = named(Measure::ALL, Measure::name))]
    cross: Option<Measure>,
    /// List the passages and rules behind every cell instead of counting them
    #[arg(long, conflicts_with = "cross")]
    explode: bool,
    #[command(flatten)]
    form: ReportOutput,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct OfLabels {
    /// List only those of passages that this query finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// List only those of this priority, by its id or name
    #[arg(long, value_name = "PRIORITY")]
    priority: Option<String>,
    /// Count copies and other transcripts of one speech once: list the one that is counted
    #[arg(long)]
    fold_duplicates: bool,
    #[command(flatten)]
    form: ReportOutput,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct OfQuotes {
    /// List only the quotations in passages that this query finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// Only those in the words of a speaker of this name
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Only those of the words of a person or body of this name
    #[arg(long, value_name = "NAME")]
    quoted: Option<String>,
    /// Only those in passages with this priority, by its id or label
    #[arg(long, value_name = "PRIORITY")]
    priority: Option<String>,
    /// Only those in documents from this day, month or year on
    #[arg(long, value_name = "DATE")]
    since: Option<CivilDate>,
    /// Only those in documents up to this day, month or year
    #[arg(long, value_name = "DATE")]
    until: Option<CivilDate>,
    /// Only those of this kind
    #[arg(long, value_name = "KIND", value_parser = named(QuoteKind::ALL, QuoteKind::name))]
    kind: Option<QuoteKind>,
    #[command(flatten)]
    form: ReportOutput,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Coverage {
    #[command(flatten)]
    grouping: Grouping,
    /// Look only at the passages that this query finds, such as: date:2011
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// Count copies and other transcripts of one speech once
    #[arg(long)]
    fold_duplicates: bool,
    /// List what was mentioned too, and groups of which nothing is known
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    form: ReportOutput,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Compare {
    /// The query that finds the passages to look at, in quotes, such as: 'speaker:vale date:2011'
    #[arg(value_name = "QUERY_A", allow_hyphen_values = true)]
    a: String,
    /// The query that finds what they are compared with [default: all other speech]
    #[arg(value_name = "QUERY_B", allow_hyphen_values = true)]
    b: Option<String>,
    /// How many keywords of each part to list; 0 lists none
    #[arg(long, value_name = "N", default_value_t = CompareRequest::KEYWORDS)]
    keywords: usize,
    /// Count copies and other transcripts of one speech once, in each part for itself; not of keywords
    #[arg(long)]
    fold_duplicates: bool,
    #[command(flatten)]
    form: ReportOutput,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Corpus {
    /// Count only the passages that this query finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// List the documents behind every cell instead of counting them
    #[arg(long)]
    explode: bool,
    #[command(flatten)]
    form: ReportOutput,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct OfDrafts {
    /// The drafts, or folders of them
    #[arg(required = true, value_name = "PATH")]
    drafts: Vec<PathBuf>,
    /// A list of persons that goes over the public figures that are known; as for `index`
    #[arg(long, value_name = "FILE")]
    speakers: Option<PathBuf>,
    #[command(flatten)]
    form: ReportOutput,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Overview {
    /// Look only at the passages that this query finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// Count copies and other transcripts of one speech once
    #[arg(long)]
    fold_duplicates: bool,
    /// How many speakers to list, those with the most passages; 0 lists all
    #[arg(long, value_name = "N", default_value_t = 20)]
    speakers: usize,
    /// How many passages to show behind each figure; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 5)]
    passages: usize,
    /// Write the charts into this folder too, as SVG
    #[arg(long, value_name = "FOLDER")]
    svg: Option<PathBuf>,
    #[command(flatten)]
    form: ReportOutput,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReportRerun {
    /// The manifest that was written beside the report: NAME.manifest.json
    #[arg(value_name = "MANIFEST")]
    pub(crate) manifest: PathBuf,
    /// Write the report to this file, whether it is the same or not; `-` is standard output
    /// [default: its own file, if that is gone and the report is the same]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReportAll {
    /// Make only the reports of these names
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReportColumnsOf {
    /// Only those of this report
    #[arg(value_name = "REPORT")]
    pub(crate) report: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl ReportKind {
    /// Returns the report that is to be made.
    pub(crate) fn making(&self) -> Making<'_> {
        let mut svg = None;
        let (question, form) = match self {
            Self::Priorities(args) => (args.question(), &args.form),
            Self::Mentions(args) => (Question::Mentions(args.request()), &args.form),
            Self::Labels(args) => (Question::Labels(args.request()), &args.form),
            Self::Quotes(args) => (args.question(), &args.form),
            Self::Coverage(args) => (args.question(), &args.form),
            Self::Compare(args) => (args.question(), &args.form),
            Self::Corpus(args) => (args.question(), &args.form),
            Self::Check(args) => (args.question(), &args.form),
            Self::Overview(args) => {
                svg = args.svg.as_ref();
                (args.question(), &args.form)
            }
        };
        Making { question, form, svg }
    }
}

impl Priorities {
    fn question(&self) -> Question {
        Question::Priorities(PrioritiesRequest {
            by: self.grouping.by(),
            parts: self.grouping.part.clone(),
            query: self.query.clone(),
            fold_duplicates: self.fold_duplicates,
            cross: self.cross,
            explode: self.explode,
        })
    }
}

impl OfLabels {
    fn request(&self) -> LabelsRequest {
        LabelsRequest {
            query: self.query.clone(),
            priority: self.priority.clone(),
            fold_duplicates: self.fold_duplicates,
        }
    }
}

impl OfQuotes {
    fn question(&self) -> Question {
        Question::Quotes(QuotesRequest {
            query: self.query.clone(),
            speaker: self.speaker.clone(),
            quoted: self.quoted.clone(),
            priority: self.priority.clone(),
            since: self.since,
            until: self.until,
            kind: self.kind,
        })
    }
}

impl Coverage {
    fn question(&self) -> Question {
        Question::Coverage(CoverageRequest {
            by: self.grouping.by(),
            parts: self.grouping.part.clone(),
            query: self.query.clone(),
            fold_duplicates: self.fold_duplicates,
            all: self.all,
        })
    }
}

impl Compare {
    fn question(&self) -> Question {
        Question::Compare(CompareRequest {
            a: self.a.clone(),
            b: self.b.clone(),
            keywords: self.keywords,
            fold_duplicates: self.fold_duplicates,
        })
    }
}

impl Corpus {
    fn question(&self) -> Question {
        Question::Corpus(CorpusRequest { query: self.query.clone(), explode: self.explode })
    }
}

impl OfDrafts {
    fn question(&self) -> Question {
        Question::Check(CheckReport {
            drafts: self.drafts.clone(),
            speakers: self.speakers.clone(),
        })
    }
}

impl Overview {
    fn question(&self) -> Question {
        Question::Overview(OverviewRequest {
            query: self.query.clone(),
            fold_duplicates: self.fold_duplicates,
            speakers: self.speakers,
            passages: self.passages,
        })
    }
}
