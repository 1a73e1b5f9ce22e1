use crate::forms::{Forms, push};
use onrecord_model::{Document, Passage, Span};
use onrecord_text::{Lexicon, inline_notes, tokens};

/// The most words on either side of a joint that are indexed; longer phrases over a joint are
/// found by their beginning and then read.
pub(crate) const REACH: usize = 12;

/// Stands for the joint between two words; no word holds it.
const JOINT: char = '\u{b6}';

/// Stands between two bridges: as it makes a gap in the positions, no phrase runs from one into
/// the other.
const GAP: &str = " ";

/// Builds the bridges of a passage: the words before and behind each of its joints.
///
/// A phrase may run over a stage direction, and over the place where a long paragraph is cut
/// into passages. At each such joint a bridge holds up to [`REACH`] words before it and as many
/// behind, stage directions left out, the two words at the joint as one, see [`joined`]; so a
/// phrase that runs over a joint is a phrase of the bridge with two of its words joined. None
/// where there is no joint.
pub(crate) fn bridges(
    lexicon: &mut Lexicon,
    document: &Document,
    passages: &[Passage],
    forms: &Forms,
    ordinal: usize,
) -> Option<String> {
    let passage = &passages[ordinal];
    let notes = notes_of(document, passage);
    if notes.is_empty() && !passage.continues {
        return None;
    }
    let spoken = spoken_words(document, passages, forms, ordinal, &notes);
    let mut joints: Vec<usize> = notes
        .iter()
        .map(|note| note.start)
        .chain([passage.span.end])
        .map(|place| spoken.partition_point(|word| word.start < place))
        .collect();
    joints.dedup();
    joints.retain(|&joint| joint > 0 && joint < spoken.len());

    let mut bridges = String::new();
    for joint in joints {
        if !bridges.is_empty() {
            bridges.push_str(GAP);
        }
        let reach = joint.saturating_sub(REACH)..(joint + REACH).min(spoken.len());
        for at in reach {
            let word = lexicon.word(document.slice(spoken[at])).folded;
            if at == joint {
                bridges.push(JOINT);
                bridges.push_str(word);
            } else {
                push(&mut bridges, word);
            }
        }
    }
    (!bridges.is_empty()).then_some(bridges)
}

/// Finds the stage directions inside a passage; offsets are of the document.
fn notes_of(document: &Document, passage: &Passage) -> Vec<Span> {
    let notes = inline_notes(document.slice(passage.span));
    notes.map(|note| note.shifted(passage.span.start)).collect()
}

/// Makes the one word of a bridge that two words at a joint become.
pub(crate) fn joined(before: &str, behind: &str) -> String {
    format!("{before}{JOINT}{behind}")
}

/// Lists the words around the joints of a passage that were said, and the first [`REACH`] of the
/// passages that its paragraph goes on in.
fn spoken_words(
    document: &Document,
    passages: &[Passage],
    forms: &Forms,
    ordinal: usize,
    notes: &[Span],
) -> Vec<Span> {
    let own = forms.tokens(ordinal);
    let mut words = if notes.is_empty() {
        own[own.len().saturating_sub(REACH)..].to_vec()
    } else {
        outside(notes, own).collect()
    };
    let enough = words.len() + REACH;
    for (next, pair) in (ordinal + 1..).zip(passages[ordinal..].windows(2)) {
        if !pair[0].continues || words.len() >= enough {
            break;
        }
        let notes = notes_of(document, &pair[1]);
        words.extend(outside(&notes, forms.tokens(next)).take(REACH));
    }
    words.truncate(enough);
    words
}

/// Finds the tokens of a text that lie outside its stage directions.
pub(crate) fn words_outside_notes(text: &str) -> Vec<Span> {
    let notes: Vec<Span> = inline_notes(text).collect();
    let tokens: Vec<Span> = tokens(text).collect();
    outside(&notes, &tokens).collect()
}

/// Finds the tokens that lie outside all notes; both in order.
fn outside<'a>(notes: &'a [Span], tokens: &'a [Span]) -> impl Iterator<Item = Span> {
    let mut notes = notes.iter().peekable();
    tokens.iter().copied().filter(move |token| {
        while notes.next_if(|note| note.end <= token.start).is_some() {}
        !notes.peek().is_some_and(|note| note.contains(*token))
    })
}
