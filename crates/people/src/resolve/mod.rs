use crate::label::{Agreement, Label, read_label};
use crate::office::{When, honorific_key};
use crate::roster::Held;
use crate::words::{contains_words, folded_words, without_article};
use crate::{Office, Person, Roster};
use onrecord_model::{CivilDate, Speaker, SpeakerId};
use std::collections::BTreeMap;

/// How long before the first office of a person, and after the last, a text by someone of the
/// same name may be theirs, in years. Public lives begin some decades before the office that is
/// remembered, and end some decades after it.
const YEARS_AROUND_OFFICES: i32 = 55;

/// The most words of a country's name behind a person's.
const MAX_COUNTRY_WORDS: usize = 5;

/// What is known around a name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// When the words were said.
    pub date: Option<CivilDate>,
    /// The body that put the document out.
    pub issuer: Option<&'a str>,
    /// Where the words were said.
    pub place: Option<&'a str>,
    /// What the document is called: it may say of which country someone is, `King Hamad of
    /// Bahrain`.
    pub title: Option<&'a str>,
    /// Whole names that the document gives, with the offices before them:
    /// `Press Secretary Jay Carney`.
    pub names: &'a [String],
    /// Whole names of those who speak, as what stands beside the text lists them.
    pub speakers: &'a [String],
    /// The country or body of the office of the main speaker, where that is known.
    pub country: Option<&'a str>,
}

/// Whom a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// One person.
    Person(Identified),
    /// Several may be meant: these, in the order of their ids.
    Ambiguous(Vec<SpeakerId>),
    /// Someone; nothing tells who.
    Unknown,
    /// Nobody that can be told apart: `Q`, `AUDIENCE`.
    Nobody,
}

/// A person that a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identified {
    /// Id and name.
    pub speaker: Speaker,
    /// The office held on the day, if the roster or the name itself says one.
    pub office: Option<String>,
    /// Whether the roster has the person; if not, the name as written made the id.
    pub is_listed: bool,
}

/// Tells whom a name stands for, as a text writes it.
///
/// In this order: a whole name is its bearer's, whatever the date; an office and a family name
/// are those of who held that office on the date; an honorific and a family name are those of
/// whom the document names in full, or whom the roster knows to be called so; an office alone is
/// that of who held it, in the country that the document is of. A whole name that the roster
/// does not have makes an id of its own.
pub fn resolve(roster: &Roster, named_as: &str, context: &Context<'_>) -> Resolution {
    let label = read_label(named_as);
    if label.is_nobody {
        return Resolution::Nobody;
    }
    let resolver = Resolver { roster, context, is_alone: false };
    match label.name.len() {
        0 if label.office.is_empty() => Resolution::Unknown,
        0 => resolver.by_office(&label),
        1 => resolver.by_family(&label),
        _ => resolver.by_name(&label),
    }
}

struct Resolver<'a> {
    roster: &'a Roster,
    context: &'a Context<'a>,
    /// Whether a whole name is told already, so that none is looked for around it.
    is_alone: bool,
}

/// Those whom a name may stand for, by id.
type Candidates = BTreeMap<SpeakerId, Identified>;

impl Resolver<'_> {
    fn by_name(&self, label: &Label) -> Resolution {
        let bearers = self.bearers(label);
        let (living, others): (Vec<&Person>, Vec<&Person>) =
            bearers.into_iter().partition(|person| self.may_live(person));
        match living.as_slice() {
            [] if others.is_empty() => self.by_family_of_two(label),
            // The name is one of the roster's, the person cannot be: an id would mix them up.
            [] => Resolution::Unknown,
            [person] => Resolution::Person(self.identified(person, None)),
            several => {
                let held = |person: &&&Person| self.holds(person, label).is_some();
                let mut holders = several.iter().filter(held);
                match (holders.next(), holders.next()) {
                    (Some(person), None) if !label.office.is_empty() => {
                        Resolution::Person(self.identified(person, self.holds(person, label)))
                    }
                    _ => ambiguous(several.iter().map(|person| person.id.clone()).collect()),
                }
            }
        }
    }

    /// Lists those who bear a whole name, by the best agreement that there is.
    fn bearers(&self, label: &Label) -> Vec<&Person> {
        let Some(last) = label.name.last() else { return Vec::new() };
        let mut best: Option<Agreement> = None;
        let mut found: Vec<&Person> = Vec::new();
        for person in self.roster.ending_in(last) {
            let has_middle = person.names.iter().any(crate::label::FullName::has_middle);
            let agreement = person
                .names
                .iter()
                .filter_map(|name| name.agrees(&label.name, &label.generation))
                .filter(|agreement| *agreement != Agreement::Weak || !has_middle)
                .max();
            if agreement.is_none() || agreement < best {
                continue;
            }
            if agreement > best {
                found.clear();
            }
            best = agreement;
            found.push(person);
        }
        found
    }

    /// Reads two words or more that are no known whole name: a family name of several words, or
    /// the name of someone never heard of.
    fn by_family_of_two(&self, label: &Label) -> Resolution {
        let has_office = !label.office.is_empty() || !label.honorific.is_empty();
        if has_office {
            let found = self.by_family(label);
            if found != Resolution::Unknown {
                return found;
            }
        }
        let id = SpeakerId::from_name(&label.written);
        let is_known = self.roster.person(&id).is_some();
        if !label.is_clean || is_known || self.may_be_family_alone(label) {
            return Resolution::Unknown;
        }
        Resolution::Person(unlisted(label))
    }

    /// Tells whether the two words behind an honorific may be a family name, `Mr. Mas Ribó`: so
    /// they may unless the document has them without it, or the last one alone behind it.
    fn may_be_family_alone(&self, label: &Label) -> bool {
        let is_doubtful = TITLES_OF_FAMILIES.contains(&label.honorific.as_str())
            && label.office.is_empty()
            && !label.is_styled
            && label.name.len() == 2
            && label.name.iter().all(|word| word.chars().count() > 1);
        if self.is_alone || !is_doubtful {
            return false;
        }
        let names = self.context.names.iter().chain(self.context.speakers);
        !names.map(|written| read_label(written)).any(|named| {
            let is_whole = named.name == label.name
                && (named.honorific.is_empty() || !named.office.is_empty() || named.is_styled);
            is_whole || label.name.last().is_some_and(|last| named.name == [last.as_str()])
        })
    }

    fn by_family(&self, label: &Label) -> Resolution {
        let mut candidates = self.named_in_document(label);
        let Some(last) = label.name.last() else { return Resolution::Unknown };
        for person in self.roster.ending_in(last) {
            if !person.families.contains(&label.name) || !self.fits_honorific(person, label) {
                continue;
            }
            let office = self.holds(person, label);
            let fits = match office {
                _ if label.office.is_empty() => self.is_called(person, label),
                Some(office) => !self.is_of_elsewhere(office, label),
                None => false,
            };
            if fits {
                candidates.insert(person.id.clone(), self.identified(person, office));
            }
        }
        one_of(candidates)
    }

    fn by_office(&self, label: &Label) -> Resolution {
        let by_names = self.named_with_office(label);
        if label.when != When::Now {
            return one_of(by_names);
        }
        let countries = self.countries();
        let is_here =
            |office: &&Office| office.of_words.as_ref().is_some_and(|of| countries.contains(of));
        let mut holders: Vec<(&Person, &Office, Held)> = Vec::new();
        for person in self.roster.persons() {
            let offices =
                person.offices.iter().filter(|office| office.forms.contains(&label.office));
            for office in offices.filter(is_here) {
                let held = self.context.date.map_or(Held::Partly, |date| office.held_on(date));
                if held != Held::Never {
                    holders.push((person, office, held));
                }
            }
        }
        self.keep_those_of_issuer(&mut holders);
        match holders.as_slice() {
            [] => one_of(by_names),
            [(person, office, Held::Wholly)] => {
                Resolution::Person(self.identified(person, Some(office)))
            }
            // A predecessor or successor may be missing from the roster.
            [_] => Resolution::Unknown,
            [(first, ..), rest @ ..] if rest.iter().all(|(person, ..)| person.id == first.id) => {
                // Several terms are no surer than one.
                if holders.iter().any(|(.., held)| *held == Held::Wholly) {
                    Resolution::Person(self.identified(first, None))
                } else {
                    Resolution::Unknown
                }
            }
            several => ambiguous(several.iter().map(|(person, ..)| person.id.clone()).collect()),
        }
    }

    /// Keeps those of several holders whose department put the document out: `the Secretary` in
    /// a text of the Department of State.
    fn keep_those_of_issuer(&self, holders: &mut Vec<(&Person, &Office, Held)>) {
        let issuer = folded_words(self.context.issuer.unwrap_or_default());
        let is_of_issuer = |(_, office, _): &(&Person, &Office, Held)| {
            let title = folded_words(&office.title);
            let of = title.iter().position(|word| word == "of").map_or(title.len(), |of| of + 1);
            let field = without_article(&title.get(of..).unwrap_or_default().join(" "));
            contains_words(&issuer, &field)
        };
        if holders.len() > 1 && holders.iter().any(is_of_issuer) {
            holders.retain(is_of_issuer);
        }
    }

    /// Lists the countries and bodies that the document is of: those that its issuer names, else
    /// that of the roster, else those of its place where there is no issuer, else that of the
    /// main speaker's office.
    fn countries(&self) -> Vec<Vec<String>> {
        let named = |written: Option<&str>| {
            let words = folded_words(written.unwrap_or_default());
            let found = self.roster.countries_in(&words).into_iter();
            found.map(<[String]>::to_vec).collect::<Vec<_>>()
        };
        let found = named(self.context.issuer);
        if !found.is_empty() {
            return found;
        }
        if let Some(of) = self.roster.of() {
            return vec![without_article(of)];
        }
        if self.context.issuer.is_some() {
            return found;
        }
        let found = named(self.context.place);
        match self.context.country {
            Some(country) if found.is_empty() => vec![without_article(country)],
            Some(_) | None => found,
        }
    }

    /// Returns the office of a person that a label names, held on the date.
    fn holds<'p>(&self, person: &'p Person, label: &Label) -> Option<&'p Office> {
        let of_name = person.offices.iter().filter(|office| office.forms.contains(&label.office));
        let Some(date) = self.context.date else { return of_name.into_iter().next() };
        let mut offices = of_name.filter(|office| match label.when {
            When::Now => office.held_on(date) != Held::Never,
            When::Before => office.from.is_some_and(|from| from.first_day() <= date.last_day()),
            When::Later => office.to.is_none_or(|to| to.last_day() >= date.first_day()),
        });
        offices.next()
    }

    /// Tells whether the title says that the one of a label is of another country than an office:
    /// `King Abdullah of Saudi Arabia` is not the King of Jordan.
    fn is_of_elsewhere(&self, office: &Office, label: &Label) -> bool {
        let Some(of_office) = &office.of_words else { return false };
        let title = folded_words(self.context.title.unwrap_or_default());
        let mut behind = title.iter().enumerate().filter_map(|(at, _)| {
            let rest = title.get(at..)?.strip_prefix(label.name.as_slice())?;
            rest.strip_prefix(&["of".to_owned()]).map(|of| without_article(&of.join(" ")))
        });
        behind.any(|of| {
            let named = of.get(..of.len().min(MAX_COUNTRY_WORDS)).unwrap_or_default();
            let is_listed = self.roster.countries_in(named).contains(&of_office.as_slice());
            !(of.is_empty() || contains_words(named, of_office) || is_listed)
        })
    }

    /// Tells whether the roster says that a person is called by the honorific of a label, and the
    /// document is of where they hold an office.
    fn is_called(&self, person: &Person, label: &Label) -> bool {
        let is_listed = person
            .honorifics
            .iter()
            .any(|known| honorific_key(&folded_words(known).concat()) == label.honorific);
        let countries = self.countries();
        let date = self.context.date;
        is_listed
            && person.offices.iter().any(|office| {
                date.is_some_and(|date| office.held_on(date) != Held::Never)
                    && office.of_words.as_ref().is_some_and(|of| countries.contains(of))
            })
    }

    /// Tells whether a person may be called by the honorific of a label.
    fn fits_honorific(&self, person: &Person, label: &Label) -> bool {
        let known: Vec<String> =
            person.honorifics.iter().map(|honorific| folded_words(honorific).concat()).collect();
        let is_of =
            |honorifics: &[&str]| known.iter().any(|known| honorifics.contains(&known.as_str()));
        match label.honorific.as_str() {
            "mr" => !is_of(&WOMEN),
            honorific if WOMEN.contains(&honorific) => !is_of(&["mr"]),
            _ => true,
        }
    }

    /// Tells whom a whole name of the document stands for, by itself.
    fn alone(&self, named: &Label) -> Option<Identified> {
        let context = Context { names: &[], speakers: &[], ..*self.context };
        let resolver = Resolver { roster: self.roster, context: &context, is_alone: true };
        match resolver.by_name(named) {
            Resolution::Person(found) => Some(found),
            Resolution::Ambiguous(_) | Resolution::Unknown | Resolution::Nobody => None,
        }
    }

    /// Lists those whom the document names in full by the family name of a label, and whom the
    /// label's office and honorific fit.
    fn named_in_document(&self, label: &Label) -> Candidates {
        let mut candidates = Candidates::new();
        let names = self.context.names.iter().map(|written| (written, false));
        let speakers = self.context.speakers.iter().map(|written| (written, true));
        for (written, speaks) in names.chain(speakers) {
            let named = read_label(written);
            // A label of two words is no whole name of its own bearer.
            let is_itself = named.name.len() == label.name.len();
            if named.name.len() < 2 || is_itself || !named.name.ends_with(&label.name) {
                continue;
            }
            let Some(mut found) = self.alone(&named) else { continue };
            let fits = match self.roster.person(&found.speaker.id) {
                Some(person) => {
                    let held = self.holds(person, label);
                    let fits =
                        label.office.is_empty() || held.is_some() || named.office == label.office;
                    fits && self.fits_honorific(person, label)
                }
                None => {
                    let is_same = named.office.ends_with(&label.office)
                        || named.office.starts_with(&label.office);
                    // A name alone may be anybody's: in titles, schools and towns are named so.
                    let is_person =
                        speaks || !named.office.is_empty() || !named.honorific.is_empty();
                    let is_same = is_same || (speaks && named.office.is_empty());
                    let honorific = label.honorific.is_empty()
                        || named.honorific.is_empty()
                        || named.honorific == label.honorific;
                    is_person && honorific && (label.office.is_empty() || is_same)
                }
            };
            if fits {
                found.office = found.office.or_else(|| office_of(&named));
                candidates.insert(found.speaker.id.clone(), found);
            }
        }
        candidates
    }

    /// Lists those whom the document names in full and who hold the office of a label.
    fn named_with_office(&self, label: &Label) -> Candidates {
        let mut candidates = Candidates::new();
        for written in self.context.names {
            let named = read_label(written);
            if named.name.len() < 2 {
                continue;
            }
            let Some(found) = self.alone(&named) else { continue };
            let person = self.roster.person(&found.speaker.id);
            let holds = person.is_some_and(|person| self.holds(person, label).is_some());
            if holds || (named.office == label.office && named.when == label.when) {
                candidates.insert(found.speaker.id.clone(), found);
            }
        }
        candidates
    }

    fn may_live(&self, person: &Person) -> bool {
        let Some(date) = self.context.date else { return true };
        let year = i32::from(date.year());
        let first =
            person.offices.iter().filter_map(|office| office.from).map(CivilDate::year).min();
        let last = person.offices.iter().filter_map(|office| office.to.or(office.from));
        let last = last.map(CivilDate::year).max();
        first.is_none_or(|first| year >= i32::from(first) - YEARS_AROUND_OFFICES)
            && last.is_none_or(|last| year <= i32::from(last) + YEARS_AROUND_OFFICES)
    }

    /// Makes a speaker of a person, with the office that a label names, else with the only one
    /// that was held on the date.
    fn identified(&self, person: &Person, office: Option<&Office>) -> Identified {
        let on_date = || {
            let date = self.context.date?;
            match person.offices_on(Some(date)).as_slice() {
                [office] => Some(*office),
                _ => None,
            }
        };
        Identified {
            speaker: Speaker { id: person.id.clone(), name: person.name.clone() },
            office: office.or_else(on_date).map(|office| office.title.to_string()),
            is_listed: true,
        }
    }
}

/// Honorifics before a family name, as often as before a whole one.
const TITLES_OF_FAMILIES: [&str; 12] =
    ["mr", "mrs", "ms", "miss", "dr", "mme", "madame", "mister", "sr", "sra", "herr", "frau"];

/// Honorifics of women.
const WOMEN: [&str; 9] = ["mrs", "ms", "miss", "mme", "madame", "madam", "dame", "sra", "senora"];

fn one_of(candidates: Candidates) -> Resolution {
    let mut found: Vec<Identified> = candidates.into_values().collect();
    match found.len() {
        0 => Resolution::Unknown,
        1 => found.pop().map_or(Resolution::Unknown, Resolution::Person),
        _ => ambiguous(found.into_iter().map(|found| found.speaker.id).collect()),
    }
}

fn ambiguous(mut ids: Vec<SpeakerId>) -> Resolution {
    ids.sort();
    ids.dedup();
    Resolution::Ambiguous(ids)
}

/// Makes a speaker of a whole name that the roster does not have.
fn unlisted(label: &Label) -> Identified {
    Identified {
        speaker: Speaker::from_name(&label.written),
        office: office_of(label),
        is_listed: false,
    }
}

/// Writes the office that a label gives, as names are written.
fn office_of(label: &Label) -> Option<String> {
    let written = label.office_written.trim();
    if label.office.is_empty() || label.when != When::Now {
        return None;
    }
    let is_capitals = !written.chars().any(char::is_lowercase);
    let office =
        if is_capitals { onrecord_text::in_title_case(written) } else { written.to_owned() };
    Some(office)
}

#[cfg(test)]
mod tests;
