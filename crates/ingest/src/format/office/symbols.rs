//! Characters of symbol fonts.

/// The letters of the Symbol font, in the places of A to Z and a to z (Unicode's mapping table
/// `ADOBE/symbol.txt`).
const CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

/// Returns the character that a place in a symbol font stands for; fonts that are not known keep
/// theirs. Word writes the places as they are or from U+F000 on.
pub(super) fn symbol(font: &str, code: u32) -> Option<char> {
    let place = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let font = font.to_lowercase();
    let found = if font.starts_with("symbol") {
        of_symbol(place)
    } else if font.starts_with("wingdings") && !font.ends_with(['2', '3']) {
        of_wingdings(place)
    } else {
        None
    };
    found.or_else(|| char::from_u32(code))
}

fn of_symbol(place: u32) -> Option<char> {
    let letter =
        |letters: &str, first: u8| letters.chars().nth((place - u32::from(first)) as usize);
    match place {
        0x41..=0x5a => letter(CAPITALS, b'A'),
        0x61..=0x7a => letter(SMALL, b'a'),
        0x20..=0x3f => char::from_u32(place),
        0xa2 => Some('′'),
        0xa3 => Some('≤'),
        0xa5 => Some('∞'),
        0xae => Some('→'),
        0xb0 => Some('°'),
        0xb1 => Some('±'),
        0xb3 => Some('≥'),
        0xb4 => Some('×'),
        0xb7 => Some('•'),
        0xb8 => Some('÷'),
        0xb9 => Some('≠'),
        0xbb => Some('≈'),
        0xbc => Some('…'),
        0xd2 => Some('®'),
        0xd3 => Some('©'),
        0xd4 => Some('™'),
        _ => None,
    }
}

fn of_wingdings(place: u32) -> Option<char> {
    Some(match place {
        0x4a => '☺',
        0x6c => '●',
        0x6e => '■',
        0x6f => '□',
        0x71 => '❑',
        0x76 => '❖',
        0x9f => '•',
        0xa7 => '▪',
        0xa8 => '◻',
        0xd8 => '➢',
        0xdf => '←',
        0xe0 => '→',
        0xe8 => '➔',
        0xfb => '✗',
        0xfc => '✓',
        0xfe => '☑',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stand_for_characters() {
        for (font, code, expected) in [
            ("Symbol", 0xf061, Some('α')),
            ("Symbol", 0x57, Some('Ω')),
            ("Symbol", 0xf0b7, Some('•')),
            ("Wingdings", 0xf0fc, Some('✓')),
            ("Wingdings 2", 0xf0fc, Some('\u{f0fc}')),
            ("Arial", 0xe9, Some('é')),
            ("Arial", 0xd800, None),
        ] {
            assert_eq!(symbol(font, code), expected, "{font} {code:x}");
        }
    }
}
