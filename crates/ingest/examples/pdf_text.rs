//! Prints the text of a file as it is indexed, or of a PDF by the reader of our own:
//! `cargo run -p onrecord-ingest --example pdf_text -- FILE [own]`.

#![expect(clippy::print_stdout, reason = "a program that prints what it reads")]

use onrecord_ingest::{PdfReader, Reader, ReaderOptions, SourceFile, pdf_text};
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path: PathBuf = arguments.next().ok_or("no file is named")?.into();
    if arguments.next().is_some() {
        println!("{}", pdf_text(&std::fs::read(path)?, PdfReader::Own)?);
        return Ok(());
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = SourceFile { path, root: "files".into(), relative: name };
    let report = Reader::new(ReaderOptions::default()).read_documents(&file, &mut |read| {
        println!("{:#?}", read.document.metadata);
        read.problems.iter().for_each(|problem| println!("! {problem:?}"));
        for block in read.document.blocks() {
            let text = read.document.slice(block.span);
            println!("{} {:?} {:?}: {text}", block.page.unwrap_or(0), block.kind, block.turn);
        }
    });
    println!("{:?} {:?}", report.status(), report.problems);
    Ok(())
}
