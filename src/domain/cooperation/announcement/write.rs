//! Writing announcements: the officers of the programme whose news they are.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    Announcement, Row, life,
    row::{CITIES, Claim, State},
};
use crate::{
    access::{Act, Audience, Owners},
    base::{Id, Moment, Result as Done},
    domain::{city::City, programme::Programme},
    kernel::{
        life as lives,
        text::{self, PartsInput, TranslateInput},
    },
    mutations, new_row, payload,
    relay::{DateValue, LanguageTag, Target, put},
    store::{Command, Json, Links, Tx},
};

/// Something an announcement says of a city on a day.
#[derive(Clone, Debug, InputObject)]
pub struct AnnouncementClaimInput {
    /// The city.
    pub city: ID,
    /// What is said: “new city”.
    pub claim: String,
    /// The announcement's own words.
    pub verbatim: Option<String>,
    /// The day it was said.
    pub said_on: Option<DateValue>,
}

/// What `publishAnnouncement` takes.
#[derive(Clone, Debug, InputObject)]
pub struct PublishAnnouncementInput {
    /// The programme whose news it is.
    pub programme: ID,
    /// The language of the text.
    pub language: LanguageTag,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Announcement, text::Create>,
    /// Made of the title where not given.
    pub slug: Option<String>,
    /// The day it was published; today where not given.
    pub published_on: Option<DateValue>,
    /// Where it was published.
    pub source: Option<String>,
    /// What it says of cities.
    #[graphql(default)]
    pub claims: Vec<AnnouncementClaimInput>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `correctAnnouncement` takes; what is left out stays as it is. What was said before stays readable.
#[derive(Clone, Debug, InputObject)]
pub struct CorrectAnnouncementInput {
    #[graphql(flatten)]
    pub target: Target<Announcement>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Announcement, text::Update>,
    /// A new slug; the old one keeps working.
    pub slug: Option<String>,
    /// The day it was published.
    pub published_on: Option<DateValue>,
    /// Where it was published; null forgets it.
    pub source: MaybeUndefined<String>,
    /// What it says of cities, all anew.
    pub claims: Option<Vec<AnnouncementClaimInput>>,
}

payload!(
    /// What the mutations of announcements answer.
    AnnouncementPayload {
        /// The announcement as it is now.
        announcement: Announcement
    }
);

/// The claims, and the cities they are about.
fn read(claims: &[AnnouncementClaimInput]) -> Done<(Json<Vec<Claim>>, Links)> {
    let claim = |(index, claim): (usize, &AnnouncementClaimInput)| {
        Ok(Claim {
            city: Id::<City>::parse(&claim.city, &format!("input.claims.{index}.city"))?,
            claim: claim.claim.trim().to_owned(),
            verbatim: claim.verbatim.clone(),
            said_on: claim.said_on.map(|day| day.0),
        })
    };
    let claims: Vec<Claim> = claims.iter().enumerate().map(claim).collect::<Done<_>>()?;
    let links = Links { join: &CITIES, to: cities(&claims) };
    Ok((Json(claims), links))
}

/// The cities that claims are about, each once.
pub(super) fn cities(claims: &[Claim]) -> Vec<uuid::Uuid> {
    let mut cities: Vec<_> = claims.iter().map(|claim| claim.city.uuid()).collect();
    cities.sort_unstable();
    cities.dedup();
    cities
}

impl Command for PublishAnnouncementInput {
    type Output = Id<Announcement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Announcement>> {
        let programme = Id::<Programme>::parse(&self.programme, "input.programme")?;
        tx.may(Act::Govern, &Owners { cities: vec![], programmes: vec![programme.uuid()] })?;
        let (claims, links) = read(&self.claims)?;
        let id: Id<Announcement> = tx.id();
        let day = self.published_on.map_or_else(|| tx.now().day(), |day| day.0);
        let title = self.text.fields().get("title").cloned().unwrap_or_default();
        let mut row = new_row!(id, tx.slug::<Row>(self.slug.as_deref(), &title, id).await?, Audience::public(), {
            programme,
            title: String::new(),
            language: self.language.0.clone(),
            languages: Json(Vec::new()),
            text_version: 0,
            published_on: Json(day),
            published_at: Moment::of_day(day),
            state: State::Published,
            source: self.source.clone(),
            claims,
        });
        text::begin(tx, &mut row, &self.text).await?;
        Ok(tx.create(row, &[links]).await?.id)
    }
}

impl Command for CorrectAnnouncementInput {
    type Output = Id<Announcement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Announcement>> {
        let before = lives::begin(tx, &life::CORRECT, &self.target).await?;
        let mut after = before.clone();
        after.slug = tx.changed_slug(&before, self.slug.as_ref()).await?;
        if let Some(day) = self.published_on {
            (after.published_on, after.published_at) = (Json(day.0), Moment::of_day(day.0));
        }
        self.source.clone().update_to(&mut after.source);
        let (claims, links) = self.claims.as_deref().map(read).transpose()?.unzip();
        put(&mut after.claims, claims);
        text::change(tx, &mut after, &self.text).await?;
        if after != before {
            after.state = State::Corrected;
        }
        // All links every time, so that whoever follows one of the cities is told.
        let links = links.unwrap_or_else(|| Links { join: &CITIES, to: cities(&before.claims) });
        tx.change(&before, after, &[links]).await?;
        Ok(before.id)
    }
}

mutations!("AnnouncementMutation" {
    /// Publishes news of a programme. For its officers and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    publish_announcement(input: PublishAnnouncementInput) -> AnnouncementPayload = input.idempotency_key => input,
    /// Corrects an announcement; what was said before stays readable in `earlierTexts`. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    correct_announcement(input: CorrectAnnouncementInput) -> AnnouncementPayload = input.target.idempotency_key => input,
    /// Adds or replaces a translation. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    translate_announcement(input: TranslateInput<Announcement>) -> AnnouncementPayload = input.target.idempotency_key => input.by(&life::TRANSLATE),
});
