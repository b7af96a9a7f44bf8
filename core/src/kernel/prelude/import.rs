//! What a kind’s `import.rs` is written with: its records.
pub use crate::{
    access::{Audience, Scope},
    base::{Code, Kind, Language, Result, refuse, refuse_if},
    kernel::{
        column::ColumnsRecord,
        export::{ExportContext, Exportable},
        import::{Doubt, ImportContext, Importable, NamedRecord, Prepared, TextsRecord, note_of},
    },
    new_row,
    store::{Json, Tx},
};
