//! What a text calls a speaker by, taken apart: `VICE PRESIDENT BIDEN`, `Obama, Barack`.

use crate::office::{
    When, honorific_key, is_head, is_honorific, is_joining, is_mark, is_office_word, is_title_word,
    office_key,
};
use crate::words::{Word, folded_words, words_of};
use onrecord_text::names_nobody;

/// The longest name that is looked at, in bytes.
const MAX_NAME: usize = 200;

/// The most words of a whole name.
const MAX_NAME_WORDS: usize = 6;

/// Particles of family names.
#[rustfmt::skip]
const PARTICLES: [&str; 19] = [
    "van", "von", "de", "da", "do", "dos", "del", "della", "der", "den", "di", "du", "la", "le",
    "bin", "ibn", "al", "el", "ter",
];

/// What stands behind a name and is no part of it.
#[rustfmt::skip]
const SUFFIXES: [&str; 22] = [
    "jr", "sr", "ii", "iii", "iv", "mp", "msp", "mep", "td", "qc", "kc", "cbe", "obe", "mbe",
    "phd", "md", "esq", "usn", "usa", "usmc", "usaf", "ret",
];

/// Words of labels that name nobody, beside those of [`names_nobody`], and in whatever company.
#[rustfmt::skip]
const NOBODY: [&str; 63] = [
    "q", "a", "audience", "crowd", "question", "questions", "questioner", "answer", "reporter",
    "reporters", "participant", "participants", "moderator", "interpreter",
    "translator", "operator", "announcer", "student", "students", "voice", "voices", "all",
    "several", "unidentified", "unknown", "anonymous", "male", "female", "man", "woman", "boy",
    "girl", "child", "children", "host", "interviewer", "official", "officials", "member",
    "members", "guest", "group", "class", "chorus", "both", "everyone", "somebody", "someone",
    "person", "teacher", "worker", "employee", "soldier", "soldiers", "veteran", "player",
    "players", "attendee", "panelist", "emcee", "mc", "clerk", "narrator",
];

/// Words for offices and roles that no family is called by: `Duty Officer`, `Party Leader`.
#[rustfmt::skip]
const NO_FAMILIES: [&str; 38] = [
    "administrator", "adviser", "advisor", "ambassador", "chair", "chairman", "chairperson",
    "chairwoman", "commissioner", "convener", "coordinator", "correspondent", "councillor",
    "councillors", "councilor", "councilors", "counsel", "delegate", "delegates", "director",
    "governor", "leader", "minister", "officer", "officers", "president", "rapporteur",
    "representative", "secretary", "senator", "senators", "speaker", "speakers", "spokesman",
    "spokesperson", "spokeswoman", "superintendent", "witness",
];

/// Words that stand in no person's name: what documents, their parts and bodies are called.
#[rustfmt::skip]
const NO_NAMES: [&str; 73] = [
    "report", "statement", "remarks", "briefing", "summary", "note", "update", "text",
    "transcript", "video", "photo", "address", "release", "order", "fact", "sheet", "pool",
    "message", "letter", "background", "schedule", "event", "location", "time", "date", "subject",
    "contact", "administration", "department", "committee", "commission", "ministry", "office",
    "agency", "university", "school", "college", "church", "company", "corporation", "union",
    "association", "society", "institute", "center", "centre", "bank", "fund", "delegation",
    "embassy", "mission", "team", "army", "navy", "force", "marines", "conference", "summit",
    "forum", "meeting", "session", "hall", "room", "street", "city", "county", "states",
    "nations", "kingdom", "republic", "anthem", "band", "reads",
];

/// A name taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Label {
    /// The office before, or behind, the name, in the form of [`office_key`]; empty for none.
    pub(crate) office: String,
    pub(crate) when: When,
    /// The honorific, folded; empty for none.
    pub(crate) honorific: String,
    /// The words of the name, folded; none for an office alone.
    pub(crate) name: Vec<String>,
    /// The generation, such as `jr`; empty for none.
    pub(crate) generation: String,
    /// The name as written, without what stands around it.
    pub(crate) written: String,
    /// Whether the name may be a person's that was never heard of.
    pub(crate) is_clean: bool,
    /// The office as written.
    pub(crate) office_written: String,
    /// Whether it stands for nobody that can be told apart: `Q`, `AUDIENCE MEMBER`.
    pub(crate) is_nobody: bool,
    /// Whether a mark of honour that whole names follow stands before it: `H.E.`
    pub(crate) is_styled: bool,
}

/// Tells whether a folded word is a particle of family names.
pub(crate) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Returns the family name in a whole name: its last word but for suffixes, with the hyphens and
/// particles before it.
pub(crate) fn family_of(name: &str) -> String {
    let words = words_of(name);
    let is_suffix = |word: &&Word| SUFFIXES.contains(&word.folded.as_str());
    let n_words = words.len() - words.iter().rev().take_while(is_suffix).count();
    let Some(mut first) = n_words.checked_sub(1) else { return name.to_owned() };
    while let Some(before) = first.checked_sub(1).and_then(|before| words.get(before))
        && first > 1
        && (before.before_hyphen || is_particle(&before.folded))
    {
        first -= 1;
    }
    let start = words.get(first).map_or(0, |word| word.start);
    let end = words.get(n_words - 1).map_or(name.len(), |word| word.end);
    name.get(start..end).unwrap_or(name).to_owned()
}

/// Takes a name apart.
pub(crate) fn read_label(written: &str) -> Label {
    let cut = written.get(..written.floor_char_boundary(MAX_NAME)).unwrap_or_default();
    let bare = without_brackets(cut);
    let bare = bare.trim().trim_end_matches([':', '.', ';', ',']);
    let all = words_of(bare);
    let (words, inverted) = in_order(&all);
    let n_before = n_words_before(&words);
    let (before, rest) = words.split_at(n_before.min(words.len()));
    let (name, behind) = split_behind(rest);
    let honorific = before.iter().find(|word| is_honorific(&word.folded));
    let of_office = |words: &[Word]| -> Vec<String> {
        let of = |word: &&Word| !is_honorific(&word.folded) && !is_lone_mark(&word.folded);
        words.iter().filter(of).map(|word| word.folded.clone()).collect()
    };
    let in_office = if before.iter().any(|word| is_office_word(&word.folded)) {
        before
    } else {
        behind
            .filter(|words| words.first().is_some_and(|w| is_office_word(&w.folded)))
            .unwrap_or(&[])
    };
    let (office, when) = office_key(&of_office(in_office));
    let is_suffix = |word: &&Word| SUFFIXES.contains(&word.folded.as_str());
    let generation = name.iter().find(is_suffix).map(|word| word.folded.clone());
    let name: Vec<Word> = name.iter().filter(|word| !is_suffix(word)).cloned().collect();
    Label {
        office,
        when,
        honorific: honorific.map(|word| honorific_key(&word.folded)).unwrap_or_default(),
        generation: generation.unwrap_or_default(),
        written: written_name(bare, &name, inverted),
        is_clean: is_clean(bare, &name),
        name: name.iter().map(|word| word.folded.clone()).collect(),
        office_written: span_of(bare, in_office),
        is_styled: before.iter().any(|w| is_lone_mark(&w.folded) && w.folded != "el"),
        is_nobody: names_nobody(cut) || is_nobody(&all),
    }
}

/// Tells whether words name nobody that can be told apart. Doubt counts: `Julia Child` may be.
fn is_nobody(words: &[Word]) -> bool {
    let is_one = |word: &Word| NOBODY.contains(&word.folded.as_str());
    let may_stand_beside = |word: &Word| {
        let folded = word.folded.as_str();
        is_one(word)
            || is_office_word(folded)
            || is_joining(folded)
            || folded.chars().all(|c| c.is_ascii_digit())
    };
    let is_first = words.first().is_some_and(|word| is_one(word) && word.folded.len() > 1);
    let is_last = words.last().is_some_and(|word| is_one(word) && word.folded.len() > 1);
    let is_press = matches!(words, [.., last] if last.folded == "press") && words.len() <= 2;
    is_press
        || is_first
        || is_last
        || (words.iter().any(is_one) && words.iter().all(may_stand_beside))
}

/// Cuts what stands in brackets: `(via video)`.
fn without_brackets(written: &str) -> String {
    let mut kept = String::with_capacity(written.len());
    let mut depth = 0_u32;
    for c in written.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// Puts `Obama, Barack` in the order of speaking; tells whether it did.
fn in_order(words: &[Word]) -> (Vec<Word>, bool) {
    let comma = words.iter().position(|word| word.before_comma);
    let Some(comma) = comma else { return (words.to_vec(), false) };
    let (family, given) = words.split_at(comma + 1);
    let is_other = |word: &Word| {
        is_office_word(&word.folded)
            || is_joining(&word.folded)
            || SUFFIXES.contains(&word.folded.as_str())
            || word.before_comma
    };
    let n_particles = family.iter().take_while(|word| is_particle(&word.folded)).count();
    let is_inverted = family.len() - n_particles.min(family.len()) == 1
        && !family.iter().any(is_other_than_family)
        && (1..=3).contains(&given.len())
        && !given.iter().any(is_other);
    if !is_inverted {
        return (words.to_vec(), false);
    }
    let mut ordered = given.to_vec();
    ordered.extend(family.iter().cloned());
    (ordered, true)
}

fn is_other_than_family(word: &Word) -> bool {
    is_office_word(&word.folded) || is_honorific(&word.folded)
}

/// Counts the words of honorifics and offices before a name.
fn n_words_before(words: &[Word]) -> usize {
    let mut n_before = 0;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let folded = word.folded.as_str();
        if is_title_word(folded) {
            at += 1;
            n_before = at;
        } else if n_before > 0 && is_joining(folded) && at < n_before + 3 {
            // `of Health and Human Services Vale`: the next word of an office may be near.
            let next = words.get(at + 1);
            if folded == "and" && next.is_some_and(|next| is_head(&next.folded)) {
                break;
            }
            let near = words.get(at + 1..).unwrap_or_default().iter().take(3);
            let Some(next) = near.into_iter().position(|word| is_office_word(&word.folded)) else {
                break;
            };
            at += next + 1;
        } else {
            break;
        }
        if word.before_comma {
            break;
        }
    }
    // `MR. KING` is Mr. King.
    let begins = words.first().is_some_and(|word| is_honorific(&word.folded));
    let ends = words.get(2).is_none_or(|word| is_joining(&word.folded));
    if begins && n_before >= 2 && ends { 1 } else { n_before }
}

/// Parts a name from what stands behind it: an office behind a comma, `of` and a country.
fn split_behind(rest: &[Word]) -> (&[Word], Option<&[Word]>) {
    let is_suffix =
        |word: Option<&Word>| word.is_some_and(|word| SUFFIXES.contains(&word.folded.as_str()));
    let mut end = rest.len();
    for (at, word) in rest.iter().enumerate() {
        if at > 0 && is_joining(&word.folded) && !is_particle(&word.folded) {
            end = at;
            break;
        }
        if word.before_comma && !is_suffix(rest.get(at + 1)) {
            end = at + 1;
            break;
        }
    }
    let (name, behind) = rest.split_at(end);
    let after_comma = name.last().is_some_and(|word| word.before_comma);
    (name, after_comma.then_some(behind))
}

/// Tells whether a folded word is a mark that no office holds.
fn is_lone_mark(word: &str) -> bool {
    is_mark(word) && word != "the" && word != "right"
}

/// Writes a name as names are written: in the order of speaking, with one capital each.
fn written_name(bare: &str, name: &[Word], inverted: bool) -> String {
    let written = if inverted {
        let word = |word: &Word| bare.get(word.start..word.end).unwrap_or_default().to_owned();
        name.iter().map(word).collect::<Vec<_>>().join(" ")
    } else {
        let with_stop = span_of(bare, name);
        with_stop.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(',').to_owned()
    };
    let is_capitals = !written.chars().any(char::is_lowercase);
    if is_capitals { onrecord_text::in_title_case(&written) } else { written }
}

fn span_of(bare: &str, words: &[Word]) -> String {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
    bare.get(first.start..last.end).unwrap_or_default().to_owned()
}

/// Tells whether words can be the given and family name of someone never heard of.
fn is_clean(bare: &str, name: &[Word]) -> bool {
    let n_long = name.iter().filter(|word| word.folded.chars().count() > 1).count();
    let begins_high = |word: &Word| {
        let first = bare.get(word.start..).and_then(|word| word.chars().next());
        first.is_some_and(char::is_uppercase) || is_particle(&word.folded)
    };
    let is_other = |word: &Word| {
        let folded = word.folded.as_str();
        NO_NAMES.contains(&folded)
            || NOBODY.contains(&folded) && folded.len() > 1
            || is_joining(folded)
            || folded.chars().any(|c| c.is_ascii_digit())
    };
    let plain = |c: char| c.is_alphabetic() || c.is_whitespace() || ".,-'’‐‑".contains(c);
    // In capitals an office looks like a name: `SOLICITOR GENERAL VALE`.
    let has_office = name.iter().any(|word| is_office_word(&word.folded))
        && !bare.chars().any(char::is_lowercase);
    (2..=MAX_NAME_WORDS).contains(&name.len())
        && n_long >= 2
        && bare.chars().all(plain)
        && name.iter().all(begins_high)
        && !name.iter().any(is_other)
        && !name.last().is_some_and(|word| NO_FAMILIES.contains(&word.folded.as_str()))
        && !has_office
}

/// A whole name of a person, ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FullName {
    /// All words but suffixes, folded.
    pub(crate) words: Vec<String>,
    /// How many of the last words are the family name; none where it stands elsewhere.
    n_family: Option<usize>,
    generation: String,
}

/// How well two names agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Agreement {
    /// One has initials in the middle of which the other knows nothing.
    Weak,
    /// One has more names in the middle than the other, and the rest is the same.
    Loose,
    /// Whatever the label gives is the same.
    Exact,
    /// They are the same word for word.
    Same,
}

impl FullName {
    pub(crate) fn new(name: &str, family: &[String]) -> Self {
        let mut words = folded_words(name);
        let mut generation = String::new();
        while words.len() > 1
            && let Some(last) = words.last().filter(|word| SUFFIXES.contains(&word.as_str()))
        {
            generation.clone_from(last);
            words.pop();
        }
        let n_family = words.ends_with(family).then_some(family.len());
        let n_family = n_family.filter(|&n_family| n_family < words.len());
        Self { words, n_family, generation }
    }

    /// Compares with the name of a label, of two words or more.
    pub(crate) fn agrees(&self, name: &[String], generation: &str) -> Option<Agreement> {
        if !generation.is_empty() && !self.generation.is_empty() && generation != self.generation {
            return None;
        }
        if name == self.words {
            return Some(Agreement::Same);
        }
        let n_family = self.n_family?;
        let (ours, family) = self.words.split_at(self.words.len() - n_family);
        let given = name.strip_suffix(family)?;
        let ((first, middle), (our_first, our_middle)) =
            (given.split_first()?, ours.split_first()?);
        if !may_stand_for(first, our_first) {
            return None;
        }
        if our_middle.is_empty() || middle.is_empty() {
            let is_initial = |word: &String| word.chars().count() == 1;
            return if middle.is_empty() {
                Some(Agreement::Exact)
            } else {
                middle.iter().all(is_initial).then_some(Agreement::Weak)
            };
        }
        let mut left = our_middle.iter();
        let all = middle.iter().all(|word| left.any(|our| may_stand_for(word, our)));
        let level =
            if middle.len() == our_middle.len() { Agreement::Exact } else { Agreement::Loose };
        all.then_some(level)
    }

    /// Tells whether the name gives more than a first and a family name.
    pub(crate) fn has_middle(&self) -> bool {
        self.n_family.is_some_and(|n_family| self.words.len() > n_family + 1)
    }
}

/// Tells whether two given names are the same, or one is the initial of the other.
fn may_stand_for(one: &str, other: &str) -> bool {
    let is_initial =
        |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    one == other || is_initial(one, other) || is_initial(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_taken_apart() {
        for (written, office, honorific, name) in [
            ("THE PRESIDENT", "president", "", ""),
            ("President Obama", "president", "", "obama"),
            ("PRESIDENT BARACK OBAMA", "president", "", "barack obama"),
            ("Obama, Barack", "", "", "barack obama"),
            ("Obama, Barack H.", "", "", "barack h obama"),
            ("Mr. Obama", "", "mr", "obama"),
            ("MR. KING", "", "mr", "king"),
            ("VICE PRESIDENT BIDEN", "vice president", "", "biden"),
            ("THE FIRST LADY", "first lady", "", ""),
            ("First Lady Michelle Obama", "first lady", "", "michelle obama"),
            ("DR. BIDEN:", "", "dr", "biden"),
            ("Press Secretary Robert Gibbs", "press secretary", "", "robert gibbs"),
            (
                "National Security Adviser Tom Donilon",
                "national security advisor",
                "",
                "tom donilon",
            ),
            ("Secretary of State Clinton", "secretary of state", "", "clinton"),
            (
                "Secretary of Health and Human Services Kathleen Sebelius",
                "secretary of health and human services",
                "",
                "kathleen sebelius",
            ),
            (
                "Secretary of the Treasury Timothy F. Geithner",
                "secretary of treasury",
                "",
                "timothy f geithner",
            ),
            ("H.E. Mr. José Ramos-Horta", "", "mr", "jose ramos horta"),
            ("Ana Vale, Minister of Ports", "minister of ports", "", "ana vale"),
            ("Martin Luther King, Jr.", "", "", "martin luther king"),
            ("Governor Jim Douglas of Vermont", "governor", "", "jim douglas"),
            ("Former President Clinton", "president", "", "clinton"),
            ("Councillor Ana Vale", "", "councillor", "ana vale"),
            ("COUNCILOR VALE", "", "councillor", "vale"),
            ("MRS. VALE (via video)", "", "mrs", "vale"),
            ("Mr. KING of New York.", "", "mr", "king"),
        ] {
            let label = read_label(written);
            let found = (&*label.office, &*label.honorific, label.name.join(" "));
            assert_eq!(found, (office, honorific, name.to_owned()), "{written}");
        }
    }

    #[test]
    fn names_are_written_in_order() {
        for (written, expected, is_clean) in [
            ("GOVERNOR JIM DOUGLAS", "Jim Douglas", true),
            ("Douglas, Jim", "Jim Douglas", true),
            ("H.E. Ms. Ana Vale", "Ana Vale", true),
            ("ANA O’VALE-REED", "Ana O’vale-Reed", true),
            ("POOL REPORT", "Pool Report", false),
            ("@Ada Orr", "Ada Orr", false),
            ("Duty Officer", "Duty Officer", false),
            ("Party Leader", "Party Leader", false),
            ("MR. DOUGLAS", "Douglas", false),
            ("J. B. Reed", "J. B. Reed", false),
        ] {
            let label = read_label(written);
            assert_eq!((&*label.written, label.is_clean), (expected, is_clean), "{written}");
        }
    }

    #[test]
    fn some_labels_are_nobody() {
        for (written, expected) in [
            ("Q", true),
            ("AUDIENCE", true),
            ("AUDIENCE MEMBER", true),
            ("Speaker 1", true),
            ("PARTICIPANT 2", true),
            ("SENIOR ADMINISTRATION OFFICIAL", true),
            ("UNIDENTIFIED FEMALE", true),
            ("THE PRESS", true),
            ("THE PRESIDENT", false),
            ("ANA VALE", false),
            ("Presiding Officer", true),
            ("Some Councillors", true),
            ("The PRESIDING OFFICER (Mr. Vale)", false),
        ] {
            assert_eq!(read_label(written).is_nobody, expected, "{written}");
        }
    }

    #[test]
    fn families_are_found() {
        for (name, family) in [
            ("Martin Van Buren", "Van Buren"),
            ("José Ramos-Horta", "Ramos-Horta"),
            ("Joseph R. Biden, Jr.", "Biden"),
            ("Nuri al-Maliki", "al-Maliki"),
            ("Charles de Gaulle", "de Gaulle"),
            ("Lula", "Lula"),
        ] {
            assert_eq!(family_of(name), family, "{name}");
        }
    }

    #[test]
    fn whole_names_agree() {
        let bush = |name: &str| FullName::new(name, &["bush".to_owned()]);
        for (ours, theirs, expected) in [
            ("George W. Bush", "George Bush", Some(Agreement::Exact)),
            ("George W. Bush", "George Walker Bush", Some(Agreement::Exact)),
            ("George H. W. Bush", "George W. Bush", Some(Agreement::Loose)),
            ("George W. Bush", "George H. W. Bush", None),
            ("George Bush", "George W. Bush", Some(Agreement::Weak)),
            ("George Bush", "George Walker Bush", None),
            ("Laura Bush", "George Bush", None),
        ] {
            let label = read_label(theirs);
            assert_eq!(bush(ours).agrees(&label.name, ""), expected, "{ours} / {theirs}");
        }
    }
}
