//! The table of agreements.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    Agreement,
    version::{self, Version},
};
use crate::{
    access::Owners,
    domain::pairing::{Pairing, Party},
    kernel::prelude::row::*,
    store::{Json, Links},
};

/// Agreement ↔ documents of its versions.
pub static DOCUMENTS: Join = Join { table: "agreement_document", left: "agreement", right: "document" };

column_enum!(
    /// Where an agreement is in its life; it follows from its signatures.
    State as "AgreementState" in "snake_case" {
        /// Nobody has signed it.
        Draft,
        /// Some members have signed it.
        PartlySigned,
        /// Every member has signed it as it was first made.
        Signed,
        /// Every member has signed an amendment.
        Amended,
        /// It is over.
        Ended,
    }
);

table!(
    /// A row of agreements.
    "agreement" of Agreement {
        pub pairing: Id<Pairing>,
        pub title: String,
        /// The title folded, for order and look-ups.
        pub folded: String,
        pub language: Option<Language>,
        pub state: State,
        /// The newest last; there is always one.
        pub versions: Json<Vec<Version>>,
        /// Who has to sign: the members of the pairing of now but observers.
        pub signatories: Json<Vec<Party>>,
        /// Whose the pairing is.
        pub owners: Json<Owners>,
        /// Whether the pairing was completed or has ended.
        pub is_pairing_over: bool,
        pub ended_on: Option<Json<Date>>,
        pub ended_reason: Option<String>,
        pub source: Option<String>,
    }
);

impl Model {
    /// Recomputes what is derived: the folded title, and the state unless it has ended.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.title);
        if self.state != State::Ended {
            self.state = self.signed_state();
        }
        self
    }

    /// The state by the signatures alone.
    pub(super) fn signed_state(&self) -> State {
        match version::in_force(&self.versions, &self.signatories) {
            Some(version) if version.number > 1 => State::Amended,
            Some(_) => State::Signed,
            None if self.versions.iter().any(|version| !version.signatures.is_empty()) => State::PartlySigned,
            None => State::Draft,
        }
    }

    /// The newest version that every member has signed; none once it is over.
    pub(super) fn in_force(&self) -> Option<&Version> {
        version::in_force(&self.versions, &self.signatories).filter(|_| self.state != State::Ended)
    }

    /// Those who have not signed the newest version; nobody once it is over.
    pub(super) fn awaits(&self) -> Vec<Party> {
        let newest = self.versions.last().filter(|_| self.state != State::Ended);
        newest.map(|version| version.awaits(&self.signatories)).unwrap_or_default()
    }

    /// Whether every member has signed it and it is not over.
    pub(super) const fn is_signed(&self) -> bool {
        matches!(self.state, State::Signed | State::Amended)
    }

    /// The documents of its versions, as links.
    pub(super) fn links(&self) -> Links {
        let mut documents: Vec<Uuid> = Vec::new();
        for document in self.versions.iter().filter_map(|version| version.document) {
            if !documents.contains(&document) {
                documents.push(document);
            }
        }
        Links { join: &DOCUMENTS, to: documents }
    }
}
