//! Checks a roster file.

use crate::file::{DateFile, OfficeFile, PersonFile, RosterFile};
use crate::words::folded_words;
use crate::{Body, Office, Person, Roster, RosterError};
use onrecord_model::{CivilDate, SpeakerId};
use std::collections::BTreeSet;
use std::fmt;
use toml::Spanned;

/// Reads a roster and checks it.
pub(crate) fn read(text: &str, name: &str) -> Result<Roster, RosterError> {
    let reader = Reader { text, name };
    let file: RosterFile = toml::from_str(text).map_err(|error| RosterError::Form {
        name: name.to_owned(),
        line: reader.line(error.span().map_or(0, |span| span.start)),
        problem: error.message().trim().replace('\n', ", "),
    })?;
    reader.roster(file)
}

struct Reader<'a> {
    text: &'a str,
    name: &'a str,
}

impl Reader<'_> {
    fn roster(&self, file: RosterFile) -> Result<Roster, RosterError> {
        let of = file.of.as_ref().map(|of| self.words("of", of)).transpose()?;
        let mut bodies = Vec::with_capacity(file.body.len());
        for body in &file.body {
            let (name, of) = (self.words("name", &body.name)?, self.words("of", &body.of)?);
            bodies.push(Body { name, of });
        }
        let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
        let mut persons = Vec::with_capacity(file.person.len());
        for person in &file.person {
            if !ids.insert(person.id.get_ref()) {
                let problem = "is already the id of a person above: choose another, or put both \
                               entries into one";
                return self.refuse("id", &person.id, person.id.get_ref(), problem);
            }
            let name = folded_words(person.name.get_ref());
            if !names.insert(name) {
                let problem = "is already the name of a person above, and reports would count \
                               both as one: write what tells them apart, such as \
                               `Tom Reed of Maine`, and the name itself under `aliases`";
                return self.refuse("name", &person.name, person.name.get_ref(), problem);
            }
            persons.push(self.person(person)?);
        }
        Ok(Roster::new(persons, bodies, of))
    }

    fn person(&self, file: &PersonFile) -> Result<Person, RosterError> {
        let written = file.id.get_ref();
        let id = SpeakerId::from_name(written);
        if id.as_str() != written || written.is_empty() {
            let problem = "is no id: write lower-case words joined by hyphens, such as `ada-orr`";
            return self.refuse("id", &file.id, written, problem);
        }
        let name = self.words("name", &file.name)?;
        let family = file.family.as_ref().map(|family| self.words("family", family)).transpose()?;
        if let Some(given) = &file.family
            && !folded_words(&name).contains(&folded_words(given.get_ref()).join(" "))
            && !crate::words::contains_words(&folded_words(&name), &folded_words(given.get_ref()))
        {
            let problem = "is no part of the name: write it as it stands there";
            return self.refuse("family", given, given.get_ref(), problem);
        }
        let list = |key, list: &[Spanned<String>]| -> Result<Vec<Box<str>>, RosterError> {
            list.iter().map(|item| self.words(key, item)).collect()
        };
        let aliases = list("aliases", &file.aliases)?;
        let mut person = Person::new(id, &name, family.as_deref(), aliases);
        person.honorifics = list("honorifics", &file.honorifics)?;
        for office in &file.office {
            person.offices.push(self.office(office)?);
        }
        Ok(person)
    }

    fn office(&self, file: &OfficeFile) -> Result<Office, RosterError> {
        let title = self.words("title", &file.title)?;
        let of = file.of.as_ref().map(|of| self.words("of", of)).transpose()?;
        let from = file.from.as_ref().map(|date| self.date("from", date)).transpose()?;
        let to = file.to.as_ref().map(|date| self.date("to", date)).transpose()?;
        if let (Some(first), Some(last), Some(written)) = (from, to, &file.to)
            && last.last_day() < first.first_day()
        {
            let problem = format!("is before `from`, {first}: mend one of them");
            return self.refuse("to", written, &written.get_ref().written(), problem);
        }
        Ok(Office::new(&title, of.as_deref(), from, to))
    }

    fn date(&self, key: &'static str, date: &Spanned<DateFile>) -> Result<CivilDate, RosterError> {
        let written = date.get_ref().written();
        written.parse().or_else(|error: onrecord_model::DateError| {
            let problem = match error {
                onrecord_model::DateError::Form(_) => {
                    "is not a date: write \"2011\", \"2011-07\" or \"2011-07-14\""
                }
                onrecord_model::DateError::Impossible(_) => {
                    "does not exist in the calendar: mend it"
                }
            };
            self.refuse(key, date, &written, problem)
        })
    }

    /// Returns a value in which there is a word, with single blanks.
    fn words(&self, key: &'static str, value: &Spanned<String>) -> Result<Box<str>, RosterError> {
        let written = value.get_ref();
        if folded_words(written).is_empty() {
            return self.refuse(key, value, written, "holds no word: write one, or leave it out");
        }
        Ok(written.split_whitespace().collect::<Vec<_>>().join(" ").into())
    }

    fn refuse<T, V>(
        &self,
        key: &'static str,
        at: &Spanned<V>,
        value: &str,
        problem: impl fmt::Display,
    ) -> Result<T, RosterError> {
        Err(RosterError::Value {
            name: self.name.to_owned(),
            line: self.line(at.span().start),
            key,
            value: value.to_owned(),
            problem: problem.to_string(),
        })
    }

    fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        before.iter().filter(|&&b| b == b'\n').count() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let person = "[[person]]\nid = \"ada-orr\"\nname = \"Ada Orr\"\n";
        let office = "[[person.office]]\ntitle = \"Mayor\"\n";
        for (text, expected) in [
            (
                format!("{person}{person}"),
                "t:5: id `ada-orr` is already the id of a person above: choose another, or put both entries into one",
            ),
            (
                "[[person]]\nid = \"Ada Orr\"\nname = \"x\"".to_owned(),
                "t:2: id `Ada Orr` is no id: write lower-case words joined by hyphens, such as `ada-orr`",
            ),
            (
                "[[person]]\nid = \"a\"\nname = \"-\"".to_owned(),
                "t:3: name `-` holds no word: write one, or leave it out",
            ),
            (
                format!("{person}family = \"Reed\""),
                "t:4: family `Reed` is no part of the name: write it as it stands there",
            ),
            (
                format!("{person}{office}from = \"2011-02-30\""),
                "t:6: from `2011-02-30` does not exist in the calendar: mend it",
            ),
            (
                format!("{person}{office}from = \"May 2011\""),
                "t:6: from `May 2011` is not a date: write \"2011\", \"2011-07\" or \"2011-07-14\"",
            ),
            (
                format!("{person}{office}from = 2011\nto = 2010-01-01"),
                "t:7: to `2010-01-01` is before `from`, 2011: mend one of them",
            ),
        ] {
            let error = Roster::from_toml(&text, "t").unwrap_err();
            assert_eq!(error.to_string(), expected, "{text}");
        }
        let error = Roster::from_toml("[[person]]\nid = \"a\"\nnmae = \"A\"", "t").unwrap_err();
        assert_eq!(error.line(), Some(3), "{error}");
        assert!(error.to_string().contains("docs/speakers.md"), "{error}");
    }

    #[test]
    fn a_roster_is_read() {
        let roster = Roster::from_toml(
            "of = \"Kelmara\"\n[[body]]\nname = \"Port  Office\"\nof = \"Kelmara\"\n\
             [[person]]\nid = \"ban-ki-moon\"\nname = \"Ban Ki-moon\"\nfamily = \"Ban\"\n\
             [[person.office]]\ntitle = \"Mayor\"\nfrom = 2011\nto = 2012-03-04\n",
            "t",
        )
        .unwrap();
        assert_eq!(roster.bodies()[0].name.as_ref(), "Port Office");
        let person = &roster.persons()[0];
        assert_eq!(person.families, [["ban"]]);
        let office = &person.offices[0];
        assert_eq!(office.from.map(|date| date.to_string()).as_deref(), Some("2011"));
        assert_eq!(office.to.map(|date| date.to_string()).as_deref(), Some("2012-03-04"));
    }
}
