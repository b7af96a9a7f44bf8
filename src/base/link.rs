//! Links that people write and browsers follow.
use super::{Code, Result, refuse_if};

/// Characters a link has at the most.
const LONGEST: usize = 2_000;

/// Refuses a link that a browser should not follow.
pub fn may_lead(link: Option<&str>, path: &str) -> Result<()> {
    let Some(link) = link else { return Ok(()) };
    refuse_if(link.chars().count() > LONGEST, Code::TooLong, path, "A link has at most 2,000 characters.")?;
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| link.len() > scheme.len() && link.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let is_plain = !link.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    refuse_if(!is_web || !is_plain, Code::BadInput, path, "A link begins with “https://” or “http://” and has no spaces.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_of_the_web_may_be_followed() {
        assert!(may_lead(None, "").is_ok());
        assert!(may_lead(Some("https://meet.example.org/a?b=c"), "").is_ok());
        for bad in ["", "javascript:alert(1)", "ftp://example.org", "https://", "https://a b", "//example.org"] {
            assert!(may_lead(Some(bad), "").is_err(), "{bad}");
        }
    }
}
