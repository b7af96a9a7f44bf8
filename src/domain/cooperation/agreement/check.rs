//! Whether an agreement may be saved as it is.
use super::{
    Row,
    row::DOCUMENTS,
    version::{Signature, Version},
};
use crate::{domain::document, kernel::prelude::check::*};

/// Versions at the most.
const MOST: usize = 100;
/// The longest of what an amendment changes, in characters.
const LONGEST_WHAT: usize = 2_000;
/// The longest name and the longest office, in characters.
const LONGEST_NAME: usize = 300;
/// No city has signed what this hub knows of in an earlier year.
const EARLIEST_YEAR: i16 = 1900;

/// Its documents are about its pairing; an amendment says what it changes; nobody signed on a day that is still to come.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    refusals.too_many("versions", row.versions.len(), MOST);
    for (index, version) in row.versions.iter().enumerate() {
        let before = saving.before.and_then(|before| before.versions.get(index));
        if before != Some(version) {
            check_version(before, version, index, refusals, tx);
        }
    }
    if let Some(documents) = saving.links(&DOCUMENTS).filter(|documents| !documents.is_empty()) {
        let about = document::about_of(tx, documents).await?;
        for (index, version) in row.versions.iter().enumerate() {
            // One that the viewer does not see is refused as not there.
            let is_other = version.document.and_then(|document| about.get(&document)).is_some_and(|about| *about != row.pairing.uuid());
            let field = refusals.either("document", &format!("versions.{index}.document")).to_owned();
            refusals.refuse_if(
                is_other,
                Code::BadInput,
                &field,
                "The document of an agreement is one about its pairing; add it there first.",
            );
        }
    }
    if saving.sets(|row| row.ended_on.clone()) {
        refusals.still_to_come("ended_on", row.ended_on.as_ref().map(|day| day.0), tx.now().day());
        let signed_on = row.versions.iter().flat_map(|version| &version.signatures).filter_map(|one| one.signed_on).max();
        if let Some((ended, signed)) = row.ended_on.as_ref().zip(signed_on).filter(|(ended, signed)| ended.0 < *signed) {
            let message = format!("It was signed on {signed}, after {}; tell that day or a later one.", ended.0);
            refusals.refuse_if(true, Code::BadInput, "ended_on", message);
        }
    }
    Ok(())
}

fn check_version(before: Option<&Version>, version: &Version, index: usize, refusals: &mut Refusals, tx: &Tx<'_>) {
    let place = |refusals: &Refusals, field: &str| refusals.either(field, &format!("versions.{index}.{field}")).to_owned();
    let what = place(refusals, "what");
    refusals.too_long(&what, version.what.as_deref(), LONGEST_WHAT);
    let is_untold = index > 0 && version.what.is_none();
    refusals.refuse_if(is_untold, Code::Required, &what, "Say what the amendment changes.");
    let is_first = index == 0 && version.what.is_some();
    refusals.refuse_if(is_first, Code::BadInput, &what, "The first version changes nothing; an amendment does.");
    for (number, signature) in version.signatures.iter().enumerate() {
        if before.is_some_and(|before| before.signatures.contains(signature)) {
            continue;
        }
        let at = |field: &str| refusals.either(field, &format!("versions.{index}.signatures.{number}.{field}")).to_owned();
        let (name, office, signed_on) = (at("name"), at("office"), at("signed_on"));
        check_signature(signature, [&name, &office, &signed_on], refusals, tx);
    }
}

fn check_signature(signature: &Signature, [name, office, signed_on]: [&str; 3], refusals: &mut Refusals, tx: &Tx<'_>) {
    refusals.too_long(name, signature.name.as_deref(), LONGEST_NAME);
    refusals.too_long(office, signature.office.as_deref(), LONGEST_NAME);
    refusals.still_to_come(signed_on, signature.signed_on, tx.now().day());
    let is_ancient = signature.signed_on.is_some_and(|day| day.year() < EARLIEST_YEAR);
    let message = format!("No agreement here was signed before {EARLIEST_YEAR}; tell the year with four digits.");
    refusals.refuse_if(is_ancient, Code::BadInput, signed_on, message);
}
