use super::line::Line;
use super::modal::{Modal, may_be_would, modal_at};
use super::negator::{AUXILIARIES, PARTICLES, Reach, negator_at};
use onrecord_model::Span;

/// Who does what a verb says, as far as a pronoun tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Person {
    /// `I`, `we`.
    First,
    /// `you`.
    Second,
    /// `he`, `she`, `they`.
    Third,
}

/// A word of a sentence with what governs it: a verb mostly, else a noun or an adjective that is
/// said of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// Where the word stands, in bytes.
    pub word: Span,
    /// Where it stands with what governs it: `will not close`.
    pub span: Span,
    /// The modals that govern it, in order of their names; `can and must` are two.
    pub modals: Vec<Modal>,
    /// How many negators govern it; two make it stand again.
    pub n_negations: usize,
    /// Where a particle stands right behind the word that may make another verb of it, in bytes:
    /// `bet against`, `come back`.
    pub particle: Option<Span>,
    /// Whether it is done to what is named first: `will be closed`.
    pub is_passive: bool,
    /// Whether it is said of what was, as far as the words around it show.
    pub is_past: bool,
    /// Who does it, where a pronoun in its clause tells.
    pub person: Option<Person>,
    /// Whether it is only named, not said to be so: a noun, or an infinitive or gerund by itself.
    pub is_named: bool,
    /// Whether it is what something is said to be, to have or to be with, or denied to: `is ready`,
    /// `there is no plan`.
    pub is_complement: bool,
    /// Whether it is only supposed: in a clause with `if`, `unless` or `whether`.
    pub is_supposed: bool,
}

impl Predicate {
    /// Tells whether it is denied.
    pub const fn is_denied(&self) -> bool {
        self.n_negations % 2 == 1
    }
}

/// The most words between a modal or a negator and what it governs.
const MAX_BETWEEN: usize = 6;

/// The most words between `nobody` or `no child` and the modal of its verb.
const MAX_SUBJECT: usize = 12;

/// Words that may stand between a modal or a negator and its verb.
#[rustfmt::skip]
const SKIPPED: &[&str] = &[
    "be", "been", "being", "have", "has", "had", "having", "do", "does", "did", "doing", "is",
    "are", "was", "were", "am", "also", "always", "ever", "again", "still", "soon", "then", "now",
    "just", "even", "all", "both", "yet", "once", "first", "i", "we", "you", "they", "he", "she",
    "it", "and", "or", "to", "so", "able", "only", "too", "very", "there", "today", "longer", "about", "back",
];

/// Words that begin what is a noun with its adjectives.
#[rustfmt::skip]
const DETERMINERS: &[&str] = &[
    "a", "an", "the", "our", "your", "my", "his", "her", "their", "its", "any", "some", "this",
    "that", "these", "those", "more", "most", "such", "other", "each", "every", "in", "on", "at",
    "of", "for", "from", "by", "with", "into", "over", "under", "through",
];

/// Determiners that may stand before a complement.
const ARTICLES: &[&str] = &["a", "an", "the", "any", "some", "our", "their", "his", "her", "its"];

/// Verbs whose own denial or modal goes for the one behind `to`: `we do not plan to close`.
#[rustfmt::skip]
const PASSING: &[&str] = &[
    "want", "intend", "plan", "expect", "mean", "propose", "wish", "agree", "try", "seek", "think",
    "continue", "begin", "start", "ready", "willing", "prepared", "afford", "choose",
];

/// Verbs whose denial goes for the clause behind: `I do not think we should`.
const THINKING: &[&str] = &["think", "believe", "expect"];

/// Verbs by which what is behind `to` is meant to happen.
#[rustfmt::skip]
const MEANING: &[&str] = &[
    "plan", "intend", "want", "mean", "propose", "agree", "decide", "promise", "pledge", "vow",
];

/// Forms of `be`.
#[rustfmt::skip]
const BE: &[&str] = &[
    "is", "are", "was", "were", "am", "be", "been", "i'm", "we're", "they're", "he's", "she's",
    "it's", "you're", "that's", "there's", "isn't", "aren't", "wasn't", "weren't",
];

/// Words that put a verb behind them into the past, and how many words behind at most.
#[rustfmt::skip]
const PAST: &[&str] = &[
    "did", "didn't", "was", "wasn't", "were", "weren't", "have", "haven't", "has", "hasn't", "had",
    "hadn't", "we've", "i've", "they've", "you've",
];
const MAX_PAST: usize = 3;

/// Words behind which is what something is said to be, to have or to do with.
const BEFORE_COMPLEMENTS: &[&str] = &["have", "has", "had", "with", "without"];

/// Participles in neither -ed nor -ing, as of `is not sold`.
#[rustfmt::skip]
const PARTICIPLES: &[&str] = &[
    "begun", "bought", "broken", "brought", "built", "chosen", "cut", "done", "drawn", "driven",
    "fed", "forgotten", "fought", "found", "given", "grown", "heard", "held", "hidden", "kept",
    "known", "laid", "led", "left", "lost", "made", "met", "paid", "put", "read", "said", "seen",
    "sent", "set", "shown", "shut", "sold", "spent", "spoken", "stolen", "sunk", "taken", "taught",
    "thought", "thrown", "told", "torn", "understood", "won", "written",
];

/// Words that open a clause with a subject of its own.
const CLAUSES: &[&str] =
    &["that", "who", "which", "because", "when", "while", "but", "and", "where", "as", "since"];

/// Finds the words of a sentence that modals and negators govern, and all others of which it is
/// about, in order.
///
/// ```
/// use onrecord_text::{Modal, predicates};
///
/// let text = "We will never close the mill.";
/// let found = predicates(text);
/// assert_eq!(&text[found[0].span.range()], "will never close");
/// assert_eq!(found[0].modals, [Modal::Will]);
/// assert!(found[0].is_denied() && !found[0].is_named);
/// assert!(!found[1].is_denied(), "mill");
/// ```
pub fn predicates(text: &str) -> Vec<Predicate> {
    let line = Line::of(text);
    let mut walk = Walk::new(&line);
    let mut at = 0;
    while at < line.len() {
        at += walk.step(at);
    }
    walk.found
}

/// What waits for the word that it governs.
#[derive(Clone, Default)]
struct Pending {
    modals: Vec<Modal>,
    n_negations: usize,
    /// The first word of it.
    from: Option<usize>,
    /// Whether it comes from a verb before, and goes for the next in the same way.
    is_passed: bool,
    /// Whether a noun with its adjectives follows, of which the last word counts.
    of_noun: bool,
    /// Whether that is so if no participle follows, as behind `is not`.
    of_be: bool,
    /// Words since.
    n_between: usize,
}

struct Walk<'a> {
    line: &'a Line<'a>,
    pending: Pending,
    /// A negator that is the subject, or of it, with how many words ago it was.
    subject: Option<(usize, usize)>,
    person: Option<Person>,
    /// Whether a complement may follow.
    before_complement: bool,
    /// Whether a word right before makes the next one a noun.
    after_determiner: bool,
    found: Vec<Predicate>,
}

impl<'a> Walk<'a> {
    const fn new(line: &'a Line<'a>) -> Self {
        Self {
            line,
            pending: Pending {
                modals: Vec::new(),
                n_negations: 0,
                from: None,
                is_passed: false,
                of_noun: false,
                of_be: false,
                n_between: 0,
            },
            subject: None,
            person: None,
            before_complement: false,
            after_determiner: false,
            found: Vec::new(),
        }
    }

    /// Takes the word at a place; returns how many words were taken.
    fn step(&mut self, at: usize) -> usize {
        let line = self.line;
        if line.is_parted(at) {
            self.end_clause();
        }
        let word = line.word(at);
        self.note_subject(at);
        let n_modal = self.take_modal(at);
        if n_modal > 0 {
            return n_modal;
        }
        if let Some((reach, n_words)) = negator_at(line, at) {
            self.take_negator(at, reach);
            // A contraction is an auxiliary, too.
            return n_words;
        }
        if self.subject.is_some_and(|_| AUXILIARIES.contains(&word)) {
            self.take_subject();
        }
        if is_said(line, at) {
            self.take_content(at);
        } else {
            self.take_function_word(word);
        }
        1
    }

    fn end_clause(&mut self) {
        self.pending = Pending::default();
        self.subject = None;
        self.before_complement = false;
        self.after_determiner = false;
        self.person = None;
    }

    fn note_subject(&mut self, at: usize) {
        let word = self.line.word(at);
        let stem = word.split('\'').next().unwrap_or(word);
        match stem {
            "i" | "we" => self.person = Some(Person::First),
            "you" => self.person = Some(Person::Second),
            "he" | "she" | "they" => self.person = Some(Person::Third),
            // `I do not think that we should`: the denial goes on.
            "that" if is_form(self.line.before(at, 1), THINKING) => self.person = None,
            // `No one who fights should pay`: the relative clause is of the subject.
            "who" | "that" | "which" if self.subject.is_some_and(|(_, n)| n <= 2) => {
                self.person = None;
            }
            clause if CLAUSES.contains(&clause) => {
                // What was said of the subject before is not said of the next.
                self.person = None;
                self.subject = None;
            }
            _ => {}
        }
    }

    /// Takes a modal, if one stands here; returns how many words it has.
    fn take_modal(&mut self, at: usize) -> usize {
        let Some(found) = modal_at(self.line, at) else { return 0 };
        if self.pending.is_passed {
            // The inner clause has a modal of its own; the denial goes on.
            self.pending.modals.clear();
            self.pending.is_passed = false;
        }
        let would = may_be_would(self.line, at).then_some(Modal::Would);
        for modal in [Some(found.modal), would].into_iter().flatten() {
            if !self.pending.modals.contains(&modal) {
                self.pending.modals.push(modal);
            }
        }
        self.pending.n_negations += usize::from(found.is_denied);
        self.pending.from.get_or_insert(at);
        (self.pending.n_between, self.pending.of_noun) = (0, false);
        self.take_subject();
        self.after_determiner = false;
        found.n_words
    }

    /// Lets a negator that is the subject deny the verb.
    fn take_subject(&mut self) {
        if let Some((from, n_words)) = self.subject.take()
            && n_words <= MAX_SUBJECT
        {
            self.pending.n_negations += 1;
            self.pending.from = Some(self.pending.from.map_or(from, |at| at.min(from)));
            self.pending.n_between = 0;
        }
    }

    fn take_negator(&mut self, at: usize, reach: Reach) {
        match reach {
            Reach::Subject => self.subject = Some((at, 0)),
            Reach::Noun if self.is_behind_verb(at) => self.deny_last(at),
            Reach::Noun if !self.is_behind_be(at) => self.subject = Some((at, 0)),
            Reach::Verb | Reach::Noun => {
                self.pending.n_negations += 1;
                self.pending.from.get_or_insert(at);
                self.pending.n_between = 0;
                self.pending.of_noun = reach == Reach::Noun;
                let own = self.line.word(at);
                self.pending.of_be = BE.contains(&self.line.before(at, 1)) || BE.contains(&own);
                self.before_complement |= BE.contains(&own) || own == "without";
            }
        }
        self.after_determiner = false;
    }

    /// Tells whether a verb of which a sentence is about stands right before a place.
    fn is_behind_verb(&self, at: usize) -> bool {
        let is_last = |last: &Predicate| at > 0 && last.word == self.line.span(at - 1);
        !self.line.is_parted(at) && self.found.last().is_some_and(is_last)
    }

    /// Tells whether a form of `be` or `have` stands right before a place.
    fn is_behind_be(&self, at: usize) -> bool {
        !self.line.is_parted(at) && AUXILIARIES.contains(&self.line.before(at, 1))
    }

    /// Denies the verb whose object is denied: `it makes no sense`.
    fn deny_last(&mut self, at: usize) {
        let end = self.line.span(at + 1).end;
        if let Some(last) = self.found.last_mut() {
            last.n_negations += 1;
            last.span.end = end.max(last.span.end);
        }
    }

    fn take_content(&mut self, at: usize) {
        let line = self.line;
        let word = line.word(at);
        let governed = self.pending.from.is_some() && self.pending.n_between <= MAX_BETWEEN;
        if let Some((_, n_words)) = &mut self.subject {
            *n_words += 1;
        }
        let is_complement = self.before_complement && !self.goes_on(at) && !is_participle(word);
        self.before_complement &= self.goes_on(at);
        let is_noun = self.pending.of_noun || self.pending.of_be && !is_participle(word);
        if governed && is_noun && self.goes_on(at) {
            // An adjective; the noun comes.
            self.push_bare(at, false);
            self.pending.of_noun = true;
            return;
        }
        if governed {
            let pending = std::mem::take(&mut self.pending);
            let from = pending.from.unwrap_or(at);
            let mut modals = pending.modals.clone();
            modals.sort_unstable();
            self.found.push(Predicate {
                word: line.span(at),
                span: line.stretch(from, at + 1),
                modals,
                n_negations: pending.n_negations,
                particle: self.particle(at),
                is_passive: self.is_passive(at),
                is_past: self.is_past(at),
                person: self.person,
                is_named: pending.of_noun,
                is_complement,
                is_supposed: line.is_supposed(at),
            });
            // `No plan to close` denies the closing, `not a plan to close` only the plan.
            let passes = !pending.of_noun || line.word(from) == "no";
            if passes && is_form(word, PASSING) && line.word(at + 1) == "to" {
                self.pending = Pending { is_passed: true, n_between: 0, of_noun: false, ..pending };
            } else if self.goes_for_next(at, &pending) {
                self.before_complement = is_complement;
                self.pending = Pending { n_between: 0, of_noun: false, ..pending };
            } else if is_form(word, THINKING) && pending.n_negations % 2 == 1 {
                self.subject = Some((from, 0));
            }
        } else {
            self.pending = Pending::default();
            self.push_bare(at, is_complement);
        }
        self.after_determiner = false;
    }

    /// Tells whether what governs a word goes for the one behind `or` or `and`: a denial only
    /// behind `or`.
    fn goes_for_next(&self, at: usize, pending: &Pending) -> bool {
        let is_and = self.line.word(at + 1) == "and" && pending.n_negations == 0;
        (is_and || self.line.is_any(at + 1, &["or", "nor"])) && is_said(self.line, at + 2)
    }

    /// Tells whether a word is said of what was: behind `did`, `was` or `have`, or in -ed.
    fn is_past(&self, at: usize) -> bool {
        let line = self.line;
        let before = (1..=MAX_PAST).take_while(|places| *places <= at);
        let has_auxiliary = before
            .take_while(|places| !line.is_parted(at + 1 - places))
            .any(|places| line.is_any(at - places, PAST));
        let is_passive_now = self.is_passive(at) || !self.pending.modals.is_empty();
        has_auxiliary || line.word(at).ends_with("ed") && !is_passive_now
    }

    /// Tells whether a noun with its adjectives goes on behind a word: a plural ends it.
    fn goes_on(&self, at: usize) -> bool {
        let word = self.line.word(at);
        let is_plural = word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
        is_said(self.line, at + 1) && !self.line.is_parted(at + 1) && !is_plural
    }

    /// Tells whether a word is a participle behind a form of `be`, adverbs and negators between.
    fn is_passive(&self, at: usize) -> bool {
        let line = self.line;
        let may_stand_between = |before: &usize| {
            is_adverb(line.word(*before)) || matches!(line.word(*before), "not" | "never" | "also")
        };
        let n_between = (1..=2)
            .take_while(|places| at.checked_sub(*places).is_some_and(|at| may_stand_between(&at)))
            .count();
        let is_ing = line.word(at).ends_with("ing");
        is_participle(line.word(at)) && !is_ing && BE.contains(&line.before(at, n_between + 1))
    }

    fn particle(&self, at: usize) -> Option<Span> {
        let is_there = PARTICLES.contains(&self.line.word(at + 1)) && !self.line.is_parted(at + 1);
        is_there.then(|| self.line.span(at + 1))
    }

    /// Takes a word that nothing governs.
    fn push_bare(&mut self, at: usize, is_complement: bool) {
        let line = self.line;
        let before = line.before(at, 1);
        // What others want may come or not.
        let is_meant = is_meant(line, at) && self.person == Some(Person::First);
        let is_infinitive = before == "to" && !is_meant;
        let is_gerund = line.word(at).ends_with("ing") && !AUXILIARIES.contains(&before);
        self.found.push(Predicate {
            word: line.span(at),
            span: line.span(at),
            modals: Vec::new(),
            n_negations: 0,
            particle: self.particle(at),
            is_passive: self.is_passive(at),
            is_past: self.is_past(at),
            person: self.person,
            is_named: self.after_determiner || is_infinitive || is_gerund,
            is_complement,
            is_supposed: line.is_supposed(at),
        });
    }

    fn take_function_word(&mut self, word: &str) {
        if let Some((_, n_words)) = &mut self.subject {
            *n_words += 1;
        }
        self.after_determiner = DETERMINERS.contains(&word);
        if BE.contains(&word) || BEFORE_COMPLEMENTS.contains(&word) {
            self.before_complement = true;
        } else if !(is_adverb(word) || ARTICLES.contains(&word) || SKIPPED.contains(&word)) {
            self.before_complement = false;
        }
        if self.pending.from.is_none() {
            return;
        }
        self.pending.n_between += 1;
        if SKIPPED.contains(&word) || is_adverb(word) {
            return;
        }
        if self.pending.n_negations > 0 && DETERMINERS.contains(&word) {
            // `Is not a crisis` denies the crisis.
            self.pending.of_noun = true;
        } else if !self.pending.is_passed {
            self.pending = Pending::default();
        }
    }
}

/// Tells whether a word is a form of one of some verbs.
fn is_form(word: &str, verbs: &[&str]) -> bool {
    verbs.iter().any(|verb| {
        let ending = word.strip_prefix(verb);
        ending.is_some_and(|ending| matches!(ending, "" | "s" | "d" | "ed" | "ing"))
    })
}

/// Tells whether a verb behind `to` is meant to happen: `we plan to close`.
fn is_meant(line: &Line<'_>, at: usize) -> bool {
    is_form(line.before(at, 2), MEANING)
}

/// Tells whether a word may be a participle: `is not closed`.
fn is_participle(word: &str) -> bool {
    word.ends_with("ing") || word.ends_with("ed") || PARTICIPLES.contains(&word)
}

/// Words in -ly that are no adverbs.
#[rustfmt::skip]
const NO_ADVERBS: &[&str] = &[
    "family", "supply", "apply", "reply", "rely", "comply", "imply", "assembly", "ally", "monopoly",
    "multiply",
];

/// Tells whether a word may be what a modal or a negator governs.
fn is_said(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    line.is_content(at)
        && !is_adverb(word)
        && !SKIPPED.contains(&word)
        && !PARTICLES.contains(&word)
}

fn is_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly") && !NO_ADVERBS.contains(&word)
}
