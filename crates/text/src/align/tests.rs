use super::*;
use crate::Words;
use proptest::prelude::*;

fn aligned(line: &str, source: &str) -> Option<Alignment> {
    let mut lexicon = Lexicon::new();
    let of_line = Words::of_text(line, &mut lexicon);
    let of_source = Words::of_text(source, &mut lexicon);
    align(of_line.all(), of_source.all(), &lexicon)
}

fn diffed(line: &str, source: &str) -> String {
    let alignment = aligned(line, source).unwrap();
    format_diff(&diff(&alignment, line, source))
}

#[test]
fn word_diffs() {
    for (line, source, expected) in [
        ("we act now", "Today we act now, all of us.", "we act now"),
        ("we fight now", "Today we act now.", "we [-fight-]{+act+} now"),
        ("we will never act now", "So we will act now.", "we will [-never-] act now"),
        ("we will act", "So we will not act.", "we will {+not+} act"),
        (
            "more harbours, fewer walls",
            "more harbors, less walls",
            "more [-harbours-]{+harbors+}, [-fewer-]{+less+} walls",
        ),
        ("And we act now again", "Then: we act now again.", "[-And-]{+Then+}: we act now again"),
        ("peace and freedom", "freedom and peace", "[-peace-]{+freedom+} and [-freedom-]{+peace+}"),
        ("we owe this harbour much", "we owe much", "we owe [-this harbour-] much"),
        ("we owe much", "we owe, to all of them, much", "we owe, {+to all of them+}, much"),
        ("we act now today", "we act now", "we act now [-today-]"),
    ] {
        assert_eq!(diffed(line, source), expected, "{line} / {source}");
    }
}

#[test]
fn edits_by_word() {
    let alignment = aligned("fifty new boat left", "The fifty old boats left.").unwrap();
    assert_eq!(
        alignment.edits,
        [
            Edit::Kept { line: Span::new(0, 5), source: Span::new(4, 9) },
            Edit::Changed {
                line: Span::new(6, 9),
                source: Span::new(10, 13),
                likeness: Likeness::Other
            },
            Edit::Changed {
                line: Span::new(10, 14),
                source: Span::new(14, 19),
                likeness: Likeness::Stem
            },
            Edit::Kept { line: Span::new(15, 19), source: Span::new(20, 24) },
        ]
    );
    assert_eq!(alignment.window, Span::new(4, 24));
    assert!((alignment.similarity - 2.8 / 4.0).abs() < 1e-6);
}

#[test]
fn words_in_another_place() {
    for (line, source) in [
        ("we fear no one and want peace", "we want peace and fear no one"),
        ("old and new", "new and old"),
        ("he has ideas different", "Then he has different ideas."),
        ("has he different ideas", "Then he has different ideas."),
        ("the harbour is ours, we said so", "We said so: the harbour is ours."),
        // Other words follow where the exchanged clause would stand.
        ("the old harbour is ours, we said so", "We said so: the old harbour is ours. It rains."),
        ("the old harbour is ours, we said so", "We said so: the old harbour is ours. Ed is so."),
    ] {
        let alignment = aligned(line, source).unwrap();
        let differs = |edit: &Edit| {
            matches!(
                edit,
                Edit::Changed { .. }
                    | Edit::Dropped { moved: false, .. }
                    | Edit::Added { moved: false, .. }
            )
        };
        assert!(!alignment.edits.iter().any(differs), "{line}: {:?}", alignment.edits);
        assert!(
            alignment.edits.iter().any(|edit| matches!(edit, Edit::Dropped { moved: true, .. }))
        );
        assert!(alignment.similarity > 0.75 && alignment.similarity < 1.0);
    }
}

#[test]
fn verbatim_stretches() {
    let mut lexicon = Lexicon::new();
    for (line, source, expected) in [
        ("We act", "First we talk; then WE ACT!", Some(Span::new(20, 26))),
        ("a a b", "a a a b", Some(Span::new(2, 7))),
        ("we act", "we then act", None),
        ("don’t", "they don't", Some(Span::new(5, 10))),
        ("", "we", None),
    ] {
        let words = [line, source].map(|text| Words::of_text(text, &mut lexicon));
        assert_eq!(find_verbatim(words[0].all(), words[1].all(), &lexicon), expected, "{line}");
    }
}

#[test]
fn what_is_too_long_is_left() {
    assert_eq!(aligned("", "we act"), None);
    assert_eq!(aligned(&"we ".repeat(MAX_LINE_WORDS + 1), "we act"), None);
    let alone = aligned("we act", "").unwrap();
    assert_eq!((alone.similarity, alone.window, alone.edits.len()), (0.0, Span::new(0, 0), 2));
}

/// Makes a text of invented words, no two alike.
fn invented(n_words: usize, from: usize) -> String {
    (from..from + n_words).map(|n| format!("w{n} ")).collect()
}

#[test]
fn a_long_line_is_found_in_a_longer_source_in_bounded_work() {
    let source = invented(300_000, 0);
    let line = format!("{} other {}", invented(900, 200_000), invented(900, 200_900));
    let alignment = aligned(&line, &source).unwrap();
    assert_eq!(alignment.edits.iter().filter(|edit| edit.is_kept()).count(), 1_800);
    assert_eq!(alignment.edits.len(), 1_801);
    let alike = "we ".repeat(2_000);
    assert!(aligned(&alike, &"we ".repeat(100_000)).unwrap().similarity > 0.99);
}

const WORDS: &str = "(we|act|acts|acting|now|not|harbor|harbour|5|the|no|’|, |\\. ){1,2}";

proptest! {
    #[test]
    fn a_text_is_kept_in_itself(before in WORDS, words in proptest::collection::vec("[a-d]{1,3}", 1..12), behind in WORDS) {
        let line = words.join(" ");
        let alignment = aligned(&line, &line).unwrap();
        prop_assert!(alignment.edits.iter().all(Edit::is_kept));
        let within = aligned(&line, &format!("{before} {line} {behind}")).unwrap();
        prop_assert_eq!(within.similarity, 1.0);
        prop_assert!(within.edits.iter().all(Edit::is_kept));
    }

    #[test]
    fn every_word_is_in_one_edit_and_the_diff_is_the_source(
        line in proptest::collection::vec("[a-c]{1,2}|harbors?|—|don’t|é", 1..14),
        source in proptest::collection::vec("[a-c]{1,2}|harbors?|—|don’t|é", 0..20),
    ) {
        let (line, source) = (line.join(" "), source.join(" "));
        let Some(alignment) = aligned(&line, &source) else { return Ok(()) };
        prop_assert!((0.0..=1.0).contains(&alignment.similarity));
        let of_line: Vec<Span> = alignment.edits.iter().filter_map(Edit::line).collect();
        let of_source: Vec<Span> = alignment.edits.iter().filter_map(Edit::source).collect();
        prop_assert_eq!(of_line, crate::tokens(&line).collect::<Vec<_>>());
        let inside: Vec<Span> = crate::tokens(&source).filter(|token| alignment.window.contains(*token)).collect();
        prop_assert_eq!(of_source, inside);
        let parts = diff(&alignment, &line, &source);
        let kept: String = parts.iter().filter(|part| part.kind != DiffPartKind::Dropped).map(|part| part.text).collect();
        prop_assert_eq!(kept, &source[alignment.window.range()]);
        let moved = |edit: &Edit| (matches!(edit, Edit::Dropped { moved: true, .. }), matches!(edit, Edit::Added { moved: true, .. }));
        let (away, here): (Vec<bool>, Vec<bool>) = alignment.edits.iter().map(moved).unzip();
        prop_assert_eq!(away.iter().filter(|is| **is).count(), here.iter().filter(|is| **is).count());
    }
}
