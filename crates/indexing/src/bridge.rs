use onrecord_model::{Document, Passage, Span};
use onrecord_text::{Lexicon, inline_notes, tokens};
use tantivy::tokenizer::{PreTokenizedString, Token};

/// The most words on either side of a joint that are indexed; longer phrases over a joint are
/// found by their beginning and then read.
pub(crate) const REACH: usize = 12;

/// Stands for the joint among the words of a bridge; no word is like it.
pub(crate) const JOINT: &str = "\u{b6}";

/// The gap between the positions of two bridges, so that no phrase runs from one into the other.
const GAP: usize = 2;

/// Builds the bridges of a passage: the words before and behind each of its joints.
///
/// A phrase may run over a stage direction, and over the place where a long paragraph is cut
/// into passages. At each such joint a bridge holds up to [`REACH`] words before it, the joint,
/// and as many behind, stage directions left out; so a phrase that runs over a joint is a phrase
/// of the bridge with the joint between two of its words. None where there is no joint.
pub(crate) fn bridges(
    lexicon: &mut Lexicon,
    document: &Document,
    passages: &[Passage],
    ordinal: usize,
) -> Option<PreTokenizedString> {
    let passage = passages.get(ordinal)?;
    let notes: Vec<Span> = inline_notes(document.slice(passage.span)).collect();
    if notes.is_empty() && !passage.continues {
        return None;
    }
    let spoken = spoken_words(document, passages, ordinal);
    let mut joints: Vec<usize> = notes
        .iter()
        .map(|note| spoken.partition_point(|word| word.start < note.start + passage.span.start))
        .collect();
    joints.push(spoken.partition_point(|word| word.start < passage.span.end));
    joints.dedup();
    joints.retain(|&joint| joint > 0 && joint < spoken.len());

    let mut tokens = Vec::new();
    let mut position = 0;
    for joint in joints {
        let reach = joint.saturating_sub(REACH)..(joint + REACH).min(spoken.len());
        for at in reach {
            if at == joint {
                push(&mut tokens, &mut position, JOINT);
            }
            let word = lexicon.word(document.slice(spoken[at]));
            push(&mut tokens, &mut position, &word.folded);
        }
        position += GAP;
    }
    (!tokens.is_empty()).then(|| PreTokenizedString { text: String::new(), tokens })
}

fn push(tokens: &mut Vec<Token>, position: &mut usize, text: &str) {
    tokens.push(Token { position: *position, text: text.to_owned(), ..Token::default() });
    *position += 1;
}

/// Lists the words of a passage that were said, and the first [`REACH`] of the passages that
/// its paragraph goes on in; offsets are of the document.
fn spoken_words(document: &Document, passages: &[Passage], ordinal: usize) -> Vec<Span> {
    let words_of =
        |passage: &Passage| words_outside_notes(document.slice(passage.span), passage.span.start);
    let mut words = words_of(&passages[ordinal]);
    let enough = words.len() + REACH;
    for pair in passages[ordinal..].windows(2) {
        if !pair[0].continues || words.len() >= enough {
            break;
        }
        words.extend(words_of(&pair[1]));
    }
    words.truncate(enough);
    words
}

/// Finds the tokens of a text that lie outside its stage directions, moved by `base` bytes.
pub(crate) fn words_outside_notes(text: &str, base: u32) -> Vec<Span> {
    let mut notes = inline_notes(text).peekable();
    tokens(text)
        .filter(|word| {
            while notes.next_if(|note| note.end <= word.start).is_some() {}
            !notes.peek().is_some_and(|note| note.contains(*word))
        })
        .map(|word| word.shifted(base))
        .collect()
}
