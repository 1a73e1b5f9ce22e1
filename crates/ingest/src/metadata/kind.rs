//! What sort of document a text is.

use crate::structure::Layout;
use onrecord_model::DocumentKind;

/// Words of titles that tell a kind, tried in this order.
const TITLE_WORDS: [(&str, DocumentKind); 27] = [
    ("fact sheet", DocumentKind::FactSheet),
    ("testimony", DocumentKind::Testimony),
    ("press conference", DocumentKind::Transcript),
    ("news conference", DocumentKind::Transcript),
    ("press briefing", DocumentKind::Transcript),
    ("interview", DocumentKind::Transcript),
    ("transcript", DocumentKind::Transcript),
    ("remarks", DocumentKind::Speech),
    ("address", DocumentKind::Speech),
    ("speech", DocumentKind::Speech),
    ("inaugural", DocumentKind::Speech),
    ("eulogy", DocumentKind::Speech),
    ("toast", DocumentKind::Speech),
    ("keynote", DocumentKind::Speech),
    ("lecture", DocumentKind::Speech),
    ("discurso", DocumentKind::Speech),
    ("palabras", DocumentKind::Speech),
    ("declaraciones", DocumentKind::Speech),
    ("comentarios", DocumentKind::Speech),
    ("press release", DocumentKind::PressRelease),
    ("statement by", DocumentKind::PressRelease),
    ("statement from", DocumentKind::PressRelease),
    ("statement of", DocumentKind::PressRelease),
    ("statement on", DocumentKind::PressRelease),
    ("statements by", DocumentKind::PressRelease),
    ("readout", DocumentKind::PressRelease),
    ("media note", DocumentKind::PressRelease),
];

/// First words of [`TITLE_WORDS`] for what a body puts out.
const STATEMENT: &str = "statement";

/// Words before `statement` by which it is one that was spoken in a house, and not put out.
const SPOKEN: [&str; 7] =
    ["closing", "floor", "introductory", "opening", "oral", "personal", "welcoming"];

/// The most bytes of a transcript for each turn: a debate's longest speeches, of an hour or so.
/// Lines in a book that look like labels are farther apart.
const MAX_BYTES_PER_TURN: usize = 60_000;

/// Infers the kind from the title, the header and the voices; `Other` where nothing tells it.
pub(crate) fn kind_of(title: &str, layout: &Layout) -> DocumentKind {
    let header = &layout.header;
    if let Some(kind) = header.kind {
        return kind;
    }
    let title = title.to_lowercase();
    let speaking = header.speaking_line.as_deref().unwrap_or_default().to_lowercase();
    let by_title = kind_by_words(&title).or_else(|| kind_by_words(&speaking));
    match by_title {
        Some(kind @ (DocumentKind::FactSheet | DocumentKind::Testimony)) => kind,
        _ if is_of_several(layout) => DocumentKind::Transcript,
        Some(kind) => kind,
        None if header.is_release => DocumentKind::PressRelease,
        None => DocumentKind::Other,
    }
}

fn kind_by_words(title: &str) -> Option<DocumentKind> {
    TITLE_WORDS.iter().find(|(words, _)| has_words(title, words)).map(|(_, kind)| *kind)
}

/// Tells whether several speak in turns that make up a good part of the text: a quarter at least.
fn is_of_several(layout: &Layout) -> bool {
    let in_turns = layout.blocks.iter().filter(|block| block.turn.is_some());
    let n_bytes: usize = in_turns.map(|block| block.span.range().len()).sum();
    layout.voices.are_several()
        && n_bytes >= layout.text.len() / 4
        && n_bytes <= layout.turns.len().saturating_mul(MAX_BYTES_PER_TURN)
}

/// Tells whether a title in lower case holds words that tell a kind.
fn has_words(title: &str, words: &str) -> bool {
    title.match_indices(words).any(|(at, _)| {
        let (before, rest) = title.split_at_checked(at).unwrap_or_default();
        let after = rest.get(words.len()..).unwrap_or_default();
        let last = before.split_whitespace().next_back().unwrap_or_default();
        let is_spoken = words.starts_with(STATEMENT) && SPOKEN.contains(&last);
        !before.ends_with(char::is_alphanumeric)
            && !after.starts_with(char::is_alphanumeric)
            && !is_spoken
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::lay_out;

    #[test]
    fn kinds_by_words_of_titles() {
        for (title, expected) in [
            ("statement by the mayor", Some(DocumentKind::PressRelease)),
            ("harbour board statement on ports", Some(DocumentKind::PressRelease)),
            ("introductory statement on s. 225", None),
            ("opening statement of the mayor", None),
            ("remarks on ports", Some(DocumentKind::Speech)),
            ("understatement on ports", None),
        ] {
            assert_eq!(kind_by_words(title), expected, "{title}");
        }
    }

    #[test]
    fn transcripts_are_in_turns_for_a_good_part() {
        let prose = "The harbour was old, and its quays were worn.\n\n";
        let turns = "MR. VALE: We will mend it.\n\nMR. MOSS: We will not.\n\n";
        for (text, expected) in [
            (turns.repeat(4), DocumentKind::Transcript),
            (format!("{prose}{}", turns.repeat(4)), DocumentKind::Transcript),
            (format!("{}{turns}", prose.repeat(40)), DocumentKind::Other),
            (format!("{turns}{}", prose.repeat(3000)), DocumentKind::Other),
        ] {
            assert_eq!(kind_of("", &lay_out(text.clone())), expected, "{} bytes", text.len());
        }
    }
}
