//! Edge n-grams: every beginning of every word, for completing titles and names.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::folding::fold_span;
use super::tokenizer::{Span, spans};

/// How long a beginning is kept, in characters.
pub const EDGE_NGRAM: usize = 12;

/// Gives every beginning of every folded word, up to [`EDGE_NGRAM`] characters: for completing titles and names.
#[derive(Clone, Default)]
pub struct EdgeNgrams {
    spans: Vec<Span>,
    word: String,
    token: Token,
}

impl Tokenizer for EdgeNgrams {
    type TokenStream<'a> = EdgeNgramTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> EdgeNgramTokens<'a> {
        spans(text, &mut self.spans);
        self.word.clear();
        self.token.reset();
        self.token.position = 0;
        EdgeNgramTokens { text, ngrams: self, next: 0 }
    }
}

/// The beginnings of one text's words.
pub struct EdgeNgramTokens<'a> {
    text: &'a str,
    ngrams: &'a mut EdgeNgrams,
    next: usize,
}

impl TokenStream for EdgeNgramTokens<'_> {
    fn advance(&mut self) -> bool {
        let EdgeNgrams { spans, word, token } = &mut *self.ngrams;
        loop {
            let known = token.text.len();
            if let Some(c) = word[known..].chars().next().filter(|_| token.text.chars().count() < EDGE_NGRAM) {
                token.text.push(c);
                return true;
            }
            let Some(&span) = spans.get(self.next) else { return false };
            self.next += 1;
            word.clear();
            fold_span(span, self.text, word);
            token.text.clear();
            token.offset_from = span.from;
            token.offset_to = span.to;
        }
    }

    fn token(&self) -> &Token {
        &self.ngrams.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.ngrams.token
    }
}
