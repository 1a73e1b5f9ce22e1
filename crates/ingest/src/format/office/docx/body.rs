//! The body of a DOCX, and of its notes and running heads, to blocks.

use super::styles::{Role, Styles};
use crate::format::office::flow::Flow;
use crate::format::office::symbols::symbol;
use crate::format::office::xml::{attribute, child, is};
use onrecord_model::BlockKind;
use roxmltree::Node;
use std::collections::{BTreeMap, BTreeSet};

/// Notes by what refers to them: the name of the reference's element and the note's id.
pub(super) type Notes<'a, 'i> = BTreeMap<(&'static str, &'a str), Node<'a, 'i>>;

/// A walk over the elements of a body. Notes and text boxes come after the paragraph, or the
/// table, in which they are anchored.
pub(super) struct Walk<'w, 'a, 'i> {
    styles: &'w Styles,
    notes: &'w Notes<'a, 'i>,
    told: BTreeSet<(&'static str, &'a str)>,
    steps: Vec<Step<'a, 'i>>,
    anchored: Vec<Node<'a, 'i>>,
    fields: Fields,
    role: Role,
    flow: Flow,
    /// The words of the first paragraph in the style of titles.
    pub(super) title: Option<String>,
    problems: BTreeSet<&'static str>,
    n_missing_notes: usize,
}

enum Step<'a, 'i> {
    Enter(Node<'a, 'i>),
    Anchored(Node<'a, 'i>),
    Leave(End),
}

enum End {
    Paragraph { goes_on: bool },
    Table,
    Row,
    Note,
}

impl<'w, 'a, 'i> Walk<'w, 'a, 'i> {
    pub(super) fn new(styles: &'w Styles, notes: &'w Notes<'a, 'i>) -> Self {
        let role = Role { kind: BlockKind::Paragraph, is_title: false, is_hidden: false };
        Self {
            styles,
            notes,
            told: BTreeSet::new(),
            steps: Vec::new(),
            anchored: Vec::new(),
            fields: Fields::default(),
            role,
            flow: Flow::default(),
            title: None,
            problems: BTreeSet::new(),
            n_missing_notes: 0,
        }
    }

    /// Walks all that is below an element.
    pub(super) fn run(&mut self, root: Node<'a, 'i>) {
        self.steps.push(Step::Enter(root));
        loop {
            match self.steps.pop() {
                Some(Step::Enter(node)) => self.enter(node),
                Some(Step::Anchored(node)) => self.enter_anchored(node),
                Some(Step::Leave(end)) => self.leave(&end),
                None if self.anchored.is_empty() => break,
                None => self.tell_anchored(),
            }
        }
    }

    /// Returns what was lost.
    pub(super) fn problems(&self) -> impl Iterator<Item = String> {
        let n = self.n_missing_notes;
        let missing = (n > 0).then(|| format!("{n} of the notes that it refers to are missing"));
        self.problems.iter().map(ToString::to_string).chain(missing)
    }

    pub(super) fn finish(self) -> crate::format::Page {
        self.flow.finish()
    }

    fn descend(&mut self, node: Node<'a, 'i>, end: Option<End>) {
        self.steps.extend(end.map(Step::Leave));
        self.steps.extend(node.children().rev().filter(Node::is_element).map(Step::Enter));
    }

    fn enter(&mut self, node: Node<'a, 'i>) {
        match node.tag_name().name() {
            "p" => self.enter_paragraph(node),
            "r" => self.enter_run(node),
            "tbl" | "tr" | "tc" => self.enter_table_part(node),
            "t" => self.push(node.text().unwrap_or_default()),
            "tab" | "ptab" if self.fields.shows() => self.flow.tab(),
            "br" | "cr" if self.fields.shows() => self.flow.line_end(),
            "noBreakHyphen" => self.push("\u{2011}"),
            "softHyphen" => self.push("\u{ad}"),
            "sym" => self.push_symbol(node),
            "fldChar" => self.fields.take(attribute(node, "fldCharType")),
            "footnoteReference" => self.refer("footnoteReference", node),
            "endnoteReference" => self.refer("endnoteReference", node),
            "txbxContent" => self.anchored.push(node),
            "AlternateContent" => {
                let shown = child(node, "Choice").or_else(|| child(node, "Fallback"));
                self.steps.extend(shown.map(Step::Enter));
            }
            "altChunk" | "subDoc" => {
                self.problems.insert("a document that is embedded in it was not read");
            }
            // What is deleted, what is moved away, properties, the reading aids over words.
            "del" | "moveFrom" | "pPr" | "rPr" | "sdtPr" | "sdtEndPr" | "tblPr" | "tblGrid"
            | "trPr" | "tcPr" | "sectPr" | "rt" => {}
            _ => self.descend(node, None),
        }
    }

    fn enter_paragraph(&mut self, node: Node<'a, 'i>) {
        self.role = self.styles.role(node);
        if self.role.is_title && self.title.is_none() {
            self.title = Some(words(node));
        }
        let mark = child(node, "pPr").and_then(|properties| child(properties, "rPr"));
        let goes_on = mark
            .is_some_and(|mark| child(mark, "del").or_else(|| child(mark, "moveFrom")).is_some());
        self.flow.begin_paragraph(self.role.kind);
        self.descend(node, Some(End::Paragraph { goes_on }));
    }

    fn enter_run(&mut self, node: Node<'a, 'i>) {
        if self.styles.hides_run(node, self.role.is_hidden) {
            for field in node.children().filter(|child| is(*child, "fldChar")) {
                self.fields.take(attribute(field, "fldCharType"));
            }
        } else {
            self.descend(node, None);
        }
    }

    fn enter_table_part(&mut self, node: Node<'a, 'i>) {
        let has = |properties: &str, mark: &str| {
            child(node, properties).is_some_and(|found| child(found, mark).is_some())
        };
        if has("trPr", "del") || has("tcPr", "cellDel") {
            return;
        }
        let end = match node.tag_name().name() {
            "tbl" if self.flow.in_table() || has_columns(node) => {
                self.flow.begin_table();
                Some(End::Table)
            }
            "tr" if self.flow.in_table() => Some(End::Row),
            "tc" if self.flow.in_table() => {
                self.flow.begin_cell();
                None
            }
            _ => None,
        };
        self.descend(node, end);
    }

    fn enter_anchored(&mut self, node: Node<'a, 'i>) {
        if is(node, "txbxContent") {
            self.descend(node, None);
        } else {
            self.flow.begin_note();
            self.descend(node, Some(End::Note));
        }
    }

    fn leave(&mut self, end: &End) {
        match end {
            End::Paragraph { goes_on } => {
                if self.fields.end_instructions() {
                    self.problems.insert("a field of it does not end");
                }
                if *goes_on {
                    self.flow.go_on();
                    return;
                }
                self.flow.end_paragraph();
                self.tell_anchored();
            }
            End::Table => {
                self.flow.end_table();
                self.tell_anchored();
            }
            End::Row => self.flow.end_row(),
            End::Note => self.flow.end_note(),
        }
    }

    fn tell_anchored(&mut self) {
        if !self.flow.in_table() || self.steps.is_empty() {
            self.steps.extend(self.anchored.drain(..).rev().map(Step::Anchored));
        }
    }

    fn push(&mut self, text: &str) {
        if self.fields.shows() {
            self.flow.push(text);
        }
    }

    fn push_symbol(&mut self, node: Node<'_, '_>) {
        let code = attribute(node, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
        let font = attribute(node, "font").unwrap_or_default();
        if let Some(c) = code.and_then(|code| symbol(font, code)) {
            self.push(c.encode_utf8(&mut [0; 4]));
        }
    }

    /// Takes up a note at its reference; each is told once.
    fn refer(&mut self, kind: &'static str, node: Node<'a, 'i>) {
        let key = (kind, attribute(node, "id").unwrap_or_default());
        match self.notes.get(&key) {
            Some(note) if self.told.insert(key) => self.anchored.push(*note),
            Some(_) => {}
            None => self.n_missing_notes += 1,
        }
    }
}

/// Fields that are open at a place: what a field shows comes after its instruction.
#[derive(Default)]
struct Fields {
    in_instruction: Vec<bool>,
    n_instructions: usize,
}

impl Fields {
    fn shows(&self) -> bool {
        self.n_instructions == 0
    }

    fn take(&mut self, mark: Option<&str>) {
        match mark {
            Some("begin") => {
                self.in_instruction.push(true);
                self.n_instructions += 1;
            }
            Some("separate") => self.end_instruction(),
            Some("end") => {
                self.end_instruction();
                self.in_instruction.pop();
            }
            Some(_) | None => {}
        }
    }

    fn end_instruction(&mut self) {
        if let Some(open) = self.in_instruction.last_mut().filter(|open| **open) {
            *open = false;
            self.n_instructions -= 1;
        }
    }

    /// Ends the instructions that are open at a paragraph's end, so that one that does not end
    /// cannot hide the rest of the text; tells whether there were any.
    fn end_instructions(&mut self) -> bool {
        if self.shows() {
            return false;
        }
        self.in_instruction.clear();
        self.n_instructions = 0;
        true
    }
}

/// Tells whether a table has more than one column. Others are frames around text.
fn has_columns(table: Node<'_, '_>) -> bool {
    let rows = table.children().filter(|row| is(*row, "tr"));
    rows.into_iter().any(|row| row.children().filter(|cell| is(*cell, "tc")).nth(1).is_some())
}

fn words(paragraph: Node<'_, '_>) -> String {
    let is_kept = |node: &Node<'_, '_>| !node.ancestors().any(|node| is(node, "moveFrom"));
    let texts = paragraph.descendants().filter(|node| is(*node, "t")).filter(is_kept);
    texts.filter_map(|node| node.text()).collect()
}
