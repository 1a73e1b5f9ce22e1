use super::super::parquet::Parquet;
use super::*;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field;
use std::fs::File;

fn read(bytes: Vec<u8>) -> SerializedFileReader<File> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    SerializedFileReader::new(file).unwrap()
}

fn rows_of(bytes: Vec<u8>) -> Vec<Vec<Field>> {
    let rows = read(bytes).into_iter();
    rows.map(|row| row.unwrap().into_columns().into_iter().map(|(_, field)| field).collect())
        .collect()
}

fn text(text: &str) -> Field {
    Field::Str(text.to_owned())
}

#[test]
fn cells_have_their_types() {
    let date = |date: &str| Cell::Date(date.parse().unwrap());
    let columns =
        [Column::text("t"), Column::integer("i"), Column::decimal("d", 2), Column::date("y")];
    let rows = [
        vec!["=1".into(), Cell::Integer(i64::MIN.into()), 0.125.into(), date("2011-07-14")],
        vec!["".into(), Cell::Integer(i64::MAX.into()), (-0.001).into(), date("1850")],
        vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty],
    ];
    let expected = [
        vec![text("=1"), Field::Long(i64::MIN), Field::Double(0.12), text("2011-07-14")],
        vec![text(""), Field::Long(i64::MAX), Field::Double(0.0), text("1850")],
        vec![Field::Null, Field::Null, Field::Null, Field::Null],
    ];
    assert_eq!(rows_of(bytes(Format::Parquet, &columns, &Options::default(), &rows)), expected);
}

#[test]
fn integers_beyond_64_bits_are_refused_with_their_row() {
    let columns = [Column::text("t"), Column::integer("i")];
    let mut writer =
        Writer::new(Format::Parquet, &columns, &Options::default(), Vec::new()).unwrap();
    writer.write_row(&["a".into(), 1_u32.into()]).unwrap();
    let error = writer.write_row(&["b".into(), u64::MAX.into()]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a cell of column `i` is 18446744073709551615, beyond the 64 bits of an integer in parquet"
    );
    assert_eq!(rows_of(writer.finish().unwrap()), [[text("a"), Field::Long(1)]]);
}

#[test]
fn rows_are_in_groups_of_bounded_size() {
    let columns = [Column::text("t")];
    let mut parquet = Parquet::with_group_rows(2, &columns, &About::default(), Vec::new()).unwrap();
    for word in ["a", "b", "c", "d", "e"] {
        parquet.write_row(&columns, &[word.into()]).unwrap();
    }
    let written = parquet.finish().unwrap();
    let groups: Vec<i64> =
        read(written.clone()).metadata().row_groups().iter().map(|g| g.num_rows()).collect();
    assert_eq!(groups, [2, 2, 1]);
    assert_eq!(rows_of(written), ["a", "b", "c", "d", "e"].map(|word| [text(word)]));

    let long = "x".repeat(5 << 20);
    let rows: Vec<Vec<Cell<'_>>> = vec![vec![long.as_str().into()]; 5];
    let written = bytes(Format::Parquet, &columns, &Options::default(), &rows);
    assert_eq!(read(written).num_row_groups(), 2);
}

#[test]
fn columns_say_what_they_mean() {
    let reader = read(bytes(Format::Parquet, ABOUT_COLUMNS, &about(), &[]));
    let metadata = reader.metadata().file_metadata();
    assert_eq!(metadata.created_by(), Some("onrecord"));
    let pairs: Vec<(&str, &str)> = metadata
        .key_value_metadata()
        .unwrap()
        .iter()
        .map(|pair| (&*pair.key, pair.value.as_deref().unwrap()))
        .collect();
    let expected = [
        ("title", "Mentions of <b>"),
        ("fact.command", "onrecord trend \"a & b\""),
        ("fact.=taxonomy", "=1+1"),
        ("unit.mentions", "passages"),
        ("about.mentions", "what trend counts, < all"),
    ];
    assert_eq!(pairs, expected);
    assert_eq!(reader.num_row_groups(), 0);
}

proptest! {
    #[test]
    fn any_text_reads_back_as_it_is(texts in prop::collection::vec(any::<String>(), 1..5)) {
        let hard = TEXTS.into_iter().chain(HARD_TEXTS);
        let texts: Vec<&str> = texts.iter().map(String::as_str).chain(hard).collect();
        let rows: Vec<Vec<Cell<'_>>> = texts.iter().map(|text| vec![(*text).into()]).collect();
        let read = rows_of(bytes(Format::Parquet, &[Column::text("t")], &Options::default(), &rows));
        let expected: Vec<Vec<Field>> = texts.iter().map(|t| vec![text(t)]).collect();
        prop_assert_eq!(read, expected);
    }
}
