//! The record of a kind that is made of its columns, of what it names and of its texts, and of nothing else.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::{ImportContext, Importable, NamedRecord, Prepared, Texts, TextsRecord};
use crate::{
    base::Result,
    kernel::{
        column::{ColumnsRecord, Filled},
        export::{ExportContext, Exportable, WrittenTexts},
        relation::Relates,
        text::Written,
    },
    store::{Record, Tx},
};

/// A kind with such a record.
pub trait Recorded: Filled + Relates {
    /// Its texts: [`TextsRecord`], or [`NoTexts`].
    type Texts: RecordedTexts<Self>;
    /// The language of texts that tell none; none where they have to.
    const LANGUAGE: Option<&'static str> = None;
}

/// The texts of such a record.
pub trait RecordedTexts<T: Relates>: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Puts into the row what it keeps of them, and answers what is to be saved.
    fn put(&self, row: &mut T::Row, other: Option<&str>) -> Result<Option<Texts<T::Row>>>;
    /// Reads those of these things.
    fn load<'t>(context: &'t ExportContext, ids: Vec<Uuid>) -> BoxFuture<'t, Result<WrittenTexts>>;
    /// What a row's texts are.
    fn of(row: &T::Row, texts: &WrittenTexts) -> Self;
}

impl<T: Written + Relates> RecordedTexts<T> for TextsRecord<T> {
    fn put(&self, row: &mut T::Row, other: Option<&str>) -> Result<Option<Texts<T::Row>>> {
        Self::put(self, row, other)
    }

    fn load<'t>(context: &'t ExportContext, ids: Vec<Uuid>) -> BoxFuture<'t, Result<WrittenTexts>> {
        Box::pin(async move { context.texts(&ids).await })
    }

    fn of(row: &T::Row, texts: &WrittenTexts) -> Self {
        Self::of(row, texts)
    }
}

/// The texts of a kind that has none.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct NoTexts {}

impl<T: Relates> RecordedTexts<T> for NoTexts {
    fn put(&self, _: &mut T::Row, _: Option<&str>) -> Result<Option<Texts<T::Row>>> {
        Ok(None)
    }

    fn load<'t>(_: &'t ExportContext, _: Vec<Uuid>) -> BoxFuture<'t, Result<WrittenTexts>> {
        Box::pin(async { Ok(WrittenTexts::default()) })
    }

    fn of(_: &T::Row, _: &WrittenTexts) -> Self {
        Self {}
    }
}

/// The record. Without `audience` it is public.
#[derive(Deserialize, Serialize)]
#[serde(bound = "T: Recorded")]
pub struct PlainRecord<T: Recorded> {
    slug: String,
    audience: Option<String>,
    #[serde(flatten)]
    columns: ColumnsRecord<T>,
    #[serde(flatten)]
    named: NamedRecord<T>,
    #[serde(flatten)]
    texts: T::Texts,
}

impl<T: Recorded + 'static> Importable for PlainRecord<T> {
    type Row = T::Row;

    fn prepare(&self, before: Option<&T::Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<T::Row>> {
        let audience = context.audience_or_public(self.audience.as_ref())?;
        let mut row = T::Row::empty(context.own_id(before, &self.slug), self.slug.clone(), audience);
        self.named.put(&mut row, context)?;
        self.columns.put(&mut row);
        let texts = self.texts.put(&mut row, T::LANGUAGE)?;
        Ok(Prepared { row: row.with_derived(), links: self.named.links(context)?, texts })
    }
}

impl<T: Recorded + 'static> Exportable for PlainRecord<T> {
    async fn of_all(rows: Vec<T::Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let named = NamedRecord::of_all(&rows, context).await?;
        let texts = T::Texts::load(context, rows.iter().map(|row| row.id().uuid()).collect()).await?;
        let record = |(row, named): (T::Row, NamedRecord<T>)| {
            let (columns, texts) = (ColumnsRecord::of(&row), T::Texts::of(&row, &texts));
            Ok(Self { slug: row.slug().to_owned(), audience: Some(context.audience(row.audience())?), columns, named, texts })
        };
        rows.into_iter().zip(named).map(record).collect()
    }
}
