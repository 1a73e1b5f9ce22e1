//! Asks for labels on a terminal.

use super::table::{LabelTable, Labelled};
use crate::command::listing::one_line;
use crate::output;
use anyhow::Result;
use onrecord_priorities::Taxonomy;
use onrecord_query::{Sample, SampledPassage};
use std::io::{BufRead, Write};
use std::path::Path;

/// What a person says of a passage.
enum Answer {
    Labels(Vec<String>),
    Skip,
    Quit,
    Help,
    /// With the part that is not understood.
    Unclear(String),
}

/// Asks for the labels of each passage, keeps each answer at once, and returns how many there were.
///
/// What the machine would answer is not shown: it would be agreed with.
pub(super) fn ask(
    sample: &Sample,
    taxonomy: &Taxonomy,
    table: &mut LabelTable,
    path: &Path,
) -> Result<usize> {
    let mut input = std::io::stdin().lock();
    let mut out = output::stdout();
    let mut n_answers = 0;
    help(&mut out, taxonomy)?;
    for (number, passage) in (1..).zip(&sample.passages) {
        show(&mut out, number, sample.passages.len(), passage)?;
        loop {
            write!(out, "labels: ")?;
            out.flush()?;
            let mut line = Vec::new();
            // The end of the input ends the questions.
            let answer = match input.read_until(b'\n', &mut line)? {
                0 => Answer::Quit,
                _ => read(String::from_utf8_lossy(&line).trim(), taxonomy),
            };
            match answer {
                Answer::Labels(labels) => {
                    n_answers += 1;
                    table.put(labelled(passage, labels));
                    table.write(path)?;
                    break;
                }
                Answer::Skip => break,
                Answer::Quit => return Ok(n_answers),
                Answer::Help => {
                    help(&mut out, taxonomy)?;
                    show(&mut out, number, sample.passages.len(), passage)?;
                }
                Answer::Unclear(part) => writeln!(
                    out,
                    "`{part}` is no answer: write numbers such as 1 3, or ids, or none; s to skip, ? for what they mean, q to end"
                )?,
            }
        }
    }
    Ok(n_answers)
}

/// Tells whether priorities may be named by their places: not where an id is a number itself.
fn are_numbered(taxonomy: &Taxonomy) -> bool {
    let is_number = |id: &str| id.bytes().all(|byte| byte.is_ascii_digit());
    !taxonomy.priorities().iter().any(|priority| is_number(priority.id.as_str()))
}

fn help(out: &mut dyn Write, taxonomy: &Taxonomy) -> Result<()> {
    let are_numbered = are_numbered(taxonomy);
    for (number, priority) in (1..).zip(taxonomy.priorities()) {
        let number = if are_numbered { format!("{number:3}") } else { "   ".to_owned() };
        writeln!(out, "{number}  {}: {}", priority.id, one_line(&priority.label))?;
        for note in [&priority.definition, &priority.scope_note] {
            if !note.is_empty() {
                writeln!(out, "     {}", one_line(note))?;
            }
        }
    }
    let none = if are_numbered { "0" } else { "none" };
    writeln!(out, "  {none}  no label;  s  skip;  ?  this list;  q  end")?;
    Ok(())
}

fn show(out: &mut dyn Write, number: usize, of: usize, passage: &SampledPassage) -> Result<()> {
    let known = [&passage.title, &passage.speaker, &passage.date];
    let known: Vec<String> = known.into_iter().flatten().map(|text| one_line(text)).collect();
    writeln!(out, "\n{number}/{of}  {}\n{}", known.join(", "), one_line(&passage.text))?;
    Ok(())
}

/// Reads an answer: numbers of priorities or their ids, parted by blanks, commas or semicolons.
fn read(line: &str, taxonomy: &Taxonomy) -> Answer {
    match line {
        "s" => return Answer::Skip,
        "q" => return Answer::Quit,
        "?" => return Answer::Help,
        "none" => return Answer::Labels(Vec::new()),
        "0" if are_numbered(taxonomy) => return Answer::Labels(Vec::new()),
        _ => {}
    }
    let priorities = taxonomy.priorities();
    let mut places = Vec::new();
    for part in line.split([' ', ',', ';']).filter(|part| !part.is_empty()) {
        let by_id = priorities.iter().position(|one| one.id.as_str() == part);
        let number = part.parse::<usize>().ok().filter(|_| are_numbered(taxonomy));
        let by_number = number.and_then(|number| number.checked_sub(1));
        match by_id.or(by_number).filter(|place| *place < priorities.len()) {
            Some(place) => places.push(place),
            None => return Answer::Unclear(one_line(part)),
        }
    }
    places.sort_unstable();
    places.dedup();
    if places.is_empty() {
        return Answer::Unclear(one_line(line));
    }
    Answer::Labels(places.into_iter().map(|place| priorities[place].id.to_string()).collect())
}

fn labelled(passage: &SampledPassage, labels: Vec<String>) -> Labelled {
    Labelled {
        id: passage.id.clone(),
        source: passage.source.clone(),
        text: passage.text.clone(),
        labels,
        drawn: Some(passage.drawn),
    }
}
