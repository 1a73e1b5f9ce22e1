use crate::{About, Cell, Column, ColumnKind, Error};
use parquet::basic::{Compression, GzipLevel, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use std::io::{self, Write};
use std::mem;
use std::sync::Arc;

/// The most rows and bytes of text that a group holds: they wait in memory until it is whole.
const GROUP_ROWS: usize = 65_536;
const GROUP_BYTES: usize = 16 << 20;

/// The levels of a column that may be empty: is there a value, or none.
const VALUE: i16 = 1;
const NO_VALUE: i16 = 0;

/// Writes Parquet, in groups of rows.
#[derive(Debug)]
pub(super) struct Parquet<W: Write> {
    out: W,
    /// What is written of the file and not yet sent on to `out`.
    file: SerializedFileWriter<Vec<u8>>,
    chunks: Box<[Chunk]>,
    n_rows: usize,
    n_bytes: usize,
    group_rows: usize,
}

/// A column's cells in the group of rows that is being filled.
#[derive(Debug)]
struct Chunk {
    levels: Vec<i16>,
    values: Values,
}

#[derive(Debug)]
enum Values {
    Texts(Vec<ByteArray>),
    Integers(Vec<i64>),
    Decimals(Vec<f64>),
}

impl<W: Write> Parquet<W> {
    pub(super) fn new(columns: &[Column], about: &About, out: W) -> io::Result<Self> {
        Self::with_group_rows(GROUP_ROWS, columns, about, out)
    }

    /// Starts a file whose groups have at most so many rows.
    pub(super) fn with_group_rows(
        group_rows: usize,
        columns: &[Column],
        about: &About,
        out: W,
    ) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_created_by("onrecord".to_owned())
            .set_compression(Compression::GZIP(GzipLevel::default()))
            .set_key_value_metadata(Some(metadata(columns, about)))
            .build();
        let schema = schema(columns).map_err(into_io)?;
        let file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties));
        let file = file.map_err(into_io)?;
        let chunks = columns.iter().map(|column| Chunk::new(column.kind)).collect();
        Ok(Self { out, file, chunks, n_rows: 0, n_bytes: 0, group_rows })
    }

    pub(super) fn write_row(
        &mut self,
        columns: &[Column],
        cells: &[Cell<'_>],
    ) -> Result<(), Error> {
        columns.iter().zip(cells).try_for_each(|(column, cell)| check(column, cell))?;
        for ((chunk, column), cell) in self.chunks.iter_mut().zip(columns).zip(cells) {
            self.n_bytes += chunk.push(column, cell);
        }
        self.n_rows += 1;
        if self.n_rows == self.group_rows || self.n_bytes >= GROUP_BYTES {
            self.write_group()?;
        }
        Ok(())
    }

    fn write_group(&mut self) -> io::Result<()> {
        let mut group = self.file.next_row_group().map_err(into_io)?;
        for chunk in &mut self.chunks {
            chunk.write(&mut group).map_err(into_io)?;
        }
        group.close().map_err(into_io)?;
        (self.n_rows, self.n_bytes) = (0, 0);
        self.out.write_all(&mem::take(self.file.inner_mut()))
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        if self.n_rows > 0 {
            self.write_group()?;
        }
        self.out.write_all(&self.file.into_inner().map_err(into_io)?)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl Chunk {
    const fn new(kind: ColumnKind) -> Self {
        let values = match kind {
            ColumnKind::Text | ColumnKind::Date => Values::Texts(Vec::new()),
            ColumnKind::Integer => Values::Integers(Vec::new()),
            ColumnKind::Decimal { .. } => Values::Decimals(Vec::new()),
        };
        Self { levels: Vec::new(), values }
    }

    /// Adds a cell that was checked, and returns the bytes of its text.
    fn push(&mut self, column: &Column, cell: &Cell<'_>) -> usize {
        if *cell == Cell::Empty {
            self.levels.push(NO_VALUE);
            return 0;
        }
        self.levels.push(VALUE);
        let plain = column.plain(cell);
        let n_bytes = plain.len();
        match &mut self.values {
            Values::Texts(texts) => texts.push(ByteArray::from(plain.into_bytes())),
            Values::Integers(numbers) => numbers.extend(plain.parse::<i64>()),
            Values::Decimals(numbers) => numbers.extend(plain.parse::<f64>()),
        }
        n_bytes
    }

    /// Writes the cells as the next column of a group, and forgets them.
    fn write(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    ) -> Result<(), ParquetError> {
        let missing = || ParquetError::General("a column is not in the schema".to_owned());
        let mut column = group.next_column()?.ok_or_else(missing)?;
        let levels = Some(&*self.levels);
        match &mut self.values {
            Values::Texts(texts) => {
                column.typed::<ByteArrayType>().write_batch(texts, levels, None)?;
                texts.clear();
            }
            Values::Integers(numbers) => {
                column.typed::<Int64Type>().write_batch(numbers, levels, None)?;
                numbers.clear();
            }
            Values::Decimals(numbers) => {
                column.typed::<DoubleType>().write_batch(numbers, levels, None)?;
                numbers.clear();
            }
        }
        self.levels.clear();
        column.close()
    }
}

fn check(column: &Column, cell: &Cell<'_>) -> Result<(), Error> {
    match cell {
        Cell::Integer(value) if i64::try_from(*value).is_err() => {
            let column = column.name.clone().into_owned();
            Err(Error::IntegerTooLarge { column, value: *value })
        }
        Cell::Empty | Cell::Text(_) | Cell::Integer(_) | Cell::Decimal(_) | Cell::Date(_) => Ok(()),
    }
}

fn schema(columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let field = |column: &Column| {
        let (physical, logical) = match column.kind {
            ColumnKind::Text | ColumnKind::Date => {
                (PhysicalType::BYTE_ARRAY, Some(LogicalType::String))
            }
            ColumnKind::Integer => (PhysicalType::INT64, None),
            ColumnKind::Decimal { .. } => (PhysicalType::DOUBLE, None),
        };
        Type::primitive_type_builder(&column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()
            .map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<_, _>>()?;
    Type::group_type_builder("rows").with_fields(fields).build().map(Arc::new)
}

/// Returns what is to be known of the rows: `title`, `fact.NAME`, `unit.COLUMN`, `about.COLUMN`.
fn metadata(columns: &[Column], about: &About) -> Vec<KeyValue> {
    let pair = |key: String, value: &str| KeyValue::new(key, value.to_owned());
    let mut pairs = vec![pair("title".to_owned(), &about.title)];
    pairs.extend(about.facts.iter().map(|(name, value)| pair(format!("fact.{name}"), value)));
    for column in columns {
        pairs.push(pair(format!("unit.{}", column.name), column.unit));
        pairs.push(pair(format!("about.{}", column.name), &column.meaning()));
    }
    pairs.retain(|pair| pair.value.as_ref().is_some_and(|value| !value.is_empty()));
    pairs
}

fn into_io(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
