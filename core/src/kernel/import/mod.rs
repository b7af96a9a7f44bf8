//! Import: JSON Lines in, one verdict a record out; the same path for a file, the demonstration and a dry run.
//!
//! Records refer to each other by slug, in any order within one import; the slug is the natural key. A record that is
//! refused is named with its reason and the others go on, unless all or nothing was asked for. A record is the whole thing: what it
//! does not tell is emptied, unless that shall be kept; a field that its kind does not know is warned of, or refused. Nothing here knows a
//! kind: each kind says in its own `import.rs` how a record becomes a row, its links and its texts ([`Importable`]).
mod context;
mod fields;
mod order;
mod plain;
mod precheck;
mod record;
mod runner;
mod save;
mod slugs;
mod source;
pub mod tree;

pub use context::{ImportContext, KeptFile, note_of};
pub use fields::Alternatives;
pub use plain::{NoTexts, PlainRecord, Recorded};
pub use record::{NamedRecord, TextsRecord};
pub use runner::{Import, Report, run};
pub use save::{Importer, Of};
pub use source::{Line, read};

use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    base::{Language, Result},
    files::Files,
    kernel::text,
    store::{Links, Record, Tx},
};

/// How to import.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Do everything but the commit.
    pub dry_run: bool,
    /// Take all records or none.
    pub atomic: bool,
    /// Refuse records with fields that their kind does not know, in place of a warning.
    pub strict: bool,
    /// Leave what a record does not tell as it is, in place of emptying it.
    pub keep_missing: bool,
}

/// How one record went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was new.
    Created,
    /// It was there and something changed.
    Updated,
    /// It was there as it is.
    Unchanged,
    /// It was not taken, and why.
    Refused(String),
}

/// Something about a record that a person has to decide: told beside its verdict, and decided by nobody here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The field it is about.
    pub field: &'static str,
    /// What is in doubt, and what would settle it.
    pub sentence: String,
    /// What it may be, each in a few words.
    pub candidates: Vec<String>,
}

/// What a record becomes.
pub struct Prepared<R> {
    /// The row; its version and times are the store's business.
    pub row: R,
    /// All links the row owns.
    pub links: Vec<Links>,
    /// The original text and the translations, for kinds that have texts.
    pub texts: Option<Texts<R>>,
}

/// The texts of a record; of a kind whose things may have none, perhaps nothing.
pub struct Texts<R> {
    /// The language of the original.
    pub language: Language,
    /// The original.
    pub original: text::Fields,
    /// The translations.
    pub translations: Vec<text::Draft>,
    /// The version the original begins with where it is new; what translations are measured against.
    pub version: Option<i64>,
    /// What a row keeps of its texts.
    pub head: for<'r> fn(&'r R) -> text::TextHead<'r>,
    /// Notes in the row what was saved of them.
    pub keep: fn(&mut R, text::Saved, &text::Fields),
}

/// A kind of record that can be imported.
pub trait Importable: DeserializeOwned + Send + Sync + 'static {
    /// The row it becomes.
    type Row: Record;

    /// Fields of which a record tells one.
    const ALTERNATIVES: Option<Alternatives> = None;

    /// Keeps the files these records bring, before any transaction; what came of each is noted in the context. A dry run keeps nothing.
    fn gather<'t>(_lines: Vec<Line>, _context: &'t mut ImportContext, _files: &'t Files, _is_dry: bool) -> BoxFuture<'t, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    /// What is in doubt of these records, whatever their verdicts: each with its place. They are any JSON.
    fn doubts(_told: &[(usize, Value)]) -> Vec<(usize, Doubt)> {
        Vec::new()
    }

    /// What the whole kind needs from the database before its records are prepared.
    fn ready<'t>(_tx: &'t Tx<'_>, _context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    /// What these records need from the database before they are prepared.
    fn look<'t>(_records: Vec<&'t Self>, _tx: &'t Tx<'_>, _context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    /// Turns the record into its row, starting from the row that is there.
    fn prepare(&self, before: Option<&Self::Row>, context: &mut ImportContext, tx: &Tx<'_>) -> Result<Prepared<Self::Row>>;

    /// Whether saving the row changed other rows of its kind, which the import then reads anew.
    fn moves_others(_before: &Self::Row, _after: &Self::Row) -> bool {
        false
    }

    /// What else has to be saved with the row: parts such as memberships; answers whether anything changed.
    fn also<'t>(
        &'t self,
        _row: &'t Self::Row,
        _is_new: bool,
        _context: &'t ImportContext,
        _tx: &'t mut Tx<'_>,
    ) -> BoxFuture<'t, Result<bool>> {
        Box::pin(async { Ok(false) })
    }

    /// What new rows bring about elsewhere, once all of a transaction's were saved: of many at once.
    fn follow<'t>(_new: Vec<Self::Row>, _tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<()>> {
        Box::pin(async { Ok(()) })
    }
}
