//! What is given beside a file: its sidecar, its row of a folder's `metadata.csv`, and what the
//! folder's `mods.xml` says of it.

use super::misspelt::misspelt_field;
use super::mods::{Descriptions, MAX_BYTES, read_mods};
use crate::walk::written_name;
use crate::{Problem, SourceFile};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The fields given beside a file, the sidecar's first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Companions {
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) problems: Vec<Problem>,
}

impl Companions {
    /// Notes the keys that misspell a field which nothing gives.
    fn note_misspelt(&mut self) {
        let is_given =
            |name: &str| self.fields.iter().any(|(key, _)| key.trim().eq_ignore_ascii_case(name));
        let slip = |(key, _): &(String, String)| {
            let field = misspelt_field(key).filter(|field| !is_given(field.name()))?;
            let name = field.name();
            Some(format!("`{key}`, given in a sidecar or metadata.csv, is no field: `{name}`?"))
        };
        let slips: Vec<String> = self.fields.iter().filter_map(slip).collect();
        self.problems.extend(slips.into_iter().map(Problem::of_file));
    }
}

/// Rows of one `metadata.csv` by the file that they name.
#[derive(Debug, Default)]
struct Table {
    rows: BTreeMap<String, Vec<(String, String)>>,
    problem: Option<String>,
}

/// What one `mods.xml` says, or why it cannot be read.
type Mods = Arc<Result<Descriptions, String>>;

/// The `metadata.csv` and `mods.xml` files seen so far, by folder.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    tables: Mutex<BTreeMap<PathBuf, Option<Arc<Table>>>>,
    mods: Mutex<BTreeMap<PathBuf, Option<Mods>>>,
}

/// Columns of `metadata.csv` that may name the file.
const FILE_COLUMNS: [&str; 4] = ["file", "path", "filename", "file_name"];

impl Tables {
    /// Gathers what is given beside a file.
    ///
    /// The sidecar of `speech.txt` is `speech.txt.meta.toml`, else `speech.meta.toml`. Its row is
    /// that of the nearest `metadata.csv`, from its own folder up to the root of the corpus, which
    /// names it by its path from there. The weakest is the `mods.xml` in its own folder, if the
    /// file is a page that it describes.
    pub(crate) fn companions(&self, file: &SourceFile) -> Companions {
        let mut given = Companions::default();
        read_sidecar(&file.path, &mut given);
        let mut name = written_name(file.path.file_name().unwrap_or_default());
        let n_folders = file.relative.split('/').count();
        for folder in file.path.ancestors().skip(1).take(n_folders) {
            if let Some(table) = self.table_of(folder) {
                if let Some(problem) = &table.problem {
                    given.problems.push(Problem::of_file(problem.clone()));
                }
                if let Some(row) = table.rows.get(&name) {
                    given.fields.extend(row.iter().cloned());
                    break;
                }
            }
            let Some(parent) = folder.file_name() else { break };
            name = format!("{}/{name}", written_name(parent));
        }
        given.note_misspelt();
        self.describe(file, &mut given);
        given
    }

    /// Adds what the `mods.xml` beside a page says of it.
    fn describe(&self, file: &SourceFile, given: &mut Companions) {
        let extension = crate::format::extension(&file.path);
        if !matches!(extension.as_deref(), Some("htm" | "html")) {
            return;
        }
        let (Some(folder), Some(name)) = (file.path.parent(), file.path.file_name()) else {
            return;
        };
        let name = Path::new(name);
        let is_packed = name.extension().is_some_and(|last| last.eq_ignore_ascii_case("gz"));
        let page = if is_packed { name.file_stem().map(Path::new) } else { Some(name) };
        let Some(stem) = page.and_then(Path::file_stem) else { return };
        match self.mods_of(folder).as_deref() {
            None => {}
            Some(Ok(described)) => {
                let Some(page) = described.get(&*stem.to_string_lossy()) else { return };
                given.fields.extend(page.fields.iter().cloned());
                given.problems.extend(page.problems.iter().cloned().map(Problem::of_file));
            }
            Some(Err(reason)) => given.problems.push(Problem::of_file(reason.clone())),
        }
    }

    fn mods_of(&self, folder: &Path) -> Option<Mods> {
        let mut seen = self.mods.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mods) = seen.get(folder) {
            return mods.clone();
        }
        let path = folder.join("mods.xml");
        let mods = read_described(&path)
            .map(|mods| Arc::new(mods.map_err(|reason| format!("{}: {reason}", path.display()))));
        seen.insert(folder.to_owned(), mods.clone());
        mods
    }

    fn table_of(&self, folder: &Path) -> Option<Arc<Table>> {
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = tables.get(folder) {
            return table.clone();
        }
        let table = read_table(&folder.join("metadata.csv")).map(Arc::new);
        tables.insert(folder.to_owned(), table.clone());
        table
    }
}

/// Tells whether an error says that there is no such file; nor is there one whose name would be
/// longer than names may be.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidFilename)
}

/// Reads a `mods.xml`; none where there is no such file.
fn read_described(path: &Path) -> Option<Result<Descriptions, String>> {
    let read = |path: &Path| -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        fs::File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = match read(path) {
        Err(error) if is_absent(&error) => return None,
        Err(error) => return Some(Err(error.to_string().to_lowercase())),
        Ok(bytes) => bytes,
    };
    if bytes.len() as u64 > MAX_BYTES {
        return Some(Err(format!("longer than {MAX_BYTES} bytes")));
    }
    let encoding = crate::decode::detect_encoding(&bytes, true);
    let text = crate::decode::decode(bytes, encoding).text;
    Some(read_mods(text.trim_start_matches('\u{feff}')))
}

fn read_table(path: &Path) -> Option<Table> {
    let bytes = match fs::read(path) {
        Err(error) if is_absent(&error) => return None,
        other => other.map_err(|error| error.to_string().to_lowercase()),
    };
    let mut table = Table::default();
    let outcome = bytes.and_then(|bytes| fill_table(&bytes, &mut table.rows));
    table.problem = outcome.err().map(|reason| format!("{}: {reason}", path.display()));
    Some(table)
}

/// The most files that a reason names.
const MAX_NAMED: usize = 5;

/// Says which rows of a `metadata.csv` name no file under its folder; none where all do.
pub(crate) fn rows_without_file(table: &Path) -> Option<String> {
    let folder = table.parent()?;
    let rows = read_table(table)?.rows;
    let is_missing = |name: &&String| {
        let leads_out = name.split('/').any(|part| part == "..");
        !name.is_empty() && (leads_out || !folder.join(name).is_file())
    };
    let missing: Vec<String> =
        rows.keys().filter(is_missing).map(|name| format!("`{name}`")).collect();
    let named = missing.get(..missing.len().min(MAX_NAMED))?.join(", ");
    let more = missing.len().saturating_sub(MAX_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!missing.is_empty()).then(|| format!("rows name no file under the folder: {named}{more}"))
}

fn fill_table(
    bytes: &[u8],
    rows: &mut BTreeMap<String, Vec<(String, String)>>,
) -> Result<(), String> {
    let encoding = crate::decode::detect_encoding(bytes, true);
    let text = crate::decode::decode(bytes.to_vec(), encoding).text;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let columns: Vec<String> = reader
        .headers()
        .map_err(|error| error.to_string())?
        .iter()
        .map(|column| column.trim().to_owned())
        .collect();
    let file_at = FILE_COLUMNS
        .iter()
        .find_map(|name| columns.iter().position(|column| column.eq_ignore_ascii_case(name)))
        .ok_or("no column named file")?;
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let Some(name) = row.get(file_at) else { continue };
        let fields = columns.iter().zip(&row).enumerate().filter(|(at, _)| *at != file_at);
        let fields = fields.map(|(_, (column, value))| (column.clone(), value.to_owned()));
        let name = name.trim().replace('\\', "/");
        rows.insert(name.trim_start_matches("./").to_owned(), fields.collect());
    }
    Ok(())
}

fn read_sidecar(path: &Path, given: &mut Companions) {
    let with_suffix = |name: &std::ffi::OsStr| {
        let mut name = OsString::from(name);
        name.push(".meta.toml");
        path.with_file_name(name)
    };
    let names = [path.file_name(), path.file_stem()];
    for sidecar in names.into_iter().flatten().map(with_suffix) {
        match fs::read_to_string(&sidecar) {
            Err(error) if is_absent(&error) => continue,
            Err(error) => {
                given.problems.push(Problem::of_file(format!("{}: {error}", sidecar.display())))
            }
            Ok(text) => match text.parse::<toml::Table>() {
                Ok(table) => given.fields.extend(table.iter().filter_map(field_of)),
                Err(error) => {
                    let reason = format!("{}: {}", sidecar.display(), error.message());
                    given.problems.push(Problem::of_file(reason));
                }
            },
        }
        return;
    }
}

fn field_of((key, value): (&String, &toml::Value)) -> Option<(String, String)> {
    let shown = match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(values) => {
            let shown = |value: &toml::Value| {
                value.as_str().map_or_else(|| value.to_string(), str::to_owned)
            };
            values.iter().map(shown).collect::<Vec<_>>().join("; ")
        }
        toml::Value::Table(_) => return None,
        toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_) => value.to_string(),
    };
    Some((key.clone(), shown))
}
