//! One pass over the bytes of a document or a body, before any parser sees them.
//!
//! The GraphQL parser recurses with the document's nesting and allocates for each token, so both are counted here first.
//! Invariant: constant memory, linear time, no recursion. What is not lexically right is left for the parser to name.

use std::borrow::Cow;

use super::{
    code::{Code, Refusal},
    limits::Limits,
};

/// The one character that databases don't keep, as it is and as it may be written in a string.
const NUL: [&str; 3] = ["\0", "\\u0000", "\\u{0"];

/// Counts a document's tokens and open brackets; stops at the first limit passed.
pub fn scan(text: &str, limits: &Limits) -> Result<u64, Refusal> {
    let bytes = text.as_bytes();
    let size = super::limits::count(bytes.len());
    if size > limits.query_bytes {
        return Err(Refusal::limit("query_bytes", size, limits.query_bytes));
    }
    if NUL.iter().any(|nul| text.contains(nul)) {
        return Err(Refusal::of_document(Code::BadRequest, "The document has the character U+0000, which no text may have."));
    }
    let (mut at, mut tokens, mut open) = (0, 0_u64, 0_u64);
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xEF | 0xBB | 0xBF => {
                at += 1;
                continue;
            }
            b'#' => {
                at = skip(bytes, at, |byte| !matches!(byte, b'\n' | b'\r'));
                continue;
            }
            b'"' => string_end(bytes, at),
            b'{' | b'(' | b'[' => {
                open += 1;
                if open > limits.nesting {
                    return Err(Refusal::limit("nesting", open, limits.nesting));
                }
                at + 1
            }
            b'}' | b')' | b']' => {
                open = open.saturating_sub(1);
                at + 1
            }
            b'.' if bytes[at..].starts_with(b"...") => at + 3,
            b'0'..=b'9' | b'-' => skip(bytes, at, |byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)),
            byte if is_word(byte) => skip(bytes, at, is_word),
            _ => at + 1,
        };
        tokens += 1;
        if tokens > limits.tokens {
            return Err(Refusal::limit("tokens", tokens, limits.tokens));
        }
    }
    Ok(tokens)
}

/// The same document with every character beyond the first 65,536 as itself: escaped, as `\u{1F600}` or by its two surrogates,
/// the parser does not know them.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains("\\u{") && !text.contains("\\ud") && !text.contains("\\uD") {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let (mut plain, mut at, mut kept) = (String::with_capacity(text.len()), 0, 0);
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b'#' => skip(bytes, at, |byte| !matches!(byte, b'\n' | b'\r')),
            b'"' if bytes[at..].starts_with(b"\"\"\"") => string_end(bytes, at),
            b'"' => {
                let end = quoted_end(bytes, at).min(bytes.len());
                while at < end {
                    let Some((letter, length)) = escaped(&bytes[at..end]) else {
                        at += if bytes[at] == b'\\' { 2 } else { 1 };
                        continue;
                    };
                    plain.push_str(&text[kept..at]);
                    plain.push(letter);
                    at += length;
                    kept = at;
                }
                end
            }
            _ => at + 1,
        };
    }
    plain.push_str(&text[kept..]);
    Cow::Owned(plain)
}

/// The large character that is escaped here, and how many bytes its escape has.
fn escaped(bytes: &[u8]) -> Option<(char, usize)> {
    let hex = |bytes: &[u8]| {
        let is_hex = bytes.iter().all(u8::is_ascii_hexdigit);
        u32::from_str_radix(std::str::from_utf8(bytes).ok().filter(|_| is_hex)?, 16).ok()
    };
    let rest = bytes.strip_prefix(b"\\u")?;
    let (code, length) = match rest.strip_prefix(b"{") {
        Some(rest) => {
            let end = rest.iter().position(|byte| *byte == b'}')?;
            (hex(&rest[..end])?, end + 4)
        }
        None => {
            let (high, low) = (hex(rest.get(..4)?)?, hex(rest.get(4..)?.strip_prefix(b"\\u")?.get(..4)?)?);
            if !(0xD800..0xDC00).contains(&high) || !(0xDC00..0xE000).contains(&low) {
                return None;
            }
            (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), 12)
        }
    };
    // What is smaller may be a quotation mark or a line's end, which can't stand as itself.
    char::from_u32(code).filter(|letter| *letter > '\u{FFFF}').map(|letter| (letter, length))
}

/// Counts the values of a JSON text, so that a small body can't become a large tree.
pub fn scan_json(bytes: &[u8], maximum: u64) -> Result<(), Refusal> {
    let (mut at, mut values) = (0, 1_u64);
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b'"' => quoted_end(bytes, at),
            _ => at + 1,
        };
        values += u64::from(matches!(byte, b',' | b'[' | b'{'));
        if values > maximum {
            return Err(Refusal::limit("variable_values", values, maximum));
        }
    }
    Ok(())
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn skip(bytes: &[u8], from: usize, keep: impl Fn(u8) -> bool) -> usize {
    from + bytes[from..].iter().take_while(|&&byte| keep(byte)).count()
}

/// The end of a string or block string that begins at `from`; the end of the text if it is not closed.
fn string_end(bytes: &[u8], from: usize) -> usize {
    if !bytes[from..].starts_with(b"\"\"\"") {
        return quoted_end(bytes, from);
    }
    let mut at = from + 3;
    while at < bytes.len() {
        if bytes[at..].starts_with(b"\\\"\"\"") {
            at += 4;
        } else if bytes[at..].starts_with(b"\"\"\"") {
            return at + 3;
        } else {
            at += 1;
        }
    }
    bytes.len()
}

fn quoted_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_tokens_and_nothing_else() {
        let limits = Limits::default();
        let tokens = |text| scan(text, &limits).expect("within limits");
        assert_eq!(tokens("{ a, b # c { d\n e(x: [1, -2.5], s: \"{\\\"{\") ...F }"), 18);
        assert_eq!(tokens("\"\"\" { \\\"\"\" { \"\"\" x"), 2);
        assert_eq!(tokens("\u{feff}\"never closed {{{"), 1);
    }

    #[test]
    fn large_characters_stand_as_themselves() {
        assert_eq!(
            plain(r#"{ a(b: "\uD83D\uDE00 \u{1F600} \\u{1F600} \u00e9") } # \u{1F600}"#),
            "{ a(b: \"😀 😀 \\\\u{1F600} \\u00e9\") } # \\u{1F600}"
        );
        assert_eq!(plain(r#""\uD83D" "\u{22}" "\u{1F600"#), r#""\uD83D" "\u{22}" "\u{1F600"#);
        assert_eq!(plain(r#""""\u{1F600}""" "\"\uD83D\uDE00""#), r#""""\u{1F600}""" "\"😀""#);
    }

    #[test]
    fn a_hundred_thousand_braces_are_refused_at_the_first_too_many() {
        let refusal = scan(&"{".repeat(60_000), &Limits::default()).expect_err("too deep");
        assert_eq!(refusal.message, "The limit `nesting` is 64, this request has 65.");
    }

    #[test]
    fn json_text_does_not_count_as_values() {
        assert!(scan_json(br#"{"a": "[[[[,,,,\",,,,"}"#, 2).is_ok());
        assert!(scan_json(b"[[],[],[]]", 4).is_err());
    }
}
