use anyhow::Result;
use onrecord_query::check::{CheckedQuote, Finding};
use onrecord_report::visible;
use std::io::Write;

/// Prints quotations for a person to read.
pub(super) fn print_listing(out: &mut dyn Write, quotes: &[&CheckedQuote]) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    for quote in quotes {
        let finding = &quote.finding;
        let verdict = finding.verdict.name();
        writeln!(out, "{}. {bold}{verdict}{bold:#}: “{}”", quote.quote + 1, shown(&finding.text))?;
        print_finding(out, finding)?;
    }
    let n_safe = quotes.iter().filter(|quote| quote.finding.is_safe()).count();
    writeln!(out, "{} quotations, {n_safe} exact and without risks", quotes.len())?;
    Ok(())
}

fn print_finding(out: &mut dyn Write, finding: &Finding) -> Result<()> {
    if let Some(reason) = &finding.reason {
        writeln!(out, "   {}", shown(reason))?;
    }
    for risk in &finding.risks {
        writeln!(out, "   risk {}: {}", risk.risk.name(), shown(&risk.words))?;
    }
    if let Some(source) = &finding.source {
        let cited = [&source.speaker, &source.title, &source.date];
        let cited: Vec<String> = cited.into_iter().flatten().map(|text| shown(text)).collect();
        writeln!(
            out,
            "   {} ({} {}..{})",
            cited.join(", "),
            shown(&source.path),
            source.start,
            source.end
        )?;
    }
    if let Some(diff) = &finding.diff {
        writeln!(out, "   {}", shown(diff))?;
    }
    for omitted in finding.omitted.iter().filter(|omitted| !omitted.is_empty()) {
        writeln!(out, "   left out: {}", shown(omitted))?;
    }
    for bracketed in &finding.bracketed {
        writeln!(out, "   {} for “{}”", shown(&bracketed.quote), shown(&bracketed.source))?;
    }
    let foldings: Vec<&str> = finding.foldings.iter().map(|folding| folding.name()).collect();
    if !foldings.is_empty() {
        writeln!(out, "   overlooked: {}", foldings.join(", "))?;
    }
    Ok(())
}

/// Makes a text fit for a terminal: in one line, and nothing in it that commands one.
fn shown(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(visible).collect()
}
