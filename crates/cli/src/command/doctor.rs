use super::{index_folder, open_reader};
use crate::args::{Doctor, Global};
use crate::exit::Exit;
use crate::output;
use anyhow::{Context, Result};
use onrecord_model::CivilDate;
use onrecord_people::Roster;
use onrecord_pipeline::{Outcome, Summary};
use onrecord_query::{Check, DoctorRequest, Finding, Unread, examine};
use onrecord_report::{Cell, Column, Format};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

const COLUMNS: &[Column] = &[
    Column::text("check"),
    Column::text("document_id"),
    Column::text("path"),
    Column::text("title"),
    Column::text("what"),
    Column::text("hint"),
];

pub(crate) fn run(global: &Global, args: &Doctor) -> Result<Exit> {
    let reader = open_reader(global)?;
    let roster = Roster::default_roster();
    let request = DoctorRequest {
        today: args.today.unwrap_or_else(today),
        min_words: args.min_words,
        last_run: last_run(&index_folder(global)?)?,
        persons: roster.persons().iter().map(|person| person.name.clone()).collect(),
    };
    let findings = examine(&reader, &request)?;
    let mut rows = output::open_rows(&args.output, Format::Csv, COLUMNS)?;
    for finding in &findings {
        rows.write_row(&cells(finding))?;
    }
    rows.finish()?.close()?;
    Ok(if findings.is_empty() { Exit::Done } else { Exit::Findings })
}

fn cells(finding: &Finding) -> [Cell<'_>; 6] {
    [
        finding.check.name().into(),
        finding.document_id.as_deref().into(),
        finding.path.as_str().into(),
        finding.title.as_deref().into(),
        finding.what.as_str().into(),
        finding.hint().into(),
    ]
}

/// Returns what the last run did not take whole.
pub(super) fn last_run(index: &Path) -> Result<Vec<Unread>> {
    let summary = Summary::load(index).with_context(|| {
        format!("cannot read the summary of the last run in `{}`", index.display())
    })?;
    let Some(Summary { files, stale_corrections, .. }) = summary else { return Ok(Vec::new()) };
    let files = files.into_iter().filter_map(|file| {
        let check = match file.status {
            Outcome::Indexed | Outcome::Unchanged => return None,
            Outcome::Partial => Check::PartialFile,
            Outcome::Skipped => Check::SkippedFile,
            Outcome::Failed => Check::FailedFile,
        };
        Some(Unread { check, path: file.path, reason: file.reason })
    });
    let stale = stale_corrections.into_iter().map(|stale| Unread {
        check: Check::StaleCorrection,
        path: stale.path,
        reason: format!("line {}, `{}`: {}", stale.line, stale.document, stale.reason),
    });
    Ok(files.chain(stale).collect())
}

/// Returns the day that it is, in Greenwich.
#[expect(clippy::disallowed_methods, reason = "the clock is read here alone, for want of --today")]
fn today() -> CivilDate {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    civil_day(since.as_secs() / 86_400)
}

/// Returns the date of a day counted from 1 January 1970, of years up to 9999.
fn civil_day(days: u64) -> CivilDate {
    let mut left = days;
    for year in 1970..=9999 {
        for month in 1..=12 {
            let Ok(first) = CivilDate::from_month(year, month) else { continue };
            let length = u64::from(first.last_day() - first.first_day()) + 1;
            if left < length
                && let Ok(date) = CivilDate::from_day(year, month, left as u8 + 1)
            {
                return date;
            }
            left = left.saturating_sub(length);
        }
    }
    CivilDate::from_year(9999).unwrap_or_else(|_| unreachable!("the year 9999 is a date"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (days, date) in [
            (0, "1970-01-01"),
            (30, "1970-01-31"),
            (31, "1970-02-01"),
            (11_016, "2000-02-29"),
            (19_723, "2024-01-01"),
        ] {
            assert_eq!(civil_day(days).to_string(), date);
        }
    }
}
