//! Fields as their owner corrected them.

use super::{CORRECTED, Draft, parse_given_date, version_named};
use onrecord_model::{DocumentKind, Field, Metadata, Version};

impl Draft {
    /// Sets a field to what it is corrected to, whatever it held; an empty value leaves it empty.
    /// The field counts as given.
    ///
    /// # Errors
    /// Why the value cannot be understood; the field is then as it was.
    pub(crate) fn correct(&mut self, field: Field, value: &str) -> Result<(), String> {
        let value = value.trim();
        check(field, value)?;
        self.clear(field);
        if value.is_empty() {
            self.set.insert(field);
        } else {
            self.give_field(field, value);
        }
        Ok(())
    }

    /// Returns how a field is shown; none where it is empty.
    pub(crate) fn shown(&self, field: Field) -> Option<String> {
        let metadata = &self.metadata;
        match field {
            Field::Title => metadata.title.clone(),
            Field::Kind => Some(metadata.kind.name().to_owned()),
            Field::Speaker => metadata.speaker.as_ref().map(|speaker| speaker.name.to_string()),
            Field::Office => metadata.office.clone(),
            Field::Issuer => metadata.issuer.clone(),
            Field::Event => metadata.event.clone(),
            Field::Place => metadata.place.clone(),
            Field::Date => metadata.date.map(|date| date.to_string()),
            Field::Language => metadata.language.clone(),
            Field::Version => match metadata.version {
                Version::Prepared => Some("prepared".to_owned()),
                Version::Delivered => Some("delivered".to_owned()),
                Version::Official => Some("official".to_owned()),
                Version::Unknown => None,
            },
        }
    }

    /// Notes what was corrected, a line each.
    pub(crate) fn note_corrections(&mut self, notes: Option<String>) {
        if let Some(notes) = notes {
            self.metadata.extra.insert(CORRECTED.to_owned(), notes);
        }
    }

    /// Forgets what a field held, and what was wrong with it.
    fn clear(&mut self, field: Field) {
        self.set.remove(&field);
        self.doubts.remove(&field);
        let empty = Metadata::default();
        let metadata = &mut self.metadata;
        metadata.inferred.remove(&field);
        match field {
            Field::Title => metadata.title = None,
            Field::Kind => metadata.kind = empty.kind,
            Field::Speaker => metadata.speaker = None,
            Field::Office => metadata.office = None,
            Field::Issuer => metadata.issuer = None,
            Field::Event => metadata.event = None,
            Field::Place => metadata.place = None,
            Field::Date => metadata.date = None,
            Field::Language => metadata.language = None,
            Field::Version => metadata.version = empty.version,
        }
    }
}

/// Checks that a field can hold a value.
fn check(field: Field, value: &str) -> Result<(), String> {
    match field {
        _ if value.is_empty() => Ok(()),
        Field::Date => parse_given_date(value).map(|_| ()),
        Field::Kind if DocumentKind::from_name(value).is_none() => {
            let names: Vec<&str> = DocumentKind::ALL.into_iter().map(DocumentKind::name).collect();
            Err(format!("there is no kind `{value}`: the kinds are {}", names.join(", ")))
        }
        Field::Version if version_named(value).is_none() => Err(format!(
            "there is no version `{value}`: the versions are prepared, delivered, official"
        )),
        Field::Speaker if super::speaker::given_speaker(value).is_none() => {
            Err(format!("`{value}` is no name of a speaker"))
        }
        Field::Title
        | Field::Kind
        | Field::Speaker
        | Field::Office
        | Field::Issuer
        | Field::Event
        | Field::Place
        | Field::Language
        | Field::Version => Ok(()),
    }
}
