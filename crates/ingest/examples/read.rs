//! Prints what is read of the files under the paths given: blocks with their turns, metadata,
//! problems.

#![expect(clippy::print_stdout, reason = "an example prints")]

use onrecord_ingest::{Reader, ReaderOptions, walk};
use std::path::PathBuf;

fn main() {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let reader = Reader::new(ReaderOptions::default());
    for file in walk(&paths) {
        let file = match file {
            Ok(file) => file,
            Err(problem) => {
                println!("== {} left out: {}", problem.path.display(), problem.reason);
                continue;
            }
        };
        println!("== {}", file.path.display());
        let report = reader.read_documents(&file, &mut |read| {
            let document = read.document;
            println!("{:?}", document.metadata);
            for block in document.blocks() {
                let turn = document.turn_of(block);
                let name = turn.map(|turn| turn.named_as.as_deref().unwrap_or("?"));
                let label = turn
                    .and_then(|turn| turn.label)
                    .filter(|l| l.start >= block.span.start && l.end <= block.span.end);
                let label = label.map(|label| format!("[{}] ", document.slice(label)));
                println!(
                    "{}\t{}\t{}{}",
                    block.kind.name(),
                    name.unwrap_or("-"),
                    label.unwrap_or_default(),
                    document.slice(block.span).replace('\n', "⏎")
                );
            }
        });
        println!("-- {:?} {} {:?}", report.status(), report.n_documents, report.problems);
    }
}
