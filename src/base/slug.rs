//! Slugs: the readable, stable part of a web address.
use super::{Code, Refusal};

/// Longest slug, in bytes.
pub const LONGEST: usize = 120;

/// Makes a slug of any text: ASCII letters, digits and single hyphens.
pub fn of(text: &str) -> String {
    let mut out = String::new();
    for letter in deunicode::deunicode(text).chars() {
        if letter.is_ascii_alphanumeric() {
            out.push(letter.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') && letter != '\'' {
            out.push('-');
        }
        if out.len() >= 80 {
            break;
        }
    }
    let out = out.trim_matches('-').to_owned();
    if out.is_empty() { "untitled".to_owned() } else { out }
}

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
