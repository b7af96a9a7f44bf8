//! The secrets that deliveries are signed with: the newest, and for a day the one before it.
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sea_orm::{Condition, QueryFilter, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::Webhook;
use crate::{
    base::{Id, Kind, Moment, Result},
    store::{Reader, Tx},
};

/// How long the secret before the newest signs on, in microseconds: a day.
const OVERLAP: i64 = Moment::DAY;

/// A row of secrets. It has no past: nobody shall find an old secret there.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "webhook_secret")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Secret>,
    pub webhook: Id<Webhook>,
    /// `whsec_` and base64, as Standard Webhooks writes it.
    pub secret: String,
    pub created_at: Moment,
    /// When it ends; none for the newest.
    pub until: Option<Moment>,
}

crate::plain_table!();

/// A secret. It has an id and no face: it is told once.
pub struct Secret;

impl Kind for Secret {
    const NAME: &'static str = "webhook_secret";
}

/// Makes the secret of a webhook; one that there was signs on for a day, one before that no more.
pub(super) async fn make(tx: &mut Tx<'_>, webhook: Id<Webhook>) -> Result<String> {
    let secret = format!("whsec_{}", STANDARD.encode(tx.secret()));
    let of_webhook = Condition::all().add(Column::Webhook.eq(webhook));
    tx.discard::<Entity>(of_webhook.clone().add(Column::Until.is_not_null())).await?;
    let until = tx.now().0 + OVERLAP;
    tx.mark::<Entity>(of_webhook, vec![(Column::Until, until.into())]).await?;
    let row = Model { id: tx.id(), webhook, secret: secret.clone(), created_at: tx.now(), until: None };
    tx.derived(row);
    Ok(secret)
}

/// The secrets a delivery is signed with now, the newest first. For who sends, and nobody else.
pub async fn of(reader: &Reader, webhook: Id<Webhook>, now: Moment) -> Result<Vec<String>> {
    let in_force = Condition::any().add(Column::Until.is_null()).add(Column::Until.gt(now.0));
    let select = reader.parts::<Entity>().filter(Column::Webhook.eq(webhook)).filter(in_force);
    let rows = reader.all(select.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id)).await?;
    Ok(rows.into_iter().map(|row| row.secret).collect())
}

/// Until when the secret before the newest signs; none where there is none.
pub(super) async fn overlap(reader: &Reader, webhook: Id<Webhook>, now: Moment) -> Result<Option<Moment>> {
    let select = reader.parts::<Entity>().filter(Column::Webhook.eq(webhook)).filter(Column::Until.gt(now.0));
    Ok(reader.first(select).await?.and_then(|row| row.until))
}
