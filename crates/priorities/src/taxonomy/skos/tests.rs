use super::graph::Graph;
use super::{RdfFormat, read, write};
use crate::taxonomy::file::TaxonomyFile;
use crate::taxonomy::writer;
use crate::{ImportFormat, ImportOptions, Taxonomy};
use oxrdf::Triple;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn import(text: &str) -> String {
    let import = Taxonomy::import(
        text,
        ImportFormat::Skos(RdfFormat::Turtle),
        "t.ttl",
        &ImportOptions::default(),
    );
    import.unwrap_or_else(|error| panic!("{error}\n{text}")).toml
}

fn refused(text: &str) -> String {
    let import = Taxonomy::import(
        text,
        ImportFormat::Skos(RdfFormat::Turtle),
        "t.ttl",
        &ImportOptions::default(),
    );
    import.err().unwrap_or_else(|| panic!("accepted: {text}")).to_string()
}

fn triples(text: &str, format: RdfFormat) -> BTreeSet<String> {
    let graph = Graph::read(text, format).unwrap_or_else(|problem| panic!("{problem:?}\n{text}"));
    graph.triples().iter().map(Triple::to_string).collect()
}

const PREFIXES: &str = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix : <http://example.org/sea/> .\n";

const THESAURUS: &str = r#"
<http://example.org/sea> a skos:ConceptScheme ;
    dct:title "Coastal topics"@en, "Thèmes côtiers"@fr ;
    dct:creator [ dct:title "Office of Tides" ] ;
    skos:hasTopConcept :fishing .
:fishing a skos:Concept ;
    skos:prefLabel "Fishing"@en, "Pêche"@fr ;
    skos:altLabel "trawling"@en, "fishing quota"@en, "Quota, fishing"@en ;
    skos:hiddenLabel "fisching"@en ;
    skos:notation "1.2" ;
    skos:definition "Who may fish, \"where\",\nand how much."@en ;
    skos:scopeNote "Not farms."@en, "Nor rivers."@en ;
    skos:narrower :quotas ;
    skos:exactMatch <http://other.example/f> .
:quotas a skos:Concept ; skos:prefLabel "Quotas" ; skos:inScheme <http://example.org/sea> ;
    skos:broader :fishing, <http://other.example/limits> ; skos:related :c_77 .
:c_77 a skos:Concept ; skos:prefLabel "Mesh sizes"@en-GB ; skos:broader :quotas .
<http://example.org/group> a skos:OrderedCollection ; skos:memberList ( :quotas :c_77 ) .
"#;

#[test]
fn a_thesaurus_comes_back_as_it_was() {
    let source = format!("{PREFIXES}{THESAURUS}");
    let toml = import(&source);
    let taxonomy = Taxonomy::from_toml(&toml, "t.toml").unwrap();
    let shown: Vec<(&str, &str, Option<&str>)> = taxonomy
        .priorities()
        .iter()
        .map(|p| (p.id.as_str(), &*p.label, p.parent.as_ref().map(|parent| parent.as_str())))
        .collect();
    assert_eq!(taxonomy.name(), "Coastal topics");
    assert_eq!(
        shown,
        [
            ("fishing", "Fishing", None),
            ("quotas", "Quotas", Some("fishing")),
            ("mesh-sizes", "Mesh sizes", Some("quotas")),
        ]
    );
    let terms = taxonomy.priorities()[0].terms.iter().map(|term| term.phrase.written());
    assert_eq!(terms.collect::<Vec<_>>(), ["Fishing", "trawling", "fishing quota", "fisching"]);
    for format in [RdfFormat::Turtle, RdfFormat::JsonLd] {
        let back = Taxonomy::to_skos(&toml, "t.toml", format).unwrap();
        assert_eq!(triples(&back, format), triples(&source, RdfFormat::Turtle), "{back}");
    }
}

#[test]
fn the_default_taxonomy_comes_back_as_it_was() {
    let toml = crate::taxonomy::DEFAULT;
    let hash = Taxonomy::default_taxonomy().hash();
    for rdf in [RdfFormat::Turtle, RdfFormat::JsonLd] {
        let import = ImportFormat::Skos(rdf);
        let skos = Taxonomy::to_skos(toml, "default.toml", rdf).unwrap();
        let back = Taxonomy::import(&skos, import, "default", &ImportOptions::default()).unwrap();
        assert_eq!(back.taxonomy.hash(), hash);
        assert!(!back.toml.contains("[skos]"), "{}", back.toml);
        assert!(back.notes.is_empty(), "{:?}", back.notes);
        assert_eq!(Taxonomy::to_skos(&back.toml, "back.toml", rdf).unwrap(), skos);
    }
}

/// A text of SKOS behind the prefixes, and what is said of it.
#[test]
fn what_would_be_lost_is_refused() {
    for (text, problem) in [
        ("", "t.ttl: `skos:Concept` is the type of nothing in it"),
        (":a a skos:Concept .", "t.ttl:4: `http://example.org/sea/a` is a concept without a label"),
        (
            "[] a skos:Concept ; skos:prefLabel 'Nets' .",
            "t.ttl:4: `Nets` is a concept without an IRI",
        ),
        (":a a skos:Concept ; skos:prefLabel 'Netze'@de .", "t.ttl: `@en` is the language of no"),
        (":a a skos:Concept ; skos:prefLabel 'x'", "t.ttl:4: "),
        (":a a skos:Concept ; skos:prefLabel ' ' .", "is a concept without a label"),
        (
            ":s a skos:ConceptScheme, <urn:onrecord:Taxonomy> ; <urn:onrecord:listFactor> 'much' .\n\
             :a a skos:Concept ; skos:prefLabel 'x' .",
            "`much` is no number for <urn:onrecord:listFactor>",
        ),
        (
            ":s a skos:ConceptScheme, <urn:onrecord:Taxonomy> ; <urn:onrecord:listFactor> 7 .\n\
             :a a skos:Concept ; skos:prefLabel 'x' .",
            "t.ttl: list_factor `7` is no share",
        ),
    ] {
        let shown = refused(&format!("{PREFIXES}{text}"));
        assert!(shown.contains(problem), "{text}: {shown}");
    }
    let deep = format!("{}{}", r#"{"urn:x": "#.repeat(2_000), "}".repeat(2_000));
    let options = ImportOptions::default();
    let json = ImportFormat::Skos(RdfFormat::JsonLd);
    let error = Taxonomy::import(&deep, json, "t.jsonld", &options).unwrap_err().to_string();
    assert!(error.starts_with("t.jsonld:1: it is nested more than 128 deep"), "{error}");
    for (id, problem) in [
        ("b", "t.jsonld: `b` is not a whole IRI"),
        ("http://b.org/c c", "t.jsonld: `http://b.org/c c` is no IRI"),
    ] {
        let concept = |id: &str| {
            format!(
                r#"{{"@id": "{id}", "@type": "http://www.w3.org/2004/02/skos/core#Concept",
                 "http://www.w3.org/2004/02/skos/core#prefLabel": "{id}"}}"#
            )
        };
        let text = format!("[{}, {}]", concept("urn:a"), concept(id));
        let error = Taxonomy::import(&text, json, "t.jsonld", &options).unwrap_err().to_string();
        assert!(error.starts_with(problem), "{error}");
    }
    let remote = r#"{"@context": "https://example.org/context.jsonld", "@id": "x:y"}"#;
    let options = ImportOptions::default();
    let error =
        Taxonomy::import(remote, ImportFormat::Skos(RdfFormat::JsonLd), "t.jsonld", &options)
            .unwrap_err();
    assert!(error.to_string().contains("its context is on the network"), "{error}");
}

#[test]
fn a_circle_of_parts_is_kept_and_not_followed() {
    let source = format!(
        "{PREFIXES}:a a skos:Concept ; skos:prefLabel 'A' ; skos:broader :b .\n\
         :b a skos:Concept ; skos:prefLabel 'B' ; skos:broader :a .\n\
         :c a skos:Concept ; skos:prefLabel 'C' ; skos:broader :c ."
    );
    let toml = import(&source);
    let back = Taxonomy::to_skos(&toml, "t.toml", RdfFormat::Turtle).unwrap();
    assert_eq!(triples(&back, RdfFormat::Turtle), triples(&source, RdfFormat::Turtle));
}

#[test]
fn ids_outlive_a_change_of_label() {
    let source = format!("{PREFIXES}<urn:x:1> a skos:Concept ; skos:prefLabel 'Banana'@en .");
    let toml = import(&source).replace("label = \"Banana\"", "label = \"Bananas\"");
    let skos = Taxonomy::to_skos(&toml, "t.toml", RdfFormat::Turtle).unwrap();
    let back = Taxonomy::from_toml(&import(&skos), "t.toml").unwrap();
    assert_eq!(
        (back.priorities()[0].id.as_str(), &*back.priorities()[0].label),
        ("banana", "Bananas")
    );
}

#[test]
fn labels_with_names_of_their_own_are_labels() {
    let source = format!(
        "{PREFIXES}@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .\n\
         :a a skos:Concept ; xl:prefLabel [ xl:literalForm 'Fish'@en ], [ xl:literalForm 'Fisch'@de ] ."
    );
    let toml = import(&source);
    let back = Taxonomy::to_skos(&toml, "t.toml", RdfFormat::Turtle).unwrap();
    assert_eq!(triples(&back, RdfFormat::Turtle), triples(&source, RdfFormat::Turtle));
    let taxonomy = Taxonomy::from_toml(&toml, "t.toml").unwrap();
    assert_eq!(taxonomy.priorities()[0].terms[0].phrase.written(), "Fish");
}

#[test]
fn a_long_way_up_is_quick() {
    let concept = |n: usize| {
        format!(":c{n} a skos:Concept ; skos:prefLabel 'C {n}' ; skos:broader :c{} .\n", n + 1)
    };
    let source = format!("{PREFIXES}{}", (0..5_000).map(concept).collect::<String>());
    let taxonomy = Taxonomy::from_toml(&import(&source), "t.toml").unwrap();
    assert_eq!(taxonomy.priorities().iter().filter(|one| one.parent.is_none()).count(), 1);
}

#[test]
fn one_iri_is_one_priority() {
    let priority = "[[priority]]\nid = 'X'\nlabel = 'X'\niri = 'urn:x:a'\nterms = []\n";
    let text = ["a", "b"].map(|id| priority.replace("'X'", &format!("'{id}'"))).concat();
    let error = Taxonomy::from_toml(&format!("name = 'n'\nversion = '1'\n{text}"), "t.toml");
    let shown = error.unwrap_err().to_string();
    assert!(
        shown.contains("t.toml:11: iri `urn:x:a` is the IRI of the priority `a` too"),
        "{shown}"
    );
}

#[test]
fn languages_are_written_as_usual() {
    let source =
        format!("{PREFIXES}:a a skos:Concept ; skos:prefLabel 'A'@EN-gb, 'B'@zh-hans-cn .");
    let back = Taxonomy::to_skos(&import(&source), "t.toml", RdfFormat::Turtle).unwrap();
    assert!(back.contains("@en-GB") && back.contains("@zh-Hans-CN"), "{back}");
}

#[test]
fn equal_labels_have_ids_of_their_own() {
    let source = format!(
        "{PREFIXES}<urn:x:1> a skos:Concept ; skos:prefLabel 'Sea Law' .\n\
         <urn:x:2> a skos:Concept ; skos:prefLabel 'sea law' ."
    );
    let toml = import(&source);
    let ids = Taxonomy::from_toml(&toml, "t.toml").unwrap();
    let ids: Vec<&str> = ids.priorities().iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["sea-law", "sea-law-2"]);
}

/// Literals and names that writers stumble over.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c][a-c =*@,]{0,8}",
        Just("tab\t quote \" \\ back '''".to_owned()),
        Just("two\nlines\r\nend\"\"\"".to_owned()),
        Just("é\u{301}\u{7f}\u{0}".to_owned()),
    ]
}

fn statement() -> impl Strategy<Value = String> {
    let node = prop_oneof![Just(":a"), Just(":b"), Just(":c"), Just("_:x"), Just("<urn:s>")];
    let predicate = prop_oneof![
        Just("skos:broader"),
        Just("skos:narrower"),
        Just("skos:prefLabel"),
        Just("skos:altLabel"),
        Just("skos:definition"),
        Just("skos:inScheme"),
        Just("dct:title"),
        Just("<urn:onrecord:labelIsTerm>"),
        Just("<urn:onrecord:exclude>"),
    ];
    let tag = prop_oneof![Just(""), Just("@en"), Just("@en-GB"), Just("@fr")];
    let literal = (text(), tag)
        .prop_map(|(text, tag)| format!("{}{tag}", oxrdf::Literal::new_simple_literal(text)));
    let object = prop_oneof![node.clone().prop_map(str::to_owned), literal];
    (node, predicate, object)
        .prop_map(|(subject, predicate, object)| format!("{subject} {predicate} {object} .\n"))
}

proptest! {
    /// Whatever is said of concepts comes back, and nothing else.
    #[test]
    fn statements_come_back(statements in proptest::collection::vec(statement(), 0..24)) {
        let concepts = ":a a skos:Concept ; skos:prefLabel 'A'@en .
            :b a skos:Concept ; skos:prefLabel 'B'@en . <urn:s> a skos:ConceptScheme .\n";
        let source = format!("{PREFIXES}{concepts}{}", statements.concat());
        for format in [RdfFormat::Turtle, RdfFormat::JsonLd] {
            let graph = Graph::read(&source, RdfFormat::Turtle).unwrap();
            let Ok((file, _)) = read(&graph.write(format), format, None, "t") else {
                // A node without a name that is broader than others is a concept without an IRI.
                prop_assert!(source.contains("_:x"));
                continue;
            };
            let toml = writer::write(&file);
            let read: TaxonomyFile = toml::from_str(&toml).unwrap();
            let back = write(&read, format).unwrap();
            prop_assert_eq!(triples(&back, format), triples(&source, RdfFormat::Turtle));
        }
    }
}

/// A group of terms; `words` keeps those of one priority apart.
fn group(words: &'static str) -> impl Strategy<Value = String> {
    let entry = prop_oneof![
        Just(format!("'{words} one'")),
        Just(format!("'={words} =two'")),
        Just(format!("'{words}*'")),
        Just(format!("{{ term = '{words} three', exact = true, weight = 0.5 }}")),
        Just(format!("{{ term = '{words} four', weight = 2.5 }}")),
        Just(format!("'Label {words}'")),
    ];
    let entries = proptest::collection::btree_set(entry, 1..4);
    let near = prop_oneof![
        Just(""),
        Just("near = ['@sea', 'tide', 'tide']\nwithin = 7\n"),
        Just("near = ['harbour']\n"),
    ];
    let weight = prop_oneof![Just(""), Just("weight = 1\n"), Just("weight = 1.25\nexact = true\n")];
    (entries, near, weight).prop_map(|(entries, near, weight)| {
        let entries: Vec<String> = entries.into_iter().collect();
        format!("[[priority.terms]]\n{weight}{near}phrases = [{}]\n", entries.join(", "))
    })
}

fn priority(id: &'static str, keys: &'static [&'static str]) -> impl Strategy<Value = String> {
    // Groups of one priority must not share terms: one with plain words, one with their doubles.
    let terms = prop_oneof![
        Just("terms = []\n".to_owned()),
        group(id),
        Just(format!(
            "[[priority.terms]]\nphrases = ['Label {id}', 'first {id}', 'second {id}']\n"
        )),
        Just(format!(
            "[[priority.terms]]\nphrases = ['first {id}']\n[[priority.terms]]\nphrases = ['@sea']\n"
        )),
    ];
    (proptest::sample::subsequence(keys, 0..=keys.len()), terms).prop_map(move |(keys, terms)| {
        format!("[[priority]]\nid = '{id}'\nlabel = 'Label {id}'\n{}{terms}", keys.concat())
    })
}

/// What a priority may say besides.
const KEYS: &[&str] = &[
    "definition = \"What \\\"it\\\" is,\\nin two lines.\"\n",
    "scope_note = 'a\\b'\n",
    "threshold = 0.5\n",
    "exclude = ['trade fair', 'trade fair', '@sea']\n",
];

const FIRST: &[&str] = &[KEYS[0], KEYS[3], "iri = 'urn:x:1'\n", "parent = 'second'\n"];

fn whole() -> impl Strategy<Value = String> {
    let parts = [
        "description = 'Of the coast.'\n",
        "[counting]\nlist_factor = 0.4\nname_factor = 0\nname_words = ['agency', 'agency']\nlong_passage = 60\nlong_factor = 1.5\n",
        "[gate]\nthreshold = 0.75\nshort_passage = 9\nexclude = ['go online']\n[[gate.terms]]\nphrases = ['@sea', { term = 'GATE', exact = true }]\n",
    ];
    let skos = prop_oneof![
        Just(""),
        Just("[skos]\nscheme = 'https://example.org/sea/'\nlanguage = 'en-GB'\n"),
        Just("[skos]\nlanguage = ''\nstatements = '<urn:a> <urn:b> _:c . _:c <urn:d> 1 .'\n"),
    ];
    let parts = proptest::sample::subsequence(parts.to_vec(), 0..=3);
    (parts, priority("first", FIRST), priority("second", KEYS), skos).prop_map(
        |(parts, first, second, skos)| {
            let (top, tables): (Vec<&str>, Vec<&str>) =
                parts.into_iter().partition(|part| part.starts_with("description"));
            format!(
                "name = 'Sea and \"shore\"'\nversion = '2'\n{}[lists]\nsea = ['sea', 'ocean*']\n{}{first}{second}{skos}",
                top.concat(),
                tables.concat()
            )
        },
    )
}

proptest! {
    /// Whatever a taxonomy says comes back from SKOS: it is the same to labels and reports.
    #[test]
    fn taxonomies_come_back(toml in whole()) {
        let taxonomy = match Taxonomy::from_toml(&toml, "t.toml") {
            Ok(taxonomy) => taxonomy,
            Err(error) => {
                // Terms that do not reach the threshold, or are excluded.
                let said = error.to_string();
                prop_assert!(said.contains("reached") || said.contains("excluded"), "{said}\n{toml}");
                return Ok(());
            }
        };
        for rdf in [RdfFormat::Turtle, RdfFormat::JsonLd] {
            let skos = Taxonomy::to_skos(&toml, "t.toml", rdf).unwrap();
            let import = Taxonomy::import(&skos, ImportFormat::Skos(rdf), "t", &ImportOptions::default());
            let import = import.unwrap_or_else(|error| panic!("{error}\n{toml}\n{skos}"));
            prop_assert_eq!(import.taxonomy.hash(), taxonomy.hash(), "{}\n{}\n{}", toml, skos, import.toml);
            let back = Taxonomy::to_skos(&import.toml, "t.toml", rdf).unwrap();
            prop_assert_eq!(triples(&back, rdf), triples(&skos, rdf));
        }
    }

    /// Nothing that is no taxonomy ends the program.
    #[test]
    fn nonsense_is_refused(text in "[-a-c%+@*=~:;,.\"'<>{}\\[\\]()#\\n\t 0-9é]{0,60}") {
        for (_, format) in ImportFormat::NAMED {
            let _ = Taxonomy::import(&text, format, "t", &ImportOptions { leave_out: true, language: None });
        }
        let _ = Taxonomy::from_toml(&text, "t.toml");
        let _ = Taxonomy::lint(&text, "t.toml");
    }
}
