use crate::sentence::sentences;
use crate::token::tokens;
use onrecord_model::{Block, BlockKind, Document, Passage, Span};

/// The longest passage, in bytes of text; a longer paragraph becomes several of about the same
/// length. Some 250 words: what fits on a screen with its citation.
const MAX_PASSAGE_BYTES: u32 = 1600;

/// Splits a document into passages: one for each block, several for a long paragraph.
///
/// Long blocks are cut at sentence ends, failing that at blanks, failing that between tokens.
/// A passage whose words are speech gets the speaker of its turn, or the document's where there
/// are no turns.
pub fn segment(document: &Document) -> Vec<Passage> {
    let one_voice = document.blocks().iter().all(|block| block.turn.is_none());
    let mut context = Context::default();
    let mut passages = Vec::with_capacity(document.blocks().len());
    for block in document.blocks() {
        context.enter(document, block);
        let voice = if one_voice {
            document.metadata.speaker.as_ref()
        } else {
            document.turn_of(block).and_then(|turn| turn.speaker.as_ref())
        };
        let speaker = voice.filter(|_| block.kind.is_speech());
        let all_sentences = sentences(document.text(), block.span);
        let mut pieces = pieces(document, block.span, &all_sentences).into_iter().peekable();
        while let Some(span) = pieces.next() {
            passages.push(Passage {
                ordinal: u32::try_from(passages.len()).expect("passages are fewer than bytes"),
                span,
                kind: block.kind,
                heading_path: context.heading_path(block),
                lead_in: context.lead_in.filter(|_| block.kind == BlockKind::ListItem),
                sentences: clip(&all_sentences, span),
                speaker: speaker.cloned(),
                continues: pieces.peek().is_some(),
                page: block.page,
            });
        }
    }
    passages
}

/// The headings and the lead-in that a block stands under.
#[derive(Default)]
struct Context {
    headings: Vec<(u8, Span)>,
    lead_in: Option<Span>,
}

impl Context {
    fn enter(&mut self, document: &Document, block: &Block) {
        match block.kind {
            BlockKind::Heading(level) => {
                self.headings.retain(|&(above, _)| above < level);
                self.headings.push((level, block.span));
                self.lead_in = None;
            }
            BlockKind::ListItem => {}
            BlockKind::Paragraph if document.slice(block.span).ends_with(':') => {
                self.lead_in = Some(block.span);
            }
            BlockKind::Header
            | BlockKind::Paragraph
            | BlockKind::Quotation
            | BlockKind::Table
            | BlockKind::Note => self.lead_in = None,
        }
    }

    /// Returns the headings above a block, outermost first.
    fn heading_path(&self, block: &Block) -> Vec<Span> {
        self.headings.iter().map(|&(_, span)| span).filter(|&span| span != block.span).collect()
    }
}

/// Cuts a block into pieces no longer than a passage may be, of about equal length.
fn pieces(document: &Document, block: Span, sentences: &[Span]) -> Vec<Span> {
    if block.len() <= MAX_PASSAGE_BYTES {
        return vec![block];
    }
    let units = sentences.iter().flat_map(|&sentence| short_units(document, sentence));
    let target = block.len() / block.len().div_ceil(MAX_PASSAGE_BYTES);
    let mut pieces: Vec<Span> = Vec::new();
    for unit in units {
        match pieces.last_mut() {
            Some(piece) if fits(*piece, unit, target) => piece.end = unit.end,
            _ => pieces.push(unit),
        }
    }
    pieces
}

/// Tells whether a piece that grows by a unit ends nearer to the target length than without it.
fn fits(piece: Span, unit: Span, target: u32) -> bool {
    let grown = unit.end - piece.start;
    grown <= target
        || (grown <= MAX_PASSAGE_BYTES && grown - target < target.saturating_sub(piece.len()))
}

/// Cuts a sentence that is longer than a passage may be: after a blank where there is one, else
/// anywhere but inside a token.
fn short_units(document: &Document, sentence: Span) -> Vec<Span> {
    if sentence.len() <= MAX_PASSAGE_BYTES {
        return vec![sentence];
    }
    let text = document.slice(sentence);
    let mut units = Vec::new();
    let mut start = 0;
    let (mut after_blank, mut anywhere) = (0, 0);
    for (at, blank_before) in cut_places(text) {
        while at - start > MAX_PASSAGE_BYTES as usize && anywhere > start {
            let end = if after_blank > start { after_blank } else { anywhere };
            units.push(trimmed(text, start, end).shifted(sentence.start));
            start = end;
        }
        anywhere = at;
        if blank_before {
            after_blank = at;
        }
    }
    units.push(trimmed(text, start, text.len()).shifted(sentence.start));
    units
}

/// Lists the places where a text may be cut: before each visible character that is not inside a
/// token, and whether a blank stands before it; last the end of the text.
fn cut_places(text: &str) -> impl Iterator<Item = (usize, bool)> {
    let mut tokens = tokens(text).map(Span::range).peekable();
    let mut blank_before = false;
    let places = text.char_indices().filter_map(move |(at, c)| {
        while tokens.next_if(|token| token.end <= at).is_some() {}
        let inside = tokens.peek().is_some_and(|token| token.start < at);
        let blank = c.is_whitespace();
        let place = (!inside && !blank).then_some((at, blank_before));
        blank_before = blank;
        place
    });
    places.chain(std::iter::once((text.len(), false)))
}

#[expect(clippy::string_slice, reason = "cut places lie on character boundaries")]
fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let piece = text[start..end].trim_end();
    Span::from_range(start..start + piece.len())
}

/// Returns the parts of sentences that lie inside a span.
fn clip(sentences: &[Span], span: Span) -> Vec<Span> {
    let first = sentences.partition_point(|sentence| sentence.end <= span.start);
    sentences[first..]
        .iter()
        .take_while(|sentence| sentence.start < span.end)
        .map(|sentence| Span::new(sentence.start.max(span.start), sentence.end.min(span.end)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{DocumentId, Metadata, Speaker, Turn, TurnId};
    use proptest::prelude::*;

    fn document(parts: &[(BlockKind, &str)]) -> Document {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for &(kind, part) in parts {
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            let start = text.len();
            text.push_str(part);
            blocks.push(Block::new(Span::from_range(start..text.len()), kind));
        }
        let speaker = Some(Speaker::from_name("Ada Orr"));
        let metadata = Metadata { speaker, ..Metadata::default() };
        Document::new(DocumentId::new("test", "", None), metadata, text.into(), blocks)
    }

    #[test]
    fn headings_and_lead_ins_are_context() {
        use BlockKind::{Heading, ListItem, Paragraph};
        let document = document(&[
            (Heading(1), "Title"),
            (Heading(2), "First"),
            (Paragraph, "We will:"),
            (ListItem, "act"),
            (ListItem, "wait"),
            (Heading(2), "Second"),
            (ListItem, "rest"),
            (Paragraph, "Done."),
        ]);
        let context: Vec<(Vec<&str>, Option<&str>)> = segment(&document)
            .iter()
            .map(|passage| {
                let path = passage.heading_path.iter().map(|&span| document.slice(span)).collect();
                (path, passage.lead_in.map(|span| document.slice(span)))
            })
            .collect();
        assert_eq!(
            context,
            [
                (vec![], None),
                (vec!["Title"], None),
                (vec!["Title", "First"], None),
                (vec!["Title", "First"], Some("We will:")),
                (vec!["Title", "First"], Some("We will:")),
                (vec!["Title"], None),
                (vec!["Title", "Second"], None),
                (vec!["Title", "Second"], None),
            ]
        );
    }

    #[test]
    fn only_speech_of_one_voice_has_a_speaker() {
        use BlockKind::{Header, Heading, Note, Paragraph};
        let parts = [
            (Heading(1), "T"),
            (Header, "May 1, 2011"),
            (Paragraph, "Hello."),
            (Note, "(Applause.)"),
        ];
        let one_voice = document(&parts);
        let spoken: Vec<bool> = segment(&one_voice).iter().map(|p| p.speaker.is_some()).collect();
        assert_eq!(spoken, [false, false, true, false]);

        let mut blocks = one_voice.blocks().to_vec();
        blocks[2].turn = Some(TurnId(0));
        let text = one_voice.text().into();
        let turns = Document::new(one_voice.id, one_voice.metadata, text, blocks);
        assert!(segment(&turns).iter().all(|passage| passage.speaker.is_none()));

        let speaker = Some(Speaker::from_name("Ben Moss"));
        let turns = turns.with_turns(vec![Turn { speaker: speaker.clone(), ..Turn::default() }]);
        let speakers: Vec<_> = segment(&turns).into_iter().map(|p| p.speaker).collect();
        assert_eq!(speakers, [None, None, speaker, None]);
    }

    #[test]
    fn long_paragraphs_are_cut_at_sentence_ends() {
        let sentence = "The committee met again and heard what the members had to say. ";
        let document = document(&[(BlockKind::Paragraph, sentence.repeat(60).trim_end())]);
        let passages = segment(&document);
        assert_eq!(passages.len(), 3);
        for passage in &passages {
            assert!(document.slice(passage.span).ends_with("say."));
            assert!((1100..=MAX_PASSAGE_BYTES).contains(&passage.span.len()), "{:?}", passage.span);
        }
        let continues: Vec<bool> = passages.iter().map(|passage| passage.continues).collect();
        assert_eq!(continues, [true, true, false]);
        assert_eq!(passages.iter().map(|p| p.sentences.len()).sum::<usize>(), 60);
    }

    proptest! {
        #[test]
        fn passages_cover_what_is_visible_and_cut_no_token(
            words in prop::collection::vec("[a-zé’]{1,9}|[.!?] |[\u{4e00}-\u{4e20}]{1,900}|x{1000,2500}|\"{1,40}", 0..400),
            blanks in any::<bool>(),
        ) {
            let text = words.join(if blanks { " " } else { "" });
            let text = text.trim();
            prop_assume!(!text.is_empty());
            let document = document(&[(BlockKind::Paragraph, text)]);
            let passages = segment(&document);
            let all: Vec<Span> = tokens(document.text()).collect();
            for (ordinal, passage) in passages.iter().enumerate() {
                prop_assert_eq!(passage.ordinal as usize, ordinal);
                prop_assert!(passage.span.len() <= MAX_PASSAGE_BYTES);
                let cut = |token: &Span| passage.span.overlaps(*token) && !passage.span.contains(*token);
                prop_assert!(!all.iter().any(cut));
            }
            prop_assert!(passages.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
            let held: usize = passages.iter().map(|p| visible(document.slice(p.span))).sum();
            prop_assert_eq!(held, visible(document.text()));
        }
    }
}
