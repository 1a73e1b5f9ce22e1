//! A draft as a page: each quotation marked, with what was found of it behind a click.

use crate::Error;
use onrecord_model::{Document, Span};
use std::io::Write;

/// A quotation of a draft with what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedQuote {
    /// Where its parts stand in the draft's text, in order.
    pub parts: Vec<Span>,
    /// How it stands to the record, in a word.
    pub verdict: String,
    /// Whether it can be used as it is.
    pub is_safe: bool,
    /// What more there is to say: what it is, and the words.
    pub details: Vec<(String, String)>,
    /// What stands before, in and behind the true words.
    pub source: Option<[String; 3]>,
    /// The word diff, its own words in `[-…-]`, the source's in `{+…+}`.
    pub diff: Option<String>,
}

const STYLE: &str = "\
body{font:1.05rem/1.6 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
h1{font-size:1.4rem}.p{margin:0 0 1em;white-space:pre-wrap}\
details,summary{display:inline}summary{cursor:pointer;list-style:none}summary::-webkit-details-marker{display:none}\
details:not([open])::details-content{display:none}\
mark{background:#fde2e0;border-bottom:2px solid #b3261e;color:inherit}mark.safe{background:#e1f3e4;border-color:#1e7b34}\
.v{font:600 .72rem/1 system-ui,sans-serif;padding:.15em .45em;border-radius:.6em;background:#b3261e;color:#fff;white-space:nowrap}\
.v.safe{background:#1e7b34}\
.card{font:.9rem/1.5 system-ui,sans-serif;white-space:normal;display:block;border:1px solid #bbb;border-left:4px solid #555;margin:.5rem 0;padding:.5rem .8rem;background:#fafafa}\
.card dt{font-weight:600;float:left;clear:left;margin-right:.5em}.card dd{margin:0 0 .25em}\
blockquote{margin:.3rem 0;font-family:Georgia,serif;color:#666}blockquote b{color:#000}\
del{background:#fde2e0}ins{background:#e1f3e4;text-decoration:none;font-weight:600}\
@media print{details>.card{display:block}}";

/// Writes a page that needs nothing beside it: no script, no other file.
///
/// # Errors
/// When it cannot be written.
pub fn write_draft_page(
    out: &mut dyn Write,
    title: &str,
    draft: &Document,
    quotes: &[MarkedQuote],
) -> Result<(), Error> {
    let mut page = String::new();
    let n_safe = quotes.iter().filter(|quote| quote.is_safe).count();
    page.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
    page.push_str(
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>",
    );
    push_escaped(title, &mut page);
    page.push_str("</title>\n<style>");
    page.push_str(STYLE);
    page.push_str("</style>\n<h1>");
    push_escaped(title, &mut page);
    page.push_str(&format!(
        "</h1>\n<p>Quotations: {}. Safe as they are: {n_safe}. A click on one shows the record.</p>\n",
        quotes.len()
    ));
    let mut parts: Vec<(Span, usize, bool)> = Vec::new();
    for (at, quote) in quotes.iter().enumerate() {
        let spans = quote.parts.iter().enumerate();
        parts.extend(spans.map(|(part, span)| (*span, at, part == 0)));
    }
    parts.sort_by_key(|(span, ..)| span.start);
    for block in draft.blocks() {
        page.push_str("<div class=\"p\">");
        push_block(draft, block.span, &parts, quotes, &mut page);
        page.push_str("</div>\n");
    }
    out.write_all(page.as_bytes())?;
    Ok(())
}

fn push_block(
    draft: &Document,
    block: Span,
    parts: &[(Span, usize, bool)],
    quotes: &[MarkedQuote],
    page: &mut String,
) {
    let mut at = block.start;
    let first = parts.partition_point(|(span, ..)| span.start < block.start);
    let inside = parts.iter().skip(first).take_while(|(span, ..)| span.start < block.end);
    for (span, quote, is_first) in inside {
        let Some(quote) = quotes.get(*quote) else { continue };
        let end = span.end.min(block.end);
        if span.start < at || end <= span.start {
            continue;
        }
        push_escaped(draft.slice(Span::new(at, span.start)), page);
        push_quote(draft.slice(Span::new(span.start, end)), quote, *is_first, page);
        at = end;
    }
    push_escaped(draft.slice(Span::new(at, block.end)), page);
}

fn push_quote(written: &str, quote: &MarkedQuote, is_first: bool, page: &mut String) {
    let class = if quote.is_safe { " class=\"safe\"" } else { "" };
    if !is_first {
        page.push_str(&format!("<mark{class}>"));
        push_escaped(written, page);
        return page.push_str("</mark>");
    }
    page.push_str(&format!("<details><summary><mark{class}>"));
    push_escaped(written, page);
    let chip = if quote.is_safe { "v safe" } else { "v" };
    page.push_str(&format!("</mark> <span class=\"{chip}\">"));
    push_escaped(&quote.verdict, page);
    page.push_str("</span></summary><div class=\"card\"><dl>");
    for (name, words) in &quote.details {
        page.push_str("<dt>");
        push_escaped(name, page);
        page.push_str("</dt><dd>");
        push_escaped(words, page);
        page.push_str("</dd>");
    }
    page.push_str("</dl>");
    if let Some([before, words, after]) = &quote.source {
        page.push_str("<blockquote>");
        push_escaped(before, page);
        page.push_str("<b>");
        push_escaped(words, page);
        page.push_str("</b>");
        push_escaped(after, page);
        page.push_str("</blockquote>");
    }
    if let Some(diff) = &quote.diff {
        push_diff(diff, page);
    }
    page.push_str("</div></details>");
}

/// Writes a word diff with elements in the place of its marks; a mark out of place is text.
fn push_diff(diff: &str, page: &mut String) {
    const MARKS: [(&str, &str, &str, &str); 2] =
        [("[-", "-]", "<del>", "</del>"), ("{+", "+}", "<ins>", "</ins>")];
    page.push_str("<blockquote>");
    let mut rest = diff;
    loop {
        let opened = MARKS
            .iter()
            .filter_map(|mark| Some((rest.find(mark.0)?, mark)))
            .filter(|(at, mark)| rest.get(*at..).is_some_and(|rest| rest.contains(mark.1)))
            .min_by_key(|(at, _)| *at);
        let Some((at, (open, close, start, end))) = opened else { break };
        let inside = rest.get(at + open.len()..).unwrap_or_default();
        let (words, behind) = inside.split_once(close).unwrap_or((inside, ""));
        push_escaped(rest.get(..at).unwrap_or_default(), page);
        page.push_str(start);
        push_escaped(words, page);
        page.push_str(end);
        rest = behind;
    }
    push_escaped(rest, page);
    page.push_str("</blockquote>");
}

/// Appends a text with what would be markup escaped.
pub(crate) fn push_escaped(text: &str, page: &mut String) {
    for c in text.chars() {
        match c {
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '&' => page.push_str("&amp;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            // Marks that are ordinary in Hebrew and Arabic: a page keeps texts apart, so that they
            // turn nothing else.
            '\n' | '\u{200e}' | '\u{200f}' => page.push(c),
            c if is_noncharacter(c) => page.push('\u{fffd}'),
            c => page.push(crate::visible(c)),
        }
    }
}

/// Tells whether a character is one that Unicode will never assign, and that no valid page holds.
const fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || c as u32 & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{Block, BlockKind, DocumentId, Metadata};

    #[test]
    fn marks_of_direction_stay_and_overrides_are_shown() {
        for (text, expected) in [
            ("\u{200f}שלום\u{200e}!", "\u{200f}שלום\u{200e}!"),
            ("a\u{202e}b\u{2066}c\u{2069}", "a\u{fffd}b\u{fffd}c\u{fffd}"),
            ("<\t>\n\u{1b}\u{fdd0}", "&lt; &gt;\n␛\u{fffd}"),
        ] {
            let mut page = String::new();
            push_escaped(text, &mut page);
            assert_eq!(page, expected);
        }
    }

    #[test]
    fn quotations_are_marked_and_nothing_is_markup() {
        let text = "Vale said “we <b>act</b>” & left.";
        let span = Span::from_range(0..text.len());
        let blocks = vec![Block::new(span, BlockKind::Paragraph)];
        let id = DocumentId::new("tests", "draft", None);
        let draft = Document::new(id, Metadata::default(), text.into(), blocks);
        let quote = MarkedQuote {
            parts: vec![Span::new(13, 26)],
            verdict: "altered".into(),
            details: vec![("speaker".into(), "Ada <Vale>".into())],
            source: Some(["Now ".into(), "we <i>act</i>".into(), ".".into()]),
            diff: Some("we [-<b>act</b>-]{+<i>act</i>+} {+".into()),
            ..MarkedQuote::default()
        };
        let mut page = Vec::new();
        write_draft_page(&mut page, "A & B", &draft, &[quote]).unwrap();
        let page = String::from_utf8(page).unwrap();
        for part in [
            "<title>A &amp; B</title>",
            "<mark>we &lt;b&gt;act&lt;/b&gt;</mark> <span class=\"v\">altered</span>",
            "<dt>speaker</dt><dd>Ada &lt;Vale&gt;</dd>",
            "Now <b>we &lt;i&gt;act&lt;/i&gt;</b>.",
            "we <del>&lt;b&gt;act&lt;/b&gt;</del><ins>&lt;i&gt;act&lt;/i&gt;</ins> {+",
            "” &amp; left.</div>",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        assert!(!page.contains("<script") && !page.contains("http"));
    }
}
