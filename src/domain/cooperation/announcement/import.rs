//! Importing announcements.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Announcement, Row,
    row::{self, Claim, State},
};
use crate::{
    base::{Moment, text::is_blank},
    domain::{city::City, programme::Programme},
    kernel::prelude::import::*,
};

#[derive(Debug, Deserialize, Serialize)]
struct ClaimRecord {
    city: String,
    claim: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_new: bool,
    verbatim: Option<String>,
    said_on: Option<Date>,
}

/// A record of an announcement.
#[derive(Deserialize, Serialize)]
pub struct AnnouncementRecord {
    slug: String,
    published_on: Date,
    state: Option<State>,
    #[serde(default)]
    claims: Vec<ClaimRecord>,
    #[serde(flatten)]
    columns: ColumnsRecord<Announcement>,
    #[serde(flatten)]
    named: NamedRecord<Announcement>,
    #[serde(flatten)]
    texts: TextsRecord<Announcement>,
}

/// What was corrected once stays corrected, whatever the record says.
fn state(before: Option<State>, told: Option<State>, is_corrected: bool) -> State {
    if is_corrected || before == Some(State::Corrected) {
        return State::Corrected;
    }
    told.or(before).unwrap_or(State::Published)
}

impl AnnouncementRecord {
    fn claims(&self, context: &ImportContext) -> Result<Vec<Claim>> {
        let claim = |(index, claim): (usize, &ClaimRecord)| {
            let city = context.id::<City>(&claim.city, &format!("claims.{index}.city"))?;
            Ok(Claim {
                city,
                claim: claim.claim.trim().to_owned(),
                is_new: claim.is_new,
                verbatim: claim.verbatim.clone(),
                said_on: claim.said_on,
            })
        };
        self.claims.iter().enumerate().map(claim).collect()
    }
}

impl Importable for AnnouncementRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        for part in ["title", "body"] {
            refuse_if(is_blank(&self.texts.text.words(part)), Code::Required, part, format!("“{part}” is empty."))?;
        }
        let claims = self.claims(context)?;
        let links = row::links(&claims).into();
        let is_corrected = before.is_some_and(|row| row.claims.0 != claims || row.published_on.0 != self.published_on);
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            programme: self.named.id::<Programme>("programme", context)?,
            text_version: before.map_or(0, |row| row.text_version),
            published_on: Json(self.published_on),
            published_at: Moment::of_day(self.published_on),
            state: state(before.map(|row| row.state), self.state, is_corrected),
            claims: Json(claims),
        });
        self.columns.put(&mut row);
        let texts = self.texts.put(&mut row, None)?;
        Ok(Prepared { row, links, texts })
    }
}

impl Exportable for AnnouncementRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let claim = |claim: Claim| {
            Ok(ClaimRecord {
                city: context.slug(claim.city)?,
                claim: claim.claim,
                is_new: claim.is_new,
                verbatim: claim.verbatim,
                said_on: claim.said_on,
            })
        };
        let record = |row: Row, named, texts| {
            Ok(Self {
                columns: ColumnsRecord::of(&row),
                texts,
                named,
                claims: row.claims.0.into_iter().map(claim).collect::<Result<_>>()?,
                slug: row.slug,
                published_on: row.published_on.0,
                state: Some(row.state),
            })
        };
        context.written_records(rows, record).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_is_not_taken_back_by_importing_the_same_again() {
        assert_eq!(state(None, None, false), State::Published);
        assert_eq!(state(Some(State::Published), Some(State::Published), true), State::Corrected);
        assert_eq!(state(Some(State::Corrected), Some(State::Published), false), State::Corrected);
        assert_eq!(state(None, Some(State::Corrected), false), State::Corrected);
    }
}
