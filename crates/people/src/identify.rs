use crate::label::read_label;
use crate::mentioned::names_in;
use crate::{Context, Identified, Resolution, Roster, resolve};
use onrecord_model::{CivilDate, Document, Field, Metadata, Speaker, Turn};
use std::collections::{BTreeMap, BTreeSet};

/// The extra field that keeps the speaker as the document names them.
const AS_WRITTEN: &str = "speaker_as_written";

/// How many whole names of a document are looked at: each short label is compared with each.
const MAX_NAMES: usize = 200;

/// Tells who speaks in a document: its main speaker, with the office held on its date, and each
/// of its turns.
///
/// A speaker that was given and is not known stays as given; one that was inferred and cannot be
/// told is left out, and `speaker_as_written` keeps the name. A turn has a speaker only where its
/// label stands for one person.
#[must_use]
pub fn identify(document: Document, roster: &Roster) -> Document {
    let names = names_of(&document);
    let speakers = speakers_of(&document);
    let mut metadata = document.metadata.clone();
    let (issuer, place) = (metadata.issuer.clone(), metadata.place.clone());
    let title = metadata.title.clone();
    let context = Context {
        date: metadata.date,
        issuer: issuer.as_deref(),
        place: place.as_deref(),
        title: title.as_deref(),
        names: &names,
        speakers: &speakers,
        country: None,
    };
    identify_main(&mut metadata, roster, &context);
    let country = country_of(&metadata, roster);
    let context = Context { country: country.as_deref(), ..context };
    let turns = identify_turns(document.turns(), roster, &context);
    if metadata.speaker.is_none() {
        metadata.speaker = sole_voice(&turns);
        if metadata.speaker.is_some() {
            metadata.inferred.insert(Field::Speaker);
        }
    }
    let mut identified = document.with_turns(turns);
    identified.metadata = metadata;
    identified
}

/// Returns the country or body of the office that the main speaker held on the date, where the
/// roster tells one.
pub(crate) fn country_of(metadata: &Metadata, roster: &Roster) -> Option<String> {
    let person = roster.person(&metadata.speaker.as_ref()?.id)?;
    let offices = person.offices_on(Some(metadata.date?));
    let mut countries = offices.iter().map(|office| office.of.as_deref());
    let first = countries.next()??;
    countries.all(|of| of == Some(first)).then(|| first.to_owned())
}

/// Lists those who speak as the extra field `speakers` names them, parted by semicolons.
pub(crate) fn speakers_of(document: &Document) -> Vec<String> {
    let listed = document.metadata.extra.get("speakers").map(String::as_str).unwrap_or_default();
    let names = listed.split(';').map(str::trim);
    names.filter(|name| !name.is_empty()).take(MAX_NAMES).map(str::to_owned).collect()
}

/// Lists the whole names that a document gives in its title, as its speaker, and before turns.
pub(crate) fn names_of(document: &Document) -> Vec<String> {
    let metadata = &document.metadata;
    let titles = [metadata.title.as_ref(), metadata.extra.get("subtitle")];
    let mut names: Vec<String> =
        titles.into_iter().flatten().flat_map(|title| names_in(title)).collect();
    if let Some(speaker) = &metadata.speaker {
        let office = metadata.office.as_deref().unwrap_or_default();
        names.push(format!("{office} {}", speaker.name));
        names.push(read_label(&speaker.name).written);
    }
    let labels = document.turns().iter().filter_map(|turn| turn.named_as.as_deref());
    // A transcript has few speakers and many turns.
    let labels: BTreeSet<&str> = labels.collect();
    let named = labels.into_iter().filter(|label| !read_label(label).name.is_empty());
    names.extend(named.map(str::to_owned));
    names.sort();
    names.dedup();
    names.truncate(MAX_NAMES);
    names
}

fn identify_main(metadata: &mut Metadata, roster: &Roster, context: &Context<'_>) {
    let Some(speaker) = metadata.speaker.take() else { return };
    let mut found = resolve(roster, &speaker.name, context);
    if let (Resolution::Ambiguous(_), Some(office)) = (&found, &metadata.office) {
        found = resolve(roster, &format!("{office} {}", speaker.name), context);
    }
    let is_inferred = metadata.inferred.contains(&Field::Speaker);
    match found {
        Resolution::Person(found) => {
            set_office(metadata, &found, roster, context.date);
            note_as_written(metadata, &speaker.name, &found.speaker.name);
            metadata.speaker = Some(found.speaker);
        }
        Resolution::Ambiguous(_) | Resolution::Unknown | Resolution::Nobody if is_inferred => {
            note_as_written(metadata, &speaker.name, "");
            metadata.inferred.remove(&Field::Speaker);
        }
        Resolution::Ambiguous(_) | Resolution::Unknown | Resolution::Nobody => {
            metadata.speaker = Some(speaker);
        }
    }
}

/// Returns the one who speaks in all turns but those of nobody, an audience or a questioner.
fn sole_voice(turns: &[Turn]) -> Option<Speaker> {
    let is_nobody =
        |turn: &&Turn| turn.named_as.as_deref().is_some_and(|label| read_label(label).is_nobody);
    let mut voices = turns.iter().filter(|turn| !is_nobody(turn)).map(|turn| &turn.speaker);
    let first = voices.next()?;
    voices.all(|voice| voice == first).then(|| first.clone()).flatten()
}

fn note_as_written(metadata: &mut Metadata, written: &str, name: &str) {
    if written != name {
        metadata.extra.entry(AS_WRITTEN.to_owned()).or_insert_with(|| written.to_owned());
    }
}

/// Sets the office that was held on the date, unless one was given; one that was inferred and not
/// held goes.
fn set_office(
    metadata: &mut Metadata,
    found: &Identified,
    roster: &Roster,
    date: Option<CivilDate>,
) {
    let is_inferred = metadata.inferred.contains(&Field::Office);
    if let Some(office) = metadata.office.as_deref() {
        let person = roster.person(&found.speaker.id);
        let is_held = person.is_none_or(|person| {
            let label = read_label(&format!("{office} {}", person.name));
            person.offices_on(date).iter().any(|held| held.forms.contains(&label.office))
        });
        if !is_inferred || is_held {
            return;
        }
    }
    metadata.office.clone_from(&found.office);
    if metadata.office.is_some() {
        metadata.inferred.insert(Field::Office);
    } else {
        metadata.inferred.remove(&Field::Office);
    }
}

fn identify_turns(turns: &[Turn], roster: &Roster, context: &Context<'_>) -> Vec<Turn> {
    let mut known: BTreeMap<String, Option<Speaker>> = BTreeMap::new();
    let mut speaker_of = |name: &str| {
        known
            .entry(name.to_owned())
            .or_insert_with(|| match resolve(roster, name, context) {
                Resolution::Person(found) => Some(found.speaker),
                Resolution::Ambiguous(_) | Resolution::Unknown | Resolution::Nobody => None,
            })
            .clone()
    };
    let identified = turns.iter().cloned().map(|turn| {
        let speaker = match &turn.speaker {
            Some(speaker) => speaker_of(&speaker.name).or_else(|| turn.speaker.clone()),
            None => turn.named_as.as_deref().and_then(&mut speaker_of),
        };
        Turn { speaker, ..turn }
    });
    identified.collect()
}
