//! Documents as they were indexed, put together from what an index holds of them.

use crate::error::IndexError;
use crate::reader::{Address, Reader, bytes_at};
use crate::record::{LabelRecord, PassageRecord, QuoteRecord};
use onrecord_model::{
    AnnotatedDocument, Block, Document, Evidence, Label, Passage, Quote, Span, Turn, TurnId,
};
use onrecord_text::{segment, spoken_tokens};

impl Reader {
    /// Puts a document together as it was indexed, with all that was derived from it; its head
    /// stands at an address. The file that it came from is not read.
    ///
    /// Who speaks is known of each passage; turns are there only for their labels. Of quotations, where
    /// the source is named is not known.
    ///
    /// # Errors
    /// When what is stored is not what was written.
    pub fn annotated(&self, head: Address) -> Result<AnnotatedDocument, IndexError> {
        let record = self.document_at(head)?;
        let mut text = String::with_capacity(record.n_bytes as usize);
        let mut records = Vec::with_capacity(record.n_passages as usize);
        for ordinal in 0..record.n_passages {
            let stored = self.passage(self.passage_of(head, ordinal))?;
            text.push_str(&stored.record.lead);
            text.push_str(&stored.text);
            records.push((stored.span, stored.record));
        }
        if blake3::hash(text.as_bytes()).as_bytes() != &record.text_blake3 {
            return Err(self.damaged_store(head));
        }
        let (blocks, turns) = layout(&text, &records);
        let document = Document::new(record.id(), record.metadata, text.into(), blocks);
        let document = document.with_turns(turns);
        let mut passages = segment(&document);
        let is_same =
            |(passage, (span, _)): (&Passage, &(Span, PassageRecord))| passage.span == *span;
        if passages.len() != records.len() || !passages.iter().zip(&records).all(is_same) {
            return Err(self.damaged_store(head));
        }
        let (mut quotes, mut labels) = (Vec::new(), Vec::new());
        for (passage, (_, record)) in passages.iter_mut().zip(records) {
            passage.speaker = record.speaker;
            let (ordinal, start) = (passage.ordinal, passage.span.start);
            quotes.extend(record.quotes.into_iter().map(|quote| quote.restored(ordinal)));
            labels.extend(record.labels.into_iter().map(|label| label.restored(ordinal, start)));
        }
        Ok(AnnotatedDocument { document, passages, quotes, labels })
    }

    /// Reads the hash of all that a document was made from; its head stands at an address.
    ///
    /// # Errors
    /// When there is no head.
    pub fn digest(&self, head: Address) -> Result<[u8; 16], IndexError> {
        let reader = self.searcher().segment_reader(head.0.segment_ord);
        let bytes = bytes_at(reader, "digest", head.0.doc_id)?.unwrap_or_default();
        bytes.try_into().map_err(|_| self.damaged_store(head))
    }
}

/// Returns the blocks that passages were cut from, and turns for those that begin with a label.
fn layout(text: &str, records: &[(Span, PassageRecord)]) -> (Vec<Block>, Vec<Turn>) {
    let (mut blocks, mut turns): (Vec<Block>, Vec<Turn>) = (Vec::new(), Vec::new());
    let mut goes_on = false;
    for (span, record) in records {
        match blocks.last_mut().filter(|_| goes_on) {
            Some(block) => block.span.end = span.end,
            None => {
                let label = label_of(text.get(span.range()).unwrap_or_default(), record);
                let turn = label.map(|label| {
                    turns.push(Turn { label: Some(label.shifted(span.start)), ..Turn::default() });
                    TurnId(turns.len() as u32 - 1)
                });
                blocks.push(Block { page: record.page, turn, ..Block::new(*span, record.kind) });
            }
        }
        goes_on = record.continues;
    }
    (blocks, turns)
}

/// Returns where the words of a passage stand that are the label of a turn: those at its beginning
/// that were not said, behind a number that counts it.
fn label_of(text: &str, record: &PassageRecord) -> Option<Span> {
    if !record.kind.is_speech() {
        return None;
    }
    let words = spoken_tokens(text, usize::MAX);
    let n_label = words.len().checked_sub(record.words as usize).filter(|n| *n > 0)?;
    let is_number = |word: &&Span| {
        let behind = text.get(word.end as usize..).unwrap_or_default();
        let digits = text.get(word.range()).unwrap_or_default();
        digits.bytes().all(|byte| byte.is_ascii_digit()) && behind.starts_with(['.', ')'])
    };
    let first = usize::from(words.first().filter(is_number).is_some());
    let label = words.get(first..first + n_label)?;
    Some(Span::new(label.first()?.start, label.last()?.end))
}

impl QuoteRecord {
    fn restored(self, passage: u32) -> Quote {
        let Self { ordinal, content, cue, kind, attribution } = self;
        Quote { ordinal, passage, content, cue, source: None, kind, attribution }
    }
}

impl LabelRecord {
    fn restored(self, passage: u32, passage_start: u32) -> Label {
        let method = self.method();
        let evidence = self.mentions.into_iter().map(|mention| Evidence {
            span: mention.span.shifted(passage_start),
            rule: mention.rule,
            weight: mention.weight,
        });
        Label {
            passage,
            priority: self.priority,
            score: self.score,
            evidence: evidence.collect(),
            method,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Description, PriorityName, Writer};
    use onrecord_model::{BlockKind, DocumentId, Metadata, Method, PriorityId, Speaker};
    use onrecord_text::{Lexicon, Words};
    use std::path::Path;

    fn write(folder: &Path, annotated: &AnnotatedDocument) -> Reader {
        let priority = PriorityName { id: "sea".into(), label: "Sea".into(), rank: Some(0) };
        let description =
            Description { priorities: vec![priority], quotes: true, ..Description::default() };
        let mut writer = Writer::open(folder, description, 1).unwrap();
        let mut lexicon = Lexicon::new();
        let words = Words::of(&annotated.document, &annotated.passages, &mut lexicon);
        writer.replace(annotated, &words, &lexicon, "a/b.txt", [7; 16]).unwrap();
        writer.commit().unwrap();
        writer.close().unwrap();
        Reader::open(folder).unwrap()
    }

    /// Makes a document of one block a line: `#` marks headings, `*` items, `@` a label up to the
    /// next colon.
    fn document(lines: &str) -> Document {
        let (mut text, mut blocks, mut turns) = (String::new(), Vec::new(), Vec::new());
        for line in lines.lines() {
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            let start = text.len() as u32;
            let (kind, line) = match line.split_at(1) {
                ("#", rest) => (BlockKind::Heading(2), rest),
                ("*", rest) => (BlockKind::ListItem, rest),
                _ => (BlockKind::Paragraph, line),
            };
            let label = line.find('@').map(|at| (at as u32, line.find(':').unwrap() as u32));
            text.push_str(&line.replace('@', ""));
            let turn = label.map(|(at, colon)| {
                let label = Span::new(start + at, start + colon);
                turns.push(Turn { label: Some(label), ..Turn::default() });
                TurnId(turns.len() as u32 - 1)
            });
            let span = Span::new(start, text.len() as u32);
            blocks.push(Block { turn, page: Some(3), ..Block::new(span, kind) });
        }
        let id = DocumentId::new("a", "b.txt", None);
        Document::new(id, Metadata::default(), text.into(), blocks).with_turns(turns)
    }

    #[test]
    fn a_document_comes_back_as_it_was_indexed() {
        let long = "The harbour is deep, and we shall keep it so for all who fish. ".repeat(120);
        let long = long.trim_end();
        for lines in [
            "We act.",
            "#Quays\nThey are:\n*old\n*12. new\nWords (Applause.) and more.",
            "@THE PRESIDENT: We act. [Laughter] Now.\nMore words.\n@Q: Why?",
            "12. @Mr. VALE: We act.\n7 boats sank.\n@Speaker 1 (00:03:12): Ships (Applause.) sail.",
            &format!("@MODERATOR: {long}\n{long}"),
            "@Q:\nNothing is said.",
        ] {
            let document = document(lines);
            let mut passages = segment(&document);
            let speaker = Speaker::from_name("Ada Vale");
            passages[0].speaker = Some(speaker);
            let start = passages[0].span.start;
            let label = Label {
                passage: 0,
                priority: PriorityId::new("sea"),
                score: 0.6,
                evidence: vec![Evidence {
                    span: Span::new(start, start + 1),
                    rule: "x".into(),
                    weight: 1.0,
                }],
                method: Method::Both,
            };
            let annotated =
                AnnotatedDocument { document, passages, quotes: vec![], labels: vec![label] };
            let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
            let first = write(folders[0].path(), &annotated);
            let head = first.heads().unwrap()[0];
            let restored = first.annotated(head).unwrap();
            assert_eq!(restored.document.text(), annotated.document.text());
            assert_eq!(
                (&restored.passages, &restored.labels),
                (&annotated.passages, &annotated.labels)
            );
            assert_eq!(first.digest(head).unwrap(), [7; 16]);
            // What is made of it is the same to the byte, but for names of files.
            let second = write(folders[1].path(), &restored);
            for ordinal in 0..annotated.passages.len() as u32 {
                let [one, two] = [&first, &second].map(|reader| {
                    reader.passage(reader.passage_of(reader.heads().unwrap()[0], ordinal)).unwrap()
                });
                assert_eq!(one, two, "{lines}");
            }
        }
    }
}
