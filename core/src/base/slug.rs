//! Slugs: the readable, stable part of a web address.
pub use hansa_text::slug as of;

use super::{Code, Refusal};

/// Longest slug, in bytes.
pub const LONGEST: usize = 120;

/// Checks a slug somebody typed.
pub fn check(text: &str, path: &str) -> Result<String, Refusal> {
    let good = !text.is_empty()
        && text.len() <= LONGEST
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-');
    if good {
        Ok(text.to_owned())
    } else {
        Err(Refusal::new(
            Code::BadInput,
            path,
            format!("A slug has 1 to {LONGEST} lower-case letters a-z, digits and hyphens, none at its ends; “{}” would be one.", of(text)),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_whatever_the_script() {
        assert_eq!(of("Vila Nova de Famalicão"), "vila-nova-de-famalicao");
        assert_eq!(of("  L’école — 2!"), "lecole-2");
        assert_eq!(of("???"), "untitled");
        assert!(check("Vila", "slug").is_err());
        assert!(check("vila-2", "slug").is_ok());
    }
}
