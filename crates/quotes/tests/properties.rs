//! What must hold of every text: spans lie on characters, in order and apart; hostile marks cost
//! no more than their length.

use onrecord_model::Span;
use onrecord_quotes::{Extraction, document_of, extract};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn found(text: &str) -> Extraction {
    extract(&document_of(text), &[], &|_, _| None)
}

fn is_inside(text: &str, span: Span) -> bool {
    text.get(span.range()).is_some_and(|words| !words.trim().is_empty())
}

proptest! {
    #[test]
    fn spans_lie_on_characters_in_order_and_apart(
        pieces in prop::collection::vec(
            "[a-zé]{1,6}|[“”\"‘’'«»„]|[.,:;!?—–…-]|\n\n|\n| |\\(|\\[|\\)|Ada Vale|said|that|Mayor|the|I|he|called",
            0..200,
        ),
        blanks in any::<bool>(),
    ) {
        let text = pieces.join(if blanks { " " } else { "" });
        let found = found(&text);
        let mut contents: Vec<Span> = Vec::new();
        for (ordinal, quote) in found.quotes.iter().enumerate() {
            prop_assert_eq!(quote.ordinal as usize, ordinal);
            prop_assert!(!quote.content.is_empty());
            prop_assert_eq!(quote.attribution.is_some(), quote.source.is_some());
            for span in quote.source.iter().chain(&quote.cue) {
                prop_assert!(is_inside(&text, *span), "{:?}", text);
            }
            if let Some(attribution) = &quote.attribution {
                prop_assert!((0.0..=1.0).contains(&attribution.confidence));
                prop_assert!(!attribution.named_as.is_empty());
            }
            contents.extend(&quote.content);
        }
        prop_assert!(contents.windows(2).all(|pair| pair[0].end <= pair[1].start), "{:?}", contents);
        contents.extend(found.non_quotes.iter().map(|marks| marks.span));
        contents.sort();
        prop_assert!(contents.windows(2).all(|pair| pair[0].end <= pair[1].start), "{:?}", contents);
        prop_assert!(contents.iter().all(|span| is_inside(&text, *span)), "{:?}", text);
    }
}

/// A text of this many marks takes well under a second even without optimisation; one that is
/// read in quadratic time takes hours.
const N_MARKS: usize = 100_000;
const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn unbalanced_marks_take_linear_time() {
    for piece in [
        "\"",
        "“",
        "“ ",
        "” ",
        "'a ",
        "“‘a",
        "“a” ",
        "((“",
        "« ",
        "“a” said “b, ",
        "He said, “Go. \n\n",
    ] {
        let started = Instant::now();
        found(&piece.repeat(N_MARKS));
        assert!(started.elapsed() < LIMIT, "{piece:?} took {:?}", started.elapsed());
    }
}
