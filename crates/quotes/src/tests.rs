//! Tables of invented sentences: what is quoted, how, and who said it.

use crate::{document_of, extract};
use onrecord_model::{Block, BlockKind, Document, DocumentId, Metadata, Span, Speaker};

/// Writes what is found in a text: `kind: words <source>` for each quotation, `reason: words` for
/// each pair of marks that quotes nobody.
fn found(text: &str) -> Vec<String> {
    found_in(&document_of(text))
}

fn found_in(document: &Document) -> Vec<String> {
    let found = extract(document, &[], &|_, _| None);
    let mut lines: Vec<(Span, String)> = Vec::new();
    for quote in &found.quotes {
        let parts: Vec<&str> = quote.content.iter().map(|span| document.slice(*span)).collect();
        let source = quote.attribution.as_ref().map_or("-", |found| found.named_as.as_str());
        let line = format!("{}: {} <{source}>", quote.kind.name(), parts.join(" … "));
        lines.push((quote.content[0], line));
    }
    for marks in &found.non_quotes {
        let line = format!("{}: {}", marks.reason.name(), document.slice(marks.span));
        lines.push((marks.span, line));
    }
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}

#[track_caller]
fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(&found(text), expected, "{text}");
    }
}

#[test]
fn marks_of_all_kinds() {
    check(&[
        ("Ada Vale said, \"We build ports.\"", &["direct: We build ports. <Ada Vale>"]),
        ("Ada Vale said, “We build ports.”", &["direct: We build ports. <Ada Vale>"]),
        (
            "Ada Vale said, ‘We build the workers’ ports.’",
            &["direct: We build the workers’ ports. <Ada Vale>"],
        ),
        ("Ada Vale said: «We build ports.»", &["direct: We build ports. <Ada Vale>"]),
        ("Ada Vale said: « We build ports. »", &["direct: We build ports. <Ada Vale>"]),
        ("Ada Vale said: „We build ports.“", &["direct: We build ports. <Ada Vale>"]),
        ("Ada Vale said, ``We build ports.''", &["direct: We build ports. <Ada Vale>"]),
        ("Ada Vale’s ports don’t close in the ’90s, nor the workers’ quays.", &[]),
        ("The door is 6'2\" high and 3'4\" wide.", &[]),
    ]);
}

#[test]
fn nested_marks_belong_to_the_outer_quotation() {
    check(&[
        (
            "Ada Vale said, “Ben told me, ‘Go home,’ and I went.”",
            &["direct: Ben told me, ‘Go home,’ and I went. <Ada Vale>"],
        ),
        (
            "Ada Vale said, “Ben called it a “great day” for us.”",
            &["direct: Ben called it a “great day” for us. <Ada Vale>"],
        ),
    ]);
}

#[test]
fn marks_that_are_not_closed_reach_no_further_than_their_paragraph() {
    check(&[
        (
            "Ada Vale said, “We build ports.\n\nBen Moss said, “We close them.”",
            &["direct: We build ports. <Ada Vale>", "direct: We close them. <Ben Moss>"],
        ),
        (
            "Ada Vale said, “We build ports. Ben Moss said, “We close them.”",
            &["direct: We build ports. <Ada Vale>", "direct: We close them. <Ben Moss>"],
        ),
        (
            "Mayor Ada Vale: “We build ports for everyone. [Release, 5/1/2011]",
            &["direct: We build ports for everyone. <Mayor Ada Vale>"],
        ),
        ("We build ports.” Ada Vale said, “They stay.”", &["direct: They stay. <Ada Vale>"]),
    ]);
}

#[test]
fn paragraphs_that_open_anew_go_on() {
    check(&[
        (
            "Ada Vale said, “We build ports.\n\n“We close none.\n\n“They stay.” She left.",
            &["direct: We build ports. … We close none. … They stay. <Ada Vale>"],
        ),
        (
            "Ada Vale said: “We build ports.\n\nAll of them stay open.” Then she left.",
            &["direct: We build ports. … All of them stay open. <Ada Vale>"],
        ),
    ]);
}

#[test]
fn split_quotations_are_one() {
    check(&[
        (
            "“If the ports close,” Mayor Vale said, “the town will close too.”",
            &["direct: If the ports close, … the town will close too. <Mayor Vale>"],
        ),
        (
            "“The ports,” he said. “They stay open for us.”",
            &["mixed: The ports, <he>", "direct: They stay open for us. <he>"],
        ),
        (
            "Ada would say, “Ben, a port…” — and she meant it — “…is more than a quay.”",
            &["direct: Ben, a port… … …is more than a quay. <Ada>"],
        ),
    ]);
}

#[test]
fn set_off_quotations() {
    check(&[
        (
            "“Ports are the lungs of a town, and lungs must breathe.” — Mayor Ada Vale, Port Day 2011",
            &["epigraph: Ports are the lungs of a town, and lungs must breathe. <Mayor Ada Vale>"],
        ),
        (
            "“Ports are the lungs of a town…and lungs must breathe.”\n\n— Mayor Ada Vale",
            &["epigraph: Ports are the lungs of a town…and lungs must breathe. <Mayor Ada Vale>"],
        ),
        (
            "Ports are the lungs of a town.\n\n— Ada Vale",
            &["epigraph: Ports are the lungs of a town. <Ada Vale>"],
        ),
        (
            "And from Chairwoman Ada Vale:\n\nPorts are the lungs of a town.",
            &["block: Ports are the lungs of a town. <Chairwoman Ada Vale>"],
        ),
        (
            "As Ada Vale wrote in May:\n\n“Ports are the lungs of a town.”",
            &["block: Ports are the lungs of a town. <Ada Vale>"],
        ),
        (
            "“Ports are the lungs of a town.”\n\nFrom the desk of Ada Vale",
            &["block: Ports are the lungs of a town. <Ada Vale>"],
        ),
        (
            "“Ports are the lungs of a town.” (A/1/PV.3)",
            &["block: Ports are the lungs of a town. <->"],
        ),
        ("Here is what we do:\n\nWe build ports.", &[]),
    ]);
}

#[test]
fn a_block_that_the_layout_sets_off_is_quoted() {
    let text = "The Charter says:\n\nPorts belong to all.\n\nSo it is.";
    let mut blocks = document_of(text).blocks().to_vec();
    blocks[1].kind = BlockKind::Quotation;
    let id = DocumentId::new("test", "", None);
    let document = Document::new(id, Metadata::default(), text.into(), blocks);
    assert_eq!(found_in(&document), ["block: Ports belong to all. <The Charter>"]);
}

#[test]
fn sources_before() {
    check(&[
        ("As Ada Vale once said, “Ports stay open.”", &["direct: Ports stay open. <Ada Vale>"]),
        (
            "Because Vale said that “ports must stay open,” we left.",
            &["direct: ports must stay open, <Vale>"],
        ),
        ("My dad used to say, “Ports stay open.”", &["direct: Ports stay open. <My dad>"]),
        ("Orr claimed that Moss said “ports stay open.”", &["mixed: ports stay open. <Moss>"]),
        (
            "The 4th President of Ruritania said, “Ports stay open.”",
            &["direct: Ports stay open. <The 4th President of Ruritania>"],
        ),
        (
            "The Mayor of Reed wisely observed that “ports are a town’s lungs”.",
            &["direct: ports are a town’s lungs <The Mayor of Reed>"],
        ),
        (
            "Ada Vale, who ran the port, wrote: “Ports stay open.”",
            &["direct: Ports stay open. <Ada Vale>"],
        ),
        ("I met a man who said, “Ports stay open.”", &["direct: Ports stay open. <a man>"]),
        (
            "The young poet Ada Vale from Reed put it well: “Ports stay open.”",
            &["direct: Ports stay open. <The young poet Ada Vale>"],
        ),
        (
            "A great sailor from Reed, Ada Vale, wrote, “Ports stay open.”",
            &["direct: Ports stay open. <Ada Vale>"],
        ),
        ("He went to the harbour and said, “Ports stay open.”", &["direct: Ports stay open. <He>"]),
        (
            "As put by the Minister: “Ports stay open.”",
            &["direct: Ports stay open. <the Minister>"],
        ),
        ("Moss said in May, and I quote: “Ports stay open.”", &["direct: Ports stay open. <Moss>"]),
        (
            "What did Vale say? “Ports stay open to all of us.”",
            &["direct: Ports stay open to all of us. <Vale>"],
        ),
    ]);
}

#[test]
fn who_did_not_say_it_is_no_source() {
    for text in [
        "It was Orr, not Moss, who said “ports stay open all year.”",
        "Neither Orr nor Moss said “ports stay open all year.”",
        "Moss never said, “Ports stay open all year.”",
        "Orr quoted Moss: “Ports stay open all year.”",
    ] {
        let found = extract(&document_of(text), &[], &|_, _| None);
        assert!(found.quotes.iter().all(|quote| quote.attribution.is_none()), "{text}");
    }
}

#[test]
fn sources_behind() {
    check(&[
        (
            "When Vale says “we will act now,” Moss says “we will wait for you.”",
            &["mixed: we will act now, <Vale>", "mixed: we will wait for you. <Moss>"],
        ),
        ("“Ports stay open,” said Ada Vale.", &["direct: Ports stay open, <Ada Vale>"]),
        ("“Why?” one student asked.", &["mixed: Why? <one student>"]),
        ("“Ports stay open”, according to Mayor Vale.", &["direct: Ports stay open <Mayor Vale>"]),
        ("“Ports stay open,” as Ada Vale put it.", &["direct: Ports stay open, <Ada Vale>"]),
        (
            "“Ports must stay open to all” is what Ada Vale said.",
            &["direct: Ports must stay open to all <Ada Vale>"],
        ),
    ]);
}

#[test]
fn fragments_with_a_source() {
    check(&[
        ("Vale called it “a gift to the ports.”", &["mixed: a gift to the ports. <Vale>"]),
        (
            "It is what the Mayor called “extreme dredging”.",
            &["mixed: extreme dredging <the Mayor>"],
        ),
        ("Vale has described the quays as “a wound.”", &["mixed: a wound. <Vale>"]),
        ("Ben Moss promised a “clean sweep” in May.", &["mixed: clean sweep <Ben Moss>"]),
        ("You say this is not about “money,” but it is.", &["mixed: money, <You>"]),
        (
            "As Secretary Vale has said, the work will take “patient digging.”",
            &["mixed: patient digging. <Secretary Vale>"],
        ),
        (
            "In the words of Ada Vale, ports are “the lungs of a town”.",
            &["mixed: the lungs of a town <Ada Vale>"],
        ),
        ("It is, in Vale’s words, “the last port.”", &["mixed: the last port. <Vale>"]),
    ]);
}

#[test]
fn papers_and_bodies_speak() {
    check(&[
        (
            "As stated in the Charter, ports are “for all”, “for ever” and “for free”.",
            &[
                "mixed: for all <the Charter>",
                "mixed: for ever <the Charter>",
                "mixed: for free <the Charter>",
            ],
        ),
        (
            "Reed Port Institute: “We welcome the quays.”",
            &["direct: We welcome the quays. <Reed Port Institute>"],
        ),
        (
            "Article 5 states that “ports must be open to all”.",
            &["direct: ports must be open to all <Article 5>"],
        ),
    ]);
}

#[test]
fn marks_that_quote_nobody() {
    check(&[
        ("So-called “open ports” are closed.", &["scare: open ports"]),
        ("We met under the theme “Ports for all”.", &["slogan: Ports for all"]),
        (
            "The theme chosen for this session, namely, “Ports for all”, is good.",
            &["slogan: Ports for all"],
        ),
        ("He wrote a book entitled “The Last Quay”.", &["title: The Last Quay"]),
        ("We launched the “Open Quay” initiative.", &["term: Open Quay"]),
        ("We call it the “Open Quay Challenge,” and it works.", &["title: Open Quay Challenge,"]),
        ("They call them “quays.” Stone walls.", &["scare: quays."]),
        ("The word “port” is old.", &["word-as-word: port"]),
        ("Think of it — “quayside,” meaning by the water.", &["word-as-word: quayside,"]),
        ("I say “Ben” because I know him.", &["scare: Ben"]),
        (
            "Vale called it “a gift to us.” The “gift” is small.",
            &["mixed: a gift to us. <Vale>", "scare: gift"],
        ),
        ("General Jim “Rope” Moss came.", &["scare: Rope"]),
        ("The Ministry’s “port diplomacy” is new.", &["term: port diplomacy"]),
        ("He never said “closed” at all.", &["scare: closed"]),
    ]);
}

#[test]
fn pronouns_are_led_back_to_one_person_only() {
    check(&[
        (
            "Mayor Vale came. She said, “Ports stay open.”",
            &["direct: Ports stay open. <Mayor Vale>"],
        ),
        (
            "Mayor Vale met Governor Moss. He said, “Ports stay open.”",
            &["direct: Ports stay open. <He>"],
        ),
        (
            "Mr. Moss met Mrs. Vale. She said, “Ports stay open.”",
            &["direct: Ports stay open. <Mrs. Vale>"],
        ),
        ("Look at the guy. He said, “Ports stay open.”", &["direct: Ports stay open. <He>"]),
        ("They said, “Ports stay open.”", &["direct: Ports stay open. <They>"]),
    ]);
}

#[test]
fn exchanges() {
    check(&[
        (
            "I said, “Why is that?” He said, “Because.” “No, it is not.”",
            &["direct: Why is that? <I>", "mixed: Because. <He>", "direct: No, it is not. <I>"],
        ),
        (
            "He said, “Ports stay open.” (Laughter.) “They stay.”",
            &["direct: Ports stay open. <He>", "direct: They stay. <He>"],
        ),
    ]);
}

#[test]
fn names_in_short_are_those_given_in_full() {
    let text =
        "Mayor Ada Rose Vale came to Reed. Vale said, “Ports stay open.” Moss called it “odd.”";
    let document = document_of(text);
    let resolve = |name: &str, _: &[String]| {
        (name.split_whitespace().count() > 1).then(|| Speaker::from_name(name))
    };
    let found = extract(&document, &[], &resolve);
    let speakers: Vec<Option<&str>> = found
        .quotes
        .iter()
        .map(|quote| Some(&*quote.attribution.as_ref()?.speaker.as_ref()?.name))
        .collect();
    assert_eq!(speakers, [Some("Ada Rose Vale"), None]);
}

#[test]
fn whoever_speaks_reports_of_themselves() {
    let text = "I said, “Ports stay open.”";
    let id = DocumentId::new("test", "", None);
    let speaker = Some(Speaker::from_name("Ada Vale"));
    let metadata = Metadata { speaker: speaker.clone(), ..Metadata::default() };
    let blocks = vec![Block::new(Span::from_range(0..text.len()), BlockKind::Paragraph)];
    let document = Document::new(id, metadata, text.into(), blocks);
    let passages = onrecord_text::segment(&document);
    let found = extract(&document, &passages, &|_, _| None);
    let attribution = found.quotes[0].attribution.as_ref().unwrap();
    assert_eq!((attribution.named_as.as_str(), &attribution.speaker), ("I", &speaker));
}
