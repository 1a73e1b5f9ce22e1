use super::listing::one_line;
use super::open_reader;
use super::taxonomies::{classifiers_of, is_labelled_by};
use crate::args::{Explain, Global, SummaryFormat};
use crate::exit::Exit;
use crate::output;
use anyhow::{Context, Result, bail};
use onrecord_model::Span;
use onrecord_priorities::{
    Classifiers, Consequence, Explanation, GateExplanation, PassedOver, PriorityExplanation,
    Taxonomy, TermShare,
};
use onrecord_query::{ExplainedPassage, OneExplanation, explain, explain_text};
use std::io::{Read, Write};
use std::path::Path;

/// How many of the features of learned weights are shown to a person.
const SHOWN_FEATURES: usize = 8;

pub(super) fn run(global: &Global, args: &Explain) -> Result<Exit> {
    let classifiers = classifiers_of(&args.labelling)?;
    if let Some(id) = &args.priority {
        let mut priorities = classifiers.taxonomies().flat_map(Taxonomy::priorities);
        if !priorities.any(|priority| priority.id.as_str() == id) {
            bail!("no taxonomy has a priority `{id}`\n`onrecord taxonomy show` lists them");
        }
    }
    let mut explained = match (&args.text, &args.document) {
        (Some(path), _) => explain_file(path, &classifiers)?,
        (None, Some(document)) => {
            let reader = open_reader(global)?;
            if !is_labelled_by(&reader, &classifiers.hash()) {
                output::print_message(&format!(
                    "note: the index was labelled by `{}` with other rules or weights than these: its \
                     reports differ from what is explained; --taxonomy and --weights say by what",
                    reader.manifest().description.taxonomy
                ));
            }
            explain(&reader, document, args.passage.unwrap_or(0), &classifiers)?
        }
        (None, None) => bail!("name a document and a passage, or a text"),
    };
    if let Some(id) = &args.priority {
        for one in &mut explained.explanations {
            one.explanation.priorities.retain(|priority| priority.priority_id == *id);
        }
    }
    let mut out = output::stdout();
    if args.format == Some(SummaryFormat::Json) {
        serde_json::to_writer(&mut out, &explained)?;
        writeln!(out)?;
    } else {
        print(&mut out, &explained)?;
    }
    out.flush()?;
    let priorities = explained.explanations.iter().flat_map(|one| &one.explanation.priorities);
    let is_labelled = priorities.clone().any(|priority| priority.method.is_some());
    Ok(if is_labelled { Exit::Done } else { Exit::Findings })
}

fn explain_file(path: &Path, classifiers: &Classifiers) -> Result<ExplainedPassage> {
    let mut text = String::new();
    if path == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).context("cannot read the standard input")?;
    } else {
        text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
    }
    explain_text(&text, &path.to_string_lossy(), classifiers)
        .with_context(|| format!("`{}` holds no text", path.display()))
}

fn print(out: &mut dyn Write, explained: &ExplainedPassage) -> Result<()> {
    let ExplainedPassage { document_id, path, passage, text, explanations, .. } = explained;
    if !document_id.is_empty() {
        writeln!(out, "{document_id} passage {passage}, {}", one_line(path))?;
    }
    writeln!(out, "  {}", one_line(text))?;
    for OneExplanation { taxonomy, explanation } in explanations {
        writeln!(out, "\n{}", one_line(taxonomy))?;
        let Explanation { is_speech, gate, priorities } = explanation;
        if !is_speech {
            writeln!(out, "  a heading, a header line or a note: no labels")?;
        } else if let Some(gate) = gate {
            print_gate(out, explained, gate)?;
        }
        for priority in priorities {
            print_priority(out, explained, priority)?;
        }
    }
    Ok(())
}

fn print_gate(out: &mut dyn Write, of: &ExplainedPassage, gate: &GateExplanation) -> Result<()> {
    let verdict =
        if gate.passes { "about the subject" } else { "not about the subject: no labels" };
    writeln!(out, "  {verdict}: terms weigh {:.2}, {:.2} are needed", gate.sum, gate.threshold)?;
    for span in &gate.above {
        let line = of.above.iter().find(|(start, _)| *start == span.start);
        if let Some((_, text)) = line {
            writeln!(out, "    by what stands above it: {}", one_line(text))?;
        }
    }
    print_terms(out, of, &gate.terms)
}

fn print_priority(
    out: &mut dyn Write,
    of: &ExplainedPassage,
    priority: &PriorityExplanation,
) -> Result<()> {
    let has_words = !priority.terms.is_empty() || !priority.passed_over.is_empty();
    if priority.method.is_none() && !has_words && priority.likelihood.is_none() {
        return Ok(());
    }
    let PriorityExplanation { priority_id, method, sum, threshold, .. } = priority;
    let verdict = match method {
        Some(method) => format!("labelled, by {}", by(method)),
        None => "not labelled".to_owned(),
    };
    write!(out, "  {priority_id}: {verdict}")?;
    if let (Some(score), None) = (priority.score, priority.likelihood) {
        write!(out, ", score {score:.2}")?;
    }
    if !priority.terms.is_empty() {
        write!(out, "; terms weigh {sum:.2}, {threshold:.2} are enough")?;
    }
    if let (Some(likelihood), Some(enough)) = (priority.likelihood, priority.likelihood_threshold) {
        write!(out, "; likelihood {likelihood:.2}, {enough:.2} is enough")?;
    }
    writeln!(out)?;
    print_terms(out, of, &priority.terms)?;
    for PassedOver { rule, line, span, why } in &priority.passed_over {
        let why = match *why {
            "excluded" => "words of it are excluded",
            "not-near" => "nothing of its `near` is near",
            _ => "a term that begins before it or is longer counts",
        };
        writeln!(out, "    not “{}”: `{rule}`, line {line}: {why}", words_at(of, *span))?;
    }
    if !priority.features.is_empty() && (method.is_some() || !priority.terms.is_empty()) {
        let shown = priority.features.iter().take(SHOWN_FEATURES);
        let shown: Vec<String> =
            shown.map(|share| format!("{} {:+.2}", share.feature, share.added)).collect();
        let rest = priority.features.len().saturating_sub(SHOWN_FEATURES);
        let rest = if rest > 0 { format!(" and {rest} smaller ones") } else { String::new() };
        writeln!(out, "    weights: {}{rest}", shown.join(", "))?;
    }
    for consequence in &priority.without {
        writeln!(out, "    without `{}`: {}", consequence.rule, changes(consequence))?;
    }
    Ok(())
}

fn by(method: &str) -> &str {
    match method {
        "both" => "rules and weights",
        "model" => "weights alone",
        other => other,
    }
}

fn print_terms(out: &mut dyn Write, of: &ExplainedPassage, terms: &[TermShare]) -> Result<()> {
    for TermShare { rule, line, span, weight, share, added } in terms {
        let words = words_at(of, *span);
        let less =
            if *share < 1.0 { format!(" × {share} in a list or a name") } else { String::new() };
        let added = match (*added > 0.0, *share > 0.0) {
            (true, _) => "",
            (false, true) => ", counted once already",
            (false, false) => ", counts for nothing there",
        };
        writeln!(out, "    “{words}”: `{rule}`, line {line}, weight {weight}{less}{added}")?;
    }
    Ok(())
}

/// Cuts the words at a span of the document out of the passage.
fn words_at(of: &ExplainedPassage, span: Span) -> String {
    let at = |byte: u32| byte.saturating_sub(of.byte_start) as usize;
    one_line(of.text.get(at(span.start)..at(span.end)).unwrap_or_default())
}

/// Says what becomes of the passage's rows.
fn changes(consequence: &Consequence) -> String {
    let Consequence { labels_lost, labels_gained, mentions_lost, mentions_gained, .. } =
        consequence;
    let mut said = Vec::new();
    for (ids, verb) in [(labels_lost, "loses"), (labels_gained, "gains")] {
        if !ids.is_empty() {
            said.push(format!("the passage {verb} {}", ids.join(", ")));
        }
    }
    for (mentions, verb) in [(mentions_lost, "lost"), (mentions_gained, "gained")] {
        if !mentions.is_empty() {
            let n = mentions.len();
            said.push(format!("{n} mention{} {verb}", if n == 1 { "" } else { "s" }));
        }
    }
    if said.is_empty() { "all stays as it is".to_owned() } else { said.join("; ") }
}
