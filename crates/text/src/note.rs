use onrecord_model::Span;

/// The longest stage direction, in bytes.
const MAX_NOTE_BYTES: usize = 120;

/// Words that begin a stage direction or an editor's remark, folded.
const OPENERS: &[&str] = &[
    "a",
    "applause",
    "audience",
    "audio",
    "booing",
    "boos",
    "break",
    "chanting",
    "chants",
    "cheering",
    "cheers",
    "cross",
    "crosstalk",
    "crowd",
    "end",
    "gap",
    "gavel",
    "gestures",
    "groans",
    "inaudible",
    "indicates",
    "indicating",
    "indiscernible",
    "interruption",
    "laughing",
    "laughs",
    "laughter",
    "loud",
    "moment",
    "music",
    "no",
    "off",
    "pause",
    "pauses",
    "pounding",
    "prolonged",
    "shouting",
    "sic",
    "simultaneous",
    "singing",
    "sings",
    "sound",
    "standing",
    "sustained",
    "technical",
    "unintelligible",
    "video",
    "voice",
    "voices",
    "whistles",
];

/// Words of which a stage direction holds at least one, folded.
const MARKERS: &[&str] = &[
    "applause",
    "booing",
    "boos",
    "chanting",
    "chants",
    "cheering",
    "cheers",
    "crosstalk",
    "gavel",
    "groans",
    "inaudible",
    "indicating",
    "indiscernible",
    "interruption",
    "laughing",
    "laughs",
    "laughter",
    "mic",
    "microphone",
    "music",
    "ovation",
    "pause",
    "pauses",
    "sic",
    "singing",
    "sings",
    "sound",
    "talk",
    "unintelligible",
    "video",
    "voice",
    "voices",
    "whistles",
];

/// Markers that are spoken of as well: behind `a` or `no` they are words like any other.
const AMBIGUOUS: &[&str] = &["music", "sound", "talk", "video", "voice", "voices"];

/// Finds the stage directions inside a text, such as `(Applause.)` and `[inaudible]`, brackets
/// included.
///
/// In order and disjoint. Only remarks of the customary words are found: other brackets may hold
/// words that were said.
pub fn inline_notes(text: &str) -> impl Iterator<Item = Span> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text.get(from..)?.find(['(', '['])?;
            from = start + 1;
            if let Some(end) = note_end(text, start) {
                from = end;
                return Some(Span::from_range(start..end));
            }
        }
    })
}

/// Returns where the note that opens at `start` ends, if it is one.
fn note_end(text: &str, start: usize) -> Option<usize> {
    let inside = text.get(start + 1..)?;
    let length = inside.bytes().take(MAX_NOTE_BYTES).position(|byte| b"()[]".contains(&byte))?;
    let closes = matches!(inside.as_bytes().get(length), Some(b')' | b']'));
    (closes && is_stage_direction(inside.get(..length)?)).then_some(start + 1 + length + 1)
}

/// Tells whether the words of a bracket are a stage direction.
fn is_stage_direction(inside: &str) -> bool {
    let words: Vec<String> = inside
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let among = |list: &[&str], word: &String| list.binary_search(&word.as_str()).is_ok();
    words.len() <= 8
        && words.first().is_some_and(|word| among(OPENERS, word))
        && words.iter().any(|word| {
            let is_spoken_of = matches!(&*words[0], "a" | "no") && among(AMBIGUOUS, word);
            among(MARKERS, word) && !is_spoken_of
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes() {
        for (text, expected) in [
            ("Thank you. (Applause.) We act [laughter] now.", vec!["(Applause.)", "[laughter]"]),
            ("(Laughter and applause.) Yes", vec!["(Laughter and applause.)"]),
            ("He said (inaudible) -- (off mic) -- go", vec!["(inaudible)", "(off mic)"]),
            ("the law (No. 5) and (a treaty) and [the agency]", vec![]),
            ("open ( (applause) ((laughter", vec!["(applause)"]),
            ("(A standing ovation.)", vec!["(A standing ovation.)"]),
            (
                "with (a sound fiscal policy) and (no talk of war) (end of video)",
                vec!["(end of video)"],
            ),
            ("", vec![]),
        ] {
            let found: Vec<&str> = inline_notes(text).map(|span| &text[span.range()]).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn word_lists_are_sorted() {
        let mut openers = OPENERS.to_vec();
        openers.sort_unstable();
        assert_eq!(openers, OPENERS);
        assert!(MARKERS.is_sorted());
    }
}
