/// Writes words in capitals with one capital each.
pub fn in_title_case(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if inside {
            written.extend(c.to_lowercase());
        } else {
            written.push(c);
        }
        inside = c.is_alphabetic() || (inside && matches!(c, '\'' | '’'));
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_capital_a_word() {
        for (written, expected) in [
            ("ADA VALE", "Ada Vale"),
            ("JEAN-LUC O'NEIL’S", "Jean-Luc O'neil’s"),
            ("ÉMILE ÖTVÖS", "Émile Ötvös"),
            ("", ""),
        ] {
            assert_eq!(in_title_case(written), expected);
        }
    }
}
