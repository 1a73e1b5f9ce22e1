use crate::analysis::push_form;
use onrecord_model::{Passage, Span};
use onrecord_text::{Lexicon, WordId, Words};

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
    passages: &[Passage],
    words: &Words,
    lexicon: &Lexicon,
    ordinal: usize,
) -> Option<String> {
    let passage = &passages[ordinal];
    let notes = words.unspoken(passage.span);
    if notes.is_empty() && !passage.continues {
        return None;
    }
    let spoken = spoken_words(passages, words, ordinal);
    let mut joints: Vec<usize> = notes
        .iter()
        .map(|note| note.start)
        .chain([passage.span.end])
        .map(|place| spoken.partition_point(|(word, _)| word.start < place))
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
            let word = lexicon.forms(spoken[at].1).folded;
            if at == joint {
                bridges.push(JOINT);
                bridges.push_str(word);
            } else {
                push_form(&mut bridges, word);
            }
        }
    }
    (!bridges.is_empty()).then_some(bridges)
}

/// Makes the one word of a bridge that two words at a joint become.
pub(crate) fn joined(before: &str, behind: &str) -> String {
    format!("{before}{JOINT}{behind}")
}

/// Lists the words around the joints of a passage that were said, and the first [`REACH`] of the
/// passages that its paragraph goes on in.
fn spoken_words(passages: &[Passage], words: &Words, ordinal: usize) -> Vec<(Span, WordId)> {
    let passage = &passages[ordinal];
    let mut found: Vec<(Span, WordId)> = words.spoken(passage.span).collect();
    if words.unspoken(passage.span).is_empty() {
        found.drain(..found.len().saturating_sub(REACH));
    }
    let enough = found.len() + REACH;
    // No more passages than words: one without a word is no place that a phrase runs over.
    for pair in passages[ordinal..].windows(2).take(REACH) {
        if !pair[0].continues || found.len() >= enough {
            break;
        }
        found.extend(words.spoken(pair[1].span).take(REACH));
    }
    found.truncate(enough);
    found
}

/// Counts the words of a passage that were said; the label of a turn is none of them.
pub(crate) fn count_spoken(words: &Words, passage: Span) -> u32 {
    if words.unspoken(passage).is_empty() {
        words.within(passage).ids.len() as u32
    } else {
        words.spoken(passage).count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{Block, BlockKind, Document, DocumentId, Metadata, Turn, TurnId};
    use onrecord_text::segment;

    #[test]
    fn labels_and_stage_directions_are_not_said() {
        let text = "MR. REED (inaudible): We act. (Applause.) Now.\nMR. REED acts.";
        let (first, second) = (Span::new(0, 46), Span::new(47, 61));
        let block =
            |span| Block { turn: Some(TurnId(0)), ..Block::new(span, BlockKind::Paragraph) };
        let turn = Turn { label: Some(Span::new(0, 20)), ..Turn::default() };
        let id = DocumentId::new("root", "file", None);
        let blocks = vec![block(first), block(second)];
        let document =
            Document::new(id, Metadata::default(), text.into(), blocks).with_turns(vec![turn]);
        let mut lexicon = Lexicon::new();
        let passages = segment(&document);
        let words = Words::of(&document, &passages, &mut lexicon);
        let counted: Vec<u32> =
            passages.iter().map(|passage| count_spoken(&words, passage.span)).collect();
        assert_eq!(counted, [3, 3]);
    }
}
