//! The body of an ODT, and its running heads, to blocks.

use super::styles::Styles;
use crate::format::Page;
use crate::format::office::flow::Flow;
use crate::format::office::xml::{attribute, child, is};
use onrecord_model::BlockKind;
use roxmltree::Node;
use std::collections::BTreeSet;

/// The most blanks that one mark stands for: beyond a line's width they are no words' distance.
const MAX_BLANKS: usize = 100;

/// A walk over the elements of a body. Notes and text boxes come after the paragraph, or the
/// table, in which they are anchored.
pub(super) struct Walk<'w, 'a, 'i> {
    styles: &'w Styles,
    steps: Vec<Step<'a, 'i>>,
    anchored: Vec<Node<'a, 'i>>,
    n_lists: u32,
    n_contents: u32,
    n_paragraphs: u32,
    /// Whether the words of each open paragraph and span are hidden.
    hidden: Vec<bool>,
    /// The deletions that text may stand in, and those of them that are open.
    deletions: BTreeSet<&'a str>,
    open_deletions: BTreeSet<&'a str>,
    ends_blank: bool,
    flow: Flow,
    /// The words of the first paragraph in the style of titles.
    pub(super) title: Option<String>,
}

enum Step<'a, 'i> {
    Enter(Node<'a, 'i>),
    Anchored(Node<'a, 'i>),
    Leave(End),
}

enum End {
    Paragraph,
    Span,
    List,
    Contents,
    Table,
    Row,
    Note,
}

impl<'w, 'a, 'i> Walk<'w, 'a, 'i> {
    pub(super) fn new(styles: &'w Styles) -> Self {
        Self {
            styles,
            steps: Vec::new(),
            anchored: Vec::new(),
            n_lists: 0,
            n_contents: 0,
            n_paragraphs: 0,
            hidden: Vec::new(),
            deletions: BTreeSet::new(),
            open_deletions: BTreeSet::new(),
            ends_blank: true,
            flow: Flow::default(),
            title: None,
        }
    }

    /// Walks all that is below an element.
    pub(super) fn run(&mut self, root: Node<'a, 'i>) {
        let changes = root.children().filter(|node| is(*node, "tracked-changes"));
        let regions = changes.flat_map(|node| node.children());
        let deletions = regions.filter(|region| child(*region, "deletion").is_some());
        self.deletions = deletions.filter_map(|region| attribute(region, "id")).collect();
        self.steps.push(Step::Enter(root));
        loop {
            match self.steps.pop() {
                Some(Step::Enter(node)) if node.is_text() => {
                    self.push(node.text().unwrap_or_default());
                }
                Some(Step::Enter(node)) => self.enter(node),
                Some(Step::Anchored(node)) => self.enter_anchored(node),
                Some(Step::Leave(end)) => self.leave(&end),
                None if self.anchored.is_empty() => break,
                None => self.tell_anchored(),
            }
        }
    }

    /// Tells whether a deletion was begun and not ended, so that it took in the rest.
    pub(super) fn is_in_deletion(&self) -> bool {
        !self.open_deletions.is_empty()
    }

    pub(super) fn finish(self) -> Page {
        self.flow.finish()
    }

    fn descend(&mut self, node: Node<'a, 'i>, end: Option<End>) {
        self.steps.extend(end.map(Step::Leave));
        let is_content = |node: &Node<'_, '_>| node.is_element() || node.is_text();
        self.steps.extend(node.children().rev().filter(is_content).map(Step::Enter));
    }

    fn enter(&mut self, node: Node<'a, 'i>) {
        match node.tag_name().name() {
            "p" | "h" => self.enter_paragraph(node),
            "span" => {
                let by_place = self.is_hidden();
                self.hidden.push(self.styles.hides("text", node).unwrap_or(by_place));
                self.descend(node, Some(End::Span));
            }
            "s" => {
                let n = attribute(node, "c").and_then(|n| n.parse().ok()).unwrap_or(1);
                self.push_as_is(&" ".repeat(std::cmp::min(n, MAX_BLANKS)));
            }
            "tab" if !self.is_hidden() => self.flow.tab(),
            "line-break" if !self.is_hidden() => {
                self.flow.line_end();
                self.ends_blank = true;
            }
            "list" => {
                self.n_lists += 1;
                self.descend(node, Some(End::List));
            }
            "table" | "table-row" | "table-cell" | "covered-table-cell" => {
                self.enter_table_part(node);
            }
            "note" | "text-box" if !self.is_hidden() => self.anchored.push(node),
            "table-of-content" | "alphabetical-index" | "illustration-index" | "table-index"
            | "object-index" | "user-index" => {
                self.n_contents += 1;
                self.descend(node, Some(End::Contents));
            }
            "change-start" => {
                let id = attribute(node, "change-id").filter(|id| self.deletions.contains(id));
                self.open_deletions.extend(id);
            }
            "change-end" => {
                self.open_deletions.remove(attribute(node, "change-id").unwrap_or_default());
            }
            "section" | "hidden-text" if hides_itself(node) => {}
            // What is deleted, comments, what declares and describes, the reading aids over words.
            "note"
            | "text-box"
            | "tracked-changes"
            | "annotation"
            | "annotation-end"
            | "forms"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "dde-connection-decls"
            | "table-of-content-source"
            | "alphabetical-index-source"
            | "script"
            | "title"
            | "desc"
            | "ruby-text"
            | "number"
            | "binary-data"
            | "event-listeners"
                if !is_field(node) => {}
            _ => self.descend(node, None),
        }
    }

    fn enter_paragraph(&mut self, node: Node<'a, 'i>) {
        // One inside another is the text of a shape.
        if self.n_paragraphs > 0 {
            self.anchored.push(node);
            return;
        }
        if node.children().any(|child| is(child, "hidden-paragraph") && hides_itself(child)) {
            return;
        }
        let is_title = self.styles.is_title(node);
        if is_title && self.title.is_none() {
            let texts = node.descendants().filter(Node::is_text);
            self.title = Some(texts.filter_map(|node| node.text()).collect());
        }
        let level = attribute(node, "outline-level").and_then(|level| level.parse::<u8>().ok());
        let kind = if self.n_contents > 0 {
            BlockKind::Note
        } else if is(node, "h") {
            BlockKind::Heading(level.unwrap_or(1).clamp(1, 6))
        } else if self.n_lists > 0 {
            BlockKind::ListItem
        } else {
            self.styles.kind(node)
        };
        self.flow.begin_paragraph(kind);
        self.n_paragraphs += 1;
        self.ends_blank = true;
        self.hidden.push(self.styles.hides("paragraph", node).unwrap_or(false));
        self.descend(node, Some(End::Paragraph));
    }

    fn enter_table_part(&mut self, node: Node<'a, 'i>) {
        let end = match node.tag_name().name() {
            "table" if self.flow.in_table() || has_columns(node) => {
                self.flow.begin_table();
                Some(End::Table)
            }
            "table-row" if self.flow.in_table() => Some(End::Row),
            "table-cell" | "covered-table-cell" if self.flow.in_table() => {
                self.flow.begin_cell();
                None
            }
            _ => None,
        };
        self.descend(node, end);
    }

    fn enter_anchored(&mut self, node: Node<'a, 'i>) {
        if is(node, "text-box") {
            self.descend(node, None);
        } else if let Some(body) = child(node, "note-body") {
            self.flow.begin_note();
            self.descend(body, Some(End::Note));
        } else if !is(node, "note") {
            self.enter_paragraph(node);
        }
    }

    fn leave(&mut self, end: &End) {
        match end {
            End::Paragraph => {
                self.hidden.pop();
                self.n_paragraphs -= 1;
                if !self.open_deletions.is_empty() {
                    self.flow.go_on();
                    return;
                }
                self.flow.end_paragraph();
                self.tell_anchored();
            }
            End::Span => {
                self.hidden.pop();
            }
            End::List => self.n_lists -= 1,
            End::Contents => self.n_contents -= 1,
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

    fn is_hidden(&self) -> bool {
        !self.open_deletions.is_empty() || self.hidden.last().is_some_and(|hidden| *hidden)
    }

    /// Adds words as the format has them: blanks in a row count as one, and those between
    /// paragraphs as none (ODF 1.3, part 3, 6.1.2).
    fn push(&mut self, text: &str) {
        if self.n_paragraphs == 0 || self.is_hidden() {
            return;
        }
        let mut words = String::with_capacity(text.len());
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\t' | '\r' | '\n');
            if !is_blank {
                words.push(c);
            } else if !self.ends_blank {
                words.push(' ');
            }
            self.ends_blank = is_blank;
        }
        self.flow.push(&words);
    }

    fn push_as_is(&mut self, text: &str) {
        if !self.is_hidden() {
            self.flow.push(text);
        }
    }
}

/// Tells whether an element says that it is hidden, by itself or by its condition.
fn hides_itself(node: Node<'_, '_>) -> bool {
    match attribute(node, "display") {
        Some("none") => true,
        Some("true") => false,
        Some(_) | None => attribute(node, "is-hidden") == Some("true"),
    }
}

/// Tells whether an element is a field that shows what its name says, such as the document's
/// title: its name space is that of texts, where nothing else is called so.
fn is_field(node: Node<'_, '_>) -> bool {
    is(node, "title") && node.tag_name().namespace().is_some_and(|space| space.contains(":text:"))
}

/// Tells whether a table has more than one column. Others are frames around text.
fn has_columns(table: Node<'_, '_>) -> bool {
    let is_group = |node: &Node<'_, '_>| {
        ["table-header-rows", "table-rows", "table-row-group"].iter().any(|name| is(*node, name))
    };
    let groups = table.children().filter(is_group).flat_map(|group| group.children());
    let cell = |node: &Node<'_, '_>| is(*node, "table-cell") || is(*node, "covered-table-cell");
    let repeated = |node: &Node<'_, '_>| attribute(*node, "number-columns-repeated").is_some();
    table.children().chain(groups).filter(|node| is(*node, "table-row")).any(|row| {
        let mut cells = row.children().filter(cell);
        cells.next().is_some_and(|first| repeated(&first)) || cells.next().is_some()
    })
}
