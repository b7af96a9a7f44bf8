//! Recording an adoption.
use async_graphql::{ID, InputObject};
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{
    super::{
        Adoption, Row, life,
        row::{Column, Entity, Phase, Reached, State},
    },
    begin::{became, tell, version_of},
};
use crate::{
    domain::{
        city::City,
        practice::{Offer, Practice},
        seminar::Seminar,
    },
    kernel::prelude::write::*,
    relay::DateValue,
};

/// What `recordAdoption` takes.
#[derive(Clone, Debug, InputObject)]
pub struct RecordAdoptionInput {
    /// The practice that was taken up.
    pub practice: ID,
    /// The version of its original that was taken; the newest where not given.
    pub practice_version: Option<i64>,
    /// The city that took it up: one the viewer represents.
    pub city: ID,
    /// The seminar where the city met the practice.
    pub seminar: Option<ID>,
    /// The practice of the city's own that came of it.
    pub becomes: Option<ID>,
    /// How far the city has come.
    #[graphql(default_with = "Phase::Interest")]
    pub phase: Phase,
    /// The day on which it came so far; today where not given.
    pub reached_on: Option<DateValue>,
    /// The language of the texts.
    pub language: LanguageTag,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Adoption, text::Create>,
    #[graphql(flatten)]
    pub new: New<Adoption>,
}

impl Command for RecordAdoptionInput {
    type Output = Id<Adoption>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Adoption>> {
        let (practice, city) = (Id::<Practice>::parse(&self.practice, "input.practice")?, Id::<City>::parse(&self.city, "input.city")?);
        let seminar = refs::given::<Seminar>(self.seminar.as_ref(), "input.seminar")?;
        let becomes = refs::given::<Practice>(self.becomes.as_ref(), "input.becomes")?;
        tx.may(Act::Write, &Owners::of_cities([city.uuid()]))?;
        let offer = Offer::seen(tx, practice, "input.practice").await?;
        offer.refuse_withdrawn("input.practice")?;
        let source = offer.source();
        became(tx, becomes, city).await?;
        let on = self.reached_on.map_or_else(|| tx.now().day(), |day| day.0);
        let mut row = new_row!(tx.id(), String::new(), Audience::public(), {
            practice,
            practice_version: version_of(self.practice_version, &source, "input.practiceVersion")?,
            owner: source.city,
            city,
            seminar,
            becomes,
            language: self.language.0.clone(),
            state: State::InProgress,
            phases: Json(vec![Reached { phase: self.phase, on: Some(on) }]),
            is_practice_public: source.is_public,
        });
        let standing = tx.every::<Entity>().filter(Column::Practice.eq(practice)).filter(Column::City.eq(city));
        let standing = tx.first(standing.filter(Column::State.eq(State::InProgress))).await?;
        let told = "The city is busy with this practice already; update that adoption, or conclude it first.";
        refuse_if(standing.is_some(), Code::Taken, "input.practice", told)?;
        self.new.fill(tx, &mut row, self.text.get("title")).await?;
        text::begin(tx, &mut row, &self.text).await?;
        let row = tx.create(row.derived(), &[]).await?;
        tell(tx, &row, &life::RECEIVED, row.owner).await?;
        Ok(row.id)
    }
}
