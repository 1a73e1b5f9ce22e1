use super::open_reader;
use crate::args::{Global, Show, SummaryFormat};
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_query::{ShownDocument, ShownPassage, show};
use std::io::Write;

pub(crate) fn run(global: &Global, args: &Show) -> Result<Exit> {
    let reader = open_reader(global)?;
    let document = show(&reader, &args.document, args.passage)?;
    let mut out = output::stdout();
    if args.format == Some(SummaryFormat::Json) {
        serde_json::to_writer(&mut out, &document)?;
        writeln!(out)?;
    } else {
        print_document(&mut out, &document)?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn print_document(out: &mut impl Write, document: &ShownDocument) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    let title = document.title.as_deref().unwrap_or("untitled");
    let kind = Some(document.kind.to_owned());
    writeln!(out, "{bold}{title}{bold:#}")?;
    let fields = [
        ("title", &document.title),
        ("kind", &kind),
        ("speaker", &document.speaker),
        ("office", &document.office),
        ("issuer", &document.issuer),
        ("event", &document.event),
        ("place", &document.place),
        ("date", &document.date),
        ("language", &document.language),
    ];
    for (name, value) in fields {
        let value = value.as_deref().unwrap_or("unknown");
        let is_inferred = document.inferred.iter().any(|inferred| inferred == name);
        writeln!(out, "{name}: {value}{}", if is_inferred { " (inferred)" } else { "" })?;
    }
    let record = document.record.map(|line| format!(" line {line}")).unwrap_or_default();
    for (name, value) in &document.extra {
        for line in value.lines() {
            writeln!(out, "{name}: {line}")?;
        }
    }
    writeln!(out, "file: {}{record} ({})", document.path, document.extractor)?;
    writeln!(out, "document: {}, {} passages", document.document_id, document.n_passages)?;
    for passage in &document.passages {
        print_passage(out, passage)?;
    }
    Ok(())
}

fn print_passage(out: &mut impl Write, passage: &ShownPassage) -> Result<()> {
    let speaker = passage.speaker.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    writeln!(out, "\n[{} {}{speaker}]", passage.passage, passage.block)?;
    writeln!(out, "{}", passage.text)?;
    for label in &passage.labels {
        let terms: Vec<String> = label
            .mentions
            .iter()
            .map(|mention| {
                let words = passage.text.get(mention.span.range()).unwrap_or_default();
                format!("“{words}” by `{}` +{:.2}", mention.rule, mention.weight)
            })
            .collect();
        writeln!(out, "  {} {:.2}: {}", label.priority, label.score, terms.join("; "))?;
    }
    Ok(())
}
