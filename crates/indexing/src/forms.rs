use onrecord_model::{Document, Passage, Span};
use onrecord_text::{Lexicon, tokens};

/// The tokens of a document's passages and their forms, each found once for all fields.
pub(crate) struct Forms {
    /// In order; offsets are of the document.
    tokens: Vec<Span>,
    /// Where the tokens of each passage end.
    token_ends: Vec<usize>,
    words: Vec<String>,
    stems: Vec<String>,
}

impl Forms {
    /// Cuts all passages into tokens and looks up their forms.
    pub(crate) fn of(document: &Document, passages: &[Passage], lexicon: &mut Lexicon) -> Self {
        let n_tokens = passages.iter().map(|passage| passage.tokens as usize).sum();
        let mut forms = Self {
            tokens: Vec::with_capacity(n_tokens),
            token_ends: Vec::with_capacity(passages.len()),
            words: Vec::with_capacity(passages.len()),
            stems: Vec::with_capacity(passages.len()),
        };
        for passage in passages {
            forms.add(document, passage, lexicon);
        }
        forms
    }

    fn add(&mut self, document: &Document, passage: &Passage, lexicon: &mut Lexicon) {
        let length = passage.span.len() as usize;
        let mut words = String::with_capacity(length + 1);
        let mut stems = String::with_capacity(length + 1);
        for token in tokens(document.slice(passage.span)) {
            let token = token.shifted(passage.span.start);
            let word = lexicon.word(document.slice(token));
            push(&mut words, word.folded);
            push(&mut stems, word.stem);
            self.tokens.push(token);
        }
        self.token_ends.push(self.tokens.len());
        self.words.push(words);
        self.stems.push(stems);
    }

    /// Returns the tokens of the passage of an ordinal.
    pub(crate) fn tokens(&self, ordinal: usize) -> &[Span] {
        let start = ordinal.checked_sub(1).map_or(0, |before| self.token_ends[before]);
        &self.tokens[start..self.token_ends[ordinal]]
    }

    /// Takes the folded words of a passage, with blanks between them.
    pub(crate) fn take_words(&mut self, ordinal: usize) -> String {
        std::mem::take(&mut self.words[ordinal])
    }

    /// Takes the stems of a passage, with blanks between them.
    pub(crate) fn take_stems(&mut self, ordinal: usize) -> String {
        std::mem::take(&mut self.stems[ordinal])
    }
}

/// Adds a form to others; no form holds a blank.
pub(crate) fn push(forms: &mut String, form: &str) {
    if !forms.is_empty() {
        forms.push(' ');
    }
    forms.push_str(form);
}
