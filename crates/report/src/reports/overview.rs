use crate::About;
use crate::overview::{OverviewPage, grouped};
use onrecord_query::{CorpusCounts, FEW_PASSAGES, Overview, OverviewRequest};

/// Makes a page of what was found; `about` says how it was made.
pub fn overview_page(request: &OverviewRequest, found: Overview, about: About) -> OverviewPage {
    let mut notes: Vec<String> = NOTES.map(str::to_owned).into();
    if found.n_documents_elsewhere > 0 {
        notes.push(format!(
            "{} documents of years far from all others are not in the timeline: onrecord doctor lists dates that may be wrong.",
            found.n_documents_elsewhere
        ));
    }
    if request.fold_duplicates {
        notes.push(format!(
            "{} documents are left out, because copies or other transcripts of the same speech stand for them.",
            found.folded_documents
        ));
    }
    OverviewPage {
        lead: lead(&about),
        folds_duplicates: request.fold_duplicates,
        title: about.title,
        summary: summary(&found.corpus, &found),
        facts: about.facts,
        is_whole: request.passages == 0,
        doubt: format!("fewer than {FEW_PASSAGES} passages"),
        notes,
        priorities: found.priorities,
        total: found.total,
        years: found.years,
        undated: found.undated,
        speakers: found.speakers,
        n_other_speakers: found.n_other_speakers,
        passages: found.passages,
    }
}

/// What holds of every page.
const NOTES: [&str; 3] = [
    "Only speech is counted: no headings, headers or notes. A passage may have several labels, so shares do not add up to 100 %.",
    "A passage may be labelled by learned weights alone, without a term that counted. It has no mentions then, and nothing in it is marked.",
    "A speaker is a name: one person under two names is two speakers. onrecord doctor lists names that may be one person's.",
];

/// Says what the page is of, below its title: the taxonomy and the query.
fn lead(about: &About) -> String {
    let named = |name: &str| {
        let values = about.facts.iter().filter(|(known, _)| known == name);
        values.map(|(_, value)| value.clone()).collect::<Vec<String>>()
    };
    let without_hash =
        |named: &String| named.rsplit_once(", ").map_or(named.clone(), |(name, _)| name.to_owned());
    let names: Vec<String> = named("Taxonomy").iter().map(without_hash).collect();
    let queries = named("Query").into_iter().map(|query| format!("passages found by {query}"));
    [names.join("; ")].into_iter().chain(queries).collect::<Vec<String>>().join(" · ")
}

/// Says what was looked at.
fn summary(corpus: &CorpusCounts, found: &Overview) -> Vec<(String, String)> {
    let date = |date: Option<onrecord_model::CivilDate>| {
        date.map_or_else(|| "none known".to_owned(), |date| date.to_string())
    };
    let n_mentions: u64 = found.total.figures.iter().map(|figure| figure.mentions).sum();
    [
        ("Documents", grouped(corpus.documents)),
        ("Passages of speech", grouped(corpus.passages)),
        ("Words of speech", grouped(corpus.words)),
        ("Speakers", grouped(corpus.speakers)),
        ("Earliest date", date(corpus.first_date)),
        ("Latest date", date(corpus.last_date)),
        ("Mentions of priorities", grouped(n_mentions)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}
