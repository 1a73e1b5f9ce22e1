use super::open_reader;
use crate::args::{Cite, CiteStyle, Global, SummaryFormat};
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_query::{Citations, CiteRequest, CiteResponse, cite};
use std::io::Write;

pub(crate) fn run(global: &Global, args: &Cite) -> Result<Exit> {
    let reader = open_reader(global)?;
    let request = CiteRequest {
        document: args.document.clone(),
        passage: args.passage,
        characters: args.characters.clone(),
    };
    let found = cite(&reader, &request)?;
    let mut out = output::stdout();
    if args.format == Some(SummaryFormat::Json) {
        serde_json::to_writer(&mut out, &found)?;
        writeln!(out)?;
    } else if args.style == CiteStyle::All {
        print_all(&mut out, &found)?;
    } else {
        write!(out, "{}", written(&found.citations, args.style)?)?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// Writes one style, ended by a line end.
fn written(citations: &Citations, style: CiteStyle) -> Result<String> {
    let line = |text: &str| format!("{text}\n");
    Ok(match style {
        CiteStyle::ChicagoNote => line(&citations.chicago_note),
        CiteStyle::ChicagoBibliography => line(&citations.chicago_bibliography),
        CiteStyle::Apa => format!("{}\nIn text: {}\n", citations.apa, citations.apa_in_text),
        CiteStyle::Bluebook => line(&citations.bluebook),
        // Programs read a list of items, also where there is one.
        CiteStyle::CslJson => line(&serde_json::to_string_pretty(&[&citations.csl_json])?),
        CiteStyle::Bibtex => line(&citations.bibtex),
        CiteStyle::Ris => citations.ris.clone(),
        CiteStyle::Plain => line(&citations.plain),
        CiteStyle::All => String::new(),
    })
}

fn print_all(out: &mut impl Write, found: &CiteResponse) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    for style in CiteStyle::EACH {
        let text = written(&found.citations, style)?.replace("\r\n", "\n");
        writeln!(out, "{bold}{}{bold:#}\n{text}", style.title())?;
    }
    if let Some(selector) = &found.selector {
        writeln!(out, "{bold}TextQuoteSelector{bold:#}\n{}\n", serde_json::to_string(selector)?)?;
    }
    if let Some(link) = &found.link {
        writeln!(out, "{bold}Link{bold:#}\n{link}\n")?;
    }
    if !found.inferred.is_empty() {
        writeln!(out, "inferred from the text or the file’s name: {}", found.inferred.join(", "))?;
    }
    Ok(())
}
