//! The IRIs that taxonomies are said with.

/// The SKOS core vocabulary (W3C Recommendation, 18 August 2009).
macro_rules! skos {
    ($name:literal) => {
        concat!("http://www.w3.org/2004/02/skos/core#", $name)
    };
}

/// What rules say that SKOS has no words for.
macro_rules! onrecord {
    ($name:literal) => {
        concat!("urn:onrecord:", $name)
    };
}

/// Labels of SKOS eXtension for Labels, which have an IRI of their own.
pub(crate) const XL_PREF_LABEL: &str = "http://www.w3.org/2008/05/skos-xl#prefLabel";
pub(crate) const XL_FORM: &str = "http://www.w3.org/2008/05/skos-xl#literalForm";
pub(crate) const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
pub(crate) const RDFS_LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";
pub(crate) const DC_TITLE: &str = "http://purl.org/dc/elements/1.1/title";
pub(crate) const TITLE: &str = "http://purl.org/dc/terms/title";
pub(crate) const DESCRIPTION: &str = "http://purl.org/dc/terms/description";
pub(crate) const VERSION: &str = "http://www.w3.org/2002/07/owl#versionInfo";
pub(crate) const DECIMAL: &str = "http://www.w3.org/2001/XMLSchema#decimal";
pub(crate) const INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";
pub(crate) const BOOLEAN: &str = "http://www.w3.org/2001/XMLSchema#boolean";

pub(crate) const SCHEME: &str = skos!("ConceptScheme");
pub(crate) const CONCEPT: &str = skos!("Concept");
pub(crate) const IN_SCHEME: &str = skos!("inScheme");
pub(crate) const TOP_CONCEPT_OF: &str = skos!("topConceptOf");
pub(crate) const HAS_TOP_CONCEPT: &str = skos!("hasTopConcept");
pub(crate) const PREF_LABEL: &str = skos!("prefLabel");
pub(crate) const ALT_LABEL: &str = skos!("altLabel");
pub(crate) const HIDDEN_LABEL: &str = skos!("hiddenLabel");
pub(crate) const DEFINITION: &str = skos!("definition");
pub(crate) const SCOPE_NOTE: &str = skos!("scopeNote");
pub(crate) const BROADER: &str = skos!("broader");
pub(crate) const NARROWER: &str = skos!("narrower");

/// The type of a scheme whose rules are said in full.
pub(crate) const TAXONOMY: &str = onrecord!("Taxonomy");
/// The id of a concept, where neither its IRI nor its label tells it.
pub(crate) const ID: &str = onrecord!("id");
pub(crate) const LABEL_IS_TERM: &str = onrecord!("labelIsTerm");
pub(crate) const LIST_FACTOR: &str = onrecord!("listFactor");
pub(crate) const NAME_FACTOR: &str = onrecord!("nameFactor");
pub(crate) const NAME_WORD: &str = onrecord!("nameWord");
pub(crate) const LONG_PASSAGE: &str = onrecord!("longPassage");
pub(crate) const LONG_FACTOR: &str = onrecord!("longFactor");
pub(crate) const LIST: &str = onrecord!("list");
pub(crate) const LIST_NAME: &str = onrecord!("listName");
pub(crate) const GATE: &str = onrecord!("gate");
pub(crate) const THRESHOLD: &str = onrecord!("threshold");
pub(crate) const SHORT_PASSAGE: &str = onrecord!("shortPassage");
pub(crate) const EXCLUDE: &str = onrecord!("exclude");
pub(crate) const TERMS: &str = onrecord!("terms");
pub(crate) const PHRASE: &str = onrecord!("phrase");
pub(crate) const TERM: &str = onrecord!("term");
pub(crate) const EXACT: &str = onrecord!("exact");
pub(crate) const WEIGHT: &str = onrecord!("weight");
pub(crate) const NEAR: &str = onrecord!("near");
pub(crate) const WITHIN: &str = onrecord!("within");

/// What IRIs are shortened with that are said with these words.
pub(crate) const PREFIXES: [(&str, &str); 7] = [
    ("dct", "http://purl.org/dc/terms/"),
    ("onrecord", "urn:onrecord:"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];
