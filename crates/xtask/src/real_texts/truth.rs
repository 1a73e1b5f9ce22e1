//! The true titles and dates, how titles are compared, and which truths cannot be true.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::Path;

/// A row of the table of true metadata; other columns are left alone.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Truth {
    /// The path under the folder of texts.
    pub(crate) file: String,
    pub(crate) title: String,
    /// The main speaker with the office, such as `President Ana Vale`; empty for several or none.
    #[serde(default)]
    pub(crate) speaker: String,
    /// The date as `YYYY-MM-DD`.
    pub(crate) date: String,
    /// The address of the page, whose last part the site made from the page's title.
    pub(crate) url: String,
}

/// Reads the table, ordered as it is.
///
/// # Errors
/// Where the table cannot be read or lacks a column.
pub(crate) fn read(path: &Path) -> Result<Vec<Truth>> {
    let mut table =
        csv::Reader::from_path(path).with_context(|| format!("cannot read {}", path.display()))?;
    table
        .deserialize()
        .collect::<Result<_, _>>()
        .with_context(|| format!("{} is not a table of true metadata", path.display()))
}

/// Folds what titles may differ in without being wrong: case, whitespace, shapes of marks.
pub(crate) fn fold_title(title: &str) -> String {
    let straight: String = title.to_lowercase().chars().map(straighten).collect();
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn straighten(mark: char) -> char {
    match mark {
        '‘' | '’' | '‚' | '‛' | '`' | '´' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '″' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        other => other,
    }
}

impl Truth {
    /// Says whether the row names a main speaker.
    pub(crate) fn names_speaker(&self) -> bool {
        !self.speaker.is_empty()
    }

    /// Says why the title is evidently an error of scraping, if it is.
    ///
    /// The rule is general: a title holds no clock time, and shares at least one word of four
    /// letters or more with the page's address, which the site made from the page's title.
    pub(crate) fn scraping_error(&self) -> Option<&'static str> {
        if holds_clock_time(&self.title) {
            return Some("holds a clock time");
        }
        let address = last_parts(&self.url);
        let shares_a_word =
            words(&self.title).any(|word| word.chars().count() >= 4 && address.contains(&word));
        (!shares_a_word).then_some("shares no word with the page's address")
    }
}

/// Says whether a word is a time such as `9:54`, followed by `A.M.`, `PM` or the like.
fn holds_clock_time(title: &str) -> bool {
    let words: Vec<String> = title.split_whitespace().map(str::to_lowercase).collect();
    words.windows(2).any(|pair| match pair {
        [time, half] => {
            let is_number = |part: &str| {
                !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())
            };
            let half: String = half.chars().filter(char::is_ascii_alphabetic).collect();
            let is_time = time
                .split_once(':')
                .is_some_and(|(hour, minute)| is_number(hour) && is_number(minute));
            is_time && (half == "am" || half == "pm")
        }
        _ => false,
    })
}

/// Returns the letters and digits of the address after its host, in lower case.
fn last_parts(url: &str) -> String {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split_once('/').map_or(path, |(_, rest)| rest);
    // The folder that all pages lie in says nothing about one of them.
    let page = path
        .split('/')
        .filter(|part| !matches!(*part, "the-press-office" | "the_press_office"))
        .collect::<String>();
    page.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Splits a title into its words, in lower case.
fn words(title: &str) -> impl Iterator<Item = String> {
    title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !word.bytes().all(|b| b.is_ascii_digit()))
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn truth(title: &str, url: &str) -> Truth {
        Truth {
            file: String::new(),
            title: title.into(),
            speaker: String::new(),
            date: String::new(),
            url: url.into(),
        }
    }

    #[test]
    fn titles_are_compared_by_their_words() {
        for (one, other, same) in [
            ("REMARKS  ON\u{a0}ENERGY", "Remarks on Energy", true),
            ("The Nation’s “Mayors”", "the nation's \"mayors\"", true),
            ("Remarks — Part 1", "Remarks - Part 1", true),
            ("Remarks on Energy", "Remarks on the Energy", false),
        ] {
            assert_eq!(fold_title(one) == fold_title(other), same, "{one} / {other}");
        }
    }

    #[test]
    fn scraping_errors_are_told_by_rule() {
        let page = "http://site.gov/the-press-office/2011/12/16/remarks-mayor-opening-harbor";
        let joined = "http://site.gov/the_press_office/RemarksbytheMayoratHarborOpening";
        for (title, url, is_error) in [
            ("Remarks by the Mayor at Harbor Opening", page, false),
            ("REMARKS BY THE MAYOR", joined, false),
            ("10:05 A.M. EST", page, true),
            ("Remarks by the Mayor 4:20 PM", page, true),
            ("Blue Room", page, true),
            ("Press Office", page, true),
            ("As Prepared for Delivery", joined, true),
            ("Remarks at 10:05 sharp", page, false),
        ] {
            assert_eq!(truth(title, url).scraping_error().is_some(), is_error, "{title}");
        }
    }
}
