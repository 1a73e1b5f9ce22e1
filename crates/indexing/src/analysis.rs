use onrecord_text::{Lexicon, Tokens, fold_token, tokens};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// The version of tokens, folding and stems that an index is made with; raised whenever any of
/// them changes, so that documents are analysed anew.
pub const ANALYSIS: u32 = 1;

/// The name of the analyzer that yields stems.
pub(crate) const STEMS: &str = "onrecord-stems";

/// The name of the analyzer that yields folded words.
pub(crate) const WORDS: &str = "onrecord-words";

/// Makes the analyzers of every field; one that is missing would be noticed at a commit only.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    for (name, form) in [(STEMS, Form::Stem), (WORDS, Form::Folded)] {
        manager.register(name, TextAnalyzer::builder(WordTokenizer::new(form)).build());
    }
    manager
}

/// The form of a token that goes into an index.
#[derive(Clone, Copy, Debug)]
enum Form {
    Folded,
    Stem,
}

/// Cuts a text into the tokens of `onrecord_text` in one of their forms.
#[derive(Clone)]
struct WordTokenizer {
    form: Form,
    lexicon: Lexicon,
    token: Token,
}

impl WordTokenizer {
    fn new(form: Form) -> Self {
        Self { form, lexicon: Lexicon::new(), token: Token::default() }
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream { text, spans: tokens(text), tokenizer: self }
    }
}

struct WordStream<'a> {
    text: &'a str,
    spans: Tokens<'a>,
    tokenizer: &'a mut WordTokenizer,
}

impl TokenStream for WordStream<'_> {
    #[expect(clippy::string_slice, reason = "the spans are of this text")]
    fn advance(&mut self) -> bool {
        let Some(span) = self.spans.next() else { return false };
        let WordTokenizer { form, lexicon, token } = &mut *self.tokenizer;
        let written = &self.text[span.range()];
        token.text.clear();
        match form {
            Form::Folded => fold_token(written, &mut token.text),
            Form::Stem => token.text.push_str(&lexicon.word(written).stem),
        }
        token.offset_from = span.start as usize;
        token.offset_to = span.end as usize;
        token.position = token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.tokenizer.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokenizer.token
    }
}
