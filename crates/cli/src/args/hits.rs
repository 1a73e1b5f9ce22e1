use super::named;
use clap::Args as ClapArgs;
use onrecord_model::{CivilDate, DocumentKind};
use onrecord_query::{FacetField, Filters, GroupHits, Order};

/// What passages must meet beside a query.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(crate) struct Narrowing {
    /// Only what a speaker said whose name holds these words, whatever the query says
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Only in documents of this kind
    #[arg(long, value_name = "KIND", value_parser = named(DocumentKind::ALL, DocumentKind::name))]
    kind: Option<DocumentKind>,
    /// Only in documents from this day, month or year on: 2011-07-14, 2011-07, 2011
    #[arg(long, value_name = "DATE")]
    since: Option<CivilDate>,
    /// Only in documents up to this day, month or year
    #[arg(long, value_name = "DATE")]
    until: Option<CivilDate>,
}

impl Narrowing {
    /// Returns what must be met.
    pub(crate) fn filters(&self) -> Filters {
        let Self { speaker, kind, since, until } = self.clone();
        Filters { speaker, kind, since, until }
    }
}

/// What comes first among hits, what they are put together by, and what is counted.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(crate) struct Presentation {
    /// What comes first; passages without a date, speaker or title come last
    #[arg(long, value_parser = named(Order::ALL, Order::name), default_value = "relevance", value_name = "ORDER")]
    pub(crate) sort: Order,
    /// Print one hit for each document, or for each group of copies and other transcripts of one
    /// speech: the first of its passages, with how many there are
    #[arg(long, value_parser = named(GroupHits::ALL, GroupHits::name), value_name = "WHAT")]
    pub(crate) group_by: Option<GroupHits>,
    /// Count all hits by speaker, year, kind and priority
    #[arg(long)]
    facets: bool,
    /// Count all hits by these, parted by commas; issuer, place, language and block take longer
    #[arg(long, value_parser = named(FacetField::ALL, FacetField::name), value_delimiter = ',', value_name = "FIELD")]
    facet: Vec<FacetField>,
    /// How many values to print of each; 0 prints all [default: 10 in a table, else all]
    #[arg(long, value_name = "N")]
    facet_limit: Option<usize>,
}

/// How many values of a facet a person is shown.
const USUAL_FACETS: usize = 10;

impl Presentation {
    /// Returns what to count by.
    pub(crate) fn facet_fields(&self) -> Vec<FacetField> {
        let usual: &[FacetField] = if self.facets { &FacetField::USUAL } else { &[] };
        [usual, &self.facet].concat()
    }

    /// Returns how many values of each to return; 0 for all.
    pub(crate) fn facet_limit(&self, is_read_by_people: bool) -> usize {
        self.facet_limit.unwrap_or(if is_read_by_people { USUAL_FACETS } else { 0 })
    }
}
