//! BCP 47 language tags, as far as a hub needs them: a primary subtag and further subtags.
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};

/// A well-formed tag in its usual case: `en`, `pt-BR`, `zh-Hant`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Language(String);

impl Language {
    /// English: the language of what tells none.
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// Checks the shape and brings the usual case: language lower, script title, region upper.
    pub fn parse(text: &str) -> Option<Self> {
        let mut out = String::with_capacity(text.len());
        for (index, part) in text.trim().split(['-', '_']).enumerate() {
            if part.is_empty() || part.len() > 8 || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return None;
            }
            if index == 0 {
                if !(2..=3).contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                    return None;
                }
                out.push_str(&part.to_ascii_lowercase());
                continue;
            }
            out.push('-');
            match part.len() {
                2 => out.push_str(&part.to_ascii_uppercase()),
                4 => {
                    out.push_str(&part[..1].to_ascii_uppercase());
                    out.push_str(&part[1..].to_ascii_lowercase());
                }
                _ => out.push_str(&part.to_ascii_lowercase()),
            }
        }
        Some(Self(out))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `pt` of `pt-BR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// Reads an `Accept-Language` header: tags by falling weight, `*` and weight 0 left out (RFC 9110 §12.5.4).
    pub fn accepted(header: &str) -> Vec<Self> {
        let mut found: Vec<(u32, Self)> = header
            .split(',')
            .take(32)
            .filter_map(|item| {
                let mut parts = item.split(';');
                let tag = Self::parse(parts.next()?)?;
                let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
                (weight > 0.0).then(|| ((weight.clamp(0.0, 1.0) * 1000.0) as u32, tag))
            })
            .collect();
        found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        found.into_iter().map(|(_, tag)| tag).collect()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(format!("“{text}” is not a language tag such as “en” or “pt-BR”")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_in_their_usual_case() {
        assert_eq!(Language::parse("PT-br").unwrap().as_str(), "pt-BR");
        assert_eq!(Language::parse("zh-hANT").unwrap().as_str(), "zh-Hant");
        assert_eq!(Language::parse("english"), None);
        assert_eq!(Language::parse(""), None);
    }

    #[test]
    fn the_header_is_read_by_weight() {
        let tags: Vec<String> = Language::accepted("fr;q=0.5, de, *;q=0.1, it;q=0").iter().map(ToString::to_string).collect();
        assert_eq!(tags, ["de", "fr"]);
    }
}
