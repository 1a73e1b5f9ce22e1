//! BibTeX entries that any BibTeX can read: ASCII where TeX has a command for a character.

use super::dates::bibtex_month;
use super::name::{Name, plain_letters};
use super::work::{Genre, Series, Work};
use onrecord_model::DocumentId;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Writes the entry of a work.
///
/// The key is made of the first author's name, the year and a word of the title, with the
/// first digits of the document's id, so that the keys of no two documents are the same.
pub(super) fn entry(work: &Work<'_>, id: DocumentId) -> String {
    let is_report = work.genre == Genre::FactSheet || work.genre == Genre::PressRelease;
    let kind = if is_report && institution(work).is_some() { "techreport" } else { "misc" };
    let mut fields: Vec<(&str, String)> = Vec::new();
    let authors: Vec<String> = work.authors.iter().map(author).collect();
    if !authors.is_empty() {
        fields.push(("author", braced(&authors.join(" and "))));
    }
    fields.extend(work.title.map(|title| ("title", format!("{{{{{}}}}}", escaped(title)))));
    let noun = work.genre.capital_noun();
    match institution(work).filter(|_| kind == "techreport") {
        Some(institution) => {
            fields.push(("institution", braced(&escaped(&institution))));
            fields.extend(noun.map(|noun| ("type", braced(&noun))));
        }
        None => {
            let published = [
                noun.as_deref().filter(|_| work.series.is_none()),
                work.event,
                work.place,
                work.publisher.filter(|_| work.series.is_none()),
            ];
            let series = work.series.as_ref().map(printed);
            let published: Vec<&str> =
                published.into_iter().flatten().chain(series.as_deref()).collect();
            if !published.is_empty() {
                fields.push(("howpublished", braced(&escaped(&published.join(", ")))));
            }
        }
    }
    if let Some(date) = work.released.or(work.date) {
        fields.push(("year", braced(&date.year().to_string())));
        // Months are macros, without braces, so that styles may write them in their own way.
        fields.extend(bibtex_month(date).map(|month| match date.day() {
            Some(day) => ("month", format!("{month} # {{~{day}}}")),
            None => ("month", month),
        }));
    }
    fields.extend(note(work).map(|note| ("note", braced(&escaped(&note)))));
    fields.extend(work.url.map(|url| ("url", braced(&url_in_braces(url)))));
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("  {name} = {value},\n")).collect();
    format!("@{kind}{{{},\n{}}}", key(work, id), fields.concat())
}

fn key(work: &Work<'_>, id: DocumentId) -> String {
    let author = work.authors.first().map(|name| plain_letters(name.short()));
    let year = work.date.map(|date| date.year().to_string());
    let title = work.title.unwrap_or_default();
    let word = title.split_whitespace().map(plain_letters).find(|word| word.len() > 3);
    let id: String = id.to_string().chars().take(6).collect();
    let parts = [author.map(|author| author.chars().take(24).collect()), year, word, Some(id)];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

fn author(name: &Name) -> String {
    match name {
        // Braces keep a name whole that holds `and` or a comma.
        Name::Literal(name) => braced(&escaped(name)),
        Name::Person { given, family, suffix, .. } => {
            let suffix = suffix.as_ref().map(|suffix| format!(", {}", escaped(suffix)));
            // More than one word of a family name would be read as given names and particles.
            let family = match family.contains(' ') {
                true => braced(&escaped(family)),
                false => escaped(family),
            };
            format!("{family}{}, {}", suffix.unwrap_or_default(), escaped(given))
        }
    }
}

fn institution(work: &Work<'_>) -> Option<String> {
    let author = || work.author().filter(|_| work.publisher.is_none());
    work.publisher.map(str::to_owned).or_else(author)
}

fn printed(series: &Series) -> String {
    match series {
        Series::CongressionalRecord { volume, issue, pages } => {
            let issue = issue.as_ref().map(|issue| format!("({issue})")).unwrap_or_default();
            let pages = pages.as_ref().map(|pages| format!(":{pages}")).unwrap_or_default();
            format!("Congressional Record {volume}{issue}{pages}")
        }
        Series::Hansard { volume, columns, .. } => {
            let columns = columns.as_ref().map(|columns| format!(":{columns}"));
            format!("Hansard {volume}{}", columns.unwrap_or_default())
        }
    }
}

fn note(work: &Work<'_>) -> Option<String> {
    let voice = work.voice.as_ref().map(|voice| format!("words of {}", voice.full()));
    let parts =
        [voice, work.office.map(str::to_owned), work.version.map(str::to_owned), work.pinpoint()];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn braced(value: &str) -> String {
    format!("{{{value}}}")
}

/// Writes an address, which TeX takes as it is, without what would end the field.
fn url_in_braces(url: &str) -> String {
    url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")
}

/// Writes a text so that TeX prints it: its own marks escaped, accents as commands.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars() {
        if c == '"' {
            let is_opening = last.is_whitespace() || matches!(last, '(' | '[');
            written.push_str(if is_opening { "``" } else { "''" });
        } else {
            push_escaped(c, &mut written);
        }
        last = c;
    }
    written
}

fn push_escaped(c: char, written: &mut String) {
    if let Some(&(_, command)) = COMMANDS.iter().find(|(from, _)| *from == c) {
        return written.push_str(command);
    }
    if c.is_ascii() || !push_accented(c, written) {
        written.push(if c.is_control() { ' ' } else { c });
    }
}

/// Writes a letter with one accent as a command; tells whether it is one.
fn push_accented(c: char, written: &mut String) -> bool {
    let mut parts = Vec::new();
    decompose_canonical(c, |part| parts.push(part));
    let [base, mark] = *parts else { return false };
    if !base.is_ascii_alphabetic() || !is_combining_mark(mark) {
        return false;
    }
    let Some((_, command)) = ACCENTS.iter().find(|(accent, _)| *accent == mark) else {
        return false;
    };
    // An accent over an i or j takes the place of its dot.
    let base = match base {
        'i' => "\\i".to_owned(),
        'j' => "\\j".to_owned(),
        base => base.to_string(),
    };
    written.push_str(&format!("{{\\{command}{{{base}}}}}"));
    true
}

/// Combining marks and the commands of LaTeX for them.
const ACCENTS: [(char, &str); 13] = [
    ('\u{300}', "`"),
    ('\u{301}', "'"),
    ('\u{302}', "^"),
    ('\u{303}', "~"),
    ('\u{304}', "="),
    ('\u{306}', "u"),
    ('\u{307}', "."),
    ('\u{308}', "\""),
    ('\u{30a}', "r"),
    ('\u{30b}', "H"),
    ('\u{30c}', "v"),
    ('\u{327}', "c"),
    ('\u{328}', "k"),
];

/// Characters that TeX reads otherwise, or has a command for.
const COMMANDS: [(char, &str); 35] = [
    ('\\', "{\\textbackslash}"),
    ('{', "\\{"),
    ('}', "\\}"),
    ('&', "\\&"),
    ('%', "\\%"),
    ('$', "\\$"),
    ('#', "\\#"),
    ('_', "\\_"),
    ('~', "{\\textasciitilde}"),
    ('^', "{\\textasciicircum}"),
    ('“', "``"),
    ('”', "''"),
    ('‘', "`"),
    ('’', "'"),
    ('–', "--"),
    ('—', "---"),
    ('…', "{\\ldots}"),
    ('«', "{\\guillemotleft}"),
    ('»', "{\\guillemotright}"),
    ('\u{a0}', "~"),
    ('ß', "{\\ss}"),
    ('æ', "{\\ae}"),
    ('Æ', "{\\AE}"),
    ('œ', "{\\oe}"),
    ('Œ', "{\\OE}"),
    ('ø', "{\\o}"),
    ('Ø', "{\\O}"),
    ('ł', "{\\l}"),
    ('Ł', "{\\L}"),
    ('đ', "{\\dj}"),
    ('Đ', "{\\DJ}"),
    ('ı', "{\\i}"),
    ('§', "{\\S}"),
    ('£', "{\\pounds}"),
    ('€', "{\\texteuro}"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes() {
        for (text, expected) in [
            (
                "A&T: 50% of $5 #1 a_b {x} ~ ^ \\",
                "A\\&T: 50\\% of \\$5 \\#1 a\\_b \\{x\\} {\\textasciitilde} {\\textasciicircum} {\\textbackslash}",
            ),
            ("“Open” — it’s 1–2", "``Open'' --- it's 1--2"),
            ("a \"b\" c", "a ``b'' c"),
            (
                "Émile Oré, Zoë, Łódź, façade, naïve",
                "{\\'{E}}mile Or{\\'{e}}, Zo{\\\"{e}}, {\\L}{\\'{o}}d{\\'{z}}, fa{\\c{c}}ade, na{\\\"{\\i}}ve",
            ),
            ("Größe, Øre, Ćirić", "Gr{\\\"{o}}{\\ss}e, {\\O}re, {\\'{C}}iri{\\'{c}}"),
            ("日本", "日本"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    proptest! {
        #[test]
        fn braces_balance(text in "[\\PC{}\\\\]{0,60}") {
            let mut depth = 0i32;
            let escaped = escaped(&text).replace("\\{", "").replace("\\}", "");
            for c in escaped.chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                prop_assert!(depth >= 0);
            }
            prop_assert_eq!(depth, 0);
        }
    }
}
