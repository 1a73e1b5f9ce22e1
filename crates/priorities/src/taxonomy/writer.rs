//! Writes the TOML form of a taxonomy.

use super::file::{CountingFile, Entry, GateFile, GroupFile, PriorityFile, SkosFile, TaxonomyFile};
use std::fmt::Write;
use toml::{Spanned, Value};

/// The most characters of a line of phrases.
const MAX_LINE: usize = 100;

/// Writes a file as a person would: a key a line, phrases in rows.
pub(crate) fn write(file: &TaxonomyFile) -> String {
    let mut writer = Writer::default();
    writer.text("name", file.name.get_ref());
    writer.text("version", file.version.get_ref());
    writer.text_if_any("description", &file.description);
    writer.counting(&file.counting);
    if !file.lists.is_empty() {
        writer.table("[lists]");
        for (list, entries) in &file.lists {
            writer.entries(&key(list), entries.get_ref());
        }
    }
    if let Some(gate) = &file.gate {
        writer.gate(gate.get_ref());
    }
    for priority in &file.priority {
        writer.priority(priority.get_ref());
    }
    if let Some(skos) = &file.skos {
        writer.skos(skos);
    }
    writer.text
}

#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn table(&mut self, header: &str) {
        self.text.push('\n');
        self.line(header);
    }

    fn text(&mut self, key: &str, text: &str) {
        self.line(&format!("{key} = {}", quoted(text)));
    }

    fn text_if_any(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.text(key, text);
        }
    }

    fn placed_text(&mut self, key: &str, text: Option<&Spanned<String>>) {
        if let Some(text) = text {
            self.text(key, text.get_ref());
        }
    }

    fn number(&mut self, key: &str, number: Option<&Spanned<f64>>) {
        if let Some(number) = number {
            self.line(&format!("{key} = {}", decimal(*number.get_ref())));
        }
    }

    fn count(&mut self, key: &str, count: Option<&Spanned<i64>>) {
        if let Some(count) = count {
            self.line(&format!("{key} = {}", count.get_ref()));
        }
    }

    /// Writes phrases in rows, all in one line where they fit.
    fn entries(&mut self, key: &str, entries: &[Spanned<Entry>]) {
        let written: Vec<String> = entries.iter().map(|entry| written(entry.get_ref())).collect();
        let line = format!("{key} = [{}]", written.join(", "));
        if line.chars().count() <= MAX_LINE {
            return self.line(&line);
        }
        self.line(&format!("{key} = ["));
        let mut row = String::new();
        for entry in written {
            let width = row.chars().count() + entry.chars().count() + 2;
            if !row.is_empty() && width + 4 > MAX_LINE {
                self.line(&format!("   {row}"));
                row.clear();
            }
            write!(row, " {entry},").expect("a string takes all");
        }
        self.line(&format!("   {row}"));
        self.line("]");
    }

    fn entries_if_any(&mut self, key: &str, entries: &[Spanned<Entry>]) {
        if !entries.is_empty() {
            self.entries(key, entries);
        }
    }

    fn counting(&mut self, counting: &CountingFile) {
        if *counting == CountingFile::default() {
            return;
        }
        self.table("[counting]");
        self.number("list_factor", counting.list_factor.as_ref());
        self.number("name_factor", counting.name_factor.as_ref());
        self.entries_if_any("name_words", &counting.name_words);
        self.count("long_passage", counting.long_passage.as_ref());
        self.number("long_factor", counting.long_factor.as_ref());
    }

    fn gate(&mut self, gate: &GateFile) {
        self.table("[gate]");
        self.number("threshold", gate.threshold.as_ref());
        self.count("short_passage", gate.short_passage.as_ref());
        self.entries_if_any("exclude", &gate.exclude);
        gate.terms.iter().for_each(|group| self.group("[[gate.terms]]", group.get_ref()));
    }

    fn priority(&mut self, priority: &PriorityFile) {
        self.table("\n[[priority]]");
        self.text("id", priority.id.get_ref());
        self.text("label", priority.label.get_ref());
        self.text_if_any("definition", &priority.definition);
        self.text_if_any("scope_note", &priority.scope_note);
        self.placed_text("parent", priority.parent.as_ref());
        self.number("threshold", priority.threshold.as_ref());
        self.entries_if_any("exclude", &priority.exclude);
        self.placed_text("iri", priority.iri.as_ref());
        self.placed_text("statements", priority.statements.as_ref());
        match priority.terms.as_deref() {
            None => {}
            Some([]) => self.line("terms = []"),
            Some(groups) => {
                groups.iter().for_each(|group| self.group("[[priority.terms]]", group.get_ref()));
            }
        }
    }

    fn group(&mut self, header: &str, group: &GroupFile) {
        self.table(header);
        self.number("weight", group.weight.as_ref());
        if group.exact {
            self.line("exact = true");
        }
        if let Some(near) = &group.near {
            self.entries("near", near.get_ref());
        }
        self.count("within", group.within.as_ref());
        self.entries("phrases", group.phrases.get_ref());
    }

    fn skos(&mut self, skos: &SkosFile) {
        self.table("\n[skos]");
        self.placed_text("scheme", skos.scheme.as_ref());
        self.placed_text("language", skos.language.as_ref());
        if skos.labels_are_terms {
            self.line("labels_are_terms = true");
        }
        self.placed_text("statements", skos.statements.as_ref());
        self.placed_text("unstated", skos.unstated.as_ref());
        if !skos.prefixes.is_empty() {
            self.table("[skos.prefixes]");
            for (prefix, iri) in &skos.prefixes {
                self.text(&key(prefix), iri.get_ref());
            }
        }
    }
}

/// Writes a string of TOML, over several lines where it holds line ends.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// Writes a number of TOML.
fn decimal(number: f64) -> String {
    Value::from(number).to_string()
}

/// Writes a key of TOML, in quotes where it has to be.
fn key(key: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !key.is_empty() && key.chars().all(is_bare) { key.to_owned() } else { basic(key) }
}

/// Writes a string of one line: keys have no other form.
fn basic(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            c if c.is_control() => {
                write!(written, "\\u{:04x}", u32::from(c)).expect("a string takes all");
            }
            c => written.push(c),
        }
    }
    written + "\""
}

fn written(entry: &Entry) -> String {
    if entry.is_plain() {
        return basic(&entry.term);
    }
    let exact = if entry.exact { ", exact = true" } else { "" };
    let weight = entry
        .weight
        .as_ref()
        .map_or_else(String::new, |weight| format!(", weight = {}", decimal(*weight.get_ref())));
    format!("{{ term = {}{exact}{weight} }}", basic(&entry.term))
}
