use crate::command::listing::{n_quotations, one_line};
use anyhow::Result;
use onrecord_query::check::{CheckedQuote, Finding};
use std::io::Write;

/// Prints quotations for a person to read.
pub(super) fn print_listing(out: &mut dyn Write, quotes: &[&CheckedQuote]) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    for quote in quotes {
        let finding = &quote.finding;
        let verdict = finding.verdict.name();
        writeln!(
            out,
            "{}. {bold}{verdict}{bold:#}: “{}”",
            quote.quote + 1,
            one_line(&finding.text)
        )?;
        print_finding(out, finding)?;
    }
    let n_safe = quotes.iter().filter(|quote| quote.finding.is_safe()).count();
    let n_quotes = n_quotations(quotes.len() as u64);
    writeln!(out, "{n_quotes}, {n_safe} exact and without risks")?;
    Ok(())
}

fn print_finding(out: &mut dyn Write, finding: &Finding) -> Result<()> {
    if let Some(reason) = &finding.reason {
        writeln!(out, "   {}", one_line(reason))?;
    }
    writeln!(out, "   draft: {}", one_line(&claim_of(finding)))?;
    for risk in &finding.risks {
        writeln!(out, "   risk {}: {}", risk.risk.name(), one_line(&risk.words))?;
    }
    if let Some(source) = &finding.source {
        let place = format!("{} bytes {}-{}", one_line(&source.path), source.start, source.end);
        writeln!(out, "   {} ({place})", one_line(&source.citation))?;
    }
    for note in &finding.notes {
        writeln!(out, "   note {}: {}", note.risk.name(), one_line(&note.words))?;
    }
    if let Some(diff) = &finding.diff {
        writeln!(out, "   {}", one_line(diff))?;
    }
    for omitted in finding.omitted.iter().filter(|omitted| !omitted.is_empty()) {
        writeln!(out, "   left out: {}", one_line(omitted))?;
    }
    for bracketed in &finding.bracketed {
        writeln!(out, "   {} for “{}”", one_line(&bracketed.quote), one_line(&bracketed.source))?;
    }
    let foldings: Vec<&str> = finding.foldings.iter().map(|folding| folding.name()).collect();
    if !foldings.is_empty() {
        writeln!(out, "   overlooked: {}", foldings.join(", "))?;
    }
    Ok(())
}

/// Says whose words, and of when, the draft gives out a quotation for.
pub(super) fn claim_of(finding: &Finding) -> String {
    let name = finding.claimed_speaker.as_deref();
    let name = name.map_or("names no one, so no speaker was compared".to_owned(), |name| {
        format!("gives it to {name}")
    });
    match &finding.claimed_date {
        Some(date) => format!("{name}; of {date}"),
        None => name,
    }
}
