//! Names as written to whole names: by the document itself, then by whom the caller knows.

use crate::lexicon::{DETERMINERS, ROLES};
use crate::source::is_name_word;
use crate::words::{Token, tokenize};
use onrecord_model::{Document, Speaker};
use std::collections::BTreeMap;

/// The most whole names that are kept of a document.
const MAX_NAMES: usize = 20_000;
/// The most whole names that are kept of one family name.
const MAX_NAMESAKES: usize = 8;
/// The most words of a whole name, with the offices before it.
const MAX_WORDS: usize = 10;

/// Says for whom a name stands; with it come the whole names of the document that end in the
/// same word.
pub type Resolve<'a> = dyn Fn(&str, &[String]) -> Option<Speaker> + 'a;

/// Honorifics, folded.
const HONORIFICS: &[&str] = &[
    "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "lord", "lady", "sen.", "rep.",
    "gov.", "gen.", "rev.", "hon.", "prof.", "madam",
];

/// Words in the names of bodies and papers.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "institute", "association", "department", "ministry", "council", "committee", "union", "bank",
    "organization", "organisation", "court", "house", "congress", "senate", "party", "nations",
    "assembly", "charter", "constitution", "declaration", "act", "agency", "office", "commission",
    "foundation", "university", "corporation", "company", "times", "post", "journal", "chamber",
    "federation", "group", "league", "coalition", "alliance", "center", "centre", "fund", "board",
    "bureau", "society", "democrats", "republicans",
];

/// The whole names that a document gives, by their last word, folded.
#[derive(Default)]
pub(crate) struct WholeNames {
    by_last: BTreeMap<String, Vec<String>>,
    n_names: usize,
}

impl WholeNames {
    /// Gathers the whole names in the text of a document.
    pub(crate) fn of(document: &Document) -> Self {
        let mut names = Self::default();
        for block in document.blocks() {
            let tokens = tokenize(document.text(), block.span, &[]);
            let mut at = 0;
            while at < tokens.len() {
                let end = run_end(&tokens, at);
                if let Some(run) = tokens.get(at..end) {
                    names.add(run);
                }
                at = end.max(at + 1);
            }
        }
        names
    }

    fn add(&mut self, run: &[Token<'_>]) {
        let given = bare_name(run);
        let Some(last) = given.last().filter(|_| given.len() >= 2) else { return };
        let key = last_word(&last.folded).to_owned();
        if self.n_names >= MAX_NAMES {
            return;
        }
        let written: Vec<&str> = run.iter().map(|token| without_owner(token.written)).collect();
        let written = written.join(" ");
        let known = self.by_last.entry(key).or_default();
        if known.len() < MAX_NAMESAKES && !known.contains(&written) {
            known.push(written);
            self.n_names += 1;
        }
    }

    fn ending_in(&self, last: &str) -> &[String] {
        self.by_last.get(last).map_or(&[], Vec::as_slice)
    }
}

/// Returns where a run of name words ends that begins at `start`.
fn run_end(tokens: &[Token<'_>], start: usize) -> usize {
    let mut end = start;
    while let Some(token) = tokens.get(end)
        && end - start < MAX_WORDS
    {
        let joins = token.is_any(&["of", "de", "van", "von", "al", "bin"])
            && end > start
            && tokens.get(end + 1).is_some_and(is_name_word);
        if !is_name_word(token) && !joins {
            break;
        }
        end += 1;
    }
    end
}

/// Returns the words of a name behind its offices and honorifics.
fn bare_name<'t, 'a>(run: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let is_office = |token: &Token<'_>| token.is_any(&ROLES) || token.is_any(&HONORIFICS);
    let mut from = run.iter().rposition(|token| is_office(token)).map_or(0, |at| at + 1);
    if run.get(from).is_some_and(|token| token.is_any(&["of"])) {
        from += 2;
    }
    run.get(from..).unwrap_or_default()
}

fn last_word(folded: &str) -> &str {
    folded.strip_suffix("'s").unwrap_or(folded)
}

fn without_owner(written: &str) -> &str {
    written.strip_suffix("'s").or_else(|| written.strip_suffix("’s")).unwrap_or(written)
}

/// Finds for whom a name stands, with the offices and words before it.
pub(crate) fn resolve_name(
    named_as: &str,
    names: &WholeNames,
    resolve: &Resolve<'_>,
) -> Option<Speaker> {
    let span = onrecord_model::Span::from_range(0..named_as.len());
    let tokens = tokenize(named_as, span, &[]);
    let first = tokens.iter().position(|token| !token.is_any(&DETERMINERS)).unwrap_or(0);
    let tokens = tokens.get(first..)?;
    // The name is what has capitals at the end: `the late poet Ada Vale`.
    let is_part = |token: &&Token<'_>| {
        token.is_capitalised()
            || token.is_any(&["of", "the", "and", "de", "van", "von", "al", "bin"])
    };
    let n_name = tokens.iter().rev().take_while(is_part).count();
    let mut run = tokens.get(tokens.len() - n_name..)?;
    while run.first().is_some_and(|token| !token.is_capitalised()) {
        run = run.get(1..)?;
    }
    // Two who speak together are no one person.
    let is_joint = run.iter().any(|token| token.is_any(&["and"]));
    if is_joint && !body(run) {
        return None;
    }
    let last = run.last()?;
    let given = bare_name(run);
    let written = |words: &[Token<'_>]| {
        words.iter().map(|token| without_owner(token.written)).collect::<Vec<_>>().join(" ")
    };
    let known = names.ending_in(last_word(&last.folded));
    let found = if given.len() >= 2 {
        resolve(&written(given), &[])
    } else {
        resolve(&written(run), known)
    };
    found
        .or_else(|| sole_whole_name(given, known, resolve))
        .or_else(|| body(run).then(|| Speaker::from_name(&written(run))))
}

/// Takes the one whole name that the document gives for a family name.
fn sole_whole_name(
    given: &[Token<'_>],
    known: &[String],
    resolve: &Resolve<'_>,
) -> Option<Speaker> {
    if given.len() != 1 {
        return None;
    }
    let mut speakers = known.iter().map(|written| {
        let span = onrecord_model::Span::from_range(0..written.len());
        let tokens = tokenize(written, span, &[]);
        let words: Vec<&str> = bare_name(&tokens).iter().map(|token| token.written).collect();
        resolve(&words.join(" "), &[])
    });
    let first = speakers.next()??;
    speakers.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// Tells whether a name is that of a body or a paper.
fn body(run: &[Token<'_>]) -> bool {
    run.len() >= 2 && run.iter().any(|token| token.is_any(&BODIES))
}
