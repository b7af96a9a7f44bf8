//! Whether an organisation may be saved as it is.
use super::Row;
use crate::{
    base::{Code, Result, link::may_lead},
    kernel::country::Country,
    store::{Refusals, Saving, Tx},
};

/// The longest name, in characters.
const LONGEST_NAME: usize = 300;
/// Aliases at the most.
const MOST_ALIASES: usize = 50;

/// It has a name; its country is one; its web site leads somewhere.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name.clone()) {
        refusals.named("name", &row.name, LONGEST_NAME);
    }
    if saving.sets(|row| row.aliases.clone()) {
        refusals.too_many("aliases", row.aliases.len(), MOST_ALIASES);
        for (index, alias) in row.aliases.iter().enumerate() {
            refusals.named(&format!("aliases.{index}.name"), &alias.name, LONGEST_NAME);
        }
    }
    if saving.sets(|row| row.country.clone()) {
        let unknown = row.country.as_ref().filter(|country| Country::of(country).is_none());
        let told = unknown.cloned().unwrap_or_default();
        let message = format!("“{}” is “{told}”; it is an ISO 3166-1 two-letter code such as “DE”.", refusals.name("country"));
        refusals.refuse_if(unknown.is_some(), Code::BadInput, "country", message);
    }
    if saving.sets(|row| row.website.clone()) {
        refusals.take(may_lead(row.website.as_deref(), &refusals.path("website")))?;
    }
    Ok(())
}
