//! The texts people write: one original and translations of it, each knowing which version of the original it
//! translates, so that a stale translation is told as stale.
//!
//! A thing with texts keeps in its own row the language of the original, the original's version and the list of
//! translations ([`Head`]s), so that only texts that are really wanted are loaded. A text has no audience of its own:
//! it is reached only through its subject.
//!
//! Which parts a kind's texts have is declared once ([`TextPart`], [`Written`]); everything else follows from that.
mod command;
mod input;
mod load;
mod node;
mod part;
mod row;
mod save;
mod translation;

pub use command::{Revision, Translate as TranslateCommand, TranslateInput, begin, change, refuse, revise, word_count};
pub use input::{Create, PartsInput, PartsRecord, Taken, Translate, Update};
pub use load::{Chosen, choose, load, of_all};
pub use node::{Text, Texts};
pub use part::{InRow, Searched, TextHead, TextPart, Use, Written, check, check_tool, check_translation, is_translation, searched};
pub use row::{Fields, Head, Model as Row, part_name};
pub use save::{Draft, Saved, save, save_original, translations_of, translations_of_all};
pub use translation::{Translation, TranslationOrigin};
