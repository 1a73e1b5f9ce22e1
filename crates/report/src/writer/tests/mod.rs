mod html;
#[cfg(feature = "parquet")]
mod parquet;
mod xlsx;

use super::*;
use crate::ColumnKind;
use onrecord_model::CivilDate;
use proptest::prelude::*;

const COLUMNS: &[Column] = &[
    Column::text("speaker"),
    Column::integer("mentions"),
    Column::decimal("per_1000_words", 3),
    Column::date("first_date"),
    Column::text("text"),
];

/// Texts that have broken writers.
const TEXTS: [&str; 12] = [
    "plain",
    "",
    "a \"quoted\", comma",
    "two\nlines",
    "two\r\nlines, \rthree",
    "a\ttab",
    "family 👨‍👩‍👧 and 👋🏽",
    "שלום עולם",
    "=HYPERLINK(\"http://example.org\")",
    "a | pipe \\ slash <b> *star* [link](x)",
    "  blanks  ",
    "-5",
];

/// Texts that could break a typed format: read as something else, or as the end of the file.
const HARD_TEXTS: [&str; 26] = [
    "=1+1",
    "+1",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "{=1}",
    "http://example.org/",
    "mailto:vale@example.org",
    "2011-07-14",
    "TRUE",
    "#N/A",
    "00123",
    "_x0041_",
    "a __x000D_x0042_ _x004_ _xÄ041_ _x",
    "</script><script>alert(1)</script>",
    "]]> <!-- & &amp; &#65;",
    "עדה וייל, محمد",
    "\u{202e}dlav\u{202c} \u{200f}",
    "a\0b",
    "\u{1b}[31mred\u{7f}\u{85}\u{9b}\u{fffe}",
    "  blanks\u{a0}\n\n",
];

const ABOUT_COLUMNS: &[Column] = &[
    Column::text("speaker"),
    Column::integer("mentions").in_unit("passages").about("what `trend` counts, < all"),
];

fn about() -> Options {
    let facts = [("command", "onrecord trend \"a & b\""), ("=taxonomy", "=1+1")];
    let facts = facts.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let about = About { title: "Mentions of <b>".to_owned(), facts };
    Options { about, ..Options::default() }
}

fn bytes(format: Format, columns: &[Column], options: &Options, rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
    let mut writer = Writer::new(format, columns, options, Vec::new()).unwrap();
    for row in rows {
        writer.write_row(row).unwrap();
    }
    writer.finish().unwrap()
}

fn one_column(texts: &[&'static str]) -> Vec<Vec<Cell<'static>>> {
    texts.iter().map(|text| vec![(*text).into()]).collect()
}

fn row(text: &str) -> [Cell<'_>; 5] {
    let date: CivilDate = "2011-07".parse().unwrap();
    ["Vale, Ada".into(), (-5_i64).into(), 2.0.into(), date.into(), text.into()]
}

fn written(format: Format, options: &Options, texts: &[&str]) -> String {
    let mut writer = Writer::new(format, COLUMNS, options, Vec::new()).unwrap();
    for text in texts {
        writer.write_row(&row(text)).unwrap();
    }
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

fn read_back(written: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .from_reader(written.as_bytes());
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn delimited_rows_read_back() {
    for (format, delimiter, end) in [(Format::Csv, b',', "\r\n"), (Format::Tsv, b'\t', "\n")] {
        let written = written(format, &Options::default(), &TEXTS);
        assert!(written.ends_with(end));
        let rows = read_back(&written, delimiter);
        assert_eq!(rows[0], ["speaker", "mentions", "per_1000_words", "first_date", "text"]);
        assert_eq!(rows.len(), TEXTS.len() + 1);
        for (row, text) in rows[1..].iter().zip(TEXTS) {
            assert_eq!(row[..], ["Vale, Ada", "-5", "2.000", "2011-07", text]);
        }
    }
}

#[test]
fn lines_of_csv_end_in_crlf_and_those_of_tsv_in_lf() {
    assert_eq!(
        written(Format::Csv, &Options::default(), &["a\nb"]),
        "speaker,mentions,per_1000_words,first_date,text\r\n\
         \"Vale, Ada\",-5,2.000,2011-07,\"a\nb\"\r\n"
    );
    assert_eq!(
        written(Format::Tsv, &Options::default(), &["a\tb"]),
        "speaker\tmentions\tper_1000_words\tfirst_date\ttext\n\
         Vale, Ada\t-5\t2.000\t2011-07\t\"a\tb\"\n"
    );
}

#[test]
fn spreadsheets_get_a_mark_and_guarded_texts_but_plain_numbers() {
    let options = Options { for_spreadsheet: true, ..Options::default() };
    for (format, delimiter) in [(Format::Csv, b','), (Format::Tsv, b'\t')] {
        let written = written(format, &options, &["=1+1", "-5", "a\0b"]);
        let rows = read_back(written.strip_prefix('\u{feff}').unwrap(), delimiter);
        let texts: Vec<_> = rows[1..].iter().map(|row| (&*row[1], &*row[4])).collect();
        assert_eq!(texts, [("-5", "'=1+1"), ("-5", "'-5"), ("-5", "ab")]);
    }
    for format in Format::ALL {
        let started = Writer::new(*format, COLUMNS, &options, Vec::new());
        if !matches!(format, Format::Csv | Format::Tsv) {
            let error = started.unwrap_err();
            assert!(matches!(error, Error::NotForSpreadsheet(refused) if refused == *format));
        }
    }
}

#[test]
fn names_of_columns_are_guarded_too() {
    let options = Options { for_spreadsheet: true, ..Options::default() };
    let columns = [Column::new("=1".to_owned(), ColumnKind::Integer)];
    let written =
        Writer::new(Format::Csv, &columns, &options, Vec::new()).unwrap().finish().unwrap();
    assert_eq!(written, "\u{feff}'=1\r\n".as_bytes());
}

#[test]
fn json_keeps_the_order_and_reads_back() {
    let array = written(Format::Json, &Options::default(), &TEXTS);
    let lines = written(Format::Jsonl, &Options::default(), &TEXTS);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&array).unwrap();
    let same: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows, same);
    for (row, text) in rows.iter().zip(TEXTS) {
        assert_eq!(row["text"], text);
        assert_eq!(row["mentions"], -5);
    }
    let first = r#"{"speaker":"Vale, Ada","mentions":-5,"per_1000_words":2.000,"first_date":"2011-07","text":"plain"}"#;
    assert_eq!(lines.lines().next(), Some(first));
}

#[test]
fn json_objects_hold_the_rows_last() {
    let columns = [Column::text("title"), Column::decimal("score", 1)];
    let fields = [(Column::integer("count"), 2_u64.into())];
    let mut writer = Writer::json_object(&fields, "hits", &columns, Vec::new()).unwrap();
    writer.write_row(&["a\"b".into(), 1.0.into()]).unwrap();
    writer.write_row(&[Cell::Empty, Cell::Empty]).unwrap();
    assert_eq!(
        String::from_utf8(writer.finish().unwrap()).unwrap(),
        "{\"count\":2,\"hits\":[\n{\"title\":\"a\\\"b\",\"score\":1.0},\n\
         {\"title\":null,\"score\":null}\n]}\n"
    );
}

#[test]
fn tables_without_rows_are_complete() {
    for (format, expected) in [
        (Format::Csv, "speaker,mentions,per_1000_words,first_date,text\r\n"),
        (Format::Json, "[\n]\n"),
        (Format::Jsonl, ""),
        (
            Format::Markdown,
            "| speaker | mentions | per\\_1000\\_words | first\\_date | text |\n\
             | --- | ---: | ---: | --- | --- |\n",
        ),
    ] {
        assert_eq!(written(format, &Options::default(), &[]), expected);
    }
}

#[test]
fn markdown_cells_stay_on_their_line() {
    let written = written(Format::Markdown, &Options::default(), &TEXTS);
    assert_eq!(written.lines().count(), TEXTS.len() + 2);
    for line in written.lines() {
        let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        assert_eq!(bars, COLUMNS.len() + 1, "{line}");
    }
    assert!(written.contains("| two<br>lines |"));
    assert!(written.contains(r"a \| pipe \\ slash \<b> \*star\* \[link\](x) |"));
}

#[test]
fn tables_of_the_terminal_wrap_and_drop_nothing() {
    let long = "every word of this long text has to be there, antidisestablishmentarianism too";
    for width in [None, Some(200), Some(80), Some(70)] {
        let options = Options { width, ..Options::default() };
        let written = written(Format::Table, &options, &[long, "\u{1b}[2Jhidden"]);
        let limit = usize::from(width.unwrap_or(u16::MAX));
        assert!(written.lines().all(|line| line.chars().count() <= limit), "{written}");
        assert!(written.contains('␛') && !written.contains('\u{1b}'));
        assert_eq!(
            sorted_letters(&written),
            sorted_letters(&format!("{HEADER}{long}JhiddenValeAdaValeAda")),
            "{written}"
        );
    }
}

const HEADER: &str = "speaker mentions per_1000_words first_date text";

fn sorted_letters(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().filter(char::is_ascii_alphabetic).collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

#[test]
fn narrow_tables_stay_readable() {
    for width in [1, 10, 30, 60] {
        let options = Options { width: Some(width), ..Options::default() };
        let written = written(Format::Table, &options, &["some longer text"]);
        let is_list = written.lines().any(|line| line.split_whitespace().eq(["mentions", "-5"]));
        assert!(is_list && written.contains("2.000"), "{written}");
        assert!(written.contains("2011-07") && written.contains("some longer"), "{written}");
    }
}

#[test]
fn names_stay_whole_and_tables_within_their_width() {
    let id = "0a374ca12deac02b90cb27cb4f78885f";
    let long = "every word of this long text has to be there";
    let columns = ["document_id", "priority_id", "what", "text"].map(Column::text);
    // Narrower than the name of a column and an id, nothing can stay whole.
    for width in 50..130_u16 {
        let options = Options { width: Some(width), ..Options::default() };
        let mut writer = Writer::new(Format::Table, &columns, &options, Vec::new()).unwrap();
        writer
            .write_row(&[id.into(), "network-security".into(), long.into(), long.into()])
            .unwrap();
        let written = String::from_utf8(writer.finish().unwrap()).unwrap();
        assert!(written.contains(id) && written.contains("network-security"), "{written}");
        let is_within = |line: &str| line.chars().count() <= usize::from(width);
        assert!(written.lines().all(is_within), "{width}\n{written}");
    }
}

#[test]
fn many_columns_become_lists_that_fit() {
    let columns = ["a", "b", "c", "d", "e", "f", "g", "h"].map(Column::text);
    let long = "every word of this text ".repeat(200);
    for (width, is_list) in [(80, true), (200, false)] {
        let options = Options { width: Some(width), ..Options::default() };
        let mut writer = Writer::new(Format::Table, &columns, &options, Vec::new()).unwrap();
        let cells = [long.as_str(); 8];
        writer.write_row(&cells.map(Into::into)).unwrap();
        writer.write_row(&cells.map(Into::into)).unwrap();
        let written = String::from_utf8(writer.finish().unwrap()).unwrap();
        let longest = written.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(usize::from(width)), "{longest:?}");
        assert_eq!(written.starts_with(" a"), is_list, "{written}");
        assert_eq!(written.matches("every").count(), 2 * 8 * 200);
    }
}

#[test]
fn tables_hold_very_long_cells() {
    let columns = ["a", "b", "c", "d", "e"].map(Column::text);
    for long in ["word ".repeat(4_000), "愛".repeat(16_000)] {
        let letter = long.chars().next().unwrap();
        for width in [None, Some(1), Some(u16::MAX)] {
            let options = Options { width, ..Options::default() };
            let mut writer = Writer::new(Format::Table, &columns, &options, Vec::new()).unwrap();
            writer.write_row(&[(); 5].map(|()| long.as_str().into())).unwrap();
            let written = String::from_utf8(writer.finish().unwrap()).unwrap();
            assert_eq!(written.matches(letter).count(), 5 * long.matches(letter).count());
        }
    }
}

#[test]
fn rows_of_one_line_stand_close() {
    let n_lines =
        |texts: &[&str]| written(Format::Table, &Options::default(), texts).lines().count();
    assert_eq!(n_lines(&["a", "b", "c"]), 3 + 4);
    assert_eq!(n_lines(&["a", "b\nb", "c"]), 4 + 4 + 2);
}

#[test]
fn rows_that_do_not_fit_are_refused_whole() {
    let mut writer = Writer::new(Format::Csv, COLUMNS, &Options::default(), Vec::new()).unwrap();
    let short = writer.write_row(&["a".into()]).unwrap_err();
    assert_eq!(short.to_string(), "a row has 1 cells, the table 5 columns");
    let mut cells = row("a");
    cells[1] = "five".into();
    let wrong = writer.write_row(&cells).unwrap_err();
    assert_eq!(wrong.to_string(), "a cell of column `mentions` is not an integer");
    assert_eq!(read_back(std::str::from_utf8(&writer.finish().unwrap()).unwrap(), b',').len(), 1);
}

#[test]
fn the_same_rows_are_the_same_bytes() {
    let rows = one_column(&HARD_TEXTS);
    for format in Format::ALL {
        let written = || bytes(*format, &[Column::text("text")], &about(), &rows);
        let first = written();
        assert!((0..3).all(|_| written() == first), "{format:?}");
    }
}

/// An output that takes some bytes, then breaks.
#[derive(Debug)]
struct Pipe(usize);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0 < bytes.len() {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        }
        self.0 -= bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn broken_pipes_are_told_apart() {
    for format in Format::ALL {
        let write = || -> Result<Pipe, Error> {
            let mut writer = Writer::new(*format, COLUMNS, &Options::default(), Pipe(1_000))?;
            for _ in 0..1000 {
                writer.write_row(&row("some words to fill the pipe with"))?;
            }
            writer.finish()
        };
        match write() {
            Err(Error::Output(error)) => {
                assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe, "{format:?}");
            }
            other => panic!("{format:?}: {other:?}"),
        }
    }
}

proptest! {
    #[test]
    fn any_text_reads_back(texts in prop::collection::vec(any::<String>(), 1..5)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for (format, delimiter) in [(Format::Csv, b','), (Format::Tsv, b'\t')] {
            let rows = read_back(&written(format, &Options::default(), &texts), delimiter);
            prop_assert_eq!(rows.len(), texts.len() + 1);
            for (row, text) in rows[1..].iter().zip(&texts) {
                prop_assert_eq!(&row[4], text);
            }
        }
        let lines = written(Format::Jsonl, &Options::default(), &texts);
        prop_assert_eq!(lines.lines().count(), texts.len());
        for (line, text) in lines.lines().zip(&texts) {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            prop_assert_eq!(row["text"].as_str(), Some(*text));
        }
    }
}
