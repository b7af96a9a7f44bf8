//! An agreement in the graph: what its declarations do not say already.
use async_graphql::{Context, Object, Result};

use super::{
    row::{self, State},
    version::{Signature, Version},
};
use crate::{
    base::Id,
    domain::{
        document::Document,
        pairing::{Party, PartyFields},
        person::Person,
    },
    kernel::prelude::node::*,
    relay::DateTime,
};

node!(
    /// What the members of a pairing promise each other.
    Agreement = "agreement", ViewerCan;
    says &[("audience", "Who may see it and who has signed it: whoever sees the pairing. What it says stands in its document, which has its own.")]; {
        /// The title.
        "title": &str = |row| &row.title,
        /// The language of the title; null where not known.
        "language": Option<LanguageTag> = |row| row.language.clone().map(LanguageTag),
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// Its versions, the first first: each after it is an amendment.
        "versions": Vec<Object<AgreementVersion>> = |row| row.versions.iter().map(|version| Object(AgreementVersion::of(row, version))).collect(),
        /// The newest version that every member has signed; null where there is none, and once it is over.
        "inForce": Option<Object<AgreementVersion>> = |row| row.in_force().map(|version| Object(AgreementVersion::of(row, version))),
        /// The members that have not signed the newest version.
        "awaits": Vec<Object<PartyFields>> = |row| row.awaits().into_iter().map(PartyFields).map(Object).collect(),
        /// The day it ended; null until then, and where not known.
        "endedOn": Option<DateValue> = |row| row.ended_on.as_ref().map(|day| DateValue(day.0)),
        /// Why it ended; null until then, and where an imported source tells none.
        "endedReason": Option<&str> = |row| row.ended_reason.as_deref(),
        /// Where the facts come from.
        "source": Option<&str> = |row| row.source.as_deref(),
    }
);

node_object!(
    /// What the members of a pairing promise each other: a memorandum of understanding, say.
    Agreement
);

/// A version of an agreement.
pub struct AgreementVersion {
    version: Version,
    signatories: Vec<Party>,
    is_in_force: bool,
}

impl AgreementVersion {
    fn of(row: &row::Model, version: &Version) -> Self {
        let is_in_force = row.in_force().is_some_and(|other| other.number == version.number);
        Self { version: version.clone(), signatories: row.signatories.0.clone(), is_in_force }
    }
}

/// A version of an agreement: the first is what was agreed on, each other an amendment.
#[Object]
impl AgreementVersion {
    /// Counts the versions, from 1.
    async fn number(&self) -> i32 {
        self.version.number
    }

    /// What it changes in the version before; null for the first.
    async fn what(&self) -> Option<&str> {
        self.version.what.as_deref()
    }

    /// Its text; null where there is none yet, or the viewer may not see it.
    async fn document(&self, ctx: &Context<'_>) -> Result<Option<Object<Document>>> {
        match self.version.document {
            Some(document) => Ok(ctx.load(Id::new(document)).await?),
            None => Ok(None),
        }
    }

    /// Whether it is the newest that every member has signed, of an agreement that has not ended.
    async fn is_in_force(&self) -> bool {
        self.is_in_force
    }

    /// Who has signed it, in the order in which that was noted; also members that have left since.
    async fn signatures(&self) -> Vec<Object<AgreementSignature>> {
        self.version.signatures.iter().cloned().map(AgreementSignature).map(Object).collect()
    }

    /// The members that have not signed it.
    async fn awaits(&self) -> Vec<Object<PartyFields>> {
        self.version.awaits(&self.signatories).into_iter().map(PartyFields).map(Object).collect()
    }
}

/// The signature of a member.
pub struct AgreementSignature(Signature);

/// The signature of a city or organisation.
#[Object]
impl AgreementSignature {
    #[graphql(flatten)]
    async fn party(&self) -> PartyFields {
        PartyFields(self.0.party)
    }

    /// The name of whoever signed; null where not known.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// In what office they signed: “Mayor”; null where not known.
    async fn office(&self) -> Option<&str> {
        self.0.office.as_deref()
    }

    /// The day they signed; null where not known.
    async fn signed_on(&self) -> Option<DateValue> {
        self.0.signed_on.map(DateValue)
    }

    /// Whoever noted it here; null where it was imported, or the viewer may not see them.
    async fn recorded_by(&self, ctx: &Context<'_>) -> Result<Option<Object<Person>>> {
        match self.0.recorded_by {
            Some(person) => Ok(ctx.load(Id::new(person)).await?),
            None => Ok(None),
        }
    }

    /// When it was noted here; null where it was imported without.
    async fn recorded_at(&self) -> Option<DateTime> {
        self.0.recorded_at.map(DateTime)
    }
}
