use crate::offsets::OffsetMap;

/// A text in matching form, with the way back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The matching form.
    pub text: String,
    /// Spans of the matching form to spans of the text.
    pub offsets: OffsetMap,
}

/// Brings a text into the form in which texts are compared.
///
/// Lower case; straight marks for curly ones; `-` for every dash; a space for every blank;
/// letters for ligatures and long s; `...` for an ellipsis; soft hyphens, zero-width and
/// direction characters dropped. Accents are kept.
pub fn fold(text: &str) -> Folded {
    let mut folded = String::with_capacity(text.len());
    let mut offsets = OffsetMap::default();
    for c in text.chars() {
        let before = folded.len();
        push_folded(c, &mut folded);
        let n_bytes = folded.len() - before;
        // The three letters of some ligatures take as many bytes, but are no copies of its bytes.
        let is_one = folded.get(before..).is_some_and(|made| made.chars().nth(1).is_none());
        if is_one && n_bytes == c.len_utf8() {
            offsets.push_copied(n_bytes);
        } else {
            offsets.push(n_bytes, c.len_utf8());
        }
    }
    Folded { text: folded, offsets }
}

/// Appends the matching form of one character.
pub(crate) fn push_folded(c: char, folded: &mut String) {
    if c.is_ascii() {
        let c = if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() };
        return folded.push(c);
    }
    match c {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '‹' | '›' => folded.push('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => folded.push('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
        '…' => folded.push_str("..."),
        'ﬀ' => folded.push_str("ff"),
        'ﬁ' => folded.push_str("fi"),
        'ﬂ' => folded.push_str("fl"),
        'ﬃ' => folded.push_str("ffi"),
        'ﬄ' => folded.push_str("ffl"),
        'ﬅ' | 'ﬆ' => folded.push_str("st"),
        'ſ' => folded.push('s'),
        c if is_ignorable(c) => {}
        c if c.is_whitespace() => folded.push(' '),
        c => folded.extend(c.to_lowercase()),
    }
}

/// Tells whether a character is invisible and carries no meaning for matching: soft hyphens,
/// zero-width characters, direction marks.
pub(crate) const fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::Span;
    use proptest::prelude::*;

    #[test]
    fn forms() {
        for (text, folded) in [
            ("The “Net’s” EDGE", "the \"net's\" edge"),
            ("so—called pre‑war 1990–91", "so-called pre-war 1990-91"),
            ("a\u{a0}b\u{2009}c\nd", "a b c d"),
            ("co\u{ad}op\u{200b}erate", "cooperate"),
            ("ﬁnal oﬃce Éire", "final office éire"),
            ("wait… «oui»", "wait... \"oui\""),
        ] {
            assert_eq!(fold(text).text, folded);
        }
    }

    #[test]
    fn offsets_lead_back() {
        let folded = fold("a…ﬁb");
        assert_eq!(folded.text, "a...fib");
        let back = [(0, 1), (1, 4), (4, 5), (5, 6), (6, 7), (0, 7)]
            .map(|(start, end)| folded.offsets.source_span(Span::new(start, end)).range());
        assert_eq!(back, [0..1, 1..4, 4..7, 4..7, 7..8, 0..8]);
    }

    #[test]
    fn a_part_of_what_one_character_became_leads_back_to_all_of_it() {
        for text in ["…", "ﬃ", "ﬄ"] {
            let offsets = fold(text).offsets;
            assert_eq!(offsets.source_span(Span::new(1, 2)), Span::new(0, 3), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_kept_character_leads_back_to_one_that_folds_to_it(text in "\\PC{0,30}|[aﬁ…\u{ad}“’—É ]{0,20}") {
            let folded = fold(&text);
            let mut start = 0;
            for (at, c) in text.char_indices() {
                let mut one = String::new();
                push_folded(c, &mut one);
                let end = start + one.len();
                prop_assert_eq!(&folded.text[start..end], one.as_str());
                if start < end {
                    let back = folded.offsets.source_span(Span::from_range(start..end));
                    prop_assert_eq!(back, Span::from_range(at..at + c.len_utf8()));
                }
                start = end;
            }
        }
    }
}
