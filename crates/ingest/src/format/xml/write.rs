//! The walk over a tree that writes its text, told by a schema what each element is.

use super::tree::{Child, Children, Element};
use crate::format::block_text::BlockText;
use onrecord_model::BlockKind;

/// The lowest level of a heading.
const MAX_LEVEL: u8 = 6;

/// Elements around one that are looked at: texts made by people stay below.
const MAX_LOOK: usize = 32;

/// What an element is in the layout of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// No part of the text: metadata, page furniture.
    Omitted,
    /// A part of the words around it.
    Inline,
    /// Part of the words around it if these are its element's own, else a [`Shape::Group`].
    Fitting,
    /// Holds blocks; words of its own are paragraphs.
    Group,
    /// A group whose headings are a level below those around it.
    Section,
    /// The heading of the section around it.
    Heading,
    Block(BlockKind),
    /// The name of the one who speaks, as the text has it.
    Label,
    Table,
    Row,
    Cell,
    /// A blank between words.
    Blank,
    /// A paragraph ends.
    Break,
    /// A word or mark of its own: no blank to its left, to its right.
    Token {
        joins_left: bool,
        joins_right: bool,
    },
    /// A page of the source begins.
    Page(Option<u32>),
}

/// Who speaks where an element begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// Whoever spoke before.
    Same,
    /// Nobody from here on.
    Nobody,
    /// Somebody from here on, named as given.
    Begins(Option<String>),
    /// Somebody, up to the element's end.
    Within(Option<String>),
}

/// What a schema says of an element.
pub(super) type Role = (Shape, Voice);

/// The place of an element: what it stands in, and what stands before it.
pub(super) struct Place<'a, 'b> {
    /// The names of the elements that are open, the outermost first.
    pub(super) open: &'b [&'a str],
    /// The element before this one in the same element, with nothing but blanks between.
    pub(super) previous: Option<Element<'a>>,
    /// Whether a turn is going on.
    pub(super) in_turn: bool,
}

impl Place<'_, '_> {
    /// Tells whether an element of one of the names is open, not too far out.
    pub(super) fn is_inside(&self, names: &[&str]) -> bool {
        self.open.iter().rev().take(MAX_LOOK).any(|name| names.contains(name))
    }

    /// Returns the name of the element that this one stands in.
    pub(super) fn parent(&self) -> &str {
        self.open.last().copied().unwrap_or_default()
    }
}

/// An element that is open.
struct Frame<'a> {
    shape: Shape,
    /// What words directly in it are.
    kind: BlockKind,
    /// Whether it has words of its own beside elements, so that these are parts of its words.
    is_mixed: bool,
    ends_turn: bool,
    /// The voice that goes on behind it.
    resumed: Option<Option<String>>,
    children: Children<'a>,
    previous: Option<Element<'a>>,
}

/// Writes elements as blocks.
#[derive(Default)]
pub(super) struct Writer {
    page: BlockText,
    depth: u8,
    n_cells: u32,
    n_tables: u32,
    n_labels: u32,
    /// The one who speaks, where a turn is going on.
    voice: Option<Option<String>>,
    joined: bool,
}

impl Writer {
    /// Writes what a schema makes of some parts of a tree, one behind the other.
    pub(super) fn write<'a>(
        &mut self,
        children: Children<'a>,
        role_of: &dyn Fn(Element<'a>, &Place<'a, '_>) -> Role,
    ) {
        let mut names: Vec<&str> = Vec::new();
        let mut open = vec![Frame::new(Shape::Group, BlockKind::Paragraph, children)];
        while let Some(frame) = open.last_mut() {
            match frame.children.next() {
                None => {
                    if let Some(frame) = open.pop() {
                        names.pop();
                        self.leave(&frame);
                    }
                }
                Some(Child::Text(text)) => {
                    if !text.trim().is_empty() {
                        frame.previous = None;
                    }
                    self.text(&text, frame.kind);
                }
                Some(Child::Element(element)) => {
                    let previous = frame.previous.replace(element);
                    let in_turn = self.voice.is_some();
                    let place = Place { open: &names, previous, in_turn };
                    let (shape, voice) = role_of(element, &place);
                    if let Some(frame) = self.enter(element, shape, voice, frame) {
                        names.push(element.name());
                        open.push(frame);
                    }
                }
            }
        }
    }

    /// Says that the schema names whoever speaks.
    pub(super) fn tell_turns(&mut self) {
        self.page.tell_turns();
    }

    /// Returns the whole.
    pub(super) fn finish(self) -> crate::format::Page {
        self.page.finish()
    }

    fn enter<'a>(
        &mut self,
        element: Element<'a>,
        shape: Shape,
        voice: Voice,
        outer: &Frame<'a>,
    ) -> Option<Frame<'a>> {
        let shape = if shape != Shape::Fitting {
            shape
        } else if outer.is_mixed || self.n_labels > 0 {
            Shape::Inline
        } else {
            Shape::Group
        };
        if shape == Shape::Omitted {
            return None;
        }
        let shape = if self.n_tables > 0 { in_table(shape) } else { shape };
        let mut frame = Frame::new(shape, outer.kind, element.children());
        frame.is_mixed |= frame.shape == Shape::Inline && outer.is_mixed;
        self.change_voice(voice, &mut frame);
        self.begin(&mut frame);
        Some(frame)
    }

    fn change_voice(&mut self, voice: Voice, frame: &mut Frame<'_>) {
        match voice {
            Voice::Same => {}
            Voice::Nobody => self.end_turn(),
            Voice::Begins(name) => self.begin_turn(name),
            Voice::Within(name) => {
                frame.ends_turn = true;
                frame.resumed = self.voice.take();
                self.begin_turn(name);
            }
        }
    }

    fn begin_turn(&mut self, name: Option<String>) {
        self.page.begin_turn(name.as_deref());
        self.voice = Some(name);
    }

    fn end_turn(&mut self) {
        if self.voice.take().is_some() {
            self.page.end_turn();
        }
    }

    fn begin(&mut self, frame: &mut Frame<'_>) {
        match &frame.shape {
            Shape::Group => self.page.close(),
            Shape::Section => {
                self.page.close();
                self.depth = self.depth.saturating_add(1);
            }
            Shape::Heading => {
                let level = self.depth.clamp(1, MAX_LEVEL);
                frame.kind = inner_kind(frame.kind, BlockKind::Heading(level));
                self.page.open(frame.kind);
            }
            Shape::Block(kind) => {
                frame.kind = inner_kind(frame.kind, *kind);
                self.open_block(frame.kind);
            }
            Shape::Label => self.n_labels += 1,
            Shape::Table => {
                self.n_tables += 1;
                self.n_cells = 0;
                frame.kind = inner_kind(frame.kind, BlockKind::Table);
                self.page.open(frame.kind);
            }
            Shape::Row => {
                self.n_cells = 0;
                self.page.line_end();
            }
            Shape::Cell => {
                if self.n_cells > 0 {
                    self.page.push_as("\t", frame.kind);
                }
                self.n_cells += 1;
            }
            Shape::Blank => self.blank(),
            Shape::Break => self.page.close(),
            Shape::Page(page) => {
                if let Some(page) = page {
                    self.page.begin_page(*page);
                }
            }
            Shape::Token { joins_left, .. } => self.joined |= joins_left,
            Shape::Omitted | Shape::Inline | Shape::Fitting => {}
        }
    }

    /// Begins a block, but goes on behind a label, and in a list item that holds nothing yet.
    fn open_block(&mut self, kind: BlockKind) {
        let is_paragraph = matches!(kind, BlockKind::Paragraph);
        if is_paragraph && self.page.is_label_only() {
            self.blank();
        } else if !(kind == BlockKind::ListItem && self.page.is_fresh_item()) {
            self.page.open(kind);
        }
    }

    fn leave(&mut self, frame: &Frame<'_>) {
        match &frame.shape {
            Shape::Group | Shape::Heading | Shape::Block(_) => self.page.close(),
            Shape::Section => {
                self.page.close();
                self.depth = self.depth.saturating_sub(1);
            }
            Shape::Table => {
                self.n_tables -= 1;
                self.page.close();
            }
            Shape::Label => self.n_labels -= 1,
            Shape::Token { joins_right, .. } => self.joined = *joins_right,
            Shape::Blank if !self.page.is_empty_block() => self.blank(),
            Shape::Omitted
            | Shape::Inline
            | Shape::Fitting
            | Shape::Row
            | Shape::Cell
            | Shape::Blank
            | Shape::Break
            | Shape::Page(_) => {}
        }
        if frame.ends_turn {
            self.end_turn();
            if let Some(name) = frame.resumed.clone() {
                self.begin_turn(name);
            }
        }
    }

    fn blank(&mut self) {
        if !self.page.ends_blank() {
            self.page.push(" ");
        }
    }

    fn text(&mut self, text: &str, kind: BlockKind) {
        let is_blank = |c: char| c.is_ascii_whitespace();
        if text.starts_with(is_blank) && !self.joined {
            self.blank();
        }
        let mut words = text.split(is_blank).filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            self.joined = false;
            if self.n_labels > 0 {
                self.page.push_label(word);
            } else {
                self.page.push_as(word, kind);
            }
            if words.peek().is_some() || text.ends_with(is_blank) {
                self.page.push_as(" ", kind);
            }
        }
    }
}

impl<'a> Frame<'a> {
    fn new(shape: Shape, kind: BlockKind, children: Children<'a>) -> Self {
        let is_mixed =
            matches!(shape, Shape::Block(_) | Shape::Heading | Shape::Label) || has_words(children);
        let (ends_turn, resumed, previous) = (false, None, None);
        Self { shape, kind, is_mixed, ends_turn, resumed, children, previous }
    }
}

/// Tells whether words stand directly among some children.
fn has_words(mut children: Children<'_>) -> bool {
    children.any(|child| matches!(child, Child::Text(text) if !text.trim().is_empty()))
}

/// Returns what a block in a block is: notes and what describes the document stay what they are.
const fn inner_kind(outer: BlockKind, inner: BlockKind) -> BlockKind {
    match (outer, inner) {
        (BlockKind::Header | BlockKind::Note, _) => outer,
        (BlockKind::Quotation | BlockKind::ListItem, BlockKind::Paragraph) => outer,
        (_, inner) => inner,
    }
}

/// Blocks inside a table are parts of their cells.
fn in_table(shape: Shape) -> Shape {
    match shape {
        Shape::Group
        | Shape::Section
        | Shape::Heading
        | Shape::Block(_)
        | Shape::Break
        | Shape::Table => Shape::Blank,
        Shape::Omitted
        | Shape::Inline
        | Shape::Fitting
        | Shape::Label
        | Shape::Row
        | Shape::Cell
        | Shape::Blank
        | Shape::Token { .. }
        | Shape::Page(_) => shape,
    }
}
