//! The smallest program of plain tantivy that answers a query with the exact count and the ten
//! best texts: what a cold `onrecord search` is compared with, see `docs/benchmarks.md`.

#![expect(clippy::print_stdout, reason = "the answer is what it is run for")]

use std::error::Error;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::Value;
use tantivy::{Index, TantivyDocument};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(query)) = (arguments.next(), arguments.next()) else {
        return Err("usage: smallest_search FOLDER QUERY".into());
    };
    let index = Index::open_in_dir(folder)?;
    let text = index.schema().get_field("text")?;
    let mut parser = QueryParser::for_index(&index, vec![text]);
    parser.set_conjunction_by_default();
    let query = parser.parse_query(&query)?;
    let searcher = index.reader()?.searcher();
    let top = TopDocs::with_limit(10).order_by_score();
    let (count, best) = searcher.search(&query, &(Count, top))?;
    println!("{count}");
    for (score, address) in best {
        let document: TantivyDocument = searcher.doc(address)?;
        let text = document.get_first(text).and_then(|value| value.as_str()).unwrap_or_default();
        println!("{score}\t{text}");
    }
    Ok(())
}
