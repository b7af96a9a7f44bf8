//! Scheduling a seminar.
use async_graphql::{ID, InputObject};

use super::{
    super::{
        Row, Seminar,
        row::{Format, State},
        time,
    },
    input::{Linked, audience},
};
use crate::{
    domain::{city::City, goal::Goal, practice::Practice, programme::Programme, theme::Theme},
    kernel::prelude::write::*,
};

/// What `scheduleSeminar` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ScheduleSeminarInput {
    /// The city that holds it.
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
    /// The programme it belongs to; the host takes part in it.
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
    /// Who may see it: a pairing of the host, a programme it takes part in, or the host alone (its own id). Everyone where not given.
    pub share_with: Option<ID>,
}

payload!(ScheduleSeminarPayload { seminar: Seminar }, "What `scheduleSeminar` answers.", "The seminar.");

impl Command for ScheduleSeminarInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let host = Id::<City>::parse(&self.host, "input.host")?;
        let programme = refs::given::<Programme>(self.programme.as_ref(), "input.programme")?;
        let linked = Linked {
            cities: Some(refs::ids::<City>(&self.cities, "input.cities")?),
            practices: Some(refs::ids::<Practice>(&self.practices, "input.practices")?),
            themes: Some(refs::ids::<Theme>(&self.themes, "input.themes")?),
            goals: Some(refs::ids::<Goal>(&self.goals, "input.goals")?),
        };
        tx.may(Act::Write, &Owners { cities: vec![host.uuid()], programmes: programme.map(Id::uuid).into_iter().collect() })?;
        let audience = audience(tx, host, self.share_with.as_ref()).await?;
        let id: Id<Seminar> = tx.id();
        let links = linked.links();
        let mut row = new_row!(id, String::new(), audience, {
            seminar_kind: self.kind,
            language: self.language.0.clone(),
            host,
            programme,
            state: State::Scheduled,
        });
        self.new.fill(tx, &mut row, self.text.get("title")).await?;
        row.time_zone = time::zone(&row.time_zone, "input.timeZone")?;
        text::begin(tx, &mut row, &self.text).await?;
        Ok(tx.create(row.derived(), &links).await?.id)
    }
}
