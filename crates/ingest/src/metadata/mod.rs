//! What is known about a document: given beside it, in it, or inferred.

mod backing;
pub(crate) mod companions;
mod correct;
mod date;
mod file_name;
mod front_matter;
mod header;
mod kind;
mod language;
mod main_speaker;
mod misspelt;
mod mods;
mod nameless;
mod phrases;
mod pieces;
mod place;
mod scan;
mod speaker;
mod title;
mod words;

pub(crate) use front_matter::split_front_matter;
pub(crate) use header::{Header, LineRole, read_header};
pub(crate) use nameless::is_error_page;
pub(crate) use phrases::has_person;
pub(crate) use words::{is_all_capitals, is_title_case, strip_prefix_ignore_case};

use crate::structure::Layout;
use backing::is_backed;
use date::parse_given_date;
use onrecord_model::{CivilDate, DocumentKind, Field, Metadata, Speaker, Version};
use serde::{Deserialize, Serialize};
use speaker::speaker_in_title;
pub(crate) use speaker::{is_person_name, is_person_sending};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The extra field that lists what was corrected, a line each.
const CORRECTED: &str = "corrected";

/// Metadata being gathered, the strongest source first: a field once set stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Draft {
    metadata: Metadata,
    set: BTreeSet<Field>,
    pub(crate) native_id: Option<String>,
    pub(crate) problems: Vec<String>,
    /// What is wrong with the value of a field, for as long as that is not corrected.
    doubts: BTreeMap<Field, String>,
}

impl Draft {
    /// Takes a field that the document's owner gave, under whatever name.
    pub(crate) fn give(&mut self, key: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let name = key.trim().to_lowercase().replace([' ', '-'], "_");
        match name.as_str() {
            // What is corrected is noted under this name, and is not for documents to say.
            CORRECTED => {
                let extra = &mut self.metadata.extra;
                extra.entry("given_corrected".to_owned()).or_insert_with(|| value.to_owned());
            }
            "_id" | "id" => {
                self.native_id.get_or_insert_with(|| value.to_owned());
            }
            _ => match field_named(&name) {
                Some(field) if field.name() == name || !self.has(field) => {
                    self.give_field(field, value);
                }
                Some(_) | None => {
                    self.metadata
                        .extra
                        .entry(key.trim().to_owned())
                        .or_insert_with(|| value.into());
                }
            },
        }
    }

    /// Gives what one source says: fields under their own names first, so that an `author` does
    /// not stand for the `speaker` that is named too.
    pub(crate) fn give_all<'a>(
        &mut self,
        fields: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    ) {
        let is_own_name = |key: &str| {
            let name = key.trim().to_lowercase();
            field_named(&name).is_some_and(|field| field.name() == name)
        };
        for own in [true, false] {
            let named = fields.clone().filter(|(key, _)| is_own_name(key) == own);
            named.for_each(|(key, value)| self.give(key, value));
        }
    }

    fn give_field(&mut self, field: Field, value: &str) {
        if !self.set.insert(field) {
            return;
        }
        let metadata = &mut self.metadata;
        let text = Some(value.split_whitespace().collect::<Vec<_>>().join(" "));
        match field {
            Field::Title => metadata.title = text,
            Field::Office => metadata.office = text,
            Field::Issuer => metadata.issuer = text,
            Field::Event => metadata.event = text,
            Field::Place => metadata.place = text,
            Field::Speaker => metadata.speaker = text.as_deref().and_then(speaker::given_speaker),
            Field::Language => metadata.language = Some(language::code_of(value)),
            Field::Date => match parse_given_date(value) {
                Ok(date) => metadata.date = Some(date),
                Err(reason) => {
                    metadata.extra.entry("date".to_owned()).or_insert_with(|| value.into());
                    self.doubts.insert(field, reason);
                }
            },
            Field::Kind => match DocumentKind::from_name(value) {
                Some(kind) => metadata.kind = kind,
                None => {
                    metadata.extra.entry("kind".to_owned()).or_insert_with(|| value.into());
                }
            },
            Field::Version => match version_named(value) {
                Some(version) => metadata.version = version,
                None => {
                    metadata.extra.entry("version".to_owned()).or_insert_with(|| value.into());
                }
            },
        }
    }

    /// Takes over what a weaker source gave or guessed.
    ///
    /// A title that a program gave is none.
    pub(crate) fn absorb(&mut self, mut weaker: Self) {
        if weaker.metadata.title.as_deref().is_some_and(nameless::is_of_a_program) {
            weaker.set.remove(&Field::Title);
        }
        let Self { metadata: theirs, set, native_id, problems, mut doubts } = weaker;
        for field in set {
            let doubt = doubts.remove(&field);
            if !self.set.insert(field) {
                self.problems.extend(doubt);
                continue;
            }
            self.doubts.extend(doubt.map(|doubt| (field, doubt)));
            if theirs.inferred.contains(&field) {
                self.metadata.inferred.insert(field);
            }
            let metadata = &mut self.metadata;
            match field {
                Field::Title => metadata.title.clone_from(&theirs.title),
                Field::Kind => metadata.kind = theirs.kind,
                Field::Speaker => metadata.speaker.clone_from(&theirs.speaker),
                Field::Office => metadata.office.clone_from(&theirs.office),
                Field::Issuer => metadata.issuer.clone_from(&theirs.issuer),
                Field::Event => metadata.event.clone_from(&theirs.event),
                Field::Place => metadata.place.clone_from(&theirs.place),
                Field::Date => metadata.date = theirs.date,
                Field::Language => metadata.language.clone_from(&theirs.language),
                Field::Version => metadata.version = theirs.version,
            }
        }
        for (key, value) in theirs.extra {
            self.metadata.extra.entry(key).or_insert(value);
        }
        self.native_id = self.native_id.take().or(native_id);
        self.problems.extend(problems);
    }

    /// Records what was lost in decoding.
    pub(crate) fn note_encoding(&mut self, note: Option<String>) {
        if let Some(note) = note {
            self.metadata.extra.insert("encoding_note".to_owned(), note.clone());
            self.problems.push(note);
        }
    }

    /// Sets a field that was guessed, unless it is set already.
    fn infer(&mut self, field: Field, set: impl FnOnce(&mut Metadata)) {
        if self.set.insert(field) {
            set(&mut self.metadata);
            self.metadata.inferred.insert(field);
        }
    }

    pub(crate) fn infer_title(&mut self, title: &str) {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.is_empty() {
            self.infer(Field::Title, |metadata| metadata.title = Some(title));
        }
    }

    pub(crate) fn infer_date(&mut self, date: CivilDate) {
        self.infer(Field::Date, |metadata| metadata.date = Some(date));
    }

    pub(crate) fn infer_language(&mut self, language: &str) {
        let language = language::code_of(language);
        self.infer(Field::Language, |metadata| metadata.language = Some(language));
    }

    /// Returns an extra field.
    pub(crate) fn extra(&self, key: &str) -> Option<&str> {
        self.metadata.extra.get(key).map(String::as_str)
    }

    pub(crate) fn has(&self, field: Field) -> bool {
        self.set.contains(&field)
    }

    /// Returns the metadata and what was wrong with it.
    pub(crate) fn finish(self) -> (Metadata, Vec<String>) {
        let mut problems = self.problems;
        problems.extend(self.doubts.into_values());
        (self.metadata, problems)
    }
}

/// Finds the field that a key names, in lower case with underscores.
fn field_named(name: &str) -> Option<Field> {
    Some(match name {
        "title" | "headline" | "subject" => Field::Title,
        "kind" | "type" | "genre" => Field::Kind,
        "speaker" | "author" | "president" => Field::Speaker,
        "office" | "role" | "speaker_office" => Field::Office,
        "issuer" | "publisher" | "organization" | "organisation" | "agency" => Field::Issuer,
        "event" | "occasion" => Field::Event,
        "place" | "location" | "venue" => Field::Place,
        "date" | "delivered" | "published" | "year" => Field::Date,
        "language" | "lang" => Field::Language,
        "version" => Field::Version,
        _ => return None,
    })
}

fn version_named(name: &str) -> Option<Version> {
    match name.to_lowercase().as_str() {
        "prepared" | "as prepared" | "as prepared for delivery" => Some(Version::Prepared),
        "delivered" | "as delivered" => Some(Version::Delivered),
        "official" => Some(Version::Official),
        "unknown" => Some(Version::Unknown),
        _ => None,
    }
}

/// Fills what was not given from the text's header, the file's name and the text, in this order.
///
/// Returns whether the speaker that was found is one of several whom the title names.
pub(crate) fn infer(draft: &mut Draft, layout: &Layout, path: &Path) -> bool {
    let header = &layout.header;
    complete_title(draft, header);
    if let Some(title) = header.title.as_deref().filter(|_| !draft.has(Field::Title)) {
        draft.infer_title(title);
        if let Some(subtitle) = &header.subtitle {
            let extra = &mut draft.metadata.extra;
            extra.entry("subtitle".to_owned()).or_insert_with(|| subtitle.clone());
        }
    }
    match &header.date {
        Some(Ok(date)) => draft.infer_date(*date),
        Some(Err(reason)) if !draft.has(Field::Date) => {
            draft.doubts.insert(Field::Date, reason.clone());
        }
        Some(Err(_)) | None => {}
    }
    if let Some(date) = header.event_date.filter(|_| draft.metadata.inferred.contains(&Field::Date))
    {
        draft.metadata.extra.entry("event_date".to_owned()).or_insert_with(|| date.to_string());
    }
    if let Some(issuer) = &header.issuer {
        draft.infer(Field::Issuer, |metadata| metadata.issuer = Some(issuer.clone()));
    }
    if let Some(place) = &header.place {
        draft.infer(Field::Place, |metadata| metadata.place = Some(place.clone()));
    }
    if let Some(event) = &header.event {
        draft.infer(Field::Event, |metadata| metadata.event = Some(event.clone()));
    }
    if header.version != Version::Unknown {
        draft.infer(Field::Version, |metadata| metadata.version = header.version);
    }
    let is_one_of_several = infer_speaker(draft, layout);
    file_name::infer_from_file_name(draft, path);
    let inferred = draft.metadata.inferred.contains(&Field::Title);
    let whole = header.whole_title().filter(|_| inferred);
    let title = whole.as_deref().or(draft.metadata.title.as_deref()).unwrap_or_default();
    let kind = kind::kind_of(title, layout);
    if kind != DocumentKind::Other {
        draft.infer(Field::Kind, |metadata| metadata.kind = kind);
    }
    if !draft.has(Field::Language)
        && let Some(language) = language::language_of(&layout.text)
    {
        draft.infer_language(language);
    }
    is_one_of_several
}

/// Completes a generic title that markup gave by the one of the header, if that goes on with it.
fn complete_title(draft: &mut Draft, header: &Header) {
    let Some(title) = draft.metadata.title.as_deref() else { return };
    let is_guess = draft.metadata.inferred.contains(&Field::Title);
    let whole = header.title.as_deref().filter(|whole| {
        strip_prefix_ignore_case(whole, title).is_some_and(|rest| rest.starts_with(": "))
    });
    if is_guess && nameless::is_generic_title(title) {
        draft.metadata.title = whole.map(str::to_owned).or(draft.metadata.title.take());
    }
}

/// Returns the title of a document as it stands now.
pub(crate) fn title_of(draft: &Draft) -> &str {
    draft.metadata.title.as_deref().unwrap_or_default()
}

/// Reads a date of a page's markup; none where it says something else.
pub(crate) fn date_of_markup(written: &str) -> Option<CivilDate> {
    parse_given_date(written).ok()
}

/// Infers who speaks: the one whom a line of the header or the title names. That may be an office
/// alone, `the President`, for others to tell who held it.
///
/// Returns whether the title names several.
fn infer_speaker(draft: &mut Draft, layout: &Layout) -> bool {
    if draft.has(Field::Speaker) {
        return false;
    }
    let header = &layout.header;
    let one_voice = !layout.voices.are_several();
    let whole_title = header.whole_title();
    let titled = header.titled_speaker.clone();
    let titled = titled.or_else(|| speaker_in_title(whole_title.as_deref()?));
    let titled = titled.filter(|titled| {
        one_voice && (titled.office.is_some() || is_backed(&titled.name, titled.link, layout))
    });
    let titled = titled.map(|titled| (titled.name, titled.office));
    let found = header.speaker.clone().or(titled);
    let (named_as, office, is_one_of_several) = match found {
        Some((name, office)) => (name, office, false),
        None => {
            let lines = [
                whole_title.as_deref(),
                header.naming_line.as_deref(),
                header.speaking_line.as_deref(),
            ];
            let mut named = lines.into_iter().flatten().filter_map(main_speaker::main_speaker);
            match named.find(|main| is_backed(&main.named_as, main.link, layout)) {
                Some(main) => (main.named_as, None, main.is_one_of_several),
                None => return false,
            }
        }
    };
    draft.infer(Field::Speaker, |metadata| metadata.speaker = Some(Speaker::from_name(&named_as)));
    if let Some(office) = office {
        draft.infer(Field::Office, |metadata| metadata.office = Some(office));
    }
    is_one_of_several
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_to_give_a_field_wins() {
        let mut draft = Draft::default();
        for (key, value) in [
            ("Title", " A  Speech "),
            ("title", "Another"),
            ("date", "2011-02-30"),
            ("date", "2011-03-01"),
            ("kind", "un-general-debate"),
            ("language", "en-GB"),
            ("_id", "x1"),
            ("id", "x2"),
            ("url", "https://example.org"),
            ("place", " "),
        ] {
            draft.give(key, value);
        }
        draft.infer_title("Guess");
        draft.infer_date(CivilDate::from_year(2011).unwrap());
        assert_eq!(draft.native_id.as_deref(), Some("x1"));
        let (metadata, problems) = draft.finish();
        assert_eq!(metadata.title.as_deref(), Some("A Speech"));
        assert_eq!((metadata.date, metadata.kind), (None, DocumentKind::Other));
        assert_eq!(metadata.language.as_deref(), Some("en"));
        assert_eq!(metadata.place, None);
        assert!(metadata.inferred.is_empty());
        let extra: Vec<_> = metadata.extra.iter().map(|(k, v)| (&**k, &**v)).collect();
        let expected =
            [("date", "2011-02-30"), ("kind", "un-general-debate"), ("url", "https://example.org")];
        assert_eq!(extra, expected);
        assert_eq!(problems, ["the date 2011-02-30 does not exist in the calendar"]);
    }
}
