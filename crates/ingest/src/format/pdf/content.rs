//! Content streams to glyphs on a page (ISO 32000-1, 9.4).

use super::font::Font;
use super::geometry::Matrix;
use super::objects::{array, dictionary, name, number, stream, stream_bytes};
use super::tokens::{Operand, Operation, Tokens};
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Graphics states saved at once; more than readers have to allow (28).
const MAX_SAVED: usize = 512;

/// Forms inside forms; real ones stay below 5.
const MAX_FORM_DEPTH: usize = 16;

/// Operators that a document may run: some hundred times those of a long book.
const MAX_OPERATIONS: usize = 20_000_000;

/// Operators that drawing a form counts for, besides its own: it has to be unpacked.
const FORM_OPERATIONS: usize = 500;

/// Glyphs that a page may show: a page of small print has 20,000.
const MAX_GLYPHS: usize = 500_000;

/// A glyph as it lies on the page, in points, y growing upwards.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: Box<str>,
    /// Where it begins and ends on its baseline.
    pub(super) start: (f32, f32),
    pub(super) end: (f32, f32),
    /// The height of the font on the page.
    pub(super) size: f32,
    pub(super) is_bold: bool,
    /// Whether it is shown at all (text rendering mode 3 does not).
    pub(super) is_visible: bool,
}

/// The glyphs of a page, in the order in which they are drawn, and what there was besides.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) glyphs: Vec<Glyph>,
    /// Codes of which no font says what they stand for.
    pub(super) n_unknown: usize,
    pub(super) has_images: bool,
    /// Why the drawing is not whole.
    pub(super) problem: Option<&'static str>,
}

/// Draws pages; fonts are read once a document.
pub(super) struct Artist<'a> {
    document: &'a Document,
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    missing: Rc<Font>,
    /// The forms that are being drawn, each inside the one before it.
    open_forms: Vec<ObjectId>,
    n_operations: usize,
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Rc<Font>,
    size: f32,
    character_spacing: f32,
    word_spacing: f32,
    horizontal_scale: f32,
    leading: f32,
    rise: f32,
    mode: i32,
}

/// What is drawn at the moment.
struct Run<'a> {
    resources: Option<&'a Dictionary>,
    state: State,
    saved: Vec<State>,
    text_matrix: Matrix,
    line_matrix: Matrix,
    /// For each marked span that is open, what its glyphs stand for together, if it says so.
    marked: Vec<Option<Replacement>>,
}

/// The text of a marked span (ISO 32000-1, 14.9.4), and whether a glyph took it.
struct Replacement {
    text: Box<str>,
    is_shown: bool,
}

impl<'a> Artist<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let missing = Rc::new(Font::missing());
        Self { document, fonts: BTreeMap::new(), missing, open_forms: Vec::new(), n_operations: 0 }
    }

    /// Draws a page's content.
    pub(super) fn draw(&mut self, content: &[u8], resources: Option<&'a Dictionary>) -> Drawing {
        let mut drawing = Drawing::default();
        let state = State {
            matrix: Matrix::IDENTITY,
            font: self.missing.clone(),
            size: 0.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            horizontal_scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        };
        self.open_forms.clear();
        self.run(content, resources, state, &mut drawing);
        drawing
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        state: State,
        drawing: &mut Drawing,
    ) {
        let mut run = Run {
            resources,
            state,
            saved: Vec::new(),
            text_matrix: Matrix::IDENTITY,
            line_matrix: Matrix::IDENTITY,
            marked: Vec::new(),
        };
        let mut tokens = Tokens::new(content);
        let mut operation = Operation::default();
        while tokens.next_into(&mut operation) {
            self.n_operations += 1;
            if self.n_operations > MAX_OPERATIONS {
                drawing.problem = Some("takes too many drawing operators");
                return;
            }
            if drawing.glyphs.len() > MAX_GLYPHS {
                drawing.problem = Some("shows too many letters");
                return;
            }
            match operation.operator {
                b"Tf" => self.set_font(&operation.operands, &mut run),
                b"Do" => self.draw_object(&operation.operands, &run, drawing),
                b"BDC" => self.begin_marked(&operation.operands, &mut run),
                b"EI" => drawing.has_images = true,
                operator => run.step(operator, &operation.operands, drawing),
            }
        }
    }

    fn set_font(&mut self, operands: &[Operand], run: &mut Run<'a>) {
        let [Operand::Name(name), Operand::Number(size), ..] = operands else { return };
        run.state.size = *size;
        let fonts = run.resources.and_then(|all| dictionary(self.document, all.get(b"Font").ok()));
        let object = fonts.and_then(|fonts| fonts.get(name).ok());
        run.state.font = self.font(object);
    }

    fn font(&mut self, object: Option<&Object>) -> Rc<Font> {
        let Some(font) = dictionary(self.document, object) else { return self.missing.clone() };
        let id = object.and_then(|object| object.as_reference().ok());
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return known.clone();
        }
        let font = Rc::new(Font::load(self.document, font));
        if let Some(id) = id {
            self.fonts.insert(id, font.clone());
        }
        font
    }

    fn draw_object(&mut self, operands: &[Operand], run: &Run<'a>, drawing: &mut Drawing) {
        let Some(Operand::Name(key)) = operands.first() else { return };
        let document = self.document;
        let objects = run.resources.and_then(|all| dictionary(document, all.get(b"XObject").ok()));
        let object = objects.and_then(|objects| objects.get(key).ok());
        let Some(form) = stream(document, object) else { return };
        if name(document, form.dict.get(b"Subtype").ok()) != Some(b"Form") {
            drawing.has_images = true;
            return;
        }
        // A stream is always an object of its own.
        let Some(id) = object.and_then(|object| object.as_reference().ok()) else { return };
        if self.open_forms.len() >= MAX_FORM_DEPTH || self.open_forms.contains(&id) {
            drawing.problem = Some("has forms inside one another without end");
            return;
        }
        let Some(content) = stream_bytes(document, object) else {
            drawing.problem = Some("has a form that cannot be unpacked");
            return;
        };
        self.n_operations += FORM_OPERATIONS + content.len() / 64;
        let mut state = run.state.clone();
        if let Some(matrix) = matrix_of(document, form.dict.get(b"Matrix").ok()) {
            state.matrix = matrix.then(state.matrix);
        }
        let resources = dictionary(document, form.dict.get(b"Resources").ok()).or(run.resources);
        self.open_forms.push(id);
        self.run(&content, resources, state, drawing);
        self.open_forms.pop();
    }

    fn begin_marked(&self, operands: &[Operand], run: &mut Run<'a>) {
        let document = self.document;
        let text = match operands.get(1) {
            Some(Operand::Name(key)) => run
                .resources
                .and_then(|all| dictionary(document, all.get(b"Properties").ok()))
                .and_then(|listed| dictionary(document, listed.get(key).ok()))
                .and_then(|properties| {
                    decode_text_string(properties.get(b"ActualText").ok()?).ok()
                }),
            Some(properties) => match properties.get(b"ActualText") {
                Some(Operand::Text(bytes)) => {
                    decode_text_string(&Object::string_literal(bytes.clone())).ok()
                }
                _ => None,
            },
            None => None,
        };
        run.open_marked(text);
    }
}

impl Run<'_> {
    fn step(&mut self, operator: &[u8], operands: &[Operand], drawing: &mut Drawing) {
        let numbers = |operands: &[Operand]| {
            let mut numbers = [0.0; 6];
            for (slot, operand) in numbers.iter_mut().zip(operands) {
                if let Operand::Number(number) = operand {
                    *slot = *number;
                }
            }
            numbers
        };
        let [x, y, ..] = numbers(operands);
        match operator {
            b"q" if self.saved.len() < MAX_SAVED => self.saved.push(self.state.clone()),
            b"Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            b"cm" if operands.len() >= 6 => {
                self.state.matrix = Matrix(numbers(operands)).then(self.state.matrix);
            }
            b"BT" => self.set_line(Matrix::IDENTITY),
            b"Tc" => self.state.character_spacing = x,
            b"Tw" => self.state.word_spacing = x,
            b"Tz" => self.state.horizontal_scale = x / 100.0,
            b"TL" => self.state.leading = x,
            b"Tr" => self.state.mode = x as i32,
            b"Ts" => self.state.rise = x,
            b"Td" => self.move_line(x, y),
            b"TD" => {
                self.state.leading = -y;
                self.move_line(x, y);
            }
            b"Tm" if operands.len() >= 6 => self.set_line(Matrix(numbers(operands))),
            b"T*" => self.move_line(0.0, -self.state.leading),
            b"Tj" => self.show_operand(operands.first(), drawing),
            b"'" => {
                self.move_line(0.0, -self.state.leading);
                self.show_operand(operands.first(), drawing);
            }
            b"\"" => {
                self.state.word_spacing = x;
                self.state.character_spacing = y;
                self.move_line(0.0, -self.state.leading);
                self.show_operand(operands.get(2), drawing);
            }
            b"TJ" => self.show_array(operands.first(), drawing),
            b"BMC" => self.open_marked(None),
            b"EMC" => {
                self.marked.pop();
            }
            _ => {}
        }
    }

    fn open_marked(&mut self, text: Option<String>) {
        if self.marked.len() < MAX_SAVED {
            let replacement = text.map(|text| Replacement { text: text.into(), is_shown: false });
            self.marked.push(replacement);
        }
    }

    fn set_line(&mut self, matrix: Matrix) {
        self.line_matrix = matrix;
        self.text_matrix = matrix;
    }

    fn move_line(&mut self, x: f32, y: f32) {
        self.set_line(Matrix::translation(x, y).then(self.line_matrix));
    }

    fn show_operand(&mut self, operand: Option<&Operand>, drawing: &mut Drawing) {
        if let Some(Operand::Text(bytes)) = operand {
            self.show(bytes, drawing);
        }
    }

    fn show_array(&mut self, operand: Option<&Operand>, drawing: &mut Drawing) {
        let Some(Operand::Array(members)) = operand else { return };
        for member in members {
            match member {
                Operand::Text(bytes) => self.show(bytes, drawing),
                Operand::Number(back) => {
                    let state = &self.state;
                    let advance = -back / 1000.0 * state.size * state.horizontal_scale;
                    self.advance(advance);
                }
                Operand::Name(_) | Operand::Array(_) | Operand::Dictionary(_) | Operand::Other => {}
            }
        }
    }

    fn advance(&mut self, x: f32) {
        self.text_matrix = Matrix::translation(x, 0.0).then(self.text_matrix);
    }

    fn show(&mut self, bytes: &[u8], drawing: &mut Drawing) {
        let font = self.state.font.clone();
        let mut rest = bytes;
        while let Some((shown, length)) = font.next(rest) {
            rest = rest.get(length..).unwrap_or_default();
            let state = &self.state;
            let width = shown.width / 1000.0 * state.size * state.horizontal_scale;
            let text = match shown.text {
                Some(text) => text,
                None => {
                    drawing.n_unknown += 1;
                    "\u{fffd}".into()
                }
            };
            let text = self.replaced(text);
            if let Some(text) = text
                && let Some(glyph) = self.glyph(text, width)
                && drawing.glyphs.len() <= MAX_GLYPHS
            {
                drawing.glyphs.push(glyph);
            }
            let state = &self.state;
            let word_spacing = if shown.is_space { state.word_spacing } else { 0.0 };
            let spacing = (state.character_spacing + word_spacing) * state.horizontal_scale;
            self.advance(width + spacing);
        }
    }

    /// Returns what a glyph stands for inside marked spans: the first glyph of one that gives its
    /// text takes all of it, the others none.
    fn replaced(&mut self, text: Box<str>) -> Option<Box<str>> {
        match self.marked.iter_mut().flatten().next() {
            None => Some(text),
            Some(replacement) if replacement.is_shown => None,
            Some(replacement) => {
                replacement.is_shown = true;
                Some(replacement.text.clone())
            }
        }
    }

    fn glyph(&self, text: Box<str>, width: f32) -> Option<Glyph> {
        /// Beyond this, in points, nothing lies on a page: the largest has 14,400.
        const MAX_PLACE: f32 = 1e6;
        let state = &self.state;
        let matrix = self.text_matrix.then(state.matrix);
        let start = matrix.apply(0.0, state.rise);
        let end = matrix.apply(width, state.rise);
        let top = matrix.apply(0.0, state.rise + state.size);
        let size = (top.0 - start.0).hypot(top.1 - start.1);
        let places = [start.0, start.1, end.0, end.1, size];
        let is_on_plane = places.iter().all(|place| place.abs() < MAX_PLACE);
        (is_on_plane && size > 0.0 && !text.is_empty()).then(|| Glyph {
            text,
            start,
            end,
            size,
            is_bold: state.font.is_bold,
            is_visible: state.mode != 3,
        })
    }
}

/// Reads a matrix of six numbers.
fn matrix_of(document: &Document, object: Option<&Object>) -> Option<Matrix> {
    let mut numbers = [0.0; 6];
    let members = array(document, object)?;
    for (slot, member) in numbers.iter_mut().zip(members) {
        *slot = number(document, Some(member))?;
    }
    (members.len() >= 6).then_some(Matrix(numbers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn draw(content: &str) -> Drawing {
        let document = Document::new();
        Artist::new(&document).draw(content.as_bytes(), None)
    }

    fn places(content: &str) -> Vec<(String, f32, f32, f32)> {
        let round = |value: f32| (value * 10.0).round() / 10.0;
        let glyphs = draw(content).glyphs;
        glyphs
            .iter()
            .map(|g| (g.text.to_string(), round(g.start.0), round(g.start.1), round(g.size)))
            .collect()
    }

    #[test]
    fn glyphs_lie_where_they_are_shown() {
        let at = |text: &str, x, y, size| (text.to_owned(), x, y, size);
        for (content, expected) in [
            (
                "BT /F 10 Tf 5 7 Td (ab) Tj ET",
                vec![at("a", 5.0, 7.0, 10.0), at("b", 10.1, 7.0, 10.0)],
            ),
            ("/F 10 Tf 2 0 0 2 0 0 cm BT 5 7 Td (a) Tj ET", vec![at("a", 10.0, 14.0, 20.0)]),
            ("/F 1 Tf 10 Ts BT 3 0 0 3 1 1 Tm (a) Tj ET", vec![at("a", 1.0, 31.0, 3.0)]),
            (
                "/F 10 Tf 12 TL BT 5 50 Td T* (a) Tj (b) ' ET",
                vec![at("a", 5.0, 38.0, 10.0), at("b", 5.0, 26.0, 10.0)],
            ),
            (
                "/F 10 Tf BT [(a)-1000(b)] TJ ET",
                vec![at("a", 0.0, 0.0, 10.0), at("b", 15.1, 0.0, 10.0)],
            ),
            (
                "/F 10 Tf 3 Tw 1 Tc BT ( a) Tj ET",
                vec![at(" ", 0.0, 0.0, 10.0), at("a", 6.9, 0.0, 10.0)],
            ),
            ("q 2 0 0 2 0 0 cm Q Q Q /F 10 Tf (a) Tj", vec![at("a", 0.0, 0.0, 10.0)]),
            (
                "/F 10 Tf /S <</ActualText(fi)>> BDC (xy) Tj EMC (z) Tj",
                vec![at("fi", 0.0, 0.0, 10.0), at("z", 10.2, 0.0, 10.0)],
            ),
            ("/F 0 Tf (a) Tj 1e9 0 Td /F 1 Tf (a) Tj", vec![]),
        ] {
            assert_eq!(places(content), expected, "{content}");
        }
        assert!(!draw("/F 1 Tf 3 Tr (a) Tj").glyphs[0].is_visible);
        assert!(draw("BI /W 1 ID x EI").has_images);
    }

    proptest! {
        #[test]
        fn any_content_is_drawn(words in prop::collection::vec(prop::sample::select(&[
            "q", "Q", "BT", "ET", "/F", "1", "-3.5", "1e38", "cm", "Tf", "(ab)", "Tj", "[(a) 5]",
            "TJ", "Td", "Tm", "'", "\"", "BDC", "BMC", "EMC", "Do", "<</ActualText(x)>>", "Tz",
        ][..]), 0..60)) {
            draw(&words.join(" "));
        }
    }
}
