//! Names of reference data in several languages: labels kept in the row.
use std::{borrow::Cow, collections::BTreeMap};

use async_graphql::{Context, Object, TypeName};

use crate::{
    base::{Language, Result},
    relay::{LanguageTag, NodeType, context::Asking},
    store::{Refusals, Saving},
};

/// Labels by language tag.
pub type Labels = BTreeMap<String, String>;

/// A row with an English name and labels in other languages.
pub trait Labelled {
    /// The longest name, in characters.
    const LONGEST: usize;
    /// The English name.
    fn name(&self) -> &str;
    /// The labels.
    fn labels(&self) -> &Labels;
}

/// Declares that a kind's rows have labels, and how long these are at most.
#[macro_export]
macro_rules! labelled {
    ($longest:literal) => {
        impl $crate::kernel::label::Labelled for Model {
            const LONGEST: usize = $longest;
            fn name(&self) -> &str {
                &self.name
            }
            fn labels(&self) -> &$crate::kernel::label::Labels {
                &self.labels
            }
        }
    };
}

/// Refuses what has no name, labels without words, and those that are too long.
pub fn check<R: Labelled>(saving: &Saving<'_, R>, refusals: &mut Refusals) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name().to_owned()) {
        refusals.named("name", row.name(), R::LONGEST);
    }
    if saving.sets(|row| row.labels().clone()) {
        for (language, label) in row.labels() {
            // A mutation gives them as a list, in which none has a place of its own any more.
            let told = format!("labels.{language}");
            refusals.named(refusals.either("labels", &told), label, R::LONGEST);
        }
    }
    Ok(())
}

/// The field `name`: flattened into the node's type.
pub struct LabelledName<'r, T>(pub &'r T);

impl<T: NodeType> TypeName for LabelledName<'_, T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Name", T::type_name()))
    }
}

/// What it is called.
#[Object(name_type)]
impl<T: NodeType<Row: Labelled>> LabelledName<'_, T> {
    /// The name in the reader's best language, else English.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> String {
        best(ctx, languages.as_deref(), self.0.row().labels(), self.0.row().name())
    }
}

/// The best label for the reader, else the English name.
fn best(ctx: &Context<'_>, wanted: Option<&[LanguageTag]>, labels: &Labels, english: &str) -> String {
    let asked: Vec<Language>;
    let wanted: &[Language] = match wanted {
        Some(tags) => {
            asked = tags.iter().map(|tag| tag.0.clone()).collect();
            &asked
        }
        None => &ctx.scope().languages,
    };
    among(wanted, labels, english).to_owned()
}

fn among<'a>(wanted: &[Language], labels: &'a BTreeMap<String, String>, english: &'a str) -> &'a str {
    let tag = |tag: &str| Language::parse(tag);
    let named = labels.iter().filter_map(|(language, label)| Some((tag(language)?, label.as_str())));
    let mut offered: Vec<(Language, &str)> = named.collect();
    if !offered.iter().any(|(language, _)| language.as_str() == "en") {
        offered.extend(tag("en").map(|language| (language, english)));
    }
    Language::best(wanted, &offered, |(language, _)| language).map_or(english, |(_, label)| label)
}

/// What a value of a filter is called, and where it stands.
#[derive(Clone, Debug)]
pub struct Called {
    /// Its name in the reader's best language.
    pub name: String,
    /// The slug of the value right above it, in a tree.
    pub above: Option<String>,
}

impl Called {
    /// What reference data is called. `path` holds the slugs from the root, the own one last, each with a slash behind it.
    pub fn labelled(wanted: &[Language], labels: &BTreeMap<String, String>, english: &str, path: &str) -> Self {
        let above = path.trim_end_matches('/').rsplit('/').nth(1).map(str::to_owned);
        Self { name: among(wanted, labels, english).to_owned(), above }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_looked_up_as_texts_are() {
        let labels = [("de", "Wasser"), ("nb", "Vann"), ("pt-BR", "Água"), ("zh-Hant", "水")];
        let labels: BTreeMap<String, String> = labels.map(|(tag, label)| (tag.to_owned(), label.to_owned())).into();
        let label = |wanted: &[&str]| {
            let wanted: Vec<Language> = wanted.iter().filter_map(|tag| Language::parse(tag)).collect();
            among(&wanted, &labels, "Water").to_owned()
        };
        assert_eq!([label(&["no"]), label(&["de-AT"]), label(&["pt-PT"]), label(&["zh-TW"])], ["Vann", "Wasser", "Água", "水"]);
        assert_eq!([label(&["en-GB", "de"]), label(&["tlh", "de"]), label(&["tlh"]), label(&[])], ["Water", "Wasser", "Water", "Water"]);
    }
}
