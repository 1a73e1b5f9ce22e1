//! Questions to an index of speeches: one module per question.
//!
//! In comes a query as a person writes it; out comes what it means, then what the index answers.
//!
//! ```
//! use onrecord_model::Span;
//! use onrecord_query::parse::{Match, parse};
//!
//! let query = parse("cyber norms OR \"open Internet\"", Match::All).unwrap();
//! assert_eq!(query.to_string(), "cyber AND norms OR \"open Internet\"");
//!
//! let written = "speeker:vale norms";
//! let error = parse(written, Match::All).unwrap_err();
//! assert_eq!(error.span, Span::new(0, 8));
//! assert_eq!(
//!     error.render(written),
//!     "unknown field `speeker:`\n  speeker:vale norms\n  ^^^^^^^^\nhint: did you mean `speaker:`?"
//! );
//! ```

mod alerts;
mod asked;
mod base;
pub mod check;
mod cite;
mod cited;
mod collocates;
mod compare;
mod counts;
mod coverage;
mod dates;
mod doctor;
mod dump;
mod duplicates;
mod error;
mod explain;
mod explained_query;
mod find;
mod fingerprint;
mod folding;
mod found;
mod group_counts;
mod grouping;
mod highlight;
mod interval;
mod inventory;
mod keyness;
pub mod kwic;
mod labels;
mod leaves;
mod locate;
mod lower;
mod nothing;
mod nothing_narrowed;
mod overview;
pub mod parse;
mod periods;
pub mod prior;
mod question;
mod quotations;
mod quotes;
mod relevance;
mod reuse;
mod sample;
mod search;
mod show;
mod similar;
mod slices;
mod statistics;
mod surroundings;
mod tally;
mod taxonomy_diff;
mod trend;
mod words;

pub use alerts::{AlertRequest, Alerts, News, NewsHit, NewsTotals, Reported};
pub use cite::{Citations, CiteRequest, CiteResponse, Locator, TextQuoteSelector, citation, cite};
pub use cited::CitedWords;
pub use collocates::{
    CollocateRow, CollocateSort, CollocatesRequest, CollocatesResponse, Within, find_collocates,
};
pub use compare::{
    CompareRequest, CompareRow, ComparedItem, Comparison, MoreIn, SideCounts, compare,
};
pub use counts::{Measure, PrioritiesRequest, PriorityCounts, PriorityRow, count_priorities};
pub use coverage::{Coverage, CoverageRequest, CoverageRow, CoverageStatus, find_silence};
pub use doctor::{Check, DoctorRequest, Finding, Unread, examine};
pub use dump::{DocumentLine, dump};
pub use duplicates::{DuplicateGroups, Member};
pub use error::{QueryError, check_labels};
pub use explain::{ExplainedPassage, OneExplanation, explain, explain_text};
pub use explained_query::{ExplainedPart, ExplainedQuery, explain_query};
pub use find::{DiffPiece, FindHit, FindRequest, FindResponse, Finder, find};
pub use fingerprint::{Difference, Fingerprint, QUERY_LANGUAGE, take_fingerprint};
pub use found::FoundPassage;
pub use grouping::{GroupBy, groupings};
pub use highlight::Highlight;
pub use inventory::{
    CorpusCounts, CorpusDocument, CorpusPart, CorpusRequest, CorpusRow, list_documents,
    take_inventory,
};
pub use keyness::{
    ComparedPart, Key, KeynessRequest, KeynessResponse, KeynessRow, KeynessSort, SharedPassages,
    find_keywords,
};
pub use labels::{LabelRow, Labels, LabelsRequest, Mention, explode_priorities, find_labels};
pub use nothing::{NothingFound, PartCount, Relaxation};
pub use overview::{Figure, Overview, OverviewPassage, OverviewRequest, OverviewRow, look_over};
pub use quotes::{
    FoundNonQuote, FoundQuote, QuoteRow, Quotes, QuotesOfText, QuotesRequest, find_quotes,
    quotes_of_text,
};
pub use relevance::{
    FreeTextQuery, Judgements, QueryRelevance, RANKED_DOCUMENTS, RelevanceRequest,
    RelevanceResponse, measure_relevance, read_queries,
};
pub use reuse::{
    LineRequest, LineResponse, LineStart, LineUse, ParentLink, PassagesRequest, PassagesSummary,
    ReuseRow, ReusedPassages, ReusedPlace, Reusers, find_reused_passages, trace_line,
};
pub use sample::{Drawn, Sample, SampleRequest, SampledPassage, draw_sample};
pub use search::{
    Facet, FacetField, Facets, FieldFacets, Filters, GroupHits, HitGroup, Hits, Order, ScoreShare,
    SearchHit, SearchRequest, SearchResponse, Sorted, Totals, find_hits, search,
};
pub use show::{ShownDocument, ShownPassage, show};
pub use similar::{
    Relation, SharedTerm, SimilarHit, SimilarRequest, SimilarResponse, SimilarTo, find_similar,
};
pub use slices::NamedPart;
pub use surroundings::{ShownCaution, Surroundings};
pub use tally::{Counting, MAX_GRAM_WORDS, WordForm};
pub use taxonomy_diff::{ChangeRow, LabelChange, TaxonomyDiff};
pub use trend::{
    FEW_MENTIONS, FEW_PASSAGES, TrendBy, TrendCounts, TrendFlag, TrendOrder, TrendRequest,
    TrendResponse, TrendRow, TrendSeries, trend,
};
pub use words::{WordRow, WordsRequest, WordsResponse, list_words};
