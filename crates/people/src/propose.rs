//! A roster that a corpus suggests, for a person to correct.

use crate::identify::{names_of, speakers_of};
use crate::label::{Agreement, FullName, family_of, read_label};
use crate::words::folded_words;
use crate::{Context, Resolution, Roster, resolve};
use onrecord_model::{CivilDate, Document, SpeakerId};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Gathers the names by which documents call those who speak.
#[derive(Clone, Debug, Default)]
pub struct Proposal {
    /// The persons that no roster has.
    found: BTreeMap<SpeakerId, Found>,
    /// The labels that stand for persons of the roster, by id.
    known: BTreeMap<SpeakerId, BTreeMap<String, u64>>,
    /// The labels that stand for one of several, with the ids.
    ambiguous: BTreeMap<String, (u64, BTreeSet<SpeakerId>)>,
    /// The labels that stand for nobody known.
    unknown: BTreeMap<String, u64>,
}

/// A person that no roster has.
#[derive(Clone, Debug, Default)]
struct Found {
    name: String,
    /// The names as written, with how often.
    written: BTreeMap<String, u64>,
    /// The offices as written, with the first and last date.
    offices: BTreeMap<String, (Option<CivilDate>, Option<CivilDate>)>,
}

impl Proposal {
    /// Adds the names of a document as it was read, before its speakers were told by a roster.
    pub fn add(&mut self, document: &Document, roster: &Roster) {
        let metadata = &document.metadata;
        let names = names_of(document);
        let speakers = speakers_of(document);
        let context = Context {
            date: metadata.date,
            issuer: metadata.issuer.as_deref(),
            place: metadata.place.as_deref(),
            names: &names,
            title: document.metadata.title.as_deref(),
            speakers: &speakers,
            country: None,
        };
        let as_written = metadata.extra.get("speaker_as_written");
        let main = as_written.map(String::as_str);
        let main = main.or(metadata.speaker.as_ref().map(|speaker| &*speaker.name));
        if let Some(name) = main {
            self.add_name(name, metadata.office.as_deref(), &context, roster);
        }
        let labels: BTreeSet<&str> =
            document.turns().iter().filter_map(|turn| turn.named_as.as_deref()).collect();
        for label in labels {
            self.add_name(label, None, &context, roster);
        }
    }

    fn add_name(
        &mut self,
        name: &str,
        office: Option<&str>,
        context: &Context<'_>,
        roster: &Roster,
    ) {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        match resolve(roster, &name, context) {
            Resolution::Nobody => {}
            Resolution::Unknown => *self.unknown.entry(name).or_default() += 1,
            Resolution::Ambiguous(ids) => {
                let (n_times, bearers) = self.ambiguous.entry(name).or_default();
                *n_times += 1;
                bearers.extend(ids);
            }
            Resolution::Person(person) if person.is_listed => {
                *self.known.entry(person.speaker.id).or_default().entry(name).or_default() += 1;
            }
            Resolution::Person(person) => {
                let found = self.found.entry(person.speaker.id).or_default();
                found.name = person.speaker.name.into();
                *found.written.entry(name).or_default() += 1;
                if let Some(office) = office.map(str::to_owned).or(person.office) {
                    let (first, last) = found.offices.entry(office).or_default();
                    *first = context.date.into_iter().chain(*first).min();
                    *last = context.date.into_iter().chain(*last).max();
                }
            }
        }
    }

    /// Returns how many persons are proposed.
    pub fn n_persons(&self) -> usize {
        self.found.len()
    }

    /// Writes the proposal in the form of `speakers.toml`: one table a person, all else as
    /// comments.
    pub fn to_toml(mut self) -> String {
        let doubtful = self.join_variants();
        let mut toml = String::new();
        for (id, found) in &self.found {
            write_person(&mut toml, id, found, doubtful.get(id));
        }
        let mut comment = |title: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                // Writing to a string cannot fail.
                let _ = writeln!(toml, "\n# {title}");
                lines.iter().for_each(|line| {
                    let _ = writeln!(toml, "#   {line}");
                });
            }
        };
        let times = |names: &BTreeMap<String, u64>| {
            let shown = names.iter().map(|(name, n_times)| format!("{} ({n_times})", quoted(name)));
            shown.collect::<Vec<_>>().join(", ")
        };
        comment(
            "Known already, by these names (in so many documents):",
            self.known.iter().map(|(id, names)| format!("{id}: {}", times(names))).collect(),
        );
        let ambiguous = self.ambiguous.iter().map(|(name, (n_times, ids))| {
            let ids: Vec<&str> = ids.iter().map(SpeakerId::as_str).collect();
            format!("{} ({n_times}): {}", quoted(name), ids.join(" or "))
        });
        comment("May be one of several, and stay open:", ambiguous.collect());
        let unknown = self.unknown.iter();
        let unknown = unknown.map(|(name, n_times)| format!("{} ({n_times})", quoted(name)));
        comment("Nothing tells who these are:", unknown.collect());
        toml
    }

    /// Joins persons whose names agree, the rarer to the more frequent one. Returns those whose
    /// name agrees with several others, with their ids.
    fn join_variants(&mut self) -> BTreeMap<SpeakerId, Vec<SpeakerId>> {
        let mut by_family: BTreeMap<String, Vec<SpeakerId>> = BTreeMap::new();
        for (id, found) in &self.found {
            let family = folded_words(&family_of(&found.name)).join(" ");
            by_family.entry(family).or_default().push(id.clone());
        }
        let mut doubtful = BTreeMap::new();
        for ids in by_family.into_values().filter(|ids| ids.len() > 1) {
            for id in &ids {
                let agreeing = self.agreeing(id, &ids);
                let [other] = agreeing.as_slice() else {
                    if !agreeing.is_empty() {
                        doubtful.insert(id.clone(), agreeing);
                    }
                    continue;
                };
                if self.agreeing(other, &ids).len() == 1 && self.n_times(other) >= self.n_times(id)
                {
                    self.join(id, other);
                }
            }
        }
        doubtful
    }

    fn n_times(&self, id: &SpeakerId) -> u64 {
        self.found.get(id).map_or(0, |found| found.written.values().sum())
    }

    /// Lists those whose name agrees with that of a person.
    fn agreeing(&self, id: &SpeakerId, among: &[SpeakerId]) -> Vec<SpeakerId> {
        let Some(one) = self.found.get(id) else { return Vec::new() };
        let label = read_label(&one.name);
        let family = folded_words(&family_of(&one.name));
        let agrees = |other: &&SpeakerId| {
            let Some(found) = self.found.get(*other).filter(|_| *other != id) else { return false };
            let ours = FullName::new(&found.name, &family);
            ours.agrees(&label.name, "").is_some_and(|agreement| agreement >= Agreement::Weak)
                || FullName::new(&one.name, &family)
                    .agrees(&read_label(&found.name).name, "")
                    .is_some()
        };
        among.iter().filter(agrees).cloned().collect()
    }

    fn join(&mut self, id: &SpeakerId, to: &SpeakerId) {
        let Some(joined) = self.found.remove(id) else { return };
        let Some(found) = self.found.get_mut(to) else { return };
        for (name, n_times) in joined.written {
            *found.written.entry(name).or_default() += n_times;
        }
        for (office, (first, last)) in joined.offices {
            let (known_first, known_last) = found.offices.entry(office).or_default();
            *known_first = first.into_iter().chain(*known_first).min();
            *known_last = last.into_iter().chain(*known_last).max();
        }
    }
}

fn write_person(
    toml: &mut String,
    id: &SpeakerId,
    found: &Found,
    doubtful: Option<&Vec<SpeakerId>>,
) {
    let written: Vec<String> = found
        .written
        .iter()
        .map(|(name, n_times)| format!("{} ({n_times})", quoted(name)))
        .collect();
    let names = found.written.keys().map(|name| read_label(name).written);
    let aliases: BTreeSet<String> = names
        .filter(|name| folded_words(name) != folded_words(&found.name))
        .map(|name| quoted(&name))
        .collect();
    // Writing to a string cannot fail.
    let _ = writeln!(toml, "\n# As written (in so many documents): {}", written.join(", "));
    if let Some(others) = doubtful {
        let others: Vec<&str> = others.iter().map(SpeakerId::as_str).collect();
        let _ = writeln!(toml, "# Perhaps the same person as {}.", others.join(" or "));
    }
    let _ = writeln!(toml, "[[person]]\nid = {}", quoted(id.as_str()));
    let _ = writeln!(toml, "name = {}", quoted(&found.name));
    if !aliases.is_empty() {
        let aliases: Vec<String> = aliases.into_iter().collect();
        let _ = writeln!(toml, "aliases = [{}]", aliases.join(", "));
    }
    for (office, (first, last)) in &found.offices {
        let _ = writeln!(toml, "[[person.office]]\ntitle = {}", quoted(office));
        if let (Some(first), Some(last)) = (first, last) {
            let _ =
                writeln!(toml, "# Seen from {first} to {last}: give the true days as from and to.");
        }
    }
}

/// Writes a string as TOML does, on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{DocumentId, Metadata, Speaker, Turn};

    fn document(speaker: &str, office: Option<&str>, date: &str, turns: &[&str]) -> Document {
        let metadata = Metadata {
            speaker: Some(Speaker::from_name(speaker)),
            office: office.map(str::to_owned),
            date: date.parse().ok(),
            ..Metadata::default()
        };
        let turn = |label: &&str| Turn { named_as: Some((*label).into()), ..Turn::default() };
        Document::new(DocumentId::new("t", "", None), metadata, "".into(), Vec::new())
            .with_turns(turns.iter().map(turn).collect())
    }

    #[test]
    fn a_corpus_suggests_a_roster() {
        let roster = Roster::default_roster();
        let mut proposal = Proposal::default();
        for document in [
            document("Ana \"B.\" Vale", None, "2011", &[]),
            document("Ana Vale", Some("Minister of Ports"), "2011-05-01", &["Q", "MR. REED"]),
            document("Minister Ana Vale", Some("Minister of Ports"), "2009", &["PRESIDENT BUSH"]),
            document("Ana B. Vale", None, "2012", &["PRESIDENT OBAMA", "TOM REED"]),
            document("Tom A. Reed", None, "2012", &[]),
            document("Tom B. Reed", None, "", &["PRESIDENT BUSH"]),
        ] {
            proposal.add(&document, &roster);
        }
        let toml = proposal.to_toml();
        let read = Roster::from_toml(&toml, "t").unwrap_or_else(|error| panic!("{error}\n{toml}"));
        let names: Vec<&str> = read.persons().iter().map(|person| &*person.name).collect();
        assert_eq!(names, ["Ana Vale", "Tom A. Reed", "Tom B. Reed", "Tom Reed"], "{toml}");
        assert_eq!(*read.persons()[0].aliases, [Box::from("Ana B. Vale")], "{toml}");
        for line in [
            "title = \"Minister of Ports\"\n# Seen from 2009 to 2011-05-01",
            "# Perhaps the same person as tom-a-reed or tom-b-reed.",
            "#   barack-obama: \"PRESIDENT OBAMA\" (1)",
            "#   \"PRESIDENT BUSH\" (1): george-h-w-bush or george-w-bush",
            "#   \"MR. REED\" (1)",
        ] {
            assert!(toml.contains(line), "{line}\n{toml}");
        }
    }
}
