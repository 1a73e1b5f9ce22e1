use super::Report;
use crate::About;
use onrecord_query::{Fingerprint, GroupBy, NamedPart, groupings};

/// Says what a report is and how it was made: its title, its question, and what it was asked of.
///
/// `documents` is how many the index holds, `tool` the version of the program.
pub fn about(report: &Report, fingerprint: &Fingerprint, documents: u64, tool: &str) -> About {
    let mut facts: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, value: String| facts.push((name.to_owned(), value));
    add("Report", report.kind().to_owned());
    for (name, value) in asked(report) {
        add(name, value);
    }
    let hash = |hash: &str| hash.chars().take(16).collect::<String>();
    if fingerprint.labelled_by.is_empty() {
        let (name, labels) = (&fingerprint.taxonomy, hash(&fingerprint.labels_blake3));
        add("Taxonomy", format!("{name}, {labels}"));
    }
    for source in &fingerprint.labelled_by {
        add("Taxonomy", format!("{}, {}", source.taxonomy, hash(&source.taxonomy_blake3)));
        if let Some(weights) = &source.weights_blake3 {
            add("Weights", hash(weights));
        }
    }
    let (n_files, corpus) = (fingerprint.n_files, hash(&fingerprint.corpus_blake3));
    add("Corpus", format!("{documents} documents of {n_files} files, {corpus}"));
    add("Program", format!("onrecord {tool}"));
    About { title: title(report), facts }
}

fn title(report: &Report) -> String {
    match report {
        Report::Priorities(request) => {
            let of = if request.explode { "Passages behind the priorities" } else { "Priorities" };
            let of = match request.cross {
                Some(measure) => format!("{of}: {}", measure.name()),
                None => of.to_owned(),
            };
            by(&of, request.by.as_deref(), &request.parts)
        }
        Report::Mentions(_) => "Mentions of priorities".to_owned(),
        Report::Labels(_) => "Labels of passages".to_owned(),
        Report::Quotes(_) => "Quotations".to_owned(),
        Report::Coverage(request) if request.all => {
            by("What was mentioned and what was not", request.by.as_deref(), &request.parts)
        }
        Report::Coverage(request) => {
            by("What was not mentioned", request.by.as_deref(), &request.parts)
        }
        Report::Compare(request) => {
            format!("{} compared with {}", request.a, request.b.as_deref().unwrap_or("all others"))
        }
        Report::Corpus(request) if request.explode => "The documents of the corpus".to_owned(),
        Report::Corpus(_) => "What is in the corpus".to_owned(),
        Report::Check(_) => "Quotations of drafts".to_owned(),
        Report::Overview(_) => "Priorities at a glance".to_owned(),
    }
}

/// Says by what something is grouped.
fn by(what: &str, asked: Option<&[GroupBy]>, parts: &[NamedPart]) -> String {
    let part = (!parts.is_empty()).then_some("part");
    let groupings = groupings(asked, parts);
    let names: Vec<&str> = part.into_iter().chain(groupings.iter().map(GroupBy::name)).collect();
    if names.is_empty() { what.to_owned() } else { format!("{what}, by {}", names.join(" and ")) }
}

/// What was asked beside the kind, each by its name.
type Asked = Vec<(&'static str, String)>;

/// Lists what was asked, as far as it is not as usual.
fn asked(report: &Report) -> Asked {
    let mut asked = Asked::new();
    match report {
        Report::Priorities(request) => {
            asked.extend(of_parts(&request.parts));
            asked.extend(of_query(request.query.as_deref(), request.fold_duplicates));
        }
        Report::Mentions(request) | Report::Labels(request) => {
            asked.extend(request.priority.clone().map(|name| ("Priority", name)));
            asked.extend(of_query(request.query.as_deref(), request.fold_duplicates));
        }
        Report::Coverage(request) => {
            asked.extend(of_parts(&request.parts));
            asked.extend(of_query(request.query.as_deref(), request.fold_duplicates));
        }
        Report::Compare(request) => {
            let b = request.b.clone().unwrap_or_else(|| "all other speech".to_owned());
            asked.extend([("A", request.a.clone()), ("B", b)]);
            asked.extend(of_query(None, request.fold_duplicates));
        }
        Report::Quotes(request) => {
            asked.extend(of_query(request.query.as_deref(), false));
            asked.extend(request.speaker.clone().map(|name| ("Speaker", name)));
            asked.extend(request.quoted.clone().map(|name| ("Quoted", name)));
            asked.extend(request.priority.clone().map(|name| ("Priority", name)));
            asked.extend(request.since.map(|date| ("Since", date.to_string())));
            asked.extend(request.until.map(|date| ("Until", date.to_string())));
            asked.extend(request.kind.map(|kind| ("Kind of quotation", kind.name().to_owned())));
        }
        Report::Corpus(request) => asked.extend(of_query(request.query.as_deref(), false)),
        Report::Check(request) => {
            asked.extend(request.drafts.iter().map(|draft| ("Draft", draft.display().to_string())));
            let persons = request.speakers.as_ref();
            asked.extend(persons.map(|file| ("List of persons", file.display().to_string())));
        }
        Report::Overview(request) => {
            asked.extend(of_query(request.query.as_deref(), request.fold_duplicates));
        }
    }
    asked
}

fn of_parts(parts: &[NamedPart]) -> impl Iterator<Item = (&'static str, String)> + '_ {
    parts.iter().map(|part| ("Part", String::from(part.clone())))
}

fn of_query(query: Option<&str>, fold_duplicates: bool) -> Asked {
    let query = query.map(|query| ("Query", query.to_owned()));
    let folded = ("Duplicates", "copies of one speech count once".to_owned());
    query.into_iter().chain(fold_duplicates.then_some(folded)).collect()
}
