//! Links that people write and browsers follow.
use url::Url;

use super::{Code, Result, refuse, refuse_if};

/// Characters a link has at the most.
const LONGEST: usize = 2_000;

/// Refuses a link that a browser should not follow.
pub fn may_lead(link: Option<&str>, path: &str) -> Result<()> {
    let Some(link) = link else { return Ok(()) };
    refuse_if(link.chars().count() > LONGEST, Code::TooLong, path, "A link has at most 2,000 characters.")?;
    refuse_if(link.trim().is_empty(), Code::Required, path, "The link is empty.")?;
    let has_spaces = link.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    let parsed = Url::parse(link).ok().filter(|url| ["https", "http"].contains(&url.scheme()) && url.has_host() && !has_spaces);
    let Some(url) = parsed else {
        return refuse(Code::BadInput, path, "A link begins with “https://” or “http://”, names a host, and has no spaces.");
    };
    let has_person = !url.username().is_empty() || url.password().is_some();
    refuse_if(has_person, Code::BadInput, path, "A link has no user name and no password in it; everyone who sees it would read them.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_of_the_web_may_be_followed() {
        assert!(may_lead(None, "").is_ok());
        assert!(may_lead(Some("https://meet.example.org/a?b=c"), "").is_ok());
        for bad in [
            "",
            "javascript:alert(1)",
            "ftp://example.org",
            "https://",
            "https://a b",
            "//example.org",
            "https://example.org:99999/",
            "https://ada:secret@example.org/",
        ] {
            assert!(may_lead(Some(bad), "").is_err(), "{bad}");
        }
    }
}
