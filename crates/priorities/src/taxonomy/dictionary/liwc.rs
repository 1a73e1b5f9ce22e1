//! Dictionaries of LIWC: numbered categories, then terms with the numbers they belong to.

use super::{Builder, Unfit, exact, unfit};
use std::collections::BTreeMap;

/// Reads a dictionary.
///
/// # Errors
/// The first line that is not of the format.
pub(super) fn read_liwc(text: &str, builder: &mut Builder) -> Result<(), Unfit> {
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    match lines.next() {
        Some((_, line)) if line.trim() == "%" => {}
        first => {
            let number = first.map_or(1, |(number, _)| number);
            return unfit(
                number,
                "a LIWC dictionary begins with a line of `%`, and this one does not",
            );
        }
    }
    let places = liwc_categories(&mut lines, text, builder)?;
    for (number, line) in lines {
        liwc_term(line.trim(), number, &places, builder)?;
    }
    Ok(())
}

/// Reads categories up to a line of `%`: their places by their numbers.
fn liwc_categories<'a>(
    lines: &mut impl Iterator<Item = (usize, &'a str)>,
    text: &str,
    builder: &mut Builder,
) -> Result<BTreeMap<String, usize>, Unfit> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    // The categories above the next one, each with how far it is set in.
    let mut above: Vec<(usize, usize)> = Vec::new();
    let mut is_closed = false;
    for (number, line) in lines {
        if line.trim() == "%" {
            is_closed = true;
            break;
        }
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        let parts = line.trim().split_once(char::is_whitespace);
        let is_number = |code: &str| code.bytes().all(|byte| byte.is_ascii_digit());
        let Some((code, name)) = parts.filter(|(code, _)| is_number(code)) else {
            let problem =
                format!("`{}` is no category: write its number and its name", line.trim());
            return unfit(number, problem);
        };
        above.retain(|(other, _)| *other < indent);
        let name = name.trim();
        let (short, long) = name.split_once('(').map_or((name, name), |(short, long)| {
            (short.trim(), long.trim_end().strip_suffix(')').unwrap_or(long))
        });
        let short = if short.is_empty() { long } else { short };
        let place = builder.add(short, long, above.last().map(|(_, place)| *place));
        above.push((indent, place));
        if places.insert(bare(code).to_owned(), place).is_some() {
            return unfit(
                number,
                format!("the number `{code}` is already that of a category above"),
            );
        }
    }
    if !is_closed {
        return unfit(text.lines().count().max(1), "the categories do not end with a line of `%`");
    }
    Ok(places)
}

/// Returns the number of a category without the zeros that it may be written with.
fn bare(code: &str) -> &str {
    code.trim_start_matches('0')
}

/// Reads a line of a term and the numbers of its categories.
fn liwc_term(
    line: &str,
    number: usize,
    places: &BTreeMap<String, usize>,
    builder: &mut Builder,
) -> Result<(), Unfit> {
    let (term, codes) = match line.split_once('\t') {
        Some((term, codes)) => (term.trim(), codes),
        None => line.split_once(' ').unwrap_or((line, "")),
    };
    if codes.trim().is_empty() {
        return unfit(number, format!("`{term}` has no category behind it"));
    }
    if codes.contains(['(', '<', '/']) {
        let problem =
            format!("`{term}` belongs to its categories under conditions, which are not read");
        builder.unfit.push(Unfit { line: Some(number), problem });
        return Ok(());
    }
    for code in codes.split_whitespace() {
        let Some(&place) = places.get(bare(code)) else {
            return unfit(
                number,
                format!("`{term}` is of category `{code}`, which is not listed above"),
            );
        };
        builder.add_term(place, exact(term), number);
    }
    Ok(())
}
