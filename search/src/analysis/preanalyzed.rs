//! Terms that were made before the engine gets them.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Stands before a term that has the place of the one before it; like the end of a line it stands in no term.
pub const SAME_POSITION: char = '\t';

/// Gives the terms of a text, a line each, each in the next place but those behind [`SAME_POSITION`]: for terms that were made before the engine, which takes them in by
/// one thread, gets them.
#[derive(Clone, Default)]
pub struct PreanalyzedTerms {
    token: Token,
}

impl Tokenizer for PreanalyzedTerms {
    type TokenStream<'a> = PreanalyzedTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PreanalyzedTokens<'a> {
        self.token.reset();
        PreanalyzedTokens { lines: text.lines(), token: &mut self.token }
    }
}

/// The lines of one text.
pub struct PreanalyzedTokens<'a> {
    lines: std::str::Lines<'a>,
    token: &'a mut Token,
}

impl TokenStream for PreanalyzedTokens<'_> {
    fn advance(&mut self) -> bool {
        let Some(line) = self.lines.next() else { return false };
        let again = line.strip_prefix(SAME_POSITION);
        self.token.text.clear();
        self.token.text.push_str(again.unwrap_or(line));
        if again.is_none() {
            self.token.position = self.token.position.wrapping_add(1);
        }
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
