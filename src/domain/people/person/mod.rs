//! A person: an account with roles.
//!
//! Rules kept here:
//! - an account is seen by its person, by administrators and by whoever is a member of the same city, pairing or programme ([`crate::access::members`]); its
//!   address by whom its person lets; others learn a name only where the person put it on a list they may see, or said that everyone may;
//! - what happens to an account is told to its person alone;
//! - nobody gives or takes a role above their own, and there is always an administrator;
//! - what somebody has to do is handed on in one act when they leave: roles, what things name them for, places at seminars to come, and what is their own,
//!   their saved searches and webhooks. All that is listed ([`responsibility`]) is handed on, so that a list that is empty afterwards says that nothing was
//!   left behind; that somebody has saved searches and webhooks is told to whoever may hand them on, and what these say is not;
//! - a role belongs to what it is for: a representative to a city, an officer to a programme, a stakeholder to a pairing;
//! - of a token only the digest is kept: its text is told once, when it is made;
//! - whoever loses a role or a token loses what hung on it at once, open streams included: each such change is told as an
//!   event of the person.
//!
//! Others may use [`Person`], [`representatives`], [`speakers_of`], [`name_of`], the viewers and the commands. The rows stay in this folder.
mod check;
mod contact;
mod import;
mod life;
mod me;
mod membership;
mod name;
mod node;
mod read;
mod relations;
mod responsibility;
mod row;
mod token;
mod viewer;
mod write;

pub use contact::TOLD;
pub use me::Query;
pub use membership::{Roles, roles_of, speakers_of};
pub use name::name_of;
pub use node::Person;
pub use read::{Contact, PersonFilter, PersonOrder, contact_of, languages_of, officers, representatives};
pub use token::{Made, create_token, digest};
pub use viewer::{viewer_of, viewer_of_token, viewers_of};
pub use write::{AddPerson, CreateToken, Mutation, RevokeToken, RoleWanted, Who, token_for};

use row::Model as Row;

crate::entry!(Person, record: import::PersonRecord, events: life::EVENTS);
crate::record!(Person { title: name, events: life::events, tags: |row| vec![row.id.uuid()], columns: &[], check: check::check });
