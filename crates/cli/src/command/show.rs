use super::open_reader;
use crate::args::{Global, Show, SummaryFormat};
use crate::exit::Exit;
use crate::output;
use anyhow::Result;
use onrecord_model::Method;
use onrecord_pipeline::{SourceSpans, source_spans};
use onrecord_query::{ShownDocument, ShownPassage, show};
use serde::Serialize;
use std::io::Write;

/// What is shown, with where it stands in the file if that was asked.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    document: ShownDocument,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_spans: Option<SourceSpans>,
}

pub(crate) fn run(global: &Global, args: &Show) -> Result<Exit> {
    let reader = open_reader(global)?;
    let document = show(&reader, &args.document, args.passage)?;
    let source_spans = if args.source_span {
        Some(source_spans(&reader, document.document_id.parse()?, args.passage)?)
    } else {
        None
    };
    let is_untraced = source_spans.as_ref().is_some_and(|spans| spans.reason.is_some());
    let shown = Shown { document, source_spans };
    let mut out = output::stdout();
    if args.format == Some(SummaryFormat::Json) {
        serde_json::to_writer(&mut out, &shown)?;
        writeln!(out)?;
    } else {
        print_shown(&mut out, &shown)?;
    }
    out.flush()?;
    Ok(if is_untraced { Exit::Findings } else { Exit::Done })
}

fn print_shown(out: &mut impl Write, shown: &Shown) -> Result<()> {
    let Shown { document, source_spans } = shown;
    print_document(out, document)?;
    if let Some(traced) = source_spans {
        print_source(out, traced)?;
    }
    for passage in &document.passages {
        print_passage(out, passage)?;
        let mut spans = source_spans.iter().flat_map(|traced| &traced.spans);
        if let Some(span) = spans.find(|span| span.passage == passage.passage) {
            writeln!(out, "  source bytes: {}..{}", span.byte_start, span.byte_end)?;
        }
    }
    Ok(())
}

fn print_source(out: &mut impl Write, traced: &SourceSpans) -> Result<()> {
    if let Some(reason) = &traced.reason {
        writeln!(out, "source: {reason}")?;
    } else if let Some(hash) = &traced.file_blake3 {
        let stream = if traced.unpacked { ", bytes of the unpacked stream" } else { "" };
        writeln!(out, "source: unchanged, BLAKE3 {hash}{stream}")?;
    }
    Ok(())
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
    for (name, value) in &fields {
        let value = value.as_deref().unwrap_or("unknown");
        let is_inferred = document.inferred.iter().any(|inferred| inferred == name);
        writeln!(out, "{name}: {value}{}", if is_inferred { " (inferred)" } else { "" })?;
    }
    let record = document.record.map(|line| format!(" line {line}")).unwrap_or_default();
    for (name, value) in &document.extra {
        // A field that holds nothing, since what was given for it is no value that it can have.
        let is_field = fields.iter().any(|(field, _)| field == name) || name == "version";
        let name = if is_field { format!("{name} as given") } else { name.clone() };
        for line in value.lines() {
            writeln!(out, "{name}: {line}")?;
        }
    }
    writeln!(out, "file: {}{record} ({})", document.path, document.extractor)?;
    writeln!(out, "document: {}, {} passages", document.document_id, document.n_passages)?;
    Ok(())
}

fn print_passage(out: &mut impl Write, passage: &ShownPassage) -> Result<()> {
    let speaker = passage.speaker.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    let page = passage.page.map(|page| format!(", page {page}")).unwrap_or_default();
    writeln!(out, "\n[{} {}{page}{speaker}]", passage.passage, passage.block)?;
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
        let method = label.method();
        let terms = match method {
            Method::Model => "no term, by learned weights alone".to_owned(),
            Method::Rules | Method::Both => terms.join("; "),
        };
        writeln!(out, "  {} {:.2} ({}): {terms}", label.priority, label.score, method.name())?;
    }
    Ok(())
}
