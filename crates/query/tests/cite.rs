//! Citations of invented records of many kinds, in all styles, against `golden/citations.txt`.
//!
//! `ONRECORD_BLESS=1 cargo test -p onrecord-query --test cite` rewrites that file. Read what it
//! says before it is committed.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its records must fail")]

use onrecord_model::{DocumentId, DocumentKind, Metadata, Speaker, Version};
use onrecord_query::{Citations, Locator};
use proptest::prelude::*;
use serde_json::Value;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;

/// A record and the place in it that is cited.
struct Case {
    name: &'static str,
    metadata: Metadata,
    locator: Locator,
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Makes a record: title, speaker, issuer, date; an empty text is none.
fn record(kind: DocumentKind, [title, speaker, issuer, date]: [&str; 4]) -> Metadata {
    Metadata {
        kind,
        title: given(title),
        speaker: given(speaker).map(|name| Speaker::from_name(&name)),
        issuer: given(issuer),
        date: given(date).map(|date| date.parse().unwrap()),
        ..Metadata::default()
    }
}

fn with_extra(mut metadata: Metadata, extra: &[(&str, &str)]) -> Metadata {
    metadata.extra = extra.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    metadata
}

fn paragraph(number: u32) -> Locator {
    Locator { paragraph: Some(number), ..Locator::default() }
}

fn page(number: u32) -> Locator {
    Locator { page: Some(number), paragraph: Some(2), ..Locator::default() }
}

fn said_by(name: &str, paragraph: u32) -> Locator {
    Locator { speaker: Some(name.to_owned()), paragraph: Some(paragraph), ..Locator::default() }
}

fn spoken_cases() -> Vec<Case> {
    let speech = Metadata {
        office: given("Foreign Minister"),
        event: given("Annual Meeting of the Harbour Society"),
        place: given("Tresk"),
        version: Version::Prepared,
        language: given("en"),
        ..record(DocumentKind::Speech, ["The Door and the Key", "Ada Vale", "", "2011-02-15"])
    };
    let year_only = record(DocumentKind::Speech, ["On Rivers", "Ben Moss Jr.", "", "1911"]);
    let month = record(DocumentKind::Speech, ["On Lakes", "Zhou Anning", "", "1911-05"]);
    let released = with_extra(
        record(
            DocumentKind::Speech,
            ["At the Quay", "Ada Vale", "Office of the Mayor", "2010-03-02"],
        ),
        &[("event_date", "2010-03-01")],
    );
    let transcript = Metadata {
        event: given("Joint Press Availability"),
        place: given("Lannick"),
        ..record(DocumentKind::Transcript, ["Questions on the Cable", "Ada Vale", "", "2011-11-02"])
    };
    let no_main = record(
        DocumentKind::Transcript,
        ["Press Briefing", "", "Office of the Press Secretary", "2011-11-03"],
    );
    let testimony = Metadata {
        office: given("Director, KelCERT"),
        event: given("Hearing of the Committee on Rivers"),
        ..record(DocumentKind::Testimony, ["On Networks", "Aino von Brandt", "", "2012-06-13"])
    };
    let unknown = Metadata {
        event: given("Harvest Festival"),
        ..record(DocumentKind::Speech, ["To the Farmers", "", "", "2012-10-06"])
    };
    let undated = record(DocumentKind::Speech, ["Letters and Envelopes", "Ada Vale", "", ""]);
    let untitled = record(DocumentKind::Speech, ["", "Ada Vale", "", "2013-10-08"]);
    let marks = record(
        DocumentKind::Speech,
        ["Who Says “Ça Ira” & 50% {More}?", "Émile Oré-Łasky", "", "2014-05-06"],
    );
    [
        ("speech with event and place", speech, paragraph(12)),
        ("speech with the year alone", year_only, paragraph(1)),
        ("speech with the month alone, family name first", month, Locator::default()),
        ("speech released on another day", released, Locator::default()),
        ("transcript, words of another", transcript, said_by("Ben Moss", 7)),
        ("transcript without a main speaker", no_main, said_by("Ben Moss", 3)),
        ("testimony", testimony, paragraph(4)),
        ("speech of nobody known", unknown, paragraph(2)),
        ("undated speech", undated, paragraph(9)),
        ("untitled speech", untitled, Locator::default()),
        ("title with marks and accents", marks, Locator::default()),
    ]
    .map(|(name, metadata, locator)| Case { name, metadata, locator })
    .into()
}

fn printed_cases() -> Vec<Case> {
    let sheet = record(
        DocumentKind::FactSheet,
        ["Keeping Warm", "", "Ministry of Health; Office of the Mayor", "2009-11-24"],
    );
    let release = with_extra(
        record(
            DocumentKind::PressRelease,
            ["Mayor Reed Names a Ship", "", "Office of the Mayor", "2014-08-05"],
        ),
        &[("url", "https://example.org/press?id=5&lang=en")],
    );
    let congress = with_extra(
        record(DocumentKind::Other, ["IN MEMORY OF A HARBOUR", "", "", "2005-05-03"]),
        &[("volume", "9"), ("issue", "8"), ("pages", "S10-S11"), ("section", "Senate")],
    );
    let congress_page = congress.clone();
    let hansard = with_extra(
        record(
            DocumentKind::Transcript,
            ["HERRING INDUSTRY", "", "House of Commons", "1945-06-12"],
        ),
        &[("schema", "Hansard"), ("volume", "412"), ("columns", "31-34")],
    );
    let debate = with_extra(
        record(
            DocumentKind::Other,
            ["UN General Debate, session 50 (1995), Ostrey Isles", "Mr. Moss", "", "1995"],
        ),
        &[("kind", "un-general-debate"), ("source", "UNGDC:TXT/x.txt")],
    );
    let report =
        record(DocumentKind::Other, ["State of the Rivers", "", "Ministry of Rivers", "2010-06"]);
    let web = with_extra(
        record(DocumentKind::Other, ["Who Runs the Net?", "Ada Vale", "", "2014-05-06"]),
        &[("url", "https://example.org/net#top")],
    );
    let mut nothing = Metadata::default();
    nothing.source.path = "speeches/a.txt".into();
    [
        ("fact sheet of two offices", sheet, paragraph(3)),
        ("press release with an address", release, Locator::default()),
        ("page of the Congressional Record", congress, said_by("Mr. Moss", 4)),
        ("second page of the Congressional Record", congress_page, page(11)),
        ("page of the House of Commons", hansard, said_by("Mr. Moss", 4)),
        ("speech of the UN General Debate", debate, paragraph(5)),
        ("report with pages", report, page(14)),
        ("page of the web", web, Locator::default()),
        ("record of nothing", nothing, Locator::default()),
    ]
    .map(|(name, metadata, locator)| Case { name, metadata, locator })
    .into()
}

fn id() -> DocumentId {
    DocumentId::from_bytes([0x1f; 16])
}

fn written(case: &Case) -> String {
    let found = Citations::of(&case.metadata, id(), &case.locator);
    let json = serde_json::to_string(&found.csl_json).unwrap();
    format!(
        "== {}\nchicago-note: {}\nchicago-bibliography: {}\napa: {}\napa in text: {}\nbluebook: {}\nplain: {}\ncsl-json: {json}\n{}\n{}\n",
        case.name,
        found.chicago_note,
        found.chicago_bibliography,
        found.apa,
        found.apa_in_text,
        found.bluebook,
        found.plain,
        found.bibtex,
        found.ris.replace("\r\n", "\n"),
    )
}

#[test]
fn golden() {
    let cases: Vec<Case> = spoken_cases().into_iter().chain(printed_cases()).collect();
    let found: String = cases.iter().map(written).collect();
    if std::env::var_os("ONRECORD_BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/citations.txt");
        File::create(path).unwrap().write_all(found.as_bytes()).unwrap();
        return;
    }
    let expected = include_str!("golden/citations.txt");
    for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "line {}", number + 1);
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}

/// The fields of `csl-data.json` that are used, with what each holds: text, names or a date.
const CSL_TEXTS: &[&str] = &[
    "id",
    "type",
    "title",
    "genre",
    "event-title",
    "event-place",
    "publisher",
    "language",
    "URL",
    "note",
    "locator",
    "container-title",
    "volume",
    "issue",
    "page",
];

#[test]
fn csl_items_hold_the_fields_of_the_schema() {
    for case in spoken_cases().iter().chain(&printed_cases()) {
        let item = Citations::of(&case.metadata, id(), &case.locator).csl_json;
        for (key, value) in item.as_object().unwrap() {
            match &**key {
                "author" => assert!(value.as_array().unwrap().iter().all(|name| {
                    name.as_object().unwrap().keys().all(|part| {
                        ["family", "given", "suffix", "static-ordering", "literal"]
                            .contains(&&**part)
                    })
                })),
                "issued" | "event-date" => {
                    let parts = value["date-parts"][0].as_array().unwrap();
                    assert!((1..=3).contains(&parts.len()) && parts.iter().all(Value::is_u64));
                }
                text => assert!(CSL_TEXTS.contains(&text) && value.is_string(), "{text}"),
            }
        }
    }
}

#[test]
fn ris_lines_are_tags_and_values() {
    for case in spoken_cases().iter().chain(&printed_cases()) {
        let ris = Citations::of(&case.metadata, id(), &case.locator).ris;
        let lines: Vec<&str> = ris.strip_suffix("\r\n").unwrap().split("\r\n").collect();
        assert!(lines[0].starts_with("TY  - ") && lines.last() == Some(&"ER  - "), "{ris}");
        assert!(lines.iter().all(|line| line.get(2..6) == Some("  - ") && !line.contains('\n')));
    }
}

proptest! {
    #[test]
    fn any_record_has_citations(
        texts in prop::collection::vec("[\\PC\n]{0,30}", 6),
        kind in prop::sample::select(DocumentKind::ALL.to_vec()),
    ) {
        let [title, speaker, issuer, event, place, office] = &*texts else { unreachable!() };
        let metadata = Metadata {
            event: given(event),
            place: given(place),
            office: given(office),
            ..record(kind, [title, speaker, issuer, ""])
        };
        let found = Citations::of(&metadata, id(), &Locator::default());
        prop_assert!(!found.chicago_note.contains(", ,") || title.contains(',') || texts.concat().contains(','));
        prop_assert!(found.ris.lines().all(|line| line.get(2..6) == Some("  - ")));
        // What was not given is not there.
        prop_assert!(!found.chicago_note.contains("n.d."));
    }
}
