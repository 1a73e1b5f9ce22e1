//! Glyphs of a page to its lines, in the order in which they are read.

use super::columns::in_reading_order;
use super::content::Glyph;
use super::geometry::Area;
use super::page::TextLine;
use super::words::{Row, Word, respaced_text_of, rows_of, text_of, words_of};

/// Lays a page out: its lines, and how many letters of hidden text were left out.
///
/// Hidden are letters beyond the edge, and those drawn invisibly on a page that shows at least as
/// many: a scanned page has all its words that way.
/// `turn` counts quarters, clockwise. Upright text comes first, then what reads downwards,
/// upside down and upwards.
pub(super) fn lay_out(glyphs: Vec<Glyph>, area: Area, turn: u8) -> (Vec<TextLine>, usize) {
    let n_drawn = count_letters(glyphs.iter());
    let n_visible = count_letters(glyphs.iter().filter(|glyph| glyph.is_visible));
    let keeps_invisible = n_visible * 2 < n_drawn;
    let (width, height) = (area.right - area.left, area.height());
    let (width, height) = if turn.is_multiple_of(2) { (width, height) } else { (height, width) };
    let mut directions: [Vec<Glyph>; 4] = Default::default();
    for mut glyph in glyphs {
        glyph.start = turned(glyph.start, area, turn);
        glyph.end = turned(glyph.end, area, turn);
        let is_kept = (glyph.is_visible || keeps_invisible) && is_on_page(&glyph, width, height);
        let direction = direction(&glyph);
        if let Some(glyphs) = directions.get_mut(usize::from(direction)).filter(|_| is_kept) {
            glyph.start = upright(glyph.start, direction);
            glyph.end = upright(glyph.end, direction);
            glyphs.push(glyph);
        }
    }
    let n_hidden = n_drawn - count_letters(directions.iter().flatten());
    let lines =
        directions.into_iter().flat_map(|glyphs| in_reading_order(rows_of(words_of(glyphs))));
    (lines.filter_map(|words| line_of(&words)).collect(), n_hidden)
}

fn count_letters<'a>(glyphs: impl Iterator<Item = &'a Glyph>) -> usize {
    glyphs.filter(|glyph| !glyph.text.trim().is_empty()).count()
}

fn is_on_page(glyph: &Glyph, width: f32, height: f32) -> bool {
    let (x, y) = glyph.start;
    x.max(glyph.end.0) >= 0.0 && x.min(glyph.end.0) <= width && y >= 0.0 && y - glyph.size <= height
}

/// Maps a point of the page's own space to the page as it is shown, y growing downwards.
fn turned((x, y): (f32, f32), area: Area, turn: u8) -> (f32, f32) {
    match turn {
        1 => (y - area.top, x - area.left),
        2 => (area.right - x, y - area.top),
        3 => (area.bottom - y, area.right - x),
        _ => (x - area.left, area.bottom - y),
    }
}

/// Tells where a glyph's text runs: 0 to the right, 1 downwards, 2 to the left, 3 upwards.
fn direction(glyph: &Glyph) -> u8 {
    let (x, y) = (glyph.end.0 - glyph.start.0, glyph.end.1 - glyph.start.1);
    match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
        (true, true, _) => 0,
        (true, false, _) => 2,
        (false, _, true) => 1,
        (false, _, false) => 3,
    }
}

fn upright((x, y): (f32, f32), direction: u8) -> (f32, f32) {
    match direction {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

/// Makes a line of the words of one row or column.
pub(super) fn line_of(words: &Row) -> Option<TextLine> {
    let area = words.iter().map(Word::area).reduce(Area::union)?;
    let n_letters: usize = words.iter().map(|word| word.text.len()).sum();
    let n_bold: usize = words.iter().filter(|word| word.is_bold).map(|word| word.text.len()).sum();
    Some(TextLine {
        text: text_of(words),
        respaced: respaced_text_of(words),
        area,
        size: main_size(words),
        is_bold: n_bold * 2 > n_letters,
    })
}

/// Returns the size of the middle letter, all ordered by size.
fn main_size(words: &[Word]) -> f32 {
    let mut sizes: Vec<(f32, usize)> =
        words.iter().map(|word| (word.size, word.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut left: usize = sizes.iter().map(|(_, n)| n).sum::<usize>() / 2;
    for (size, n) in &sizes {
        if *n > left {
            return *size;
        }
        left -= n;
    }
    sizes.last().map_or(0.0, |(size, _)| *size)
}

#[cfg(test)]
mod tests {
    use super::super::words::tests::glyphs;
    use super::*;

    const PAGE: Area = Area { left: 0.0, top: 0.0, right: 200.0, bottom: 100.0 };

    fn texts(glyphs: Vec<Glyph>, turn: u8) -> (Vec<String>, usize) {
        let (lines, n_hidden) = lay_out(glyphs, PAGE, turn);
        (lines.into_iter().map(|line| line.text).collect(), n_hidden)
    }

    fn turned_glyphs(text: &str) -> Vec<Glyph> {
        let mut glyphs = glyphs(text, 10.0, 50.0, 8.0);
        for glyph in &mut glyphs {
            let swap = |(x, y): (f32, f32)| (y, x);
            (glyph.start, glyph.end) = (swap(glyph.start), swap(glyph.end));
        }
        glyphs
    }

    #[test]
    fn lines_go_from_the_top_down() {
        let all = [glyphs("below", 10.0, 20.0, 8.0), glyphs("above it", 10.0, 80.0, 8.0)].concat();
        assert_eq!(texts(all, 0), (vec!["above it".to_owned(), "below".to_owned()], 0));
    }

    #[test]
    fn turned_pages_and_turned_text() {
        // Drawn upwards, so that it is upright once the page is turned by a quarter.
        assert_eq!(texts(turned_glyphs("up"), 1).0, ["up"]);
        let both = [turned_glyphs("margin"), glyphs("text", 90.0, 50.0, 8.0)].concat();
        assert_eq!(texts(both, 0).0, ["text", "margin"]);
    }

    #[test]
    fn hidden_text() {
        let invisible = |text| {
            let mut glyphs = glyphs(text, 10.0, 20.0, 8.0);
            glyphs.iter_mut().for_each(|glyph| glyph.is_visible = false);
            glyphs
        };
        let visible = glyphs("shown", 10.0, 80.0, 8.0);
        assert_eq!(texts(invisible("scan"), 0), (vec!["scan".to_owned()], 0));
        assert_eq!(
            texts([invisible("x"), visible.clone()].concat(), 0),
            (vec!["shown".to_owned()], 1)
        );
        let scanned = [invisible("a scanned page"), visible].concat();
        assert_eq!(texts(scanned, 0).0, ["shown", "a scanned page"]);
        assert_eq!(texts(glyphs("off", 500.0, 50.0, 8.0), 0), (vec![], 3));
    }
}
