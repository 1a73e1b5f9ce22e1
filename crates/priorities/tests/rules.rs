//! What the default taxonomy gives for texts written for this test, and what must hold of any.

use onrecord_model::{Block, BlockKind, Document, DocumentId, Label, Metadata, Passage, Span};
use onrecord_priorities::{Classifier, Taxonomy};
use onrecord_text::{Words, segment};
use proptest::prelude::*;
use std::sync::LazyLock;

/// Makes a document of blocks, one a line.
fn document(blocks: &[(BlockKind, &str)]) -> Document {
    let mut text = String::new();
    let mut spans = Vec::new();
    for &(kind, line) in blocks {
        let start = text.len();
        text.push_str(line);
        if !line.trim().is_empty() {
            spans.push(Block::new(Span::from_range(start..text.len()), kind));
        }
        text.push_str("\n\n");
    }
    let id = DocumentId::new("tests", "rules", None);
    Document::new(id, Metadata::default(), text.trim_end().into(), spans)
}

/// The default taxonomy, made ready once.
static DEFAULT: LazyLock<Classifier> =
    LazyLock::new(|| Classifier::new(&Taxonomy::default_taxonomy()));

fn label(classifier: &Classifier, document: &Document) -> (Vec<Passage>, Vec<Label>) {
    let passages = segment(document);
    let mut lexicon = classifier.lexicon();
    let words = Words::of(document, &passages, &mut lexicon);
    let labels = classifier.label(document, &passages, &words, &lexicon);
    (passages, labels)
}

/// Returns the labels of a paragraph, `;` between them.
fn labels_of(classifier: &Classifier, text: &str) -> String {
    let (_, labels) = label(classifier, &document(&[(BlockKind::Paragraph, text)]));
    labels.iter().map(|label| label.priority.as_str()).collect::<Vec<_>>().join(";")
}

fn small(rules: &str) -> Classifier {
    let head = "name = 'small'\nversion = '1'\n";
    let taxonomy = Taxonomy::from_toml(&format!("{head}{rules}"), "small.toml");
    Classifier::new(&taxonomy.expect("the rules are well formed"))
}

fn one(rest: &str) -> Classifier {
    small(&format!("[[priority]]\nid = 'a'\nlabel = 'A'\ndefinition = 'd'\n{rest}"))
}

#[test]
fn paragraphs_by_the_default_taxonomy() {
    for (text, expected) in [
        ("Our digital economy earns more each year.", "economy"),
        ("Small firms in e-commerce need open markets.", "economy"),
        ("We will defend the power grid against cyberattacks.", "network-security"),
        ("Every ministry must patch its software; cybersecurity is a duty.", "network-security"),
        ("Police of nine countries arrested the cybercriminals.", "law-enforcement"),
        ("The new Cyber Command will train soldiers for cyber warfare.", "military"),
        ("We stand for the multistakeholder model of Internet governance.", "governance"),
        (
            "A village school without broadband is on the wrong side of the digital divide.",
            "development",
        ),
        ("They shut down the Internet to hide the protests.", "freedom"),
        ("Censorship of the Internet silences journalists.", "freedom"),
        (
            "We agreed to fight ransomware gangs and to protect hospitals from cyber attacks.",
            "network-security;law-enforcement",
        ),
        // The words of a priority without cyberspace.
        ("We defend freedom of expression, the rule of law and open markets.", ""),
        ("Our armed forces deter aggression.", ""),
        ("The developing countries need capacity building.", ""),
        // Cyberspace without substance.
        ("You can follow the ceremony online at noon.", ""),
        ("We spoke of trade, migration, cybersecurity, health and climate.", ""),
        ("She was named National Cyber Director last week.", ""),
        ("Children sit before the television and the Internet all day.", ""),
        ("", ""),
    ] {
        assert_eq!(labels_of(&DEFAULT, text), expected, "{text}");
    }
}

#[test]
fn list_items_are_read_with_their_heading() {
    let heading = (BlockKind::Heading(2), "What we want for cyberspace");
    let items = [
        ("Keep markets open and innovative", "economy"),
        ("Make global networks secure, reliable and resilient", "network-security"),
        ("Help law enforcement work together under the rule of law", "law-enforcement"),
        ("Be ready for the security challenges of the 21st century", "military"),
        ("Build inclusive governance structures with all stakeholders", "governance"),
        ("Build capacity in developing countries", "development"),
        ("Protect privacy and fundamental freedoms", "freedom"),
        ("Thank our hosts", ""),
    ];
    let mut blocks = vec![heading];
    blocks.extend(items.iter().map(|&(text, _)| (BlockKind::ListItem, text)));
    let (passages, labels) = label(&DEFAULT, &document(&blocks));
    for (passage, (text, expected)) in passages.iter().skip(1).zip(items) {
        let of_passage = labels.iter().filter(|label| label.passage == passage.ordinal);
        let ids: Vec<&str> = of_passage.map(|label| label.priority.as_str()).collect();
        assert_eq!(ids.join(";"), expected, "{text}");
    }
}

#[test]
fn a_paragraph_does_not_pass_by_its_heading() {
    let long = "Open markets and innovation are what made our country rich, and we will keep them \
        open to every trader who comes with honest goods and fair prices.";
    for (kind, n_labels) in [(BlockKind::Paragraph, 0), (BlockKind::ListItem, 1)] {
        let blocks = [(BlockKind::Heading(1), "Our digital economy"), (kind, long)];
        let (_, labels) = label(&DEFAULT, &document(&blocks));
        assert_eq!(labels.len(), n_labels, "{kind:?}");
    }
}

#[test]
fn headings_headers_and_notes_have_no_labels() {
    let text = "We must close the digital divide.";
    for kind in [
        BlockKind::Header,
        BlockKind::Heading(1),
        BlockKind::Note,
        BlockKind::Paragraph,
        BlockKind::ListItem,
        BlockKind::Quotation,
        BlockKind::Table,
    ] {
        let (_, labels) = label(&DEFAULT, &document(&[(kind, text)]));
        assert_eq!(labels.len(), usize::from(kind.is_speech()), "{kind:?}");
    }
}

#[test]
fn evidence_is_what_counted() {
    let classifier = small(
        "[counting]\nlist_factor = 0.5\nname_factor = 0.25\nname_words = ['office']\n\
         [[priority]]\nid = 'a'\nlabel = 'A'\ndefinition = 'd'\nthreshold = 0.25\n\
         exclude = ['apple pie']\n\
         [[priority.terms]]\nweight = 0.5\nphrases = ['apple', 'green apple', 'green']\n\
         [[priority.terms]]\nweight = 2\nphrases = ['=pears']\nnear = ['fruit']\nwithin = 3",
    );
    for (text, expected) in [
        ("An apple.", "apple 0.5"),
        // The longest counts once.
        ("Green apples.", "green apple 0.5"),
        ("Green, apples.", "green 0.5, apple 0.5"),
        // A term adds its weight once, where it is strongest.
        ("Apples and an apple.", "apple 0.5, apple 0"),
        ("The Apple Office has an apple.", "apple 0, apple 0.5"),
        ("The Apple Office.", ""),
        ("Nuts, figs, apples, plums and an apple.", "apple 0, apple 0.5"),
        // Exclusions block.
        ("Apple pie, and an apple.", "apple 0.5"),
        ("Apple pie.", ""),
        // Exact words, near what they need.
        ("Pears are a fruit.", "=pears 2"),
        ("Pears may not be a fruit.", ""),
        ("A pear is a fruit.", ""),
    ] {
        let (_, labels) = label(&classifier, &document(&[(BlockKind::Paragraph, text)]));
        let evidence = labels.iter().flat_map(|label| &label.evidence);
        let shown: Vec<String> = evidence.map(|e| format!("{} {}", e.rule, e.weight)).collect();
        assert_eq!(shown.join(", "), expected, "{text}");
    }
}

#[test]
fn score_squashes_the_sum() {
    let classifier = one("[[priority.terms]]\nphrases = ['one', { term = 'two', weight = 2 }]");
    for (text, expected) in [("one", 1.0_f32), ("two", 2.0), ("one two one", 3.0)] {
        let (_, labels) = label(&classifier, &document(&[(BlockKind::Paragraph, text)]));
        assert!((labels[0].score - (1.0 - (-expected).exp())).abs() < 1e-6, "{text}");
        assert_eq!(labels[0].method.name(), "rules");
    }
}

#[test]
fn gate_sums_its_terms() {
    let classifier = small(
        "[gate]\nexclude = ['net worth']\n[[gate.terms]]\nphrases = ['web']\n\
         [[gate.terms]]\nweight = 0.5\nphrases = ['net', 'line']\n\
         [[priority]]\nid = 'a'\nlabel = 'A'\ndefinition = 'd'\n\
         [[priority.terms]]\nphrases = ['trade']",
    );
    for (text, expected) in [
        ("trade", ""),
        ("trade on the web", "a"),
        ("trade on the net", ""),
        ("trade on the net, net, net", ""),
        ("trade on the net or the line", "a"),
        ("trade, net worth, line", ""),
        ("the web", ""),
    ] {
        assert_eq!(labels_of(&classifier, text), expected, "{text}");
    }
}

#[test]
fn long_passages_must_say_more() {
    let classifier = small(
        "[counting]\nlong_passage = 4\nlong_factor = 1.5\n\
         [[priority]]\nid = 'a'\nlabel = 'A'\ndefinition = 'd'\n\
         [[priority.terms]]\nphrases = ['trade', 'ports']",
    );
    for (text, expected) in
        [("we trade by sea", "a"), ("we trade by the sea", ""), ("we trade by the port", "a")]
    {
        assert_eq!(labels_of(&classifier, text), expected, "{text}");
    }
}

#[test]
fn the_manual_is_right() {
    let manual = include_str!("../../../docs/taxonomy.md");
    let example = manual.split("```toml").nth(1).and_then(|rest| rest.split("```").next());
    let taxonomy = Taxonomy::from_toml(example.expect("an example"), "docs/taxonomy.md");
    let classifier = Classifier::new(&taxonomy.expect("the example is well formed"));
    for (text, expected) in [
        ("Coastal states need a fair fishing quota.", "fishing"),
        ("Fish at sea.", ""),
        ("A catch of IUU fish at sea.", "fishing"),
        ("A fair fishing quota.", ""),
        ("The sea is no place for fishing for compliments.", ""),
    ] {
        assert_eq!(labels_of(&classifier, text), expected, "{text}");
    }
}

const WORDS: [&str; 24] = [
    "cyber",
    "attacks",
    "cyberspace",
    "Internet",
    "governance",
    "freedom",
    "of",
    "the",
    "digital",
    "divide",
    "markets",
    "criminals",
    "military",
    "NATO",
    "networks",
    "security",
    "and",
    ",",
    ".",
    "Director",
    "online",
    "rural",
    "economy",
    "é’s",
];

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..60)
        .prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn evidence_lies_in_its_passage_in_order(texts in prop::collection::vec(texts(), 1..4)) {
        let blocks: Vec<_> = texts.iter().map(|text| (BlockKind::Paragraph, &**text)).collect();
        let document = document(&blocks);
        let (passages, labels) = label(&DEFAULT, &document);
        for label in &labels {
            let passage = &passages[label.passage as usize];
            prop_assert!(!label.evidence.is_empty());
            prop_assert!(label.score > 0.0 && label.score <= 1.0);
            prop_assert!(label.evidence.iter().all(|e| passage.span.contains(e.span)));
            let spans = label.evidence.windows(2);
            prop_assert!(spans.into_iter().all(|pair| pair[0].span.end <= pair[1].span.start));
            prop_assert!(label.evidence.iter().all(|e| !document.slice(e.span).is_empty()));
        }
        let order = labels.windows(2).map(|pair| (pair[0].passage, pair[1].passage));
        prop_assert!(order.into_iter().all(|(one, two)| one <= two));
    }

    #[test]
    fn a_term_taken_away_gives_no_mention(text in texts(), removed in 0_usize..4) {
        let terms = ["'cyber*'", "'internet'", "'digital divide'", "'security'"];
        let with = |terms: &[&str]| {
            one(&format!("[[priority.terms]]\nphrases = [{}]", terms.join(", ")))
        };
        let fewer: Vec<&str> =
            terms.iter().enumerate().filter(|&(at, _)| at != removed).map(|(_, &t)| t).collect();
        let rule = terms[removed].trim_matches('\'');
        let document = document(&[(BlockKind::Paragraph, &text)]);
        let mentions = |terms: &[&str]| {
            let (_, labels) = label(&with(terms), &document);
            labels.into_iter().flat_map(|label| label.evidence).collect::<Vec<_>>()
        };
        let (all, less) = (mentions(&terms), mentions(&fewer));
        prop_assert!(less.iter().all(|e| &*e.rule != rule));
        let kept = all.iter().filter(|e| &*e.rule != rule).map(|e| e.span);
        prop_assert!(kept.into_iter().all(|span| less.iter().any(|e| e.span == span)));
    }
}
