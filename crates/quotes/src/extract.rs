//! Quotations of a whole document, paragraph by paragraph.

use crate::antecedent::antecedent;
use crate::block::{Given, is_signature, lead_in, may_be_quoted, sign_off_in, signature_in};
use crate::finding::Finding;
use crate::judge::{Verdict, judge};
use crate::mark::{Family, marks};
use crate::name::{Resolve, WholeNames, resolve_name};
use crate::pair::{Quoted, pair};
use crate::reason::{NonQuote, is_clause};
use crate::source::contracted;
use crate::words::{Token, tokenize};
use onrecord_model::{
    Attribution, AttributionRule, Block, BlockKind, Document, Passage, Quote, QuoteKind, Span,
};
use std::collections::BTreeMap;

/// How sure a pronoun that was led back to a name is, as a share of what the rule gives.
const SHARE_OF_ANTECEDENT: f32 = 0.85;

/// What was found in marks and blocks of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The quotations, in the order of the text.
    pub quotes: Vec<Quote>,
    /// What stands in marks and quotes nobody, in the order of the text.
    pub non_quotes: Vec<NonQuote>,
}

/// Finds the quotations of a document and whose words they are.
///
/// `resolve` says for whom a name stands; where the document has passages by a known speaker, the
/// words that this speaker reports of themselves (`I said`) are theirs. It cannot fail: marks
/// that make no sense mislead within their paragraph only.
pub fn extract(document: &Document, passages: &[Passage], resolve: &Resolve<'_>) -> Extraction {
    let mut extractor =
        Extractor { document, passages, extraction: Extraction::default(), open: None };
    let mut previous: Option<&Block> = None;
    let mut blocks = document.blocks().iter().peekable();
    while let Some(block) = blocks.next() {
        extractor.read(previous, block, blocks.peek().copied());
        previous = Some(block);
    }
    extractor.resolve_speakers(resolve);
    extractor.extraction
}

/// A quotation that may go on in the next paragraph.
struct Open {
    family: Family,
    /// Whether it is the last of the quotations; else it quotes nobody.
    is_quote: bool,
    turn: Option<onrecord_model::TurnId>,
}

struct Extractor<'a> {
    document: &'a Document,
    passages: &'a [Passage],
    extraction: Extraction,
    open: Option<Open>,
}

impl Extractor<'_> {
    fn read(&mut self, previous: Option<&Block>, block: &Block, next: Option<&Block>) {
        let text = self.document.text();
        if block.kind == BlockKind::Table {
            self.open = None;
            return;
        }
        if block.kind == BlockKind::Note && self.open.is_some() {
            return;
        }
        let start = self.after_label(block);
        let within = Span::new(start, block.span.end);
        let marks = marks(text, within);
        let open = self.open.take().filter(|open| open.turn == block.turn);
        let quotes = if marks.is_empty() {
            Vec::new()
        } else {
            pair(text, within, &marks, open.as_ref().map(|open| open.family))
        };
        if quotes.is_empty() {
            self.read_unmarked(previous, block, next);
            return;
        }
        let tokens = tokenize(text, within, &quotes);
        let verdicts = judge(text, &tokens, &quotes);
        let is_quote = self.keep(&tokens, &quotes, &verdicts, open.as_ref());
        if let [Verdict::Quotes(QuoteKind::Block, None)] = verdicts.as_slice() {
            self.look_around(previous, block, next);
        }
        let last = quotes.last().filter(|last| !last.is_closed && last.outer.end == within.end);
        self.open = last.map(|last| Open { family: last.family, is_quote, turn: block.turn });
    }

    /// Takes a block without marks as a quotation, where its layout or what stands around it says
    /// that it is one.
    fn read_unmarked(&mut self, previous: Option<&Block>, block: &Block, next: Option<&Block>) {
        let text = self.document.text();
        let is_set_off = block.kind == BlockKind::Quotation;
        let is_prose = is_set_off || block.kind == BlockKind::Paragraph;
        if !is_prose || is_signature(text, block) {
            return;
        }
        let signature = next.and_then(|next| signature_in(text, next));
        let lead =
            previous.filter(|previous| previous.turn == block.turn && may_be_quoted(text, block));
        let lead = lead.and_then(|previous| lead_in(text, previous));
        let (kind, given) = match (signature, lead) {
            (Some(signature), _) => (QuoteKind::Epigraph, Some(signature)),
            (None, Some(lead)) => (QuoteKind::Block, Some(lead)),
            (None, None) if is_set_off => (QuoteKind::Block, None),
            (None, None) => return,
        };
        self.push(kind, vec![block.span], given);
    }

    /// Looks in the paragraphs around for whose words a whole paragraph in marks is.
    fn look_around(&mut self, previous: Option<&Block>, block: &Block, next: Option<&Block>) {
        let text = self.document.text();
        let signature = next.and_then(|next| signature_in(text, next));
        let kind = if signature.is_some() { QuoteKind::Epigraph } else { QuoteKind::Block };
        let given = signature
            .or_else(|| next.and_then(|next| sign_off_in(text, next)))
            .or_else(|| previous.and_then(|previous| lead_in(text, previous)))
            .or_else(|| previous.and_then(|previous| sign_off_in(text, previous)))
            .or_else(|| {
                let label = self.document.turn_of(block)?.label?;
                let source = Span::new(label.start, label.end);
                block.span.contains(label).then_some(Given {
                    rule: AttributionRule::Label,
                    source,
                    cue: None,
                    confidence: 0.8,
                })
            });
        let Some(given) = given else { return };
        let attribution = self.attribution(&given);
        if let Some(quote) = self.extraction.quotes.last_mut() {
            quote.kind = kind;
            quote.source = Some(given.source);
            quote.cue = given.cue;
            quote.attribution = Some(attribution);
        }
    }

    /// Keeps what stands in the marks of a paragraph; tells whether the last is a quotation.
    fn keep(
        &mut self,
        tokens: &[Token<'_>],
        quotes: &[Quoted],
        verdicts: &[Verdict],
        open: Option<&Open>,
    ) -> bool {
        let mut is_quote = false;
        for (index, (quoted, verdict)) in quotes.iter().zip(verdicts).enumerate() {
            if quoted.goes_on
                && let Some(open) = open
            {
                is_quote = open.is_quote;
                if let (true, Some(last)) = (is_quote, self.extraction.quotes.last_mut()) {
                    last.content.push(quoted.inner);
                }
                continue;
            }
            let is_part = is_quote && index > 0 && self.goes_on(tokens, quotes, index, verdict);
            is_quote = matches!(verdict, Verdict::Quotes(..));
            match verdict {
                Verdict::Quotes(..) if is_part => {
                    if let Some(last) = self.extraction.quotes.last_mut() {
                        last.content.push(quoted.inner);
                        if is_clause(self.document.slice(quoted.inner)) {
                            last.kind = QuoteKind::Direct;
                        }
                    }
                }
                Verdict::Quotes(kind, finding) => {
                    let given = finding.as_ref().and_then(|finding| given(tokens, finding));
                    self.push(*kind, vec![quoted.inner], given);
                }
                Verdict::QuotesNobody(reason) => {
                    let non_quote = NonQuote { span: quoted.inner, reason: *reason };
                    self.extraction.non_quotes.push(non_quote);
                }
            }
        }
        is_quote
    }

    /// Tells whether marks go on with the quotation before: `“a,” he said, “b”`.
    fn goes_on(
        &self,
        tokens: &[Token<'_>],
        quotes: &[Quoted],
        index: usize,
        verdict: &Verdict,
    ) -> bool {
        let text = self.document.text();
        let (Some(before), Some(quoted)) = (quotes.get(index - 1), quotes.get(index)) else {
            return false;
        };
        let words = |quoted: &Quoted| text.get(quoted.inner.range()).unwrap_or_default();
        let (first, second) = (words(before), words(quoted));
        let from = tokens.partition_point(|token| token.span.start < before.outer.end);
        let to = tokens.partition_point(|token| token.span.end <= quoted.outer.start);
        let gap = tokens.get(from..to).unwrap_or_default();
        if gap.is_empty() || gap.iter().any(|token| token.starts_sentence) {
            return false;
        }
        if first.ends_with(['…']) && second.starts_with(['…']) {
            return true;
        }
        let Verdict::Quotes(_, Some(finding)) = verdict else { return false };
        let is_interrupted = first.ends_with([',', '—', '…', '-'])
            || gap.first().is_some_and(|token| token.is_stop(&[',']));
        let is_small = second.starts_with(char::is_lowercase) || second.starts_with('…');
        let ends =
            gap.last().is_some_and(|t| t.is_stop(&[',']) || t.piece == crate::words::Piece::Dash);
        let reports = finding.cue.as_ref().is_some_and(|cue| (from..to).contains(&cue.start));
        is_interrupted && is_small && ends && reports
    }

    fn push(&mut self, kind: QuoteKind, content: Vec<Span>, given: Option<Given>) {
        let Some(first) = content.first() else { return };
        let passage = self.passage_at(first.start);
        let ordinal = u32::try_from(self.extraction.quotes.len()).unwrap_or(u32::MAX);
        self.extraction.quotes.push(Quote {
            ordinal,
            passage,
            content,
            cue: given.as_ref().and_then(|given| given.cue),
            source: given.as_ref().map(|given| given.source),
            kind,
            attribution: given.as_ref().map(|given| self.attribution(given)),
        });
    }

    fn passage_at(&self, at: u32) -> u32 {
        let after = self.passages.partition_point(|passage| passage.span.start <= at);
        let index = after.saturating_sub(1);
        self.passages.get(index).map_or(0, |passage| passage.ordinal)
    }

    fn attribution(&self, given: &Given) -> Attribution {
        let written = self.document.slice(given.source);
        let named_as = written.split_whitespace().collect::<Vec<_>>().join(" ");
        Attribution { speaker: None, named_as, confidence: given.confidence, rule: given.rule }
    }

    /// Finds for whom the names stand that quotations were given to.
    fn resolve_speakers(&mut self, resolve: &Resolve<'_>) {
        let is_named = |quote: &Quote| quote.attribution.is_some();
        if !self.extraction.quotes.iter().any(is_named) {
            return;
        }
        let names = WholeNames::of(self.document);
        let mut known = BTreeMap::new();
        for quote in &mut self.extraction.quotes {
            let Some(attribution) = &mut quote.attribution else { continue };
            attribution.speaker = if attribution.named_as == "I" {
                let passage = self.passages.get(quote.passage as usize);
                passage.and_then(|passage| passage.speaker.clone())
            } else {
                let named_as = attribution.named_as.clone();
                let find = |named_as: &String| resolve_name(named_as, &names, resolve);
                known.entry(named_as.clone()).or_insert_with(|| find(&named_as)).clone()
            };
        }
    }

    /// Returns where the words of a block begin, behind the label of its turn.
    fn after_label(&self, block: &Block) -> u32 {
        let label = self.document.turn_of(block).and_then(|turn| turn.label);
        match label {
            Some(label) if block.span.contains(label) => label.end,
            Some(_) | None => block.span.start,
        }
    }
}

/// Turns what was found among the tokens of a paragraph into places of the text; a pronoun is led
/// back to the one whom alone it can mean.
fn given(tokens: &[Token<'_>], finding: &Finding) -> Option<Given> {
    let phrase = finding.source.clone()?;
    let is_pronoun = phrase.len() == 1;
    let led_back = is_pronoun.then(|| antecedent(tokens, phrase.start)).flatten();
    let (phrase, rule, confidence) = match led_back {
        Some(phrase) => {
            (phrase, AttributionRule::Antecedent, finding.confidence * SHARE_OF_ANTECEDENT)
        }
        None => (phrase, finding.rule, finding.confidence),
    };
    let first = tokens.get(phrase.start)?;
    let last = tokens.get(phrase.end.checked_sub(1)?)?;
    let end = last.span.end - ending_of(last);
    let cue = finding.cue.as_ref().and_then(|cue| {
        let end = tokens.get(cue.end.checked_sub(1)?)?.span.end;
        Some(Span::new(tokens.get(cue.start)?.span.start, end))
    });
    Some(Given { rule, source: Span::new(first.span.start, end), cue, confidence })
}

/// Returns how many bytes at the end of a word are no part of the name: those of `he'd`, `Vale's`.
fn ending_of(token: &Token<'_>) -> u32 {
    let is_owner = token.folded.ends_with("'s");
    if !is_owner && contracted(&token.folded).is_none() {
        return 0;
    }
    let at = token.written.rfind(['\'', '’']).unwrap_or(token.written.len());
    Span::from_range(at..token.written.len()).len()
}
