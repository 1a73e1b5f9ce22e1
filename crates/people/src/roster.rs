use crate::RosterError;
use crate::label::{FullName, family_of};
use crate::office::forms_of;
use crate::words::{contains_words, folded_words, without_article};
use onrecord_model::{CivilDate, SpeakerId};
use std::collections::{BTreeMap, BTreeSet};

/// The roster that ships with the program.
const DEFAULT_ROSTER: &str = include_str!("../rosters/public-figures.toml");

/// A list of persons with their names and the offices that they held.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    persons: Vec<Person>,
    bodies: Vec<Body>,
    of: Option<Box<str>>,
    /// Made of the above: how issuers name a country or body, and which.
    countries: Vec<(Vec<String>, Vec<String>)>,
    /// Made of the above: the persons whose name ends in, or is, these words.
    by_family: BTreeMap<String, Vec<usize>>,
}

/// One who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id that searches and reports group by.
    pub id: SpeakerId,
    /// The name to show.
    pub name: Box<str>,
    /// The part of the name that stands alone behind an office: `Clinton`, `Ban`.
    pub family: Box<str>,
    /// Other names: whole ones, or single ones such as `Lula`.
    pub aliases: Vec<Box<str>>,
    /// What the person is called by before the family name alone: `Mrs.`, `Dr.`
    pub honorifics: Vec<Box<str>>,
    /// The offices held, in the order of the file.
    pub offices: Vec<Office>,
    /// Made of the above: the whole names.
    pub(crate) names: Vec<FullName>,
    /// Made of the above: the names that stand alone behind an office.
    pub(crate) families: Vec<Vec<String>>,
}

/// An office that a person held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The office: `Secretary of State`.
    pub title: Box<str>,
    /// The country or body: `the United States`.
    pub of: Option<Box<str>>,
    /// The first day, month or year; none where it is not known.
    pub from: Option<CivilDate>,
    /// The last day, month or year; none where it is not known, or not over.
    pub to: Option<CivilDate>,
    /// Made of the above: the words of `of`, without an article.
    pub(crate) of_words: Option<Vec<String>>,
    /// Made of the above: the words by which texts name the office.
    pub(crate) forms: Vec<String>,
}

/// A body whose texts speak of a country's offices without naming it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// The name, or a part of it, as issuers write it: `White House`.
    pub name: Box<str>,
    /// The country or body that it is of.
    pub of: Box<str>,
}

/// How surely an office was held on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Held {
    /// On no day that the date may mean.
    Never,
    /// On some.
    Partly,
    /// On all.
    Wholly,
}

impl Roster {
    /// Returns the roster that ships with the program: public figures.
    ///
    /// # Panics
    /// Never: a test reads it.
    pub fn default_roster() -> Self {
        Self::from_toml(DEFAULT_ROSTER, "public-figures.toml")
            .unwrap_or_else(|error| panic!("the default roster: {error}"))
    }

    /// Reads a roster from TOML; `name` is that of the file, for messages.
    ///
    /// # Errors
    /// [`RosterError`] with the line: a key or value that rosters do not have, an id that comes
    /// twice, a date that there is not, an office that ends before it begins.
    pub fn from_toml(text: &str, name: &str) -> Result<Self, RosterError> {
        crate::reader::read(text, name)
    }

    pub(crate) fn new(persons: Vec<Person>, bodies: Vec<Body>, of: Option<Box<str>>) -> Self {
        let mut by_family: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, person) in persons.iter().enumerate() {
            let of_names = person.names.iter().filter_map(|name| name.words.last());
            let firsts = person.families.iter().filter_map(|family| family.last());
            // A name whose family comes first is found by its last word too.
            let keys: BTreeSet<&String> = of_names.chain(firsts).collect();
            for key in keys {
                by_family.entry(key.clone()).or_default().push(at);
            }
        }
        let countries = countries_of(&persons, &bodies);
        Self { persons, bodies, of, countries, by_family }
    }

    /// Puts another roster over this one: its persons replace those of the same id, and the
    /// others join; so do its bodies, by name. What it says of [`of`](Self::of) goes first.
    ///
    /// # Errors
    /// [`RosterError::SharedName`] where two persons would have one name.
    pub fn overridden_by(self, other: Self) -> Result<Self, RosterError> {
        let mut persons = self.persons;
        for person in other.persons {
            match persons.iter_mut().find(|known| known.id == person.id) {
                Some(known) => *known = person,
                None => persons.push(person),
            }
        }
        let mut bearers = BTreeMap::new();
        for person in &persons {
            if let Some(first) = bearers.insert(folded_words(&person.name), person) {
                return Err(RosterError::SharedName {
                    name: person.name.to_string(),
                    ids: [first, person].map(|person| person.id.to_string()),
                });
            }
        }
        let mut bodies = self.bodies;
        for body in other.bodies {
            match bodies.iter_mut().find(|known| known.name == body.name) {
                Some(known) => *known = body,
                None => bodies.push(body),
            }
        }
        Ok(Self::new(persons, bodies, other.of.or(self.of)))
    }

    /// Returns the persons, in the order of the file.
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// Returns the bodies, in the order of the file.
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    /// Returns the country or body of texts that name none.
    pub fn of(&self) -> Option<&str> {
        self.of.as_deref()
    }

    /// Lists the countries and bodies that words name.
    pub(crate) fn countries_in(&self, words: &[String]) -> Vec<&[String]> {
        let named = self.countries.iter().filter(|(name, _)| contains_words(words, name));
        named.map(|(_, of)| of.as_slice()).collect()
    }

    /// Returns the person of an id.
    pub fn person(&self, id: &SpeakerId) -> Option<&Person> {
        self.persons.iter().find(|person| person.id == *id)
    }

    /// Returns the persons of whom a name may be that ends in a word.
    pub(crate) fn ending_in(&self, word: &str) -> impl Iterator<Item = &Person> {
        self.by_family.get(word).into_iter().flatten().filter_map(|&at| self.persons.get(at))
    }

    /// Lists the whole names and aliases that several persons bear, with their ids: only an
    /// office and a date can tell them apart.
    pub fn shared_names(&self) -> Vec<(String, Vec<SpeakerId>)> {
        let mut bearers: BTreeMap<String, BTreeSet<&SpeakerId>> = BTreeMap::new();
        for person in &self.persons {
            for name in std::iter::once(&person.name).chain(&person.aliases) {
                bearers.entry(folded_words(name).join(" ")).or_default().insert(&person.id);
            }
        }
        bearers
            .into_iter()
            .filter(|(_, ids)| ids.len() > 1)
            .map(|(name, ids)| (name, ids.into_iter().cloned().collect()))
            .collect()
    }

    /// Returns the BLAKE3 hash of all that the roster says; the order of persons does not count.
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        let mut part = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        part(self.of.as_deref().unwrap_or_default());
        for body in &self.bodies {
            part(&body.name);
            part(&body.of);
        }
        let by_id: BTreeMap<&SpeakerId, &Person> =
            self.persons.iter().map(|person| (&person.id, person)).collect();
        for (id, person) in by_id {
            part("person");
            part(id.as_str());
            part(&person.name);
            part(&person.family);
            for (kind, names) in [("alias", &person.aliases), ("honorific", &person.honorifics)] {
                for name in names {
                    part(kind);
                    part(name);
                }
            }
            for office in &person.offices {
                part("office");
                part(&office.title);
                part(office.of.as_deref().unwrap_or_default());
                for date in [office.from, office.to] {
                    part(&date.map(|date| date.to_string()).unwrap_or_default());
                }
            }
        }
        *hasher.finalize().as_bytes()
    }
}

/// Lists how issuers name countries and bodies. Governors and mayors make no country of a town
/// or state: places and issuers are full of their names.
fn countries_of(persons: &[Person], bodies: &[Body]) -> Vec<(Vec<String>, Vec<String>)> {
    let mut countries: BTreeSet<(Vec<String>, Vec<String>)> = bodies
        .iter()
        .map(|body| (without_article(&body.name), without_article(&body.of)))
        .collect();
    let offices = persons.iter().flat_map(|person| &person.offices);
    let is_local = |office: &&Office| matches!(&*office.title, "Governor" | "Mayor");
    for office in offices.filter(|office| !is_local(office)) {
        countries.extend(office.of_words.iter().map(|of| (of.clone(), of.clone())));
    }
    countries.into_iter().collect()
}

impl Person {
    /// Makes a person; the family name is the last word of the name unless it is given.
    pub fn new(id: SpeakerId, name: &str, family: Option<&str>, aliases: Vec<Box<str>>) -> Self {
        let family: Box<str> = family.map_or_else(|| family_of(name).into(), Into::into);
        let family_words = folded_words(&family);
        let mut families = vec![family_words.clone()];
        // `de la Cruz` is also called `Cruz`.
        if let Some(last) = family_words.last().filter(|_| family_words.len() > 1) {
            let particles = family_words.get(..family_words.len() - 1).unwrap_or_default();
            if particles.iter().all(|word| crate::label::is_particle(word)) {
                families.push(vec![last.clone()]);
            }
        }
        let mut names = vec![FullName::new(name, &family_words)];
        for alias in &aliases {
            let words = folded_words(alias);
            if words.len() == 1 {
                families.push(words);
            } else {
                names.push(FullName::new(alias, &family_words));
            }
        }
        Self {
            id,
            name: name.into(),
            family,
            aliases,
            honorifics: Vec::new(),
            offices: Vec::new(),
            names,
            families,
        }
    }

    /// Returns the offices held on a date: those surely held where there are such, else those
    /// that were held on some day that it may mean. All, where there is no date.
    pub fn offices_on(&self, date: Option<CivilDate>) -> Vec<&Office> {
        let Some(day) = date else { return self.offices.iter().collect() };
        [Held::Wholly, Held::Partly]
            .into_iter()
            .map(|held| self.offices.iter().filter(|office| office.held_on(day) == held).collect())
            .find(|offices: &Vec<_>| !offices.is_empty())
            .unwrap_or_default()
    }
}

impl Office {
    /// Makes an office.
    pub fn new(
        title: &str,
        of: Option<&str>,
        from: Option<CivilDate>,
        to: Option<CivilDate>,
    ) -> Self {
        Self {
            title: title.into(),
            of: of.map(Into::into),
            from,
            to,
            of_words: of.map(without_article),
            forms: forms_of(title, of),
        }
    }

    /// Tells how surely the office was held on a date. A first or last day that is known to the
    /// month or year alone counts as a whole month or year in which it may have been held.
    pub(crate) fn held_on(&self, date: CivilDate) -> Held {
        let surely_from = self.from.map_or(0, CivilDate::last_day);
        let surely_to = self.to.map_or(u32::MAX, CivilDate::first_day);
        let maybe_from = self.from.map_or(0, CivilDate::first_day);
        let maybe_to = self.to.map_or(u32::MAX, CivilDate::last_day);
        if date.first_day() >= surely_from && date.last_day() <= surely_to {
            Held::Wholly
        } else if date.last_day() >= maybe_from && date.first_day() <= maybe_to {
            Held::Partly
        } else {
            Held::Never
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(written: &str) -> CivilDate {
        written.parse().unwrap()
    }

    #[test]
    fn offices_are_held_on_dates() {
        let office = Office::new("Mayor", None, Some(date("2009-01-20")), Some(date("2012-05")));
        for (day, expected) in [
            ("2009-01-19", Held::Never),
            ("2009-01-20", Held::Wholly),
            ("2009", Held::Partly),
            ("2010", Held::Wholly),
            ("2012-05-01", Held::Wholly),
            ("2012-05-31", Held::Partly),
            ("2012-06-01", Held::Never),
        ] {
            assert_eq!(office.held_on(date(day)), expected, "{day}");
        }
    }

    #[test]
    fn the_default_roster_is_sound() {
        let roster = Roster::default_roster();
        assert!(roster.persons().len() > 150, "{}", roster.persons().len());
        for person in roster.persons() {
            assert!(!person.offices.is_empty(), "{} has no office", person.id);
            let id = person.id.as_str();
            let is_plain = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(id.chars().all(is_plain), "{id}");
        }
    }

    #[test]
    fn one_roster_goes_over_another() {
        let read = |text| Roster::from_toml(text, "t").unwrap();
        let one = read(
            "[[person]]\nid = \"a\"\nname = \"Ada Orr\"\n[[person]]\nid = \"b\"\nname = \"Ben Moss\"",
        );
        let two = read(
            "of = \"Kelmara\"\n[[person]]\nid = \"b\"\nname = \"Ben Reed\"\n[[person]]\nid = \"c\"\nname = \"Cleo Nye\"",
        );
        let hashes = [one.hash(), two.hash()];
        let both = one.overridden_by(two).unwrap();
        let names: Vec<&str> = both.persons().iter().map(|person| &*person.name).collect();
        assert_eq!(names, ["Ada Orr", "Ben Reed", "Cleo Nye"]);
        assert_eq!(both.of(), Some("Kelmara"));
        assert!(!hashes.contains(&both.hash()));
        let error =
            both.overridden_by(read("[[person]]\nid = \"d\"\nname = \"Cléo NYE\"")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`Cléo NYE` is the name of two persons, `c` and `d`, and reports would count both as \
             one: give them one id if they are one, else write what tells them apart, such as \
             `Tom Reed of Maine`, and the name itself under `aliases`"
        );
    }
}
