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
    access::{Act, Owners},
    base::{Id, Result},
    domain::{city::City, pairing::Pairing, practice::Practice, programme::Programme, theme::Theme},
    kernel::text::{self, PartsInput},
    new_row, payload,
    relay::{DateTime, LanguageTag, refs},
    store::{Command, Json, Tx},
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
    /// Made of the title where not given.
    pub slug: Option<String>,
    /// When it starts.
    pub starts_at: DateTime,
    /// When it ends; after the start.
    pub ends_at: Option<DateTime>,
    /// The time zone of the place, by its IANA name: `Europe/Lisbon`.
    pub time_zone: String,
    /// Where people meet.
    pub place: Option<String>,
    /// Where people meet over the network: an address that begins with `https://` or `http://`.
    pub link: Option<String>,
    /// Places in all, 1 to 1,000,000; no limit where not given.
    pub capacity: Option<i32>,
    /// When registration closes; with the start where not given.
    pub registration_closes_at: Option<DateTime>,
    /// The programme it belongs to; the host takes part in it.
    pub programme: Option<ID>,
    /// The pairing it belongs to; the host is a city of it.
    pub pairing: Option<ID>,
    /// The cities that take part.
    #[graphql(default)]
    pub cities: Vec<ID>,
    /// The practices presented there.
    #[graphql(default)]
    pub practices: Vec<ID>,
    /// Its themes, the most fitting first.
    #[graphql(default)]
    pub themes: Vec<ID>,
    /// Who may see it: a pairing of the host, a programme it takes part in, or the host alone (its own id). Everyone where not given.
    pub share_with: Option<ID>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `scheduleSeminar` answers.
    ScheduleSeminarPayload {
        /// The seminar.
        seminar: Seminar
    }
);

impl Command for ScheduleSeminarInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let host = Id::<City>::parse(&self.host, "input.host")?;
        let programme = refs::given::<Programme>(self.programme.as_ref(), "input.programme")?;
        let pairing = refs::given::<Pairing>(self.pairing.as_ref(), "input.pairing")?;
        let linked = Linked {
            cities: Some(refs::ids::<City>(&self.cities, "input.cities")?),
            practices: Some(refs::ids::<Practice>(&self.practices, "input.practices")?),
            themes: Some(refs::ids::<Theme>(&self.themes, "input.themes")?),
        };
        tx.may(Act::Write, &Owners { cities: vec![host.uuid()], programmes: programme.map(Id::uuid).into_iter().collect() })?;
        let time_zone = time::zone(&self.time_zone, "input.timeZone")?;
        let audience = audience(tx, host, self.share_with.as_ref()).await?;
        let id: Id<Seminar> = tx.id();
        let links = linked.links(tx, id).await?;
        let slug = tx.slug::<Row>(self.slug.as_deref(), self.text.get("title").unwrap_or_default(), id).await?;
        let mut row = new_row!(id, slug, audience, {
            seminar_kind: self.kind,
            title: String::new(),
            folded: String::new(),
            description: String::new(),
            language: self.language.0.clone(),
            languages: Json(Vec::new()),
            text_version: 0,
            host,
            programme,
            pairing,
            starts_at: self.starts_at.0,
            ends_at: self.ends_at.map(|at| at.0),
            time_zone,
            place: self.place.clone(),
            link: self.link.clone(),
            capacity: self.capacity.map(i64::from),
            registered: 0,
            registration_closes_at: self.registration_closes_at.map(|at| at.0),
            state: State::Scheduled,
            cancelled_reason: None,
        });
        text::begin(tx, &mut row, &self.text).await?;
        Ok(tx.create(row.derived(), &links).await?.id)
    }
}
