//! Links that people write and browsers follow, and mail addresses.
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

/// The longest mail address, in bytes (RFC 5321, section 4.5.3.1.3, less the brackets).
const LONGEST_MAIL_ADDRESS: usize = 254;

/// Whether a text can be a mail address: it has one @ between two parts.
pub fn is_mail_address(text: &str) -> bool {
    text.len() <= LONGEST_MAIL_ADDRESS
        && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
        && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_address_has_one_at_between_two_parts() {
        assert!(is_mail_address("ada@example.org"));
        for bad in ["", "ada", "@example.org", "ada@", "a b@example.org", "a@b@c"] {
            assert!(!is_mail_address(bad), "{bad}");
        }
    }

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
