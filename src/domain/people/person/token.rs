//! Tokens: the credentials of a person. Only the digest is kept.
use std::collections::HashMap;

use async_graphql::{Context, ID, Object};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{QueryFilter, entity::prelude::*};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Person;
use crate::{
    base::{Id, Kind, Moment, Result},
    relay::{DateTime, Object, context::Asking, loaders::Batch},
    store::{Reader, Tx},
};

/// A row of tokens.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<AccessToken>,
    pub version: i64,
    pub person: Id<Person>,
    /// SHA-256 of the secret in hex. Not kept in the past, where more people may look one day.
    #[serde(skip_serializing)]
    pub digest: String,
    pub created_at: Moment,
    pub expires_at: Option<Moment>,
    pub revoked_at: Option<Moment>,
}

crate::part!(of | row | row.person, named | row | format!("token/{}", row.id.uuid().simple()));

/// The digest under which a secret is kept: SHA-256 in hex. A token has 256 random bits, so it needs no salt.
pub fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

/// The text of a secret: `hansa_` and 43 letters.
fn secret(bytes: [u8; 32]) -> String {
    format!("hansa_{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// A token that was made, with the only copy of its secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Made {
    /// What is sent as `Authorization: Bearer …`. It is not kept beside an idempotency key, as it is kept nowhere: a retry has none.
    #[serde(skip)]
    pub secret: Option<String>,
    /// Names the token without its secret.
    pub token: Id<AccessToken>,
    /// Whose it is.
    pub person: Id<Person>,
}

/// Makes a token for a person.
pub async fn create_token(tx: &mut Tx<'_>, person: Id<Person>, expires_at: Option<Moment>) -> Result<Made> {
    let secret = secret(tx.secret());
    let token: Id<AccessToken> = tx.id();
    let row = Model { id: token, version: 0, person, digest: digest(&secret), created_at: tx.now(), expires_at, revoked_at: None };
    tx.part(None, row).await?;
    Ok(Made { secret: Some(secret), token, person })
}

/// Gives a token a new secret in place of the one it had; answers it.
pub(super) async fn renew(tx: &mut Tx<'_>, token: &Model) -> Result<String> {
    let secret = secret(tx.secret());
    tx.part(Some(token), Model { digest: digest(&secret), ..token.clone() }).await?;
    Ok(secret)
}

/// Ends a token; answers whether it had not ended.
pub(super) async fn revoke(tx: &mut Tx<'_>, token: &Model) -> Result<bool> {
    if token.revoked_at.is_some() {
        return Ok(false);
    }
    let now = tx.now();
    tx.part(Some(token), Model { revoked_at: Some(now), ..token.clone() }).await?;
    Ok(true)
}

/// The token with this id.
pub(super) async fn find(tx: &Tx<'_>, id: Id<AccessToken>) -> Result<Option<Model>> {
    tx.first(tx.every::<Entity>().filter(Column::Id.eq(id))).await
}

/// Tokens by person.
struct OfPeople;

impl Batch for OfPeople {
    type Key = Uuid;
    type Value = Vec<Model>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<Model>>> {
        let mut found: HashMap<Uuid, Vec<Model>> = HashMap::new();
        for row in reader.all(reader.parts::<Entity>().filter(Column::Person.is_in(keys))).await? {
            found.entry(row.person.uuid()).or_default().push(row);
        }
        found.values_mut().for_each(|rows| rows.sort_by_key(|row| row.id));
        Ok(found)
    }
}

/// The tokens of a person. Ask only for viewers who may see them.
pub(super) async fn of(ctx: &Context<'_>, person: Id<Person>) -> Result<Vec<Object<AccessToken>>> {
    let rows = ctx.scope().loaders.load((), person.uuid(), || Ok(OfPeople)).await?;
    Ok(rows.unwrap_or_default().into_iter().map(AccessToken).map(Object).collect())
}

/// Tokens by their own ids.
struct ById;

impl Batch for ById {
    type Key = Uuid;
    type Value = Model;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, Model>> {
        let rows = reader.all(reader.parts::<Entity>().filter(Column::Id.is_in(keys))).await?;
        Ok(rows.into_iter().map(|row| (row.id.uuid(), row)).collect())
    }
}

/// The token that was just made or revoked by the viewer.
pub(super) async fn one(ctx: &Context<'_>, id: Id<AccessToken>) -> Result<Option<Object<AccessToken>>> {
    Ok(ctx.scope().loaders.load((), id.uuid(), || Ok(ById)).await?.map(AccessToken).map(Object))
}

/// A credential of a person. Its secret was told once, when it was made.
pub struct AccessToken(Model);

impl Kind for AccessToken {
    const NAME: &'static str = "token";
}

/// A credential of a person. Its secret was told once, when it was made.
#[Object]
impl AccessToken {
    /// Names the token; give it to `revokeToken`.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it ends by itself; null where it does not.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(DateTime)
    }

    /// When it was revoked; null unless it was.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_43_letters_behind_its_mark() {
        let secret = secret([255; 32]);
        let letters = secret.strip_prefix("hansa_").unwrap();
        assert_eq!(letters.len(), 43);
        assert!(letters.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
    }

    #[test]
    fn the_digest_is_sha_256_in_hex() {
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
