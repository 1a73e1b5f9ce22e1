//! Whether a source is by the one whom a draft names.

use super::familiar::{are_initials, is_pet_name};
use onrecord_model::{CivilDate, Speaker, SpeakerId};
use onrecord_people::{Context, Resolution, Roster, resolve};
use onrecord_text::{fold, tokens};

/// How a name in a draft stands to the speaker of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// The name may be this speaker's.
    Same,
    /// It cannot be told.
    Unsure,
    /// The name is another's.
    Other,
}

/// Words that stand for someone named before, or for no one, folded.
#[rustfmt::skip]
const PRONOUNS: [&str; 24] = [
    "he", "she", "they", "it", "we", "i", "you", "who", "this", "that", "one", "some", "many",
    "others", "critics", "everyone", "people", "someone", "somebody", "nobody", "his", "her",
    "their", "officials",
];

/// Articles: what they begin is an office or a body, not a name.
const ARTICLES: [&str; 3] = ["the", "a", "an"];

/// Reads the names in drafts against those of sources.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    pub(crate) roster: &'a Roster,
}

impl Names<'_> {
    /// Lists the names that speakers may have whom a draft calls so; none where that cannot be
    /// told.
    pub(crate) fn candidates(&self, named_as: &str) -> Vec<String> {
        let name_of = |id: &SpeakerId| {
            self.roster.person(id).map_or_else(|| id.to_string(), |person| person.name.to_string())
        };
        if let Some(ordinal) = ordinal_office(named_as) {
            return self.holder(&ordinal).iter().map(name_of).collect();
        }
        match resolve(self.roster, named_as, &Context::default()) {
            Resolution::Person(found) if found.is_listed => vec![found.speaker.name.into()],
            Resolution::Person(_) => last_word(named_as).into_iter().collect(),
            Resolution::Ambiguous(ids) => ids.iter().map(name_of).collect(),
            Resolution::Unknown if names_someone(named_as) => {
                let of_initials = self
                    .roster
                    .persons()
                    .iter()
                    .filter(|person| are_initials(named_as, &folded_words(&person.name)));
                let named = of_initials.map(|person| person.name.to_string());
                named.chain(last_word(named_as)).collect()
            }
            Resolution::Unknown | Resolution::Nobody => Vec::new(),
        }
    }

    /// Compares a name in a draft with the speaker of a source.
    pub(crate) fn fit(
        &self,
        named_as: &str,
        speaker: Option<&Speaker>,
        date: Option<CivilDate>,
    ) -> Fit {
        let Some(speaker) = speaker else { return Fit::Unsure };
        if let Some(ordinal) = ordinal_office(named_as) {
            return match self.holder(&ordinal) {
                Some(id) if id == speaker.id => Fit::Same,
                Some(_) => Fit::Other,
                None => Fit::Unsure,
            };
        }
        if self.is_short_for(named_as, speaker) {
            return Fit::Same;
        }
        let names = [speaker.name.to_string()];
        let around = Context { names: &names, speakers: &names, ..Context::default() };
        let may_be = |found: &Resolution| match found {
            Resolution::Person(found) => self.is_same(&found.speaker, speaker),
            Resolution::Ambiguous(ids) => ids.contains(&speaker.id),
            Resolution::Unknown | Resolution::Nobody => false,
        };
        // The office of a name may be one of another time than the words: Reagan in 1964. So the
        // date counts only where it helps.
        let found = resolve(self.roster, named_as, &around);
        let dated = Context { date, ..around };
        if may_be(&found) || may_be(&resolve(self.roster, named_as, &dated)) {
            return Fit::Same;
        }
        match found {
            Resolution::Person(found) if !found.is_listed && !names_someone(named_as) => {
                Fit::Unsure
            }
            Resolution::Person(_) | Resolution::Ambiguous(_) => Fit::Other,
            Resolution::Unknown => self.fit_of_unknown(named_as, speaker),
            Resolution::Nobody => Fit::Unsure,
        }
    }

    /// Tells whether a name is short for one of a speaker's.
    fn is_short_for(&self, named_as: &str, speaker: &Speaker) -> bool {
        let named = folded_words(named_as);
        let person = self.roster.person(&speaker.id);
        let aliases = person.into_iter().flat_map(|person| &person.aliases);
        std::iter::once(&speaker.name).chain(aliases).any(|name| {
            let name = folded_words(name);
            are_initials(named_as, &name) || is_pet_name(&named, &name)
        })
    }

    fn is_same(&self, one: &Speaker, other: &Speaker) -> bool {
        one.id == other.id || fold(&one.name).text == fold(&other.name).text
    }

    /// Compares a name that the roster does not know by its last word.
    fn fit_of_unknown(&self, named_as: &str, speaker: &Speaker) -> Fit {
        let Some(last) = last_word(named_as).filter(|_| names_someone(named_as)) else {
            return Fit::Unsure;
        };
        let person = self.roster.person(&speaker.id);
        let aliases =
            person.into_iter().flat_map(|person| person.aliases.iter().chain([&person.family]));
        let shares = std::iter::once(&speaker.name)
            .chain(aliases)
            .any(|name| folded_words(name).contains(&last));
        if shares { Fit::Same } else { Fit::Other }
    }

    /// Finds the one who was the n-th to hold an office: terms that follow one another count once.
    fn holder(&self, ordinal: &Ordinal) -> Option<SpeakerId> {
        let mut terms: Vec<(u32, &SpeakerId)> = Vec::new();
        for person in self.roster.persons() {
            let is_it = |of: Option<&str>| match (&ordinal.of, of) {
                (None, Some(of)) => fold(of).text.contains("united states"),
                (Some(asked), Some(of)) => fold(of).text.contains(asked.as_str()),
                (_, None) => false,
            };
            let offices = person.offices.iter().filter(|office| {
                fold(&office.title).text == ordinal.title && is_it(office.of.as_deref())
            });
            terms.extend(offices.filter_map(|office| Some((office.from?.first_day(), &person.id))));
        }
        terms.sort();
        terms.dedup_by(|next, before| next.1 == before.1);
        terms.get(ordinal.number.checked_sub(1)?).map(|(_, id)| (*id).clone())
    }
}

/// An office with the number of who held it: `the 44th president`.
#[derive(Debug, PartialEq, Eq)]
struct Ordinal {
    number: usize,
    title: String,
    of: Option<String>,
}

/// Ordinals up to the twentieth, folded.
#[rustfmt::skip]
const ORDINALS: [&str; 20] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
];

/// Tens that ordinals are made with, folded; twenty the first.
const TENS: [&str; 4] = ["twenty", "thirty", "forty", "fifty"];

fn ordinal_office(named_as: &str) -> Option<Ordinal> {
    let words = folded_words(named_as);
    let words = words.strip_prefix(&["the".to_owned()])?;
    let (number, rest) = read_ordinal(words)?;
    let of = rest.iter().position(|word| word == "of");
    let (title, of) = rest.split_at(of.unwrap_or(rest.len()));
    let is_office = matches!(title, [title] if title == "president")
        || matches!(title, [u, s, title] if u == "u" && s == "s" && title == "president")
        || matches!(title, [us, title] if (us == "us" || us == "american") && title == "president");
    let of: Vec<&str> =
        of.iter().skip(1).map(String::as_str).filter(|word| *word != "the").collect();
    is_office.then(|| Ordinal {
        number,
        title: "president".into(),
        of: (!of.is_empty()).then(|| of.join(" ")),
    })
}

fn read_ordinal(words: &[String]) -> Option<(usize, &[String])> {
    let (first, rest) = words.split_first()?;
    if let Some(at) = ORDINALS.iter().position(|ordinal| ordinal == first) {
        return Some((at + 1, rest));
    }
    if let Some(tens) = TENS.iter().position(|tens| tens == first) {
        let (unit, rest) = rest.split_first()?;
        let unit = ORDINALS.iter().take(9).position(|ordinal| ordinal == unit)?;
        return Some(((tens + 2) * 10 + unit + 1, rest));
    }
    let n_digits = first.len() - first.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (digits, ending) = first.split_at_checked(n_digits)?;
    let is_ordinal = matches!(ending, "st" | "nd" | "rd" | "th") && digits.len() <= 2;
    is_ordinal.then(|| digits.parse().ok()).flatten().map(|number| (number, rest))
}

/// Tells whether words may name a person: not a pronoun, not an office or body with an article,
/// and the last word with a capital.
fn names_someone(named_as: &str) -> bool {
    let words = folded_words(named_as);
    let is_general = words.first().is_none_or(|first| {
        PRONOUNS.contains(&first.as_str()) || ARTICLES.contains(&first.as_str())
    });
    let last = tokens(named_as).last().and_then(|span| named_as.get(span.range()));
    !is_general && last.is_some_and(|last| last.starts_with(char::is_uppercase))
}

fn last_word(named_as: &str) -> Option<String> {
    folded_words(named_as).pop()
}

pub(crate) fn folded_words(text: &str) -> Vec<String> {
    let folded = fold(text).text;
    let words = tokens(&folded).filter_map(|span| folded.get(span.range()));
    words.map(|word| word.strip_suffix("'s").unwrap_or(word).to_owned()).collect()
}

/// Tells whether the date of a source may be the one that a draft names.
pub(crate) fn date_fits(claimed: CivilDate, date: CivilDate) -> bool {
    claimed.first_day() <= date.last_day() && date.first_day() <= claimed.last_day()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROSTER: &str = r#"
        [[person]]
        id = "ada-vale"
        name = "Ada Vale"
        aliases = ["Ada M. Vale"]
        [[person.office]]
        title = "President"
        of = "the United States"
        from = "1901-03-04"
        to = "1909-03-04"
        [[person]]
        id = "ben-moss"
        name = "Ben Moss"
        [[person.office]]
        title = "President"
        of = "the United States"
        from = "1909-03-04"
        to = "1913-03-04"
        [[person]]
        id = "carl-vale"
        name = "Carl Vale"
        [[person]]
        id = "old-reed"
        name = "Abel Reed"
        [[person.office]]
        title = "President"
        of = "the United States"
        from = "1801-03-04"
        to = "1809-03-04"
    "#;

    #[test]
    fn names_are_compared_with_speakers() {
        let roster = Roster::from_toml(ROSTER, "test").unwrap();
        let names = Names { roster: &roster };
        for (named_as, speaker, expected) in [
            ("Ada Vale", "Ada Vale", Fit::Same),
            ("Ada M. Vale", "Ada Vale", Fit::Same),
            ("Vale", "Ada Vale", Fit::Same),
            ("Vale", "Carl Vale", Fit::Same),
            ("Mr. Vale", "Carl Vale", Fit::Same),
            ("President Vale", "Ada Vale", Fit::Same),
            ("President President Vale", "Ada Vale", Fit::Same),
            ("President Moss", "Ada Vale", Fit::Other),
            ("President Ada Vale", "Carl Vale", Fit::Other),
            ("Carl Vale", "Ada Vale", Fit::Other),
            ("Ben Vale", "Ada Vale", Fit::Other),
            ("Reed", "Ada Vale", Fit::Other),
            ("Mayor Reed", "Dan Reed", Fit::Same),
            ("Dan Reed", "Eva Reed", Fit::Other),
            ("President Abel Reed", "Dan Reed", Fit::Other),
            ("the third president", "Ben Moss", Fit::Same),
            ("the 3rd President", "Ben Moss", Fit::Same),
            ("the first president of the United States", "Ben Moss", Fit::Other),
            ("the 40th president", "Ben Moss", Fit::Unsure),
            ("the White House", "Ada Vale", Fit::Unsure),
            ("AMV", "Ada Vale", Fit::Same),
            ("B. M.", "Ben Moss", Fit::Same),
            ("Benjamin Moss", "Ben Moss", Fit::Same),
            ("he", "Ada Vale", Fit::Unsure),
            ("critics", "Ada Vale", Fit::Unsure),
        ] {
            let speaker = match names.roster.persons().iter().find(|p| &*p.name == speaker) {
                Some(person) => Speaker { id: person.id.clone(), name: person.name.clone() },
                None => Speaker::from_name(speaker),
            };
            let date = "1905-01-01".parse().ok();
            assert_eq!(names.fit(named_as, Some(&speaker), date), expected, "{named_as}");
        }
        assert_eq!(names.fit("Ada Vale", None, None), Fit::Unsure);
    }
}
