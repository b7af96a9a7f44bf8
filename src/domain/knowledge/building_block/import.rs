//! Importing building blocks.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{BuildingBlock, Row, row::State};
use crate::{
    base::Id,
    domain::practice::{self, Practice},
    kernel::prelude::import::*,
};

/// A record of a building block. Without `state` it is not withdrawn; whose it is and who may see it follows from its practice.
#[derive(Deserialize, Serialize)]
pub struct BuildingBlockRecord {
    slug: String,
    state: Option<State>,
    /// The other practices that point to it. It stands here and not with those, as records name what was brought before them.
    used_by: Option<Vec<String>>,
    #[serde(flatten)]
    columns: ColumnsRecord<BuildingBlock>,
    #[serde(flatten)]
    named: NamedRecord<BuildingBlock>,
    #[serde(flatten)]
    texts: TextsRecord<BuildingBlock>,
}

impl BuildingBlockRecord {
    fn users(&self, context: &ImportContext) -> Result<Vec<Uuid>> {
        context.list::<Practice>(self.used_by.as_deref().unwrap_or_default(), "used_by")
    }
}

impl Importable for BuildingBlockRecord {
    type Row = Row;

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        let practices = records.iter().filter_map(|record| context.find(Practice::NAME, record.named.slug("practice")?));
        let practices: Vec<Uuid> = practices.collect();
        Box::pin(async move {
            for (practice, city) in practice::cities_of(tx, &practices).await? {
                context.set_note(note_of(BuildingBlock::NAME, practice), city.to_string());
            }
            Ok(())
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let practice = self.named.id::<Practice>("practice", context)?;
        // Judged here, so that the other records of an import go on; practices judge it, too.
        let is_own = self.users(context)?.contains(&practice.uuid());
        refuse_if(is_own, Code::BadInput, "used_by", "“used_by” names the practice that it is part of; name others.")?;
        let Some(city) = context.noted(&note_of(BuildingBlock::NAME, practice.uuid())).map(str::to_owned) else {
            return refuse(Code::NotFound, "practice", "“practice” names what is not there.");
        };
        let audience = context.audience_of(practice.uuid());
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), audience, {
            practice,
            city: Id::parse(&city, "practice")?,
            state: self.state.unwrap_or(State::Active),
        });
        self.columns.put(&mut row);
        let texts = self.texts.put(&mut row, None)?;
        Ok(Prepared { row: row.derived(), links: self.named.links(context)?, texts })
    }

    fn also<'t>(&'t self, row: &'t Row, is_new: bool, context: &'t ImportContext, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<bool>> {
        Box::pin(async move {
            let users = self.users(context)?;
            if is_new && users.is_empty() {
                return Ok(false);
            }
            practice::settle_users(tx, row.id, &users).await
        })
    }
}

impl Exportable for BuildingBlockRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id.uuid()).collect();
        let mut users = practice::users_of(context.reader(), &ids).await?;
        let record = |row: Row, named, texts| {
            let users = users.remove(&row.id.uuid()).unwrap_or_default();
            let mut used_by = users.into_iter().map(|practice| context.name(practice)).collect::<Result<Vec<_>>>()?;
            used_by.sort_unstable();
            Ok(Self { columns: ColumnsRecord::of(&row), texts, named, used_by: Some(used_by), state: Some(row.state), slug: row.slug })
        };
        context.written_records(rows, record).await
    }
}
