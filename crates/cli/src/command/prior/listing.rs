use crate::command::listing::{cited_place, one_line};
use anyhow::Result;
use onrecord_query::prior::{Outcome, PriorClaim, PriorResponse, PriorSentence, PriorStatement};
use std::io::Write;

/// Why nothing can be told of a sentence or claim.
const CANNOT_TELL: &str = "cannot tell: too few words say what it is about";

pub(super) fn print_listing(out: &mut dyn Write, found: &PriorResponse) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    let is_shown = |s: &&PriorSentence| !found.only_differing || !s.statements.is_empty();
    for sentence in found.sentences.iter().filter(is_shown) {
        print_sentence(out, sentence)?;
    }
    if !found.claims.is_empty() {
        writeln!(out, "{bold}numbers and claims of the draft{bold:#}")?;
    }
    for claim in &found.claims {
        print_claim(out, claim)?;
    }
    writeln!(out, "{}", summary(found))?;
    for note in notes(found) {
        writeln!(out, "{note}")?;
    }
    Ok(())
}

/// Says which statements were not looked at.
pub(super) fn notes(found: &PriorResponse) -> Vec<String> {
    let mut notes = Vec::new();
    if found.only_differing {
        notes.push("sought only statements that differ; other sentences have none here".to_owned());
    }
    if let Some(speaker) = &found.speaker {
        notes.push(format!(
            "looked only at what `{}` said; the sources of numbers and claims may be anyone's",
            one_line(speaker)
        ));
    }
    if let Some(before) = &found.before {
        notes.push(format!("looked only at what was said before {before}"));
    }
    if found.n_undated > 0 {
        let n = found.n_undated;
        notes.push(format!("left out: {n} document{} without a date", plural(n as usize)));
    }
    if let (n @ 1.., Some(before)) = (found.n_imprecise, &found.before) {
        let s = plural(n as usize);
        notes.push(format!(
            "left out: {n} document{s} with a date too imprecise to tell whether before {before}"
        ));
    }
    if !found.versions.is_empty() {
        let n = found.versions.len();
        let ids = found.versions.join(", ");
        notes.push(format!("left out: {n} version{} of the draft itself: {ids}", plural(n)));
    }
    notes
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// Says of how many sentences and claims what came out.
pub(super) fn summary(found: &PriorResponse) -> String {
    format!("{}\n{}", summary_of_sentences(found), summary_of_claims(found))
}

fn summary_of_sentences(found: &PriorResponse) -> String {
    let sentences = &found.sentences;
    let count = |outcome| sentences.iter().filter(|s| s.outcome == outcome).count();
    let differs = |s: &&PriorSentence| s.n_differing > 0;
    let (n, n_differing) = (sentences.len(), sentences.iter().filter(differs).count());
    let (n_found, n_none) = (count(Outcome::Found), count(Outcome::None));
    let with = if found.only_differing {
        format!("{n_differing} with an earlier statement that differs")
    } else {
        format!("{n_found} with earlier statements, {n_differing} of them with one that differs")
    };
    let n_open = count(Outcome::CannotTell);
    let open = format!("{n_open} about which nothing can be told");
    format!("{n} sentence{}: {with}; {n_none} without; {open}", plural(n))
}

fn summary_of_claims(found: &PriorResponse) -> String {
    let count = |outcome| found.claims.iter().filter(|claim| claim.outcome == outcome).count();
    let n = found.claims.len();
    let cut_short = match count(Outcome::NoneAmongNearest) {
        0 => String::new(),
        n => format!("; {n} with none among the nearest passages, the others not read"),
    };
    format!(
        "numbers and claims: {n}, {} of them in sentences on the same; {} with no source in the \
         corpus{cut_short}; {} about which nothing can be told",
        count(Outcome::Found),
        count(Outcome::None),
        count(Outcome::CannotTell),
    )
}

fn print_sentence(out: &mut dyn Write, sentence: &PriorSentence) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    writeln!(out, "{}. {bold}{}{bold:#}", sentence.sentence + 1, one_line(&sentence.text))?;
    match sentence.outcome {
        Outcome::CannotTell => writeln!(out, "   {CANNOT_TELL}")?,
        Outcome::None => writeln!(out, "   no earlier statement on it")?,
        Outcome::Found | Outcome::NoneAmongNearest => {}
    }
    for statement in &sentence.statements {
        print_statement(out, statement)?;
    }
    let n_differing = sentence.statements.iter().filter(|s| !s.differences.is_empty()).count();
    if n_differing < sentence.n_differing {
        let more = sentence.n_differing - n_differing;
        writeln!(
            out,
            "   {more} more that differ{}: --only-differing --limit",
            if more == 1 { "s" } else { "" }
        )?;
    }
    Ok(writeln!(out)?)
}

fn print_statement(out: &mut dyn Write, statement: &PriorStatement) -> Result<()> {
    let speaker = statement.cited.speaker.as_deref().unwrap_or("speaker unknown");
    let date = statement.cited.date.as_deref().unwrap_or("undated");
    writeln!(out, "   {date}, {}: {}", one_line(speaker), one_line(&statement.cited.text))?;
    for difference in &statement.differences {
        writeln!(
            out,
            "      {} differs: “{}”, then “{}”",
            difference.kind.name(),
            one_line(&difference.draft),
            one_line(&difference.statement),
        )?;
    }
    if let Some(quoted) = &statement.cited.quoted {
        writeln!(out, "      {} quotes {}", one_line(speaker), one_line(quoted))?;
    }
    for caution in &statement.cited.surroundings.cautions {
        let trigger = one_line(&caution.trigger);
        writeln!(out, "      {} {}: {trigger}", caution.weight, caution.kind)?;
    }
    let repeats = match statement.n_repeats {
        0 => String::new(),
        n => format!("; the same words in {n} more place{}", plural(n)),
    };
    writeln!(out, "      {}", one_line(&statement.cited.citation))?;
    writeln!(
        out,
        "      similarity {:.2}; {}{repeats}",
        statement.similarity,
        cited_place(&statement.cited),
    )?;
    Ok(())
}

fn print_claim(out: &mut dyn Write, claim: &PriorClaim) -> Result<()> {
    let bold = anstyle::Style::new().bold();
    let found = match claim.outcome {
        Outcome::Found => {
            let (n, shown) = (claim.n_sources, claim.sources.len());
            let what = if claim.unit.is_some() { "number" } else { "word" };
            let of = if shown < n { format!("{shown} of ") } else { String::new() };
            format!("{of}{n} sentence{} on the same with this {what}", plural(n))
        }
        Outcome::None => "no source in the corpus".to_owned(),
        Outcome::NoneAmongNearest => format!(
            "no source among the {} nearest of {} passages that hold its words",
            claim.n_read, claim.n_passages
        ),
        Outcome::CannotTell => CANNOT_TELL.to_owned(),
    };
    let sentence = claim.sentence + 1;
    let words = one_line(&claim.text);
    writeln!(out, "sentence {sentence}, {}: {bold}“{words}”{bold:#}: {found}", claim.kind)?;
    for source in &claim.sources {
        print_statement(out, source)?;
    }
    Ok(())
}
