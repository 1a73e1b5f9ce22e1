use super::*;

fn page(columns: &[Column], options: &Options, rows: &[Vec<Cell<'_>>]) -> String {
    String::from_utf8(bytes(Format::Html, columns, options, rows)).unwrap()
}

/// Checks that the page is well-formed, and returns the texts of its cells.
fn cells_of(page: &str) -> Vec<String> {
    let page = page
        .replace("charset=\"utf-8\">", "charset=\"utf-8\"/>")
        .replace("scale=1\">", "scale=1\"/>");
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let page = roxmltree::Document::parse_with_options(&page, options).unwrap();
    let cells = page.descendants().filter(|element| element.has_tag_name("td"));
    cells.map(|cell| cell.text().unwrap_or_default().to_owned()).collect()
}

/// Returns a text as a page shows it.
fn shown(text: &str) -> String {
    let is_noncharacter =
        |c: char| ('\u{fdd0}'..='\u{fdef}').contains(&c) || u32::from(c) & 0xfffe == 0xfffe;
    let shown = |c: char| match c {
        '\u{200e}' | '\u{200f}' => c,
        c if is_noncharacter(c) => '\u{fffd}',
        c => crate::visible(c),
    };
    let lines = crate::visible::lines(text).map(|line| line.chars().map(shown).collect());
    lines.collect::<Vec<String>>().join("\n")
}

#[test]
fn pages_are_well_formed_and_texts_only_texts() {
    let texts: Vec<&str> = TEXTS.into_iter().chain(HARD_TEXTS).collect();
    let page = page(&[Column::text("text")], &about(), &one_column(&texts));
    let expected: Vec<String> = texts.iter().map(|text| shown(text)).collect();
    assert_eq!(cells_of(&page), expected);
    for absent in ["<script", "<a ", "href", "src=", "url(", "@import"] {
        assert!(!page.contains(absent), "{absent}");
    }
}

#[test]
fn pages_say_how_they_were_made() {
    let rows = [vec!["Vale".into(), (-5_i64).into()], vec![Cell::Empty, Cell::Empty]];
    let page = page(ABOUT_COLUMNS, &about(), &rows);
    for part in [
        "<!DOCTYPE html>\n<html lang=\"en\">",
        "<title>Mentions of &lt;b&gt;</title>",
        "role=\"region\" tabindex=\"0\" aria-label=\"Mentions of &lt;b&gt;\"",
        "<caption><h1>Mentions of &lt;b&gt;</h1></caption>",
        "<th scope=\"col\">speaker</th>",
        "<th scope=\"col\" class=\"n\">mentions <small>passages</small></th>",
        "<table style=\"--print:9.0pt\">",
        "<colgroup><col style=\"--w:62.8%\"/><col style=\"--w:37.2%\"/></colgroup>",
        "<tr><td class=\"s\">Vale</td><td class=\"n\">-5</td></tr>\n<tr><td></td><td></td></tr>",
        "@page{size:landscape",
        "<h2 id=\"method\">How it was made</h2>",
        "<dt>command</dt><dd>onrecord trend &quot;a &amp; b&quot;</dd>",
        "<dt>mentions <small>passages</small></dt><dd>what trend counts, &lt; all</dd>",
        "@media (prefers-color-scheme:dark)",
        "thead{display:table-header-group}",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn texts_have_room_by_their_length() {
    const LONG: &str =
        "long long long long long long long long long long long long long long long long long";
    for (text, class) in [
        ("Barack Obama", " class=\"s\""),
        ("two\nlines", ""),
        ("Support fundamental freedoms and privacy", ""),
        (LONG, " class=\"w\""),
    ] {
        let page = page(&[Column::text("text")], &about(), &one_column(&[text]));
        assert!(page.contains(&format!("<tr><td{class}>{text}</td></tr>")), "{page}");
    }
}

#[test]
fn pages_without_a_title_have_a_name_all_the_same() {
    let page = page(COLUMNS, &Options::default(), &[]);
    assert!(page.contains("<title>Rows</title>"));
    assert!(cells_of(&page).is_empty());
}

proptest! {
    #[test]
    fn any_text_reads_back_as_a_page_shows_it(texts in prop::collection::vec(any::<String>(), 1..5)) {
        let rows: Vec<Vec<Cell<'_>>> = texts.iter().map(|text| vec![text.as_str().into()]).collect();
        let page = page(&[Column::text("text")], &about(), &rows);
        let expected: Vec<String> = texts.iter().map(|text| shown(text)).collect();
        prop_assert_eq!(cells_of(&page), expected);
    }
}

/// The contrast of two colours as WCAG 2.2 defines it.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let digits: Vec<u32> = colour.chars().map(|c| c.to_digit(16).unwrap()).collect();
        let channels = match digits.len() {
            3 => [0, 1, 2].map(|i| digits[i] * 17),
            _ => [0, 2, 4].map(|i| digits[i] * 16 + digits[i + 1]),
        };
        let linear = channels.map(|value| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn colours_have_contrast_in_both_schemes() {
    let page = page(COLUMNS, &Options::default(), &[]);
    let schemes: Vec<&str> = page.split("--ink:#").skip(1).collect();
    assert_eq!(schemes.len(), 2);
    for scheme in schemes {
        let colour = |name: &str| {
            let (_, behind) = scheme.split_once(name).unwrap();
            behind.split([';', '}']).next().unwrap()
        };
        let ink = scheme.split(';').next().unwrap();
        let (faint, focus) = (colour("--faint:#"), colour("--focus:#"));
        for ground in [colour("--paper:#"), colour("--band:#")] {
            assert!(contrast(ink, ground) >= 7.0 && contrast(faint, ground) >= 7.0, "{scheme}");
            assert!(contrast(focus, ground) >= 3.0, "{scheme}");
        }
    }
}
