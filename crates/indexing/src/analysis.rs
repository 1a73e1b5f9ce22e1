use onrecord_text::{Tokens, fold_token, tokens};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// The version of tokens, folding and stems that an index is made with; raised whenever any of
/// them changes, so that documents are analysed anew.
pub const ANALYSIS: u32 = 1;

/// The name of the analyzer that yields folded words.
pub(crate) const WORDS: &str = "onrecord-words";

/// The name of the analyzer of what is in its indexed form already.
pub(crate) const FORMS: &str = "onrecord-forms";

/// Makes the analyzers of every field; one that is missing would be noticed at a commit only.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, TextAnalyzer::builder(WordTokenizer::default()).build());
    manager.register(FORMS, TextAnalyzer::builder(FormTokenizer::default()).build());
    manager
}

/// Cuts a text into the tokens of `onrecord_text`, folded.
#[derive(Clone, Default)]
struct WordTokenizer {
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream { text, spans: tokens(text), token: &mut self.token }
    }
}

struct WordStream<'a> {
    text: &'a str,
    spans: Tokens<'a>,
    token: &'a mut Token,
}

impl TokenStream for WordStream<'_> {
    #[expect(clippy::string_slice, reason = "the spans are of this text")]
    fn advance(&mut self) -> bool {
        let Some(span) = self.spans.next() else { return false };
        self.token.text.clear();
        fold_token(&self.text[span.range()], &mut self.token.text);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Adds a form of a token to others; no form holds a blank.
pub(crate) fn push_form(forms: &mut String, form: &str) {
    if !forms.is_empty() {
        forms.push(' ');
    }
    forms.push_str(form);
}

/// Cuts at every blank; two in a row leave a position empty.
#[derive(Clone, Default)]
struct FormTokenizer {
    token: Token,
}

impl Tokenizer for FormTokenizer {
    type TokenStream<'a> = FormStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FormStream<'a> {
        self.token.reset();
        FormStream { rest: text, token: &mut self.token }
    }
}

struct FormStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl TokenStream for FormStream<'_> {
    fn advance(&mut self) -> bool {
        while !self.rest.is_empty() {
            // Forms are short: to look for the blank byte by byte beats a search made for long
            // texts.
            let n_bytes = self.rest.bytes().position(|byte| byte == b' ');
            let (form, rest) = self.rest.split_at(n_bytes.unwrap_or(self.rest.len()));
            self.rest = rest.get(1..).unwrap_or_default();
            self.token.position = self.token.position.wrapping_add(1);
            if !form.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(form);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_gaps() {
        let mut tokenizer = FormTokenizer::default();
        let mut stream = tokenizer.token_stream("one two  three");
        let mut found = Vec::new();
        stream.process(&mut |token| found.push((token.text.clone(), token.position)));
        let expected = [("one", 0), ("two", 1), ("three", 3)];
        assert_eq!(found, expected.map(|(text, position)| (text.to_owned(), position)));
        assert!(!tokenizer.token_stream("").advance());
    }
}
