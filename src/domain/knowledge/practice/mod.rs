//! A practice: something a city did that others can learn from, told honestly, difficulties included.
//!
//! It begins as a draft that only the city's own representatives see. Sharing it with a pairing or a programme, and at
//! last publishing it, widens its audience; each step is a save of its own with an event. A withdrawn practice stays as
//! a tombstone with its title, its reason and, where there is one, its successor; what it said is its city's alone from then on.
//!
//! Rules kept here:
//! - what is published through the graph tells its difficulties; an imported record may come without (a source that
//!   tells none is not made to), and then answers null;
//! - the original text has a version, each translation says which one it translates;
//! - what a reader would miss is told ([`completeness`]), and the same text fills the forms of others ([`form`]): a text that only leads elsewhere says nothing;
//! - where a programme of its city wants review, a practice is handed in, judged in one step or two by two people, none of whom speaks for the city, and published
//!   once it is approved ([`reviewing`]); verdicts are of the version that was judged and stay. More than a fifth of the words of the original changed asks for review again.
//!   Of several programmes that review, the city chooses to which it hands it in; what it takes with it when it leaves one stands in [`leaving`];
//! - a practice is found under its themes and everything above them;
//! - of a published one its city may say that it seeks partner cities ([`partners`]), until a day and for a number of places; how many are left is counted
//!   from the interests that were accepted, and everyone reads it. A withdrawn practice seeks nobody;
//! - it has building blocks of its own, which follow it, and may point to those of others ([`building_blocks`]);
//! - how mature it is follows from what other cities made of it ([`Maturity`]; the rule stands with the adoptions), and is no save of its own.
//!
//! Others may use [`Practice`], [`GOALS`], [`BLOCKS_USED`], [`Offer`], [`cities_of`], [`leave_programmes`]; what building blocks have to know of a practice ([`Home`], [`home`],
//! [`homes`], [`settle_users`], [`users_of`]) and what adoptions do ([`Source`], [`sources_of`], [`hold_all`], [`seen`], [`visible`], [`note_maturity`]). The row stays in this folder.
mod building_blocks;
mod check;
mod completeness;
mod fields;
mod form;
mod import;
mod key_date;
mod leaving;
mod life;
mod node;
mod partners;
mod read;
mod relations;
mod review;
mod reviewing;
mod row;
mod search;
mod taken_up;
mod told;
mod write;

pub use building_blocks::{Home, home, homes, settle_users, users_of};
pub use leaving::leave_programmes;
pub use life::EVENTS;
pub use node::Practice;
pub use partners::{Offer, cities_of};
pub use read::{PracticeFilter, PracticeOrder};
pub use row::{BLOCKS_USED, GOALS, Maturity, THEMES};
pub use taken_up::{Source, hold_all, note_maturity, seen, sources_of, visible};
pub use write::Mutation;

use crate::{
    base::Result,
    domain::{
        about::{self, Change},
        adoption, building_block, interest,
    },
    kernel::{Living, entry::own_owners},
    store::{Saving, Tx},
};
use row::{Model as Row, State};

crate::entry!(Practice, docs: search::docs, record: import::PracticeRecord, owners: own_owners, events: EVENTS);
crate::record!(Practice {
    title: title,
    events: life::events,
    check: check::check,
    paragraphs: ["summary", "withdrawn_reason", "seeks_note"],
    ripple: ripple,
    counters: [row::Column::Maturity],
});

/// What is about a practice follows it, and so do its building blocks, the interest of other cities, and what they made of it.
async fn ripple(saving: &Saving<'_, Row>, tx: &mut Tx<'_>) -> Result<()> {
    let change = Change {
        owner: Some(saving.after.city.uuid()),
        owners: saving.sets(|row| row.city).then(|| saving.after.owners()),
        ..Change::of(saving)
    };
    about::follow(tx, &change).await?;
    if saving.sets(|row| (row.city, row.audience.is_public())) {
        adoption::follow(tx, saving.after.id, &Source::of(saving.after)).await?;
    }
    if saving.sets(|row| (row.city, row.audience.clone(), row.state)) {
        let row = saving.after;
        let withdrawn = (row.state == State::Withdrawn).then_some(row.withdrawn_reason.as_deref().unwrap_or("The practice was withdrawn."));
        building_block::follow(tx, row.id, row.city, &row.audience, withdrawn).await?;
        interest::follow(tx, row.id, row.city, &row.audience, withdrawn).await?;
    }
    Ok(())
}
