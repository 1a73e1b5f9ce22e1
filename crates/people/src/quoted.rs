//! Persons who are quoted: they are named in passing, and may have held their office long ago.

use crate::identify::{country_of, names_of, speakers_of};
use crate::{Context, Resolution, Roster, resolve};
use onrecord_model::{CivilDate, Document, Speaker};

/// Returns a function that says for whom a name in the words of a document stands.
///
/// It takes the name and more whole names that the document gives. An office need not have been
/// held on the date of the document, `President Vale` may be quoted decades later; but it must
/// have begun by then, and the name must be that of one person.
pub fn resolver_for<'a>(
    document: &'a Document,
    roster: &'a Roster,
) -> impl Fn(&str, &[String]) -> Option<Speaker> + 'a {
    let names = names_of(document);
    let speakers = speakers_of(document);
    let country = country_of(&document.metadata, roster);
    move |name, more| {
        let metadata = &document.metadata;
        let known: Vec<String> = names.iter().chain(more).cloned().collect();
        let context = Context {
            date: metadata.date,
            issuer: metadata.issuer.as_deref(),
            place: metadata.place.as_deref(),
            title: metadata.title.as_deref(),
            names: &known,
            speakers: &speakers,
            country: country.as_deref(),
        };
        match resolve(roster, name, &context) {
            Resolution::Person(found) => Some(found.speaker),
            Resolution::Unknown => earlier(roster, name, &context),
            Resolution::Ambiguous(_) | Resolution::Nobody => None,
        }
    }
}

/// Returns a function that says for whom a name stands where nothing is known around it: for the
/// one person of the roster who can be meant on any day.
pub fn resolver_without_document(
    roster: &Roster,
) -> impl Fn(&str, &[String]) -> Option<Speaker> + '_ {
    |name, names| match resolve(roster, name, &Context { names, ..Context::default() }) {
        Resolution::Person(found) => Some(found.speaker),
        Resolution::Ambiguous(_) | Resolution::Unknown | Resolution::Nobody => None,
    }
}

/// Finds the one person of the roster who held the office of a name before the date.
fn earlier(roster: &Roster, name: &str, context: &Context<'_>) -> Option<Speaker> {
    let date = context.date?;
    let Resolution::Person(found) = resolve(roster, name, &Context { date: None, ..*context })
    else {
        return None;
    };
    let person = roster.person(&found.speaker.id)?;
    let began = |from: CivilDate| from.first_day() <= date.last_day();
    person.offices.iter().any(|office| office.from.is_some_and(began)).then_some(found.speaker)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{Block, DocumentId, Metadata};

    const ROSTER: &str = r#"
        [[person]]
        id = "ada-orr"
        name = "Ada Orr"
        [[person.office]]
        title = "Mayor"
        of = "Kelmara"
        from = "1961"
        to = "1969"
        [[person]]
        id = "ben-moss"
        name = "Ben Moss"
        [[person.office]]
        title = "Mayor"
        of = "Kelmara"
        from = "2009"
        to = "2012"
        [[person]]
        id = "cora-moss"
        name = "Cora Moss"
        [[person.office]]
        title = "Mayor"
        of = "Kelmara"
        from = "1990"
        to = "1994"
    "#;

    #[test]
    fn offices_may_have_ended_and_must_have_begun() {
        let roster = Roster::from_toml(ROSTER, "speakers.toml").unwrap();
        for (date, name, expected) in [
            ("2011-05", "Mayor Orr", Some("Ada Orr")),
            ("1950", "Mayor Orr", None),
            ("2011-05", "Mayor Moss", Some("Ben Moss")),
            ("2000", "Mayor Moss", None),
            ("2011-05", "Ada Orr", Some("Ada Orr")),
            ("2011-05", "the Mayor", None),
        ] {
            let metadata = Metadata { date: date.parse().ok(), ..Metadata::default() };
            let id = DocumentId::new("test", "", None);
            let document = Document::new(id, metadata, "".into(), Vec::<Block>::new());
            let found = resolver_for(&document, &roster)(name, &[]);
            assert_eq!(found.as_ref().map(|speaker| &*speaker.name), expected, "{date} {name}");
        }
    }

    #[test]
    fn without_a_date_a_name_must_be_that_of_one() {
        let roster = Roster::from_toml(ROSTER, "speakers.toml").unwrap();
        let resolver = resolver_without_document(&roster);
        let name = |written: &str, names: &[String]| {
            resolver(written, names).map(|speaker| speaker.name.to_string())
        };
        assert_eq!(name("Mayor Orr", &[]).as_deref(), Some("Ada Orr"));
        assert_eq!(name("Mayor Moss", &[]), None);
        assert_eq!(name("Orr", &["Mayor Ada Orr".to_owned()]).as_deref(), Some("Ada Orr"));
    }
}
