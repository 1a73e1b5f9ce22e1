use onrecord_report::Specification;

/// Writes the command that makes a report into a file of this name.
///
/// Fields of questions have the names of their options; those that stand without one on the command
/// line come first.
pub(super) fn command_of(specification: &Specification, file: &str) -> String {
    let mut words = vec!["onrecord".to_owned(), "report".to_owned()];
    words.push(specification.report.kind().to_owned());
    let fields = serde_json::to_value(&specification.report).unwrap_or_default();
    let fields = fields.as_object().cloned().unwrap_or_default();
    let mut options = Vec::new();
    for (name, value) in &fields {
        match name.as_str() {
            "kind" => {}
            "a" | "b" | "drafts" => words.extend(values_of(value).iter().map(|word| quoted(word))),
            "parts" => {
                for part in values_of(value) {
                    options.extend(["--part".to_owned(), quoted(&part)]);
                }
            }
            "by" if values_of(value).is_empty() => options.push("--by none".to_owned()),
            name => {
                let name = if name == "quote-kind" { "kind" } else { name };
                options.push(format!("--{name}"));
                if !value.is_boolean() {
                    options.push(quoted(&values_of(value).join(",")));
                }
            }
        }
    }
    words.extend(options);
    if !specification.columns.is_empty() {
        words.extend(["--columns".to_owned(), quoted(&specification.columns.join(","))]);
    }
    words.extend(["--format".to_owned(), specification.format.name().to_owned()]);
    words.extend(specification.for_spreadsheet.then(|| "--for-spreadsheet".to_owned()));
    words.extend(["--output".to_owned(), quoted(file)]);
    words.join(" ")
}

/// Returns the words of a field: those of a list, or the one of a value.
fn values_of(value: &serde_json::Value) -> Vec<String> {
    let word =
        |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    value.as_array().map_or_else(|| vec![word(value)], |list| list.iter().map(word).collect())
}

/// Quotes a word for a shell where it must be.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./,:".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{Args, Command, Making, Report};
    use clap::Parser;

    #[test]
    fn commands_ask_for_what_they_are_of() {
        for command in [
            "onrecord report priorities --by speaker,year --fold-duplicates --query 'a b' --format csv",
            "onrecord report priorities --by none --part 'N=speaker:vale x' --part S=doc:1 --format md",
            "onrecord report priorities --by country --cross per-1000-words --columns country,freedom --format xlsx",
            "onrecord report priorities --explode --format jsonl",
            "onrecord report compare 'it'\\''s' b:c --keywords 3 --format csv --for-spreadsheet",
            "onrecord report quotes --kind block --since 2011-07 --format tsv",
            "onrecord report coverage --all --by office --format csv",
            "onrecord report check drafts/a.md 'my drafts' --format html",
            "onrecord report overview --passages 0 --speakers 3 --format html",
        ] {
            let words = split(command);
            let args = Args::try_parse_from(&words).unwrap();
            let making = making_of(&args);
            let output = &making.form.output;
            let specification = Specification::new(
                making.question.clone(),
                output.format.unwrap(),
                making.form.columns.clone(),
                output.for_spreadsheet,
            );
            let specification = specification.unwrap();
            let name = "it's my $(file).csv";
            let again = Args::try_parse_from(split(&command_of(&specification, name))).unwrap();
            let again = making_of(&again);
            assert_eq!(again.question, specification.report, "{command}");
            assert_eq!(again.form.output.output.as_deref(), Some(std::path::Path::new(name)));
            let json = serde_json::to_string(&specification).unwrap();
            assert_eq!(serde_json::from_str::<Specification>(&json).unwrap(), specification);
        }
    }

    fn making_of(args: &Args) -> Making<'_> {
        let Command::Report(report) = &args.command else { panic!("no report") };
        match &**report {
            Report::Make(kind) => kind.making(),
            Report::Rerun(_) | Report::All(_) | Report::Columns(_) => panic!("no report"),
        }
    }

    /// Splits a command as a shell does, as far as [`quoted`] goes.
    fn split(command: &str) -> Vec<String> {
        let (mut words, mut word, mut is_quoted) = (Vec::new(), String::new(), false);
        let mut letters = command.chars();
        while let Some(c) = letters.next() {
            match c {
                '\'' => is_quoted = !is_quoted,
                '\\' if !is_quoted => word.extend(letters.next()),
                ' ' if !is_quoted => words.push(std::mem::take(&mut word)),
                c => word.push(c),
            }
        }
        words.push(word);
        words
    }
}
