//! The cues of a subtitle file: WebVTT (W3C) and SubRip.

use super::markup::{Spoken, spoken_lines};

/// Problems with the lines of a file that are told one by one.
const MAX_PROBLEMS: usize = 20;

/// What is shown at a time.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cue {
    /// First millisecond.
    pub(super) start: u64,
    /// Millisecond after the last.
    pub(super) end: u64,
    /// Its lines without markup.
    pub(super) lines: Vec<Vec<Spoken>>,
}

/// The cues of a file in its order.
#[derive(Debug, Default)]
pub(super) struct Cues {
    pub(super) cues: Vec<Cue>,
    /// The language that the header states.
    pub(super) language: Option<String>,
    pub(super) problems: Vec<String>,
    n_problems: usize,
}

/// Where in the file a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Header,
    Between,
    /// In a comment, a style sheet or a region.
    Aside,
    Cue,
}

impl Cues {
    /// Reads the cues of a file; no word of them is lost, whatever their times say.
    pub(super) fn read(source: &str) -> Self {
        let source = source.trim_start_matches('\u{feff}');
        let mut found = Self::default();
        let is_vtt = source.starts_with("WEBVTT");
        let mut place = if is_vtt { Place::Header } else { Place::Between };
        let mut payload: Vec<&str> = Vec::new();
        let mut lines = source.lines().zip(1_usize..).peekable();
        while let Some((line, number)) = lines.next() {
            let content = line.trim();
            if content.is_empty() {
                found.end_cue(&mut payload);
                place = Place::Between;
                continue;
            }
            if content.contains("-->") && place != Place::Aside {
                found.end_cue(&mut payload);
                found.begin_cue(content, number);
                place = Place::Cue;
                continue;
            }
            let before_times = lines.peek().is_some_and(|(next, _)| next.contains("-->"));
            match place {
                Place::Header => found.header_line(content),
                Place::Aside => {}
                // Cues need no blank line between them where each has its number.
                Place::Cue if before_times && content.bytes().all(|b| b.is_ascii_digit()) => {}
                Place::Cue => payload.push(line),
                Place::Between if is_vtt && is_aside(content) => place = Place::Aside,
                Place::Between if before_times => {}
                Place::Between => {
                    found.problem(number, "words outside any cue, taken to the one before");
                    if found.cues.is_empty() {
                        found.cues.push(Cue::default());
                    }
                    payload.push(line);
                    place = Place::Cue;
                }
            }
        }
        found.end_cue(&mut payload);
        if found.n_problems > MAX_PROBLEMS {
            let n = found.n_problems - MAX_PROBLEMS;
            found.problems.push(format!("{n} more lines like these"));
        }
        found
    }

    fn header_line(&mut self, line: &str) {
        let language = line.strip_prefix("Language:").map(|rest| rest.trim().to_owned());
        self.language = self.language.take().or(language);
    }

    fn begin_cue(&mut self, line: &str, number: usize) {
        let last = self.cues.last().map_or(0, |cue| cue.end);
        let (start, end) = times(line).unwrap_or_else(|| {
            self.problem(number, "times that cannot be read");
            (last, last)
        });
        if end < start {
            self.problem(number, "a cue that ends before it begins");
        }
        self.cues.push(Cue { start, end: end.max(start), lines: Vec::new() });
    }

    fn end_cue(&mut self, payload: &mut Vec<&str>) {
        if payload.is_empty() {
            return;
        }
        if let Some(cue) = self.cues.last_mut() {
            cue.lines.extend(spoken_lines(payload));
        }
        payload.clear();
    }

    fn problem(&mut self, number: usize, what: &str) {
        self.n_problems += 1;
        if self.n_problems <= MAX_PROBLEMS {
            self.problems.push(format!("line {number}: {what}"));
        }
    }
}

fn is_aside(line: &str) -> bool {
    ["NOTE", "STYLE", "REGION"].iter().any(|name| {
        line.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    })
}

/// Tells whether a line says from when to when a cue is shown.
pub(super) fn is_time_line(line: &str) -> bool {
    times(line.trim()).is_some()
}

/// Reads the first and last millisecond of a cue.
fn times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some((milliseconds(start.trim())?, milliseconds(end)?))
}

/// Reads `HH:MM:SS.mmm`, with or without hours, with a stop or a comma.
fn milliseconds(time: &str) -> Option<u64> {
    let (clock, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    if !(1..=3).contains(&fraction.len()) {
        return None;
    }
    let scale = 10_u64.pow(3 - fraction.len() as u32);
    let fraction = number(fraction)? * scale;
    let mut parts = clock.rsplit(':');
    let seconds = number(parts.next()?).filter(|&n| n < 60)?;
    let minutes = number(parts.next()?).filter(|&n| n < 60)?;
    let hours = parts.next().map_or(Some(0), number)?;
    if parts.next().is_some() {
        return None;
    }
    Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction)
}

fn number(digits: &str) -> Option<u64> {
    let is_number = (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_both_formats() {
        for (line, expected) in [
            ("00:00:01,000 --> 00:00:04,500", Some((1000, 4500))),
            ("00:01.000 --> 00:02.5 align:start position:0%", Some((1000, 2500))),
            ("100:00:01.000-->100:00:02.000", Some((360_001_000, 360_002_000))),
            ("00:00:01 --> 00:00:02", Some((1000, 2000))),
            ("00:61:01.000 --> 00:00:02.000", None),
            ("1 --> 2", None),
            ("00:00:-1.000 --> 00:00:02.000", None),
            ("99999999999999999999:00:00.000 --> 00:00:02.000", None),
            ("-->", None),
        ] {
            assert_eq!(times(line), expected, "{line}");
        }
    }

    #[test]
    fn asides_and_numbers_are_no_words() {
        let source = "WEBVTT - Title\nKind: captions\nLanguage: fr\n\nNOTE a comment\nof two lines --> here\n\nSTYLE\n::cue { color: red }\n\n1\n00:01.000 --> 00:02.000\none\n2011\n\nid x\n00:02.000 --> 00:03.000\ntwo\n3\n00:03.000 --> 00:04.000\nthree\n\nlost\n00:zz --> 00:05.000\nfour\n";
        let found = Cues::read(source);
        let words: Vec<Vec<&str>> = found
            .cues
            .iter()
            .map(|cue| cue.lines.iter().flatten().map(|s| s.text.as_str()).collect())
            .collect();
        assert_eq!(words, [vec!["one", "2011"], vec!["two"], vec!["three"], vec!["four"]]);
        assert_eq!(found.language.as_deref(), Some("fr"));
        assert_eq!(found.problems, ["line 24: times that cannot be read"]);
        let found = Cues::read("stray\n\n1\n00:00:01,000 --> 00:00:02,000\none\n\nstray too\n");
        assert_eq!(found.cues.len(), 2);
        let told = "words outside any cue, taken to the one before";
        assert_eq!(found.problems, [format!("line 1: {told}"), format!("line 7: {told}")]);
    }
}
