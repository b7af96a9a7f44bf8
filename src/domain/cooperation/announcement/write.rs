//! Writing announcements: the officers of the programme whose news they are.
use async_graphql::{ID, InputObject};

use super::{
    Announcement, Row, life,
    row::{self, Claim, State},
};
use crate::{
    base::Moment,
    domain::{city::City, programme::Programme},
    kernel::prelude::write::*,
    relay::DateValue,
};

/// Something an announcement says of a city on a day.
#[derive(Clone, Debug, InputObject)]
pub struct AnnouncementClaimInput {
    /// The city.
    pub city: ID,
    /// What is said: “new city”.
    pub claim: String,
    /// Whether it says that the city is new to the programme.
    #[graphql(default)]
    pub is_new: bool,
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
    /// The day it was published; today where not given.
    pub published_on: Option<DateValue>,
    #[graphql(flatten)]
    pub new: New<Announcement>,
    /// What it says of cities.
    #[graphql(default)]
    pub claims: Vec<AnnouncementClaimInput>,
}

/// What `correctAnnouncement` takes; what is left out stays as it is. What was said before stays readable.
#[derive(Clone, Debug, InputObject)]
pub struct CorrectAnnouncementInput {
    #[graphql(flatten)]
    pub change: Change<Announcement>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Announcement, text::Update>,
    /// The day it was published.
    pub published_on: Option<DateValue>,
    /// What it says of cities, all anew.
    pub claims: Option<Vec<AnnouncementClaimInput>>,
}

payload!(
    AnnouncementPayload { announcement: Announcement },
    "What the mutations of announcements answer.",
    "The announcement as it is now."
);

/// The claims, and the cities they are about.
fn read(claims: &[AnnouncementClaimInput]) -> Done<(Json<Vec<Claim>>, [Links; 2])> {
    let claim = |(index, claim): (usize, &AnnouncementClaimInput)| {
        Ok(Claim {
            city: Id::<City>::parse(&claim.city, &format!("input.claims.{index}.city"))?,
            claim: claim.claim.trim().to_owned(),
            is_new: claim.is_new,
            verbatim: claim.verbatim.clone(),
            said_on: claim.said_on.map(|day| day.0),
        })
    };
    let claims: Vec<Claim> = claims.iter().enumerate().map(claim).collect::<Done<_>>()?;
    let links = row::links(&claims);
    Ok((Json(claims), links))
}

impl Command for PublishAnnouncementInput {
    type Output = Id<Announcement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Announcement>> {
        let programme = Id::<Programme>::parse(&self.programme, "input.programme")?;
        tx.may(Act::Govern, &Owners::of_programmes([programme.uuid()]))?;
        let (claims, links) = read(&self.claims)?;
        let id: Id<Announcement> = tx.id();
        let day = self.published_on.map_or_else(|| tx.now().day(), |day| day.0);
        let mut row = new_row!(id, String::new(), Audience::public(), {
            programme,
            language: self.language.0.clone(),
            published_on: Json(day),
            published_at: Moment::of_day(day),
            state: State::Published,
            claims,
        });
        self.new.fill(tx, &mut row, self.text.get("title")).await?;
        text::begin(tx, &mut row, &self.text).await?;
        Ok(tx.create(row, &links).await?.id)
    }
}

impl Command for CorrectAnnouncementInput {
    type Output = Id<Announcement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Announcement>> {
        let (before, mut after) = self.change.begin(tx, &life::CORRECT).await?;
        if let Some(day) = self.published_on {
            (after.published_on, after.published_at) = (Json(day.0), Moment::of_day(day.0));
        }
        let (claims, links) = self.claims.as_deref().map(read).transpose()?.unzip();
        put(&mut after.claims, claims);
        text::change(tx, &mut after, &self.text).await?;
        if after != before {
            after.state = State::Corrected;
        }
        tx.change(&before, after, links.as_ref().map_or(&[], |links| &links[..])).await?;
        Ok(before.id)
    }
}

mutations!("AnnouncementMutation" {
    /// Publishes news of a programme. For its officers and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    publish_announcement(input: PublishAnnouncementInput) -> AnnouncementPayload = input.new.idempotency_key => input,
    /// Corrects an announcement; what was said before stays readable in `earlierTexts`. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    correct_announcement(input: CorrectAnnouncementInput) -> AnnouncementPayload = input.change.target.idempotency_key => input,
    /// Adds or replaces a translation. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    translate_announcement(input: TranslateInput<Announcement>) -> AnnouncementPayload = input.target.idempotency_key => input.by(&life::TRANSLATE),
});
