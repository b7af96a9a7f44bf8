//! Reading agreements.
use async_graphql::ID;
use jiff::civil::Date;
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{
    Agreement, Row,
    row::{Column, DOCUMENTS, Entity, State},
};
use crate::{
    base::{Code, Id, refuse},
    domain::{
        city::City,
        document::Document,
        pairing::{self, Pairing, Party},
        programme::Programme,
    },
    kernel::prelude::read::*,
    store::Tx,
};

filter!(
    /// Which agreements. A list means any of; fields together mean all of.
    AgreementFilter {
        /// Of one of these pairings, by id or slug.
        pairings: Vec<ID> = |rows, pairings| rows.named::<Pairing>(Column::Pairing, pairings)?,
        /// Of a pairing of which one of these cities is a member now, by id or slug.
        cities: Vec<ID> = |rows, cities| rows.through::<City>(Column::Pairing, &pairing::CITIES, cities)?,
        /// Of a pairing of one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| {
            let programmes = rows.refs::<Programme>(programmes)?;
            rows.such(Column::Pairing.in_subquery(pairing::in_programmes(&programmes)))
        },
        /// With one of these documents among its versions, by id or slug.
        documents: Vec<ID> = |rows, documents| rows.linked::<Document>(&DOCUMENTS, documents)?,
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
        /// Has this text in its title, whatever the accents and case. For more use `search`.
        title: String = |rows, title| rows.with_text(Column::Folded, title),
    }
);

orders!(
    /// How agreements are ordered.
    AgreementOrder {
        /// By title, accents folded.
        TitleAsc = Order::by("title", Column::Folded, Sort::Text),
        /// By title, backwards.
        TitleDesc = Order::by("title-desc", Column::Folded, Sort::Text).falling(),
        /// The last added first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

listed!(Agreement {
    filter: AgreementFilter, "Which agreements.",
    order: AgreementOrder,
    one: "agreement", "The agreement with this slug.",
    all: "agreements", "What the members of pairings agreed on.",
});

/// Refuses where no agreement of the pairing was signed by each of these, and names who has not: of the one that lacks the fewest.
pub async fn refuse_unsigned(tx: &Tx<'_>, pairing: Id<Pairing>, signatories: &[Party], path: &str) -> Result<()> {
    let there = tx.every::<Entity>().filter(Column::Pairing.eq(pairing)).filter(Column::State.ne(State::Ended));
    let rows: Vec<Row> = tx.all(there).await?;
    // What is in force, or may come to be: of each the version that lacks the fewest.
    let versions = rows.iter().flat_map(|row| row.versions.iter().map(move |version| (row, version.awaits(signatories))));
    let rule = "a pairing becomes active when every member has signed its agreement";
    let message = match versions.min_by_key(|(_, awaited)| awaited.len()) {
        None => format!(
            "There is no agreement yet that {} could sign; {rule}. Begin one by `createAgreement`.",
            pairing::named_parties(tx, signatories).await?
        ),
        Some((_, awaited)) if awaited.is_empty() => return Ok(()),
        Some((row, awaited)) => {
            let verb = if awaited.len() == 1 { "has" } else { "have" };
            format!("{} {verb} not signed “{}”; {rule}.", pairing::named_parties(tx, &awaited).await?, row.title)
        }
    };
    refuse(Code::WrongState, path, message)
}

/// That a member of a pairing signed.
#[derive(Clone, Copy, Debug)]
pub struct Signed {
    pub pairing: Uuid,
    pub party: Party,
    /// None where not known.
    pub on: Option<Date>,
    /// Whether the agreement has ended since.
    pub has_ended: bool,
}

/// Each signature under agreements of these pairings: one statement.
pub async fn signed_of(tx: &Tx<'_>, pairings: &[Uuid]) -> Result<Vec<Signed>> {
    let rows: Vec<Row> = tx.all(tx.every::<Entity>().filter(Column::Pairing.is_in(pairings.iter().copied()))).await?;
    let signed = rows.iter().flat_map(|row| {
        let of = |(party, on)| Signed { pairing: row.pairing.uuid(), party, on, has_ended: row.state == State::Ended };
        let signatures = row.versions.iter().flat_map(|version| &version.signatures);
        signatures.map(|signature| (signature.party, signature.signed_on)).map(of)
    });
    Ok(signed.collect())
}
