//! What sort of document a text is.

use super::Header;
use crate::structure::Voices;
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

/// Infers the kind from the title, the header and the voices; `Other` where nothing tells it.
pub(crate) fn kind_of(title: &str, header: &Header, voices: &Voices) -> DocumentKind {
    if let Some(kind) = header.kind {
        return kind;
    }
    let title = title.to_lowercase();
    let speaking = header.speaking_line.as_deref().unwrap_or_default().to_lowercase();
    let by_words = |text: &str| {
        TITLE_WORDS.iter().find(|(words, _)| has_words(text, words)).map(|(_, kind)| *kind)
    };
    let by_title = by_words(&title).or_else(|| by_words(&speaking));
    match by_title {
        Some(kind @ (DocumentKind::FactSheet | DocumentKind::Testimony)) => kind,
        _ if voices.are_several() => DocumentKind::Transcript,
        Some(kind) => kind,
        None if header.is_release => DocumentKind::PressRelease,
        None => DocumentKind::Other,
    }
}

fn has_words(title: &str, words: &str) -> bool {
    title.match_indices(words).any(|(at, _)| {
        let (before, rest) = title.split_at_checked(at).unwrap_or_default();
        let after = rest.get(words.len()..).unwrap_or_default();
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}
