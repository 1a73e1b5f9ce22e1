use super::Locator;
use super::name::Name;
use onrecord_model::{CivilDate, DocumentKind, Metadata, Version};

/// What a work is, which decides the form of its citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Genre {
    Speech,
    Statement,
    Transcript,
    Testimony,
    FactSheet,
    PressRelease,
    Other,
}

impl Genre {
    fn of(metadata: &Metadata) -> Self {
        match metadata.kind {
            DocumentKind::Speech => Self::Speech,
            DocumentKind::Transcript => Self::Transcript,
            DocumentKind::Testimony => Self::Testimony,
            DocumentKind::FactSheet => Self::FactSheet,
            DocumentKind::PressRelease => Self::PressRelease,
            DocumentKind::Other => Self::of_given(metadata.extra.get("kind").map_or("", |k| k)),
        }
    }

    /// Tells the genre by a kind that the owner gave and that is none of ours.
    fn of_given(kind: &str) -> Self {
        let kind = kind.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
        if has(&["debate", "statement"]) {
            Self::Statement
        } else if has(&["speech", "address", "remarks"]) {
            Self::Speech
        } else {
            Self::Other
        }
    }

    /// Tells whether its words were said to hearers.
    pub(super) const fn is_spoken(self) -> bool {
        match self {
            Self::Speech | Self::Statement | Self::Transcript | Self::Testimony => true,
            Self::FactSheet | Self::PressRelease | Self::Other => false,
        }
    }

    /// Returns what it is called in a citation; nothing where that is not known.
    pub(super) const fn noun(self) -> Option<&'static str> {
        match self {
            Self::Speech => Some("speech"),
            Self::Statement => Some("statement"),
            Self::Transcript => Some("transcript"),
            Self::Testimony => Some("testimony"),
            Self::FactSheet => Some("fact sheet"),
            Self::PressRelease => Some("press release"),
            Self::Other => None,
        }
    }

    /// Returns the noun with a capital.
    pub(super) fn capital_noun(self) -> Option<String> {
        self.noun().map(capitalized)
    }
}

/// Writes the first letter as a capital.
pub(super) fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The official record that a work is printed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Series {
    /// The record of the Congress of the United States.
    CongressionalRecord { volume: String, issue: Option<String>, pages: Option<String> },
    /// The record of the Parliament of the United Kingdom.
    Hansard { is_lords: bool, volume: String, columns: Option<String> },
}

impl Series {
    fn of(metadata: &Metadata) -> Option<Self> {
        let extra = |key: &str| metadata.extra.get(key).cloned();
        let volume = extra("volume")?;
        if extra("schema").as_deref() == Some("Hansard") {
            let house = metadata.issuer.as_deref().unwrap_or_default();
            let is_lords = match house {
                "House of Lords" => true,
                "House of Commons" => false,
                _ => return None,
            };
            return Some(Self::Hansard { is_lords, volume, columns: extra("columns") });
        }
        let pages = extra("pages");
        let is_record = metadata.issuer.as_deref() == Some("United States Congress")
            || extra("citation").is_some_and(|citation| citation.contains("Cong. Rec."))
            || extra("section").is_some_and(|section| SECTIONS.contains(&&*section.to_lowercase()))
                && pages.as_deref().is_some_and(is_daily_page);
        is_record.then(|| Self::CongressionalRecord { volume, issue: extra("issue"), pages })
    }
}

/// The sections of the daily Congressional Record.
const SECTIONS: &[&str] = &["senate", "house", "extensions of remarks", "daily digest"];

/// Tells whether a page is one of the daily edition of the Congressional Record, whose numbers
/// begin with a letter.
pub(super) fn is_daily_page(page: &str) -> bool {
    page.starts_with(['S', 'H', 'E', 'D'])
        && page.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// A work as citations need it: what the record holds, and nothing else.
#[derive(Clone, Debug)]
pub(super) struct Work<'a> {
    pub(super) genre: Genre,
    pub(super) title: Option<&'a str>,
    /// Who wrote or said the whole: the main speaker, else the bodies that put it out.
    pub(super) authors: Vec<Name>,
    /// Who speaks at the place cited, where that is another.
    pub(super) voice: Option<Name>,
    /// The office of the main speaker.
    pub(super) office: Option<&'a str>,
    /// The body that put it out, where it is not the author.
    pub(super) publisher: Option<&'a str>,
    pub(super) event: Option<&'a str>,
    pub(super) place: Option<&'a str>,
    /// When the words were said, else when they were released.
    pub(super) date: Option<CivilDate>,
    /// When they were released, where that is known to be another day.
    pub(super) released: Option<CivilDate>,
    pub(super) version: Option<&'static str>,
    pub(super) url: Option<&'a str>,
    pub(super) language: Option<&'a str>,
    pub(super) series: Option<Series>,
    pub(super) page: Option<u32>,
    pub(super) paragraph: Option<u32>,
}

impl<'a> Work<'a> {
    pub(super) fn new(metadata: &'a Metadata, locator: &'a Locator) -> Self {
        let genre = Genre::of(metadata);
        let speaker = metadata.speaker.as_ref().map(|speaker| &*speaker.name);
        let speaker = speaker.filter(|_| !locator.is_unattributed);
        let series = Series::of(metadata);
        let issuer = text_of(metadata.issuer.as_ref());
        let is_issuers = speaker.is_none() && !genre.is_spoken() && series.is_none();
        let authors = match speaker {
            Some(name) => vec![Name::of_person(name)],
            None if is_issuers => issuer.map(Name::of_bodies).unwrap_or_default(),
            None => Vec::new(),
        };
        let voice = locator.speaker.as_deref().filter(|voice| Some(*voice) != speaker);
        let title = text_of(metadata.title.as_ref());
        let event = text_of(metadata.event.as_ref()).filter(|event| !says(title, event));
        let place = text_of(metadata.place.as_ref()).filter(|place| !says(event, place));
        let event_date = metadata.extra.get("event_date").and_then(|date| date.parse().ok());
        Self {
            genre,
            title,
            voice: voice.map(Name::of_person),
            office: text_of(metadata.office.as_ref()).filter(|_| speaker.is_some()),
            publisher: issuer.filter(|_| !is_issuers),
            event,
            place,
            date: event_date.or(metadata.date),
            released: metadata.date.filter(|date| event_date.is_some_and(|said| said != *date)),
            version: match metadata.version {
                Version::Prepared => Some("as prepared for delivery"),
                Version::Delivered => Some("as delivered"),
                Version::Official => Some("official record"),
                Version::Unknown => None,
            },
            url: url_of(metadata),
            language: text_of(metadata.language.as_ref()),
            series,
            page: locator.page,
            paragraph: locator.paragraph,
            authors,
        }
    }

    /// Tells whether anything is known by which the work can be cited.
    pub(super) fn is_known(&self) -> bool {
        self.title.is_some()
            || !self.authors.is_empty()
            || self.genre.noun().is_some()
            || self.date.is_some()
            || self.url.is_some()
    }

    /// Writes the place in the work, the page where there are pages: `p. 4`, `para. 12`.
    pub(super) fn pinpoint(&self) -> Option<String> {
        let page = self.page_label().map(|page| format!("p. {page}"));
        page.or_else(|| self.paragraph.map(|paragraph| format!("para. {paragraph}")))
    }

    /// Writes the page as it is printed: with its letter in the daily Congressional Record.
    pub(super) fn page_label(&self) -> Option<String> {
        let letter = match &self.series {
            Some(Series::CongressionalRecord { pages: Some(pages), .. })
                if is_daily_page(pages) =>
            {
                pages.get(..1).unwrap_or_default()
            }
            Some(_) | None => "",
        };
        self.page.map(|page| format!("{letter}{page}"))
    }

    /// Writes the authors in running order.
    pub(super) fn author(&self) -> Option<String> {
        joined(self.authors.iter().map(Name::full), " and ")
    }
}

/// Joins names, nothing where there are none.
pub(super) fn joined(names: impl Iterator<Item = String>, with: &str) -> Option<String> {
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| names.join(with))
}

fn text_of(field: Option<&String>) -> Option<&str> {
    field.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// Tells whether words say what others do, so that it need not be said again.
fn says(words: Option<&str>, others: &str) -> bool {
    words.is_some_and(|words| words.to_lowercase().contains(&others.to_lowercase()))
}

/// Returns the address where the document can be seen: that of a page, never that of a file.
fn url_of(metadata: &Metadata) -> Option<&str> {
    let fields = ["url", "source"].iter().filter_map(|key| metadata.extra.get(*key));
    fields.map(|url| url.trim()).find(|url| {
        let is_web = ["http://", "https://"].iter().any(|scheme| {
            url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        is_web && !url.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}
