//! What several of the commands share.
use async_graphql::{ID, InputObject};
use uuid::Uuid;

use super::super::{
    Row, Seminar,
    row::{self, Format, State},
    time,
};
use crate::{
    base::{Kind, id},
    domain::{
        city::City, goal::Goal, organisation::Organisation, person::Person, practice::Practice, programme::Programme, sharing, theme::Theme,
    },
    kernel::{Living, ParentFacts, prelude::write::*},
    relay::NodeType,
};

/// Who may see a seminar of these owners: everyone, or those it is shared with.
pub(super) async fn audience(tx: &Tx<'_>, owners: &Owners, with: Option<&ID>) -> Result<Audience> {
    let everyone = ParentFacts { audience: Audience::public(), owners: owners.clone() };
    sharing::below(tx, &everyone, with, true, "input.shareWith").await
}

/// Who holds a seminar.
#[derive(Clone, Debug, Default)]
pub(super) struct Holder {
    pub city: Option<Id<City>>,
    pub organisation: Option<Id<Organisation>>,
    /// Whose the organisation is.
    pub organisation_owners: Owners,
    pub programme: Option<Id<Programme>>,
}

impl Holder {
    /// The city, organisation or programme an input names, and the programme it belongs to beside.
    pub(super) async fn read(tx: &Tx<'_>, text: &ID, programme: Option<&ID>) -> Result<Self> {
        let programme = refs::given::<Programme>(programme, "input.programme")?;
        let holder = match id::split(text) {
            Some((Programme::NAME, id)) => {
                let told = "The programme that holds it is the one it belongs to; leave one of them out.";
                refuse_if(programme.is_some_and(|other| other.uuid() != id), Code::BadInput, "input.programme", told)?;
                return Ok(Self { programme: Some(Id::new(id)), ..Self::default() });
            }
            Some((Organisation::NAME, id)) => {
                let row: <Organisation as NodeType>::Row = tx.seen(Id::new(id), "input.host").await?;
                Self { organisation: Some(Id::new(id)), organisation_owners: row.owners(), ..Self::default() }
            }
            _ => Self { city: Some(Id::parse(text, "input.host")?), ..Self::default() },
        };
        Ok(Self { programme, ..holder })
    }

    /// Whose the seminar is.
    pub(super) fn owners(&self) -> Owners {
        let mut owners = self.organisation_owners.clone();
        owners.cities.extend(self.city.map(Id::uuid));
        owners.programmes.extend(self.programme.map(Id::uuid));
        owners
    }
}

/// What is said of a new seminar, be it scheduled or proposed.
#[derive(Clone, Debug, InputObject)]
pub struct Outline {
    /// The city, organisation or programme that holds it.
    pub host: ID,
    /// What sort of exchange it is.
    pub kind: Format,
    /// The language of the texts.
    pub language: LanguageTag,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Seminar, text::Create>,
    #[graphql(flatten)]
    pub new: New<Seminar>,
    /// The programme it belongs to; a city that holds it takes part in it.
    pub programme: Option<ID>,
    /// The cities that take part.
    #[graphql(default)]
    pub cities: Vec<ID>,
    /// The practices presented there.
    #[graphql(default)]
    pub practices: Vec<ID>,
    /// Its themes, the most fitting first.
    #[graphql(default)]
    pub themes: Vec<ID>,
    /// The goals of the agendas it serves.
    #[graphql(default)]
    pub goals: Vec<ID>,
}

impl Outline {
    /// Makes the seminar.
    pub(super) async fn begin(
        &self,
        tx: &mut Tx<'_>,
        holder: Holder,
        audience: Audience,
        proposed_by: Option<Id<Person>>,
    ) -> Result<Id<Seminar>> {
        let linked = Linked {
            cities: Some(refs::ids::<City>(&self.cities, "input.cities")?),
            practices: Some(refs::ids::<Practice>(&self.practices, "input.practices")?),
            themes: Some(refs::ids::<Theme>(&self.themes, "input.themes")?),
            goals: Some(refs::ids::<Goal>(&self.goals, "input.goals")?),
        };
        let links = linked.links();
        let mut row = new_row!(tx.id(), String::new(), audience, {
            seminar_kind: self.kind,
            language: self.language.0.clone(),
            host: holder.city,
            organisation: holder.organisation,
            organisation_owners: Json(holder.organisation_owners),
            programme: holder.programme,
            proposed_by,
            state: if proposed_by.is_some() { State::Proposed } else { State::Scheduled },
        });
        self.new.fill(tx, &mut row, self.text.get("title")).await?;
        row.time_zone = time::zone(&row.time_zone, "input.timeZone")?;
        text::begin(tx, &mut row, &self.text).await?;
        Ok(tx.create(row.derived(), &links).await?.id)
    }
}

/// What a seminar is linked to; none means as it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Linked {
    pub cities: Option<Vec<Uuid>>,
    pub practices: Option<Vec<Uuid>>,
    pub themes: Option<Vec<Uuid>>,
    pub goals: Option<Vec<Uuid>>,
}

impl Linked {
    /// The links that are given.
    pub(super) fn links(self) -> Vec<Links> {
        let all = [(&row::CITIES, self.cities), (&row::PRACTICES, self.practices), (&row::THEMES, self.themes), (&row::GOALS, self.goals)];
        all.into_iter().filter_map(|(join, to)| Links::given(join, to)).collect()
    }
}

/// The account of the viewer.
pub(super) fn oneself(tx: &Tx<'_>) -> Result<Id<Person>> {
    tx.viewer().account().map(Id::new)
}
