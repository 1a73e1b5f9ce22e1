//! The MODS file of a govinfo package, which describes the pages beside it.

use crate::format::references::dereferenced;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// What is said of pages, by the name of each without its extension.
pub(super) type Descriptions = BTreeMap<String, Description>;

/// What is said of one page.
#[derive(Debug, Default)]
pub(super) struct Description {
    pub(super) fields: Vec<(String, String)>,
    /// What was left out.
    pub(super) problems: Vec<String>,
}

/// The largest file that is read, in bytes: a day of the Congressional Record has 1 or 2 million.
pub(super) const MAX_BYTES: u64 = 64 << 20;

/// Elements open at once, beyond which a file is refused: MODS has about 10.
const MAX_DEPTH: usize = 64;

/// Speakers that are kept of a page.
const MAX_SPEAKERS: usize = 500;

/// The longest value that is kept, in bytes; a longer one is left out whole.
const MAX_VALUE: usize = 4096;

/// Elements whose words are fields of a part or of the whole: the element around it, its own
/// name, and the field's.
const FIELDS: [(&str, &str, &str); 15] = [
    ("titleInfo", "title", "title"),
    ("titleInfo", "partName", "section"),
    ("extension", "granuleDate", "date"),
    ("originInfo", "dateIssued", "date"),
    ("extension", "chamber", "chamber"),
    ("extension", "volume", "volume"),
    ("extension", "issue", "issue"),
    ("extension", "congress", "congress"),
    ("extension", "session", "session"),
    ("extension", "accessId", ACCESS_ID),
    ("language", "languageTerm", "language"),
    ("extent", "start", FIRST_PAGE),
    ("extent", "end", LAST_PAGE),
    ("mods", "identifier", CITATION),
    ("relatedItem", "identifier", CITATION),
];

/// Fields of the whole that hold for its parts too.
const SHARED: [&str; 6] = ["date", "volume", "issue", "congress", "session", "language"];

const ACCESS_ID: &str = "accessId";
const FIRST_PAGE: &str = "first page";
const LAST_PAGE: &str = "last page";
const CITATION: &str = "citation";

/// The publisher of what the Congress says, as its own pages name it.
const ISSUER: &str = "United States Congress";

/// What is said of the whole, or of a part.
#[derive(Default)]
struct Part {
    fields: BTreeMap<&'static str, String>,
    speakers: Vec<String>,
    /// Fields whose values are too long to be kept.
    too_long: Vec<&'static str>,
}

/// Reads what a MODS file says of each page.
///
/// # Errors
/// Why it is no MODS that can be read.
pub(super) fn read_mods(source: &str) -> Result<Descriptions, String> {
    let mut reading = Reading::default();
    let mut reader = Reader::from_str(source);
    reader.config_mut().allow_dangling_amp = true;
    loop {
        match reader.read_event().map_err(|error| format!("no XML: {error}"))? {
            Event::Eof => break,
            Event::Start(tag) => reading.start(&tag)?,
            Event::Empty(tag) => {
                reading.start(&tag)?;
                reading.end();
            }
            Event::End(_) => reading.end(),
            Event::Text(text) => reading.words.push_str(&text),
            Event::CData(text) => reading.words.push_str(&text),
            Event::GeneralRef(name) => {
                reading.words.push_str(&dereferenced(&format!("&{};", &*name)));
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        if reading.words.len() > MAX_VALUE {
            reading.words.clear();
            reading.is_too_long = true;
        }
    }
    if !reading.is_mods {
        return Err("no MODS".to_owned());
    }
    Ok(reading.finish())
}

#[derive(Default)]
struct Reading {
    is_mods: bool,
    /// The names of the open elements, with the attribute that tells one from its like.
    open: Vec<(String, Option<String>)>,
    words: String,
    /// Whether the words of the element are too many to be kept.
    is_too_long: bool,
    whole: Part,
    parts: Vec<Part>,
    /// How many elements are open around the fields of the part being read.
    part_depth: Option<usize>,
}

impl Reading {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), String> {
        let name = tag.local_name().as_ref().to_owned();
        let key = if name == "congMember" { "role" } else { "type" };
        let told = tag.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == key);
        let told = told.map(|attribute| attribute.value.to_string());
        self.is_mods |= self.open.is_empty() && matches!(&*name, "mods" | "modsCollection");
        if name == "relatedItem" && told.as_deref() == Some("constituent") {
            self.parts.push(Part::default());
            self.part_depth = Some(self.open.len() + 1);
        }
        self.open.push((name, told));
        if self.open.len() > MAX_DEPTH {
            return Err(format!("its elements are nested more than {MAX_DEPTH} deep"));
        }
        self.words.clear();
        self.is_too_long = false;
        Ok(())
    }

    fn end(&mut self) {
        let words = std::mem::take(&mut self.words);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if std::mem::take(&mut self.is_too_long) {
            self.take(None);
        } else if !words.is_empty() {
            self.take(Some(words));
        }
        if self.part_depth == Some(self.open.len()) {
            self.part_depth = None;
        }
        self.open.pop();
    }

    /// Takes the words of the element that ends; none where they are too many.
    fn take(&mut self, words: Option<String>) {
        let depth = self.part_depth.unwrap_or(1);
        let Some([(name, told)]) = self.open.last_chunk::<1>() else { return };
        let parent = self.open.len().checked_sub(2).and_then(|at| self.open.get(at));
        let Some((parent, parent_told)) = parent else { return };
        let part = match self.part_depth {
            Some(_) => self.parts.last_mut(),
            None => Some(&mut self.whole),
        };
        let Some(part) = part else { return };
        if parent == "congMember" {
            let is_name = told.as_deref() == Some("authority-fnf");
            let has_room = part.speakers.len() < MAX_SPEAKERS;
            if is_name && has_room && parent_told.as_deref() == Some("SPEAKING") {
                match words {
                    Some(words) if part.speakers.contains(&words) => {}
                    Some(words) => part.speakers.push(words),
                    None => part.too_long.push("speakers"),
                }
            }
            return;
        }
        // What describes another form of the part is below another `relatedItem`.
        let is_own = self.open.get(depth..).is_none_or(|below| {
            below.iter().all(|(name, _)| name != "relatedItem" && name != "recordInfo")
        });
        let found = FIELDS.iter().find(|(outer, inner, _)| outer == parent && inner == name);
        let Some((_, _, field)) = found.filter(|_| is_own) else { return };
        if *field == CITATION && told.as_deref() != Some("preferred citation") {
            return;
        }
        match words {
            Some(words) => {
                part.fields.entry(field).or_insert(words);
            }
            None => part.too_long.push(field),
        }
    }

    fn finish(self) -> Descriptions {
        let Self { whole, parts, .. } = self;
        let shared = |part: &mut Part| {
            for name in SHARED {
                if let Some(value) = whole.fields.get(name) {
                    part.fields.entry(name).or_insert_with(|| value.clone());
                }
            }
        };
        let mut descriptions = Descriptions::new();
        for mut part in parts {
            shared(&mut part);
            part.describe(&mut descriptions);
        }
        whole.describe(&mut descriptions);
        descriptions
    }
}

impl Part {
    fn describe(mut self, descriptions: &mut Descriptions) {
        let Some(id) = self.fields.remove(ACCESS_ID) else { return };
        let first = self.fields.remove(FIRST_PAGE);
        let last = self.fields.remove(LAST_PAGE);
        let mut fields: Vec<(String, String)> =
            self.fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        if let Some(first) = first {
            let pages = last.filter(|last| *last != first).map(|last| format!("{first}-{last}"));
            fields.push(("pages".to_owned(), pages.unwrap_or(first)));
        }
        // Who speaks where is for the words to tell: not all of a page is the member's.
        if !self.speakers.is_empty() {
            fields.push(("speakers".to_owned(), self.speakers.join("; ")));
        }
        fields.push(("issuer".to_owned(), ISSUER.to_owned()));
        let problems = self.too_long.iter().map(|field| {
            format!("mods.xml: its {field} is longer than {MAX_VALUE} bytes and left out")
        });
        let problems = problems.collect();
        descriptions.entry(id).or_insert(Description { fields, problems });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MODS: &str = "<mods xmlns='http://www.loc.gov/mods/v3'><language><languageTerm type='code'>eng</languageTerm></language>\
        <titleInfo><title>Congressional Record</title></titleInfo>\
        <originInfo><dateIssued>2005-05-03</dateIssued></originInfo>\
        <recordInfo><languageOfCataloging><languageTerm>x</languageTerm></languageOfCataloging></recordInfo>\
        <extension><accessId>CREC-1</accessId><volume>9</volume></extension>\
        <relatedItem type='constituent'><titleInfo><title>PORTS &amp; PIERS</title><partName>Senate</partName></titleInfo>\
        <relatedItem type='otherFormat'><titleInfo><title>Other</title></titleInfo></relatedItem>\
        <identifier type='uri'>u</identifier><identifier type='preferred citation'>9 Cong. Rec. S1</identifier>\
        <part><extent unit='pages'><start>S1</start><end>S2</end></extent></part>\
        <extension><accessId>CREC-1-PgS1</accessId><chamber>SENATE</chamber><granuleDate>2005-05-04</granuleDate>\
        <congMember role='SPEAKING'><name type='parsed'>Mr. MOSS</name><name type='authority-fnf'>Ben Moss</name></congMember>\
        <congMember role='SPONSOR'><name type='authority-fnf'>Ada Vale</name></congMember></extension></relatedItem>\
        <relatedItem type='constituent'><titleInfo><title>TWO</title></titleInfo><extension><accessId>CREC-1-PgS2</accessId>\
        <congMember role='SPEAKING'><name type='authority-fnf'>Ben Moss</name></congMember>\
        <congMember role='SPEAKING'><name type='authority-fnf'>Ada Vale</name></congMember></extension></relatedItem></mods>";

    #[test]
    fn each_page_is_described() {
        let found = read_mods(MODS).unwrap();
        let show = |id: &str| -> Vec<String> {
            found[id].fields.iter().map(|(name, value)| format!("{name}={value}")).collect()
        };
        let one = [
            "chamber=SENATE",
            "citation=9 Cong. Rec. S1",
            "date=2005-05-04",
            "language=eng",
            "section=Senate",
            "title=PORTS & PIERS",
            "volume=9",
            "pages=S1-S2",
            "speakers=Ben Moss",
            "issuer=United States Congress",
        ];
        assert_eq!(show("CREC-1-PgS1"), one);
        let two = [
            "date=2005-05-03",
            "language=eng",
            "title=TWO",
            "volume=9",
            "speakers=Ben Moss; Ada Vale",
            "issuer=United States Congress",
        ];
        assert_eq!(show("CREC-1-PgS2"), two);
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn what_is_too_long_is_left_out_whole() {
        let title = "PORTS ".repeat(2000);
        let found = read_mods(&MODS.replace("PORTS", &title)).unwrap();
        let page = &found["CREC-1-PgS1"];
        assert!(page.fields.iter().all(|(name, _)| name != "title"), "{:?}", page.fields);
        assert_eq!(page.problems, ["mods.xml: its title is longer than 4096 bytes and left out"]);
        assert!(found["CREC-1-PgS2"].problems.is_empty());
    }

    #[test]
    fn hostile() {
        for (source, reason) in [
            ("<mods>".repeat(100_000), "nested more than 64 deep"),
            ("<mets/>".to_owned(), "no MODS"),
            (String::new(), "no MODS"),
            ("<mods><a".to_owned(), "no XML"),
        ] {
            assert!(read_mods(&source).unwrap_err().contains(reason), "{source:.20}");
        }
        assert!(read_mods(&format!("<mods>{}</mods>", "&x;".repeat(100_000))).is_ok());
    }

    proptest! {
        #[test]
        fn any_damage_is_survived(cut in 0_usize..1500, at in 0_usize..1500, c in any::<char>()) {
            let mut damaged: String = MODS.chars().take(MODS.len() - cut % MODS.len()).collect();
            damaged.insert(damaged.floor_char_boundary(at), c);
            let _ = read_mods(&damaged);
        }
    }
}
