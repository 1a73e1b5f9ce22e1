//! XML to a tree, without recursion: what is not well-formed is mended and reported.

use crate::format::references::{dereferenced, is_known};
use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use std::borrow::Cow;

/// Elements open at once, beyond which a file is refused: texts made by people stay below 50.
const MAX_DEPTH: usize = 256;

/// Elements and pieces of text, beyond which a file is refused: a node takes 12 bytes of memory,
/// and the texts of a year's sittings with a tag at each word have a tenth of it.
const MAX_NODES: usize = 8_000_000;

/// Places where tags do not match, beyond which a file is refused: it is rather no XML.
const MAX_MENDED: usize = 1000;

/// Mended places that are told of one by one.
const MAX_TOLD: usize = 3;

/// What a node is; the span of an element is that of its first tag, without the brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NodeKind {
    Element,
    Text,
    /// Text that holds no references.
    Verbatim,
    Reference,
}

/// A node with its place in the source, in bytes, and the index of the node behind its subtree.
#[derive(Clone, Copy, Debug)]
struct Node {
    start: u32,
    /// The upper bits are the length; the lower two are the kind.
    length_and_kind: u32,
    behind: u32,
}

impl Node {
    fn new(kind: NodeKind, start: usize, length: usize, behind: usize) -> Self {
        let kind = match kind {
            NodeKind::Element => 0,
            NodeKind::Text => 1,
            NodeKind::Verbatim => 2,
            NodeKind::Reference => 3,
        };
        let length_and_kind = (length as u32) << 2 | kind;
        Self { start: start as u32, length_and_kind, behind: behind as u32 }
    }

    const fn kind(self) -> NodeKind {
        match self.length_and_kind & 3 {
            0 => NodeKind::Element,
            1 => NodeKind::Text,
            2 => NodeKind::Verbatim,
            _ => NodeKind::Reference,
        }
    }
}

/// The nodes of a file in the order of its text.
pub(super) struct Tree {
    source: String,
    nodes: Vec<Node>,
}

impl Tree {
    /// Parses a text of less than 2^30 bytes, whose own entities are unpacked; what had to be
    /// mended goes to `problems`.
    ///
    /// # Errors
    /// Why it is no XML that can be read.
    pub(super) fn parse(source: String, problems: &mut Vec<String>) -> Result<Self, String> {
        let mut building = Building::new(&source);
        building.run()?;
        let Building { nodes, mended, n_mended, .. } = building;
        problems.extend(mended);
        if n_mended > MAX_TOLD {
            problems
                .push(format!("{} more places where its tags do not match", n_mended - MAX_TOLD));
        }
        if !nodes.iter().any(|node| node.kind() == NodeKind::Element) {
            return Err("it has no element".to_owned());
        }
        Ok(Self { source, nodes })
    }

    /// Returns the outermost element, the first where there are several.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        self.top().find_map(Child::element)
    }

    /// Returns what stands outside of all elements, and the outermost.
    pub(super) fn top(&self) -> Children<'_> {
        Children { tree: self, at: 0, behind: self.nodes.len() as u32 }
    }

    fn raw(&self, node: Node) -> &str {
        let start = node.start as usize;
        self.source.get(start..start + (node.length_and_kind >> 2) as usize).unwrap_or_default()
    }

    fn child(&self, at: u32) -> Option<Child<'_>> {
        let node = *self.nodes.get(at as usize)?;
        let raw = self.raw(node);
        Some(match node.kind() {
            NodeKind::Element => Child::Element(Element { tree: self, at }),
            NodeKind::Text | NodeKind::Verbatim => Child::Text(Cow::Borrowed(raw)),
            NodeKind::Reference => Child::Text(dereferenced(raw)),
        })
    }
}

/// A part of an element.
pub(super) enum Child<'a> {
    Element(Element<'a>),
    Text(Cow<'a, str>),
}

impl<'a> Child<'a> {
    pub(super) fn element(self) -> Option<Element<'a>> {
        match self {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        }
    }
}

/// The parts of an element, in order.
#[derive(Clone, Copy)]
pub(super) struct Children<'a> {
    tree: &'a Tree,
    at: u32,
    behind: u32,
}

impl<'a> Iterator for Children<'a> {
    type Item = Child<'a>;

    fn next(&mut self) -> Option<Child<'a>> {
        if self.at >= self.behind {
            return None;
        }
        let at = self.at;
        self.at = self.tree.nodes.get(at as usize)?.behind;
        self.tree.child(at)
    }
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    tree: &'a Tree,
    at: u32,
}

impl<'a> Element<'a> {
    fn tag(self) -> &'a str {
        self.tree.nodes.get(self.at as usize).map_or("", |node| self.tree.raw(*node))
    }

    /// Returns the name without its prefix.
    pub(super) fn name(self) -> &'a str {
        local(name_of(self.tag()))
    }

    /// Returns an attribute, named without its prefix; none where it is empty.
    pub(super) fn attribute(self, name: &str) -> Option<String> {
        let tag = self.tag();
        let mut attributes = Attributes::new(tag, name_of(tag).len());
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| local(attribute.key.as_ref()) == name)?;
        let value = dereferenced(&found.value);
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        (!value.is_empty()).then_some(value)
    }

    /// Returns the parts of the element.
    pub(super) fn children(self) -> Children<'a> {
        let behind = self.tree.nodes.get(self.at as usize).map_or(0, |node| node.behind);
        Children { tree: self.tree, at: self.at + 1, behind }
    }

    /// Returns the elements directly in this one.
    pub(super) fn elements(self) -> impl Iterator<Item = Element<'a>> {
        self.children().filter_map(Child::element)
    }

    /// Returns the elements in this one, at any depth, in order.
    pub(super) fn descendants(self) -> impl Iterator<Item = Element<'a>> {
        let Children { tree, at, behind } = self.children();
        (at..behind).filter_map(move |at| tree.child(at)?.element())
    }

    /// Returns the first element of a name directly in this one.
    pub(super) fn find(self, name: &str) -> Option<Element<'a>> {
        self.elements().find(|element| element.name() == name)
    }

    /// Returns the first element of a name in this one, at any depth.
    pub(super) fn find_below(self, name: &str) -> Option<Element<'a>> {
        self.descendants().find(|element| element.name() == name)
    }

    /// Returns the element's words, blanks between them made one.
    pub(super) fn text(self) -> String {
        self.beginning(usize::MAX)
    }

    /// Returns the element's first words: `n_bytes` of them and at most a piece of text more, out
    /// of no more than `n_bytes` elements and pieces of text.
    pub(super) fn beginning(self, n_bytes: usize) -> String {
        let Children { tree, at, behind } = self.children();
        let mut text = String::new();
        for at in (at..behind).take(n_bytes) {
            if let Some(Child::Text(piece)) = tree.child(at) {
                text.push_str(&piece);
            }
            if text.len() >= n_bytes {
                break;
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn name_of(tag: &str) -> &str {
    tag.split([' ', '\t', '\n', '\r', '/']).next().unwrap_or_default()
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// A tree being put together.
struct Building<'a> {
    source: &'a str,
    nodes: Vec<Node>,
    open: Vec<usize>,
    mended: Vec<String>,
    n_mended: usize,
}

impl<'a> Building<'a> {
    const fn new(source: &'a str) -> Self {
        Self { source, nodes: Vec::new(), open: Vec::new(), mended: Vec::new(), n_mended: 0 }
    }

    fn run(&mut self) -> Result<(), String> {
        let mut reader = Reader::from_str(self.source);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        loop {
            let at = reader.buffer_position() as usize;
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(event) => {
                    let end = reader.buffer_position() as usize;
                    self.take(&event, at, end)?;
                }
                Err(error) => {
                    let place = place_of(self.source, reader.error_position() as usize);
                    let reason = format!("no XML from {place} on: {error}");
                    if self.nodes.is_empty() {
                        return Err(reason);
                    }
                    self.mended.push(format!("{reason}; what stands behind is lost"));
                    break;
                }
            }
        }
        if let Some(&last) = self.open.last() {
            let n_open = self.open.len();
            let name = self.nodes.get(last).map(|node| self.name_at(*node)).unwrap_or_default();
            let reason = format!("it ends with {n_open} elements open, the last a <{name}>");
            self.mended.push(reason);
        }
        while self.close() {}
        Ok(())
    }

    fn take(&mut self, event: &Event<'_>, at: usize, end: usize) -> Result<(), String> {
        match event {
            Event::Start(_) | Event::Empty(_) => {
                let is_empty = matches!(event, Event::Empty(_));
                self.start(at, end, is_empty)?;
            }
            Event::End(tag) => self.end(local(tag.name().as_ref()), at)?,
            Event::Text(_) => self.add(NodeKind::Text, at, end)?,
            // `<![CDATA[` before it and `]]>` behind.
            Event::CData(_) => self.add(NodeKind::Verbatim, at + 9, end.saturating_sub(3))?,
            Event::GeneralRef(_) => self.reference(at, end)?,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn start(&mut self, at: usize, end: usize, is_empty: bool) -> Result<(), String> {
        let tag = self.source.get(at + 1..end.saturating_sub(1)).unwrap_or_default();
        if !tag.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == ':') {
            self.mend(at, "a < that begins no tag, kept as text")?;
            return self.add(NodeKind::Verbatim, at, end);
        }
        self.add(NodeKind::Element, at + 1, end - 1)?;
        if !is_empty {
            self.open.push(self.nodes.len() - 1);
            if self.open.len() > MAX_DEPTH {
                return Err(format!("its elements are nested more than {MAX_DEPTH} deep"));
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str, at: usize) -> Result<(), String> {
        let name_at = |open: &usize| self.nodes.get(*open).map(|node| self.name_at(*node));
        let Some(found) = self.open.iter().rposition(|open| name_at(open) == Some(name)) else {
            return self.mend(at, &format!("a </{name}> where none is open"));
        };
        if found + 1 < self.open.len() {
            let inner = self.open.last().and_then(name_at).unwrap_or_default();
            self.mend(at, &format!("a </{name}> where a <{inner}> is open, which ends there too"))?;
        }
        while self.open.len() > found {
            self.close();
        }
        Ok(())
    }

    /// Takes `&name;`: one that nothing declares is kept as it is written.
    fn reference(&mut self, at: usize, end: usize) -> Result<(), String> {
        let raw = self.source.get(at..end).unwrap_or_default();
        if !is_known(raw) {
            self.mend(at, &format!("{raw} stands for nothing that the file declares"))?;
        }
        self.add(NodeKind::Reference, at, end)
    }

    fn add(&mut self, kind: NodeKind, start: usize, end: usize) -> Result<(), String> {
        if self.nodes.len() == MAX_NODES {
            return Err(format!("it has more than {MAX_NODES} elements and pieces of text"));
        }
        let behind = self.nodes.len() + 1;
        self.nodes.push(Node::new(kind, start, end.saturating_sub(start), behind));
        Ok(())
    }

    fn close(&mut self) -> bool {
        let Some(open) = self.open.pop() else { return false };
        let behind = self.nodes.len() as u32;
        if let Some(node) = self.nodes.get_mut(open) {
            node.behind = behind;
        }
        true
    }

    fn name_at(&self, node: Node) -> &'a str {
        let start = node.start as usize;
        let tag = self.source.get(start..start + (node.length_and_kind >> 2) as usize);
        local(name_of(tag.unwrap_or_default()))
    }

    fn mend(&mut self, at: usize, what: &str) -> Result<(), String> {
        self.n_mended += 1;
        if self.n_mended > MAX_MENDED {
            return Err(format!("its tags do not match in more than {MAX_MENDED} places"));
        }
        if self.n_mended <= MAX_TOLD {
            self.mended.push(format!("{}: {what}", place_of(self.source, at)));
        }
        Ok(())
    }
}

/// Names a place by its line and column, both from 1, the column in characters.
fn place_of(source: &str, at: usize) -> String {
    let before = source.get(..source.floor_char_boundary(at)).unwrap_or_default();
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(source: &str) -> (Result<String, String>, Vec<String>) {
        let mut problems = Vec::new();
        let shown = Tree::parse(source.to_owned(), &mut problems).map(|tree| show(tree.top()));
        (shown, problems)
    }

    fn show(children: Children<'_>) -> String {
        children
            .map(|child| match child {
                Child::Text(text) => text.into_owned(),
                Child::Element(e) => format!("{}({})", e.name(), show(e.children())),
            })
            .collect()
    }

    #[test]
    fn trees_mended_and_whole() {
        for (source, expected, n_problems) in [
            (
                "<?xml version='1.0'?><!-- x --><t:a>é <b/>&amp;<![CDATA[<&]]></t:a>",
                "a(é b()&<&)",
                0,
            ),
            ("<a>&#65;&#x42; &hellip; &</a>", "a(AB &hellip; &)", 1),
            ("<a><p>one</a>", "a(p(one))", 1),
            ("<a><p>one</b></p> two</a>", "a(p(one) two)", 1),
            ("<a><p>one", "a(p(one))", 1),
            ("<a>x</a><a>y</a>", "a(x)a(y)", 0),
            ("<a>1 < 2 and 3 > 2</a>", "a(1 < 2 and 3 > 2)", 1),
            ("<a>x<!-- never", "a(x)", 2),
            ("<a>x<b", "a(x)", 2),
        ] {
            let (shown, problems) = parse(source);
            assert_eq!(shown.as_deref(), Ok(expected), "{source} {problems:?}");
            assert_eq!(problems.len(), n_problems, "{source} {problems:?}");
        }
        let (_, problems) = parse("<a>\n<p>one</a>");
        assert_eq!(
            problems,
            ["line 2, column 7: a </a> where a <p> is open, which ends there too"]
        );
    }

    #[test]
    fn refused() {
        for (source, reason) in [
            ("".to_owned(), "it has no element"),
            ("words".to_owned(), "it has no element"),
            ("<a>".repeat(1_000_000), "nested more than 256 deep"),
            ("<a><b></c>".repeat(200), "nested more than 256 deep"),
            ("<a/></c>".repeat(2000), "do not match in more than 1000 places"),
            ("<b/".to_owned(), "no XML from line 1, column"),
        ] {
            let (shown, _) = parse(&source);
            let found = shown.unwrap_err();
            assert!(found.contains(reason), "{found}");
        }
    }

    #[test]
    fn attributes_and_words() {
        let source = "<u xml:id='x' who=' #Vale\n&amp; &lt;' empty=''>\n a <i>b</i>c </u>";
        let tree = Tree::parse(source.to_owned(), &mut Vec::new()).unwrap();
        let root = tree.root().unwrap();
        for (name, value) in
            [("id", Some("x")), ("who", Some("#Vale & <")), ("empty", None), ("none", None)]
        {
            assert_eq!(root.attribute(name).as_deref(), value, "{name}");
        }
        assert_eq!(root.text(), "a bc");
    }
}
