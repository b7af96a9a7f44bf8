//! What a kind’s `write.rs` is written with: its mutations.
pub use crate::{
    access::{Act, Audience, Owners, Scope},
    base::{Code, Id, Language, Result, Result as Done, refuse, refuse_if},
    kernel::{
        Change, Edit, New, UpdateInput,
        life::{ReasonedStep, Step, StepInput},
        text,
        text::{PartsInput, TranslateInput},
    },
    mutations, new_row, payload,
    relay::{LanguageTag, Target, context::Asking, put, refs},
    store::{Command, Json, Links, Tx},
};
