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
    base::{Id, Moment, Result},
    domain::{city::City, pairing::Pairing, practice::Practice, programme::Programme, theme::Theme},
    kernel::text::{self, PartsInput, Written},
    payload,
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

/// The command.
pub struct Schedule {
    input: ScheduleSeminarInput,
    host: Id<City>,
    programme: Option<Id<Programme>>,
    pairing: Option<Id<Pairing>>,
    linked: Linked,
}

impl Schedule {
    /// Reads the ids of the input.
    pub fn read(input: ScheduleSeminarInput) -> Result<Self> {
        Ok(Self {
            host: Id::parse(&input.host, "input.host")?,
            programme: input.programme.as_ref().map(|id| Id::parse(id, "input.programme")).transpose()?,
            pairing: input.pairing.as_ref().map(|id| Id::parse(id, "input.pairing")).transpose()?,
            linked: Linked {
                cities: Some(refs::ids::<City>(&input.cities, "input.cities")?),
                practices: Some(refs::ids::<Practice>(&input.practices, "input.practices")?),
                themes: Some(refs::ids::<Theme>(&input.themes, "input.themes")?),
            },
            input,
        })
    }
}

impl Command for Schedule {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let input = &self.input;
        tx.may(
            Act::Write,
            &Owners { cities: vec![self.host.uuid()], programmes: self.programme.iter().map(|programme| programme.uuid()).collect() },
        )?;
        let original = input.text.fields();
        text::refuse::<Seminar>(tx, &original)?;
        let time_zone = time::zone(&input.time_zone, "input.timeZone")?;
        let audience = audience(tx, self.host, input.share_with.as_ref()).await?;
        let id: Id<Seminar> = tx.id();
        let links = self.linked.links(tx, id).await?;
        let slug = tx.slug::<Row>(input.slug.as_deref(), input.text.get("title").unwrap_or_default(), id).await?;
        let saved = text::save_original(tx, id.uuid(), &input.language.0, original.clone(), &[]).await?;
        let mut row = Row {
            id,
            slug,
            version: 0,
            audience,
            created_at: Moment(0),
            updated_at: Moment(0),
            seminar_kind: input.kind,
            title: String::new(),
            folded: String::new(),
            description: String::new(),
            language: input.language.0.clone(),
            languages: Json(Vec::new()),
            text_version: 0,
            host: self.host,
            programme: self.programme,
            pairing: self.pairing,
            starts_at: input.starts_at.0,
            ends_at: input.ends_at.map(|at| at.0),
            time_zone,
            place: input.place.clone(),
            link: input.link.clone(),
            capacity: input.capacity.map(i64::from),
            registered: 0,
            registration_closes_at: input.registration_closes_at.map(|at| at.0),
            state: State::Scheduled,
            cancelled_reason: None,
        };
        Seminar::keep(&mut row, saved, &original);
        Ok(tx.create(row.derived(), &links).await?.id)
    }
}
