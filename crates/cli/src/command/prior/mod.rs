mod listing;
mod rows;

use super::draft::read_drafts;
use super::{open_reader, rosters};
use crate::args::{Global, Prior};
use crate::exit::Exit;
use crate::output;
use anyhow::{Result, bail};
use onrecord_people::identify;
use onrecord_query::prior::{Outcome, PriorRequest, PriorResponse, prior};
use onrecord_report::{Format, Layout};
use std::path::PathBuf;

pub(crate) fn run(global: &Global, args: &Prior) -> Result<Exit> {
    if let Some(written) = &args.output.output {
        output::check_apart(written, &args.draft)?;
    }
    let format = output::row_format(&args.output, Format::Jsonl);
    output::check_output(&args.output, format)?;
    let roster = rosters::roster_of(&[] as &[PathBuf], args.speakers.as_deref())?;
    let reader = open_reader(global)?;
    let mut drafts = read_drafts(&args.draft)?;
    let (Some(draft), true) = (drafts.pop(), drafts.is_empty()) else {
        let shown = args.draft.display();
        bail!(
            "`{shown}` holds more than one text\nask for one at a time, each in a file of its own"
        );
    };
    let request = PriorRequest {
        speaker: args.speaker.clone(),
        limit: usize::from(args.limit),
        before: args.before,
        only_differing: args.only_differing,
    };
    let found = prior(&reader, &identify(draft, &roster), &request)?;
    let is_told = matches!(format, Format::Table | Format::Json);
    if !is_told && !global.quiet {
        output::print_message(&listing::summary(&found));
    }
    if format != Format::Table && !global.quiet {
        listing::notes(&found).iter().for_each(|note| output::print_message(note));
    }
    match format.layout() {
        Layout::Listing => {
            output::write_text(&args.output, |out| listing::print_listing(out, &found))?;
        }
        Layout::Object => output::write_json(&args.output, &found)?,
        Layout::Rows | Layout::Lines => {
            rows::print_rows(&args.output, &found)?;
        }
    }
    Ok(if is_empty(&found) { Exit::Findings } else { Exit::Done })
}

/// Tells whether nothing was found for any sentence or claim.
fn is_empty(found: &PriorResponse) -> bool {
    let sentences = found.sentences.iter().map(|sentence| sentence.outcome);
    let mut outcomes = sentences.chain(found.claims.iter().map(|claim| claim.outcome));
    !outcomes.any(|outcome| outcome == Outcome::Found)
}
