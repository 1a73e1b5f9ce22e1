//! Names as written to whole names: by the document itself, then by whom the caller knows.

use crate::lexicon::{DETERMINERS, ROLES};
use crate::source::is_name_word;
use crate::words::{Token, tokenize};
use memchr::memmem::Finder;
use onrecord_model::{Document, Speaker};
use std::collections::{BTreeMap, BTreeSet};

/// The most whole names that are kept of a document.
const MAX_NAMES: usize = 20_000;
/// The most whole names that are kept of one family name.
const MAX_NAMESAKES: usize = 8;
/// The most family names that whole names are looked for of in one document: each is looked for in
/// all of its text.
const MAX_WANTED: usize = 200;
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

/// The whole names that a document gives, by their last word, folded; those that were asked for.
#[derive(Default)]
pub(crate) struct WholeNames {
    by_last: BTreeMap<String, Vec<String>>,
    n_names: usize,
}

impl WholeNames {
    /// Gathers the whole names in the text of a document that end as some names do, which
    /// quotations are given to.
    ///
    /// Paragraphs without such a word, which are nearly all, are not cut into tokens.
    pub(crate) fn of<'n>(document: &Document, named: impl Iterator<Item = &'n str>) -> Self {
        let mut names = Self::default();
        let wanted: BTreeSet<String> = named.filter_map(family_name).take(MAX_WANTED).collect();
        let forms =
            wanted.iter().flat_map(|name| [name.clone(), name.to_uppercase(), titled(name)]);
        let forms: Vec<String> = forms.collect();
        let finders: Vec<Finder<'_>> = forms.iter().map(Finder::new).collect();
        for block in document.blocks() {
            let text = document.slice(block.span).as_bytes();
            if !finders.iter().any(|finder| finder.find(text).is_some()) {
                continue;
            }
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

/// Returns the last word of a name as written, if it may be that of a family.
fn family_name(named_as: &str) -> Option<String> {
    let span = onrecord_model::Span::from_range(0..named_as.len());
    let tokens = tokenize(named_as, span, &[]);
    let last = tokens.last().filter(|token| token.is_capitalised() && !token.is_any(ROLES))?;
    Some(without_owner(last.written).to_owned())
}

/// Writes a name with a capital and small letters behind it.
fn titled(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next();
    first.into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
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
    let is_office = |token: &Token<'_>| token.is_any(ROLES) || token.is_any(HONORIFICS);
    let mut from = run.iter().rposition(is_office).map_or(0, |at| at + 1);
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
    let first = tokens.iter().position(|token| !token.is_any(DETERMINERS)).unwrap_or(0);
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
    run.len() >= 2 && run.iter().any(|token| token.is_any(BODIES))
}
