//! Whether an account may be saved as it is.
use super::Row;
use crate::{
    base::{Code, Result},
    store::{Refusals, Saving, Tx},
};

/// The longest address, in bytes (RFC 5321, section 4.5.3.1.3, less the brackets).
const LONGEST: usize = 254;

/// It has a name, not too long, and an address.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name.clone()) {
        refusals.named("name", &row.name, 200);
    }
    if saving.sets(|row| row.email.clone()) {
        refusals.refuse_if(!is_address(&row.email), Code::BadInput, "email", "This is not an address such as “ada@example.org”.");
    }
    Ok(())
}

/// Whether a text has one @ between two parts.
fn is_address(text: &str) -> bool {
    text.len() <= LONGEST
        && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
        && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_at_between_two_parts() {
        assert!(is_address("ada@example.org"));
        for bad in ["", "ada", "@example.org", "ada@", "a b@example.org", "a@b@c"] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
