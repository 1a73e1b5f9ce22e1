use super::super::xlsx::Xlsx as Workbook;
use super::*;
use crate::spreadsheet::typed;
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

fn read(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn rows_of(bytes: Vec<u8>, sheet: &str) -> Vec<Vec<Data>> {
    let range = read(bytes).worksheet_range(sheet).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// Returns the parts of the package that hold something, by name.
fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    std::io::read_to_string(package.by_name(name).unwrap()).unwrap()
}

fn written_texts(texts: &[&str]) -> Vec<u8> {
    let rows: Vec<Vec<Cell<'_>>> = texts.iter().map(|text| vec![(*text).into()]).collect();
    bytes(Format::Xlsx, &[Column::text("text")], &Options::default(), &rows)
}

#[test]
fn texts_stay_texts() {
    let texts: Vec<&str> = TEXTS.into_iter().chain(HARD_TEXTS).filter(|t| !t.is_empty()).collect();
    let written = written_texts(&texts);
    let rows = rows_of(written.clone(), "rows");
    assert_eq!(rows.len(), texts.len() + 1);
    for (row, text) in rows[1..].iter().zip(&texts) {
        assert_eq!(row[0], Data::String(typed(text).into_owned()), "{text:?}");
    }
    let sheet = part(&written, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"), "{sheet}");
    assert!(!sheet.contains("_x"), "{sheet}");
}

#[test]
fn long_texts_are_cut_and_the_next_row_is_whole() {
    let (long, short) = ("x".repeat(40_000), "after");
    let rows = rows_of(written_texts(&[&long, short]), "rows");
    let Data::String(cut) = &rows[1][0] else { panic!("{:?}", rows[1]) };
    assert_eq!(cut.encode_utf16().count(), 32_767);
    assert!(cut.ends_with("…[cut]"));
    assert_eq!(rows[2][0], Data::String(short.to_owned()));
}

#[test]
fn texts_of_many_escapes_are_cut_and_never_refused() {
    for (text, is_cut) in [
        ("_x0041_".repeat(100), false),
        ("_x0041_".repeat(400), true),
        (" _x<&> ".repeat(400), true),
        ("_x".repeat(40_000), true),
        (format!("{}_x0041_", "x".repeat(32_700)), true),
        (format!("{}_x0041_", "x".repeat(32_000)), false),
        (format!("{}_x", "<".repeat(30_000)), true),
        ("<".repeat(32_767), false),
        (format!("{}_x", "👋".repeat(16_000)), false),
    ] {
        let rows = rows_of(written_texts(&[&text, "after"]), "rows");
        let Data::String(held) = &rows[1][0] else { panic!("{:?}", rows[1]) };
        let kept = held.strip_suffix("…[cut]");
        assert_eq!(kept.is_some(), is_cut, "{held}");
        assert!(text.starts_with(kept.unwrap_or(held)) && held.len() > 300, "{held}");
        assert!(is_cut || *held == text);
        assert_eq!(rows[2][0], Data::String("after".to_owned()));
    }
}

#[test]
fn sheets_are_made_for_reading_and_for_paper() {
    let columns =
        [Column::text("priority"), Column::text("speaker"), Column::integer("a_long_name")];
    let sheet =
        part(&bytes(Format::Xlsx, &columns, &Options::default(), &[]), "xl/worksheets/sheet1.xml");
    for part in [
        "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>",
        "<col min=\"1\" max=\"1\" width=\"60.",
        "<col min=\"2\" max=\"2\" width=\"32.",
        "<col min=\"3\" max=\"3\" width=\"15.",
        "fitToHeight=\"0\" orientation=\"landscape\"",
    ] {
        assert!(sheet.contains(part), "{part}\n{sheet}");
    }
    let workbook =
        part(&bytes(Format::Xlsx, &columns, &Options::default(), &[]), "xl/workbook.xml");
    assert!(
        workbook.contains("_xlnm.Print_Titles") && workbook.contains("rows!$1:$1"),
        "{workbook}"
    );
}

#[test]
fn numbers_and_days_have_their_types() {
    let date = |date: &str| Cell::Date(date.parse().unwrap());
    let columns = [Column::integer("i"), Column::decimal("d", 3), Column::date("y")];
    let rows = [
        vec![(-5_i64).into(), (2.0 / 3.0).into(), date("2011-07-14")],
        vec![Cell::Integer(999_999_999_999_999), (-0.0001).into(), date("2011-07")],
        vec![Cell::Integer(1_000_000_000_000_000), 0.5.into(), date("1900-02-28")],
        vec![Cell::Integer(-(1 << 60)), 1e21.into(), date("1900-03-01")],
        vec![Cell::Empty, Cell::Empty, Cell::Empty],
        vec![0_u64.into(), 1.0.into(), date("9999-12-31")],
    ];
    let written = bytes(Format::Xlsx, &columns, &Options::default(), &rows);
    let shown: Vec<String> = rows_of(written.clone(), "rows")[1..]
        .iter()
        .map(|row| row.iter().map(|cell| format!("{cell:?}")).collect::<Vec<_>>().join(" "))
        .collect();
    let day = |number: &str| {
        format!(
            "DateTime(ExcelDateTime {{ value: {number}, datetime_type: DateTime, is_1904: false }})"
        )
    };
    let expected = [
        format!("Float(-5.0) Float(0.667) {}", day("40738.0")),
        "Float(999999999999999.0) Float(0.0) String(\"2011-07\")".to_owned(),
        "String(\"1000000000000000\") Float(0.5) String(\"1900-02-28\")".to_owned(),
        format!("String(\"-1152921504606846976\") Float(1e21) {}", day("61.0")),
        "Empty Empty Empty".to_owned(),
        format!("Float(0.0) Float(1.0) {}", day("2958465.0")),
    ];
    assert_eq!(shown, expected);
    let styles = part(&written, "xl/styles.xml");
    for format in ["formatCode=\"0.000\"", "formatCode=\"yyyy-mm-dd\""] {
        assert!(styles.contains(format), "{styles}");
    }
}

#[test]
fn rows_beyond_a_sheet_go_on_on_the_next() {
    let columns = [Column::integer("n")];
    let mut workbook =
        Workbook::with_sheet_rows(3, &columns, &About::default(), Vec::new()).unwrap();
    for n in 0..5_u32 {
        workbook.write_row(&columns, &[n.into()]).unwrap();
    }
    let written = workbook.finish(&columns).unwrap();
    assert_eq!(read(written.clone()).sheet_names(), ["rows", "rows 2", "rows 3", "method"]);
    let header = vec![Data::String("n".to_owned())];
    let numbers = |from: u32, to: u32| (from..to).map(|n| vec![Data::Float(n.into())]);
    for (sheet, from, to) in [("rows", 0, 2), ("rows 2", 2, 4), ("rows 3", 4, 5)] {
        let expected: Vec<_> = std::iter::once(header.clone()).chain(numbers(from, to)).collect();
        assert_eq!(rows_of(written.clone(), sheet), expected);
    }
    for (sheet, range) in [(1, "A1:A3"), (2, "A1:A3"), (3, "A1:A2")] {
        let sheet = part(&written, &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(sheet.contains(&format!("<autoFilter ref=\"{range}\"/>")), "{sheet}");
        assert!(sheet.contains("state=\"frozen\""), "{sheet}");
    }
}

#[test]
fn the_last_sheet_says_how_the_rows_were_made() {
    let written = bytes(Format::Xlsx, ABOUT_COLUMNS, &about(), &[]);
    let lines: Vec<String> = rows_of(written, "method")
        .iter()
        .map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"))
        .collect();
    let expected = [
        "Mentions of <b>||",
        "||",
        "command|onrecord trend \"a & b\"|",
        "=taxonomy|=1+1|",
        "||",
        "column|unit|meaning",
        "speaker||",
        "mentions|passages|what trend counts, < all",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn tables_without_rows_or_columns_are_whole() {
    let header = rows_of(bytes(Format::Xlsx, COLUMNS, &Options::default(), &[]), "rows");
    assert_eq!(header.len(), 1);
    assert_eq!(header[0].len(), COLUMNS.len());
    let nothing = bytes(Format::Xlsx, &[], &Options::default(), &[]);
    assert_eq!(read(nothing).sheet_names(), ["rows", "method"]);
}

#[test]
fn no_clock_is_in_the_file() {
    let core = part(&written_texts(&["a"]), "docProps/core.xml");
    assert_eq!(core.matches("2000-01-01T00:00:00Z").count(), 2, "{core}");
}

proptest! {
    #[test]
    fn any_text_reads_back_as_a_sheet_can_hold_it(
        texts in prop::collection::vec(any::<String>(), 1..5),
        escapes in "(_|x|0041|000D|_x0041_|a){0,8}",
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).chain([&*escapes, "end"]).collect();
        let rows = rows_of(written_texts(&texts), "rows");
        prop_assert_eq!(rows.len(), texts.len() + 1);
        for (row, text) in rows[1..].iter().zip(&texts) {
            let expected = typed(text);
            let expected = if expected.is_empty() {
                Data::Empty
            } else {
                Data::String(expected.into_owned())
            };
            prop_assert_eq!(&row[0], &expected);
        }
    }
}
