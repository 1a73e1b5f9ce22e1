//! The documents of files, for examples that print what was made of them.

use onrecord_ingest::{Reader, ReaderOptions, SourceFile, root_of};
use onrecord_model::Document;
use std::error::Error;
use std::io::{BufWriter, StdoutLock, Write};
use std::path::PathBuf;

/// Prints for each file that is named on the command line `file PATH`, and then what `print` makes
/// of each of its documents.
pub fn print_each(
    mut print: impl FnMut(&Document, &mut BufWriter<StdoutLock<'static>>) -> std::io::Result<()>,
) -> Result<(), Box<dyn Error>> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    let reader = Reader::new(ReaderOptions::default());
    for path in std::env::args_os().skip(1).map(PathBuf::from) {
        writeln!(output, "file\t{}", path.display())?;
        let relative = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = SourceFile { root: root_of(&path), relative, path };
        let mut documents = Vec::new();
        reader.read_documents(&file, &mut |read| documents.push(read.document));
        for document in &documents {
            print(document, &mut output)?;
        }
    }
    Ok(output.flush()?)
}
