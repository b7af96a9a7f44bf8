//! A thing's texts in the graph: its fields in the reader's best language, and the text in one language as a whole.
use std::borrow::Cow;

use async_graphql::{
    Context, ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{MetaField, Registry},
    resolver_utils::ContainerType,
};
use futures_util::future::BoxFuture;

use super::{Chosen, Row, Searched, Translation, TranslationOrigin, choose, load, part::TextPart, part::Written};
use crate::{
    base::{Result, text::camel},
    relay::{LanguageTag, Object, context::Asking, field},
    store::Record,
};

type Languages = Option<Vec<LanguageTag>>;

/// The fields of a node that its texts make: flattened into the node's type.
pub struct Texts<'r, T>(pub &'r T);

impl<T: Written> Texts<'_, T> {
    fn chosen(&self, ctx: &Context<'_>) -> ServerResult<Chosen> {
        let (_, languages) = ctx.param_value::<Languages>("languages", None).map_err(|error| ctx.set_error_path(error))?;
        let head = T::head(self.0.row());
        Ok(choose(ctx, languages.as_deref(), head.language, head.heads))
    }

    fn withholds(&self, ctx: &Context<'_>) -> bool {
        T::withholds(self.0.row(), &ctx.viewer())
    }

    async fn text(&self, ctx: &Context<'_>, chosen: Chosen) -> Result<Option<Row>> {
        load(ctx, self.0.row().id().uuid(), chosen.language).await
    }

    /// One part in the reader's language; the words of the original stand in for those that a translation lacks, where the row has them.
    async fn part(&self, ctx: &Context<'_>, part: &TextPart) -> ServerResult<Option<Value>> {
        let chosen = self.chosen(ctx)?;
        let words = match (part.is_in_row, chosen.is_original) {
            (true, true) => Ok(T::in_row(self.0.row(), part.name).map(str::to_owned)),
            (true, false) => {
                let text = self.text(ctx, chosen).await;
                text.map(|text| {
                    text.as_ref().and_then(|text| text.field(part.name)).or(T::in_row(self.0.row(), part.name)).map(str::to_owned)
                })
            }
            (false, _) => self.text(ctx, chosen).await.map(|text| text.and_then(|mut text| text.fields.0.remove(part.name))),
        };
        if part.is_always_there {
            return field::answer(ctx, words.map(Option::unwrap_or_default)).await;
        }
        field::answer(ctx, words.map(|words| words.filter(|words| !words.is_empty()))).await
    }
}

impl<T: Written> OutputType for Texts<'_, T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Texts", T::type_name()))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        field::object::<Self>(registry, |registry| {
            let languages = |mut meta: MetaField, registry: &mut Registry| {
                let argument = field::input::<Languages>("languages", "Languages the reader wants, best first.", None, registry);
                meta.args = IndexMap::from([(argument.name.clone(), argument)]);
                meta
            };
            let mut fields = Vec::with_capacity(T::PARTS.len() + 4);
            for part in T::PARTS {
                let (name, told) = (camel(part.name), part.of_node());
                let meta = if part.is_always_there {
                    field::meta::<String>(&name, &told, registry)
                } else {
                    field::meta::<Option<String>>(&name, &told, registry)
                };
                fields.push(languages(meta, registry));
            }
            if !T::IS_TOLD {
                return fields;
            }
            let whole = "The whole text in the reader's best language, with that language, and whether it is the original or stale.";
            let text = field::meta::<Option<Object<Text<T>>>>("text", whole, registry);
            fields.push(languages(text, registry));
            fields.push(field::meta::<LanguageTag>("language", "The language of the original.", registry));
            fields.push(field::meta::<i64>("textVersion", "The version of the original text.", registry));
            fields.push(field::meta::<Vec<Translation>>("translations", "The translations there are.", registry));
            fields
        })
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        async_graphql::resolver_utils::resolve_container(ctx, self).await
    }
}

impl<T: Written> ContainerType for Texts<'_, T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let asked = ctx.item.node.name.node.as_str();
        if let Some(part) = T::PARTS.iter().find(|part| field::is_named(asked, part.name)) {
            let is_title = part.searched == Some(Searched::Title);
            if !is_title && self.withholds(ctx) {
                // What every thing answers is answered empty.
                let empty = part.is_always_there.then(String::new);
                return field::answer(ctx, Ok(empty)).await;
            }
            return self.part(ctx, part).await;
        }
        if !T::IS_TOLD {
            return Ok(None);
        }
        let head = T::head(self.0.row());
        match asked {
            "language" => field::answer(ctx, Ok(LanguageTag(head.language.clone()))).await,
            "textVersion" => field::answer(ctx, Ok(head.version)).await,
            "translations" => field::answer(ctx, Ok(Translation::list(head.heads, head.version))).await,
            "text" if self.withholds(ctx) => field::answer(ctx, Ok(None::<Object<Text<T>>>)).await,
            "text" => {
                let text = self.text(ctx, self.chosen(ctx)?).await;
                let of = |row: Row| Object(Text::<T>::of(row, head.version));
                field::answer(ctx, text.map(|text| text.map(of))).await
            }
            _ => Ok(None),
        }
    }
}

impl<T: Written> Text<T> {
    /// The text, of a thing whose original has this version.
    pub const fn of(row: Row, original_version: i64) -> Self {
        Self { row, original_version, of: std::marker::PhantomData }
    }
}

/// A thing's text in one language.
pub struct Text<T> {
    row: Row,
    original_version: i64,
    of: std::marker::PhantomData<fn() -> T>,
}

/// A field of a text: its name, its sentence, its type, its value.
type Told =
    (&'static str, &'static str, fn(&str, &str, &mut Registry) -> MetaField, for<'a> fn(&'a Row, i64, &'a Context<'a>) -> Answer<'a>);
type Answer<'a> = BoxFuture<'a, ServerResult<Option<Value>>>;

/// What every text tells beside its parts.
const TOLD: [Told; 6] = [
    ("language", "The language.", field::meta::<LanguageTag>, |row, _, ctx| {
        Box::pin(field::answer(ctx, Ok(LanguageTag(row.language.clone()))))
    }),
    ("isOriginal", "Whether the others translate it.", field::meta::<bool>, |row, _, ctx| {
        Box::pin(field::answer(ctx, Ok(row.is_original)))
    }),
    ("isStale", "Whether the original changed since it was translated.", field::meta::<bool>, |row, original, ctx| {
        Box::pin(field::answer(ctx, Ok(row.of_version < original)))
    }),
    ("ofVersion", "The version of the original it translates, or its own where it is the original.", field::meta::<i64>, |row, _, ctx| {
        Box::pin(field::answer(ctx, Ok(row.of_version)))
    }),
    ("origin", "Who translated it; a person, too, where it is the original.", field::meta::<TranslationOrigin>, |row, _, ctx| {
        Box::pin(field::answer(ctx, Ok(TranslationOrigin::of(row.tool.as_ref()))))
    }),
    ("tool", "The tool that translated it, where a machine did.", field::meta::<Option<String>>, |row, _, ctx| {
        Box::pin(field::answer(ctx, Ok(row.tool.clone())))
    }),
];

impl<T: Written> OutputType for Text<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::TEXT.0)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        field::object_told::<Self>(registry, Some(T::TEXT.1), |registry| {
            let mut fields: Vec<MetaField> = TOLD.iter().map(|(name, told, meta, _)| meta(name, told, registry)).collect();
            fields.extend(T::PARTS.iter().map(|part| {
                let (name, told) = (camel(part.name), part.description);
                if part.is_required {
                    field::meta::<String>(&name, told, registry)
                } else {
                    field::meta::<Option<String>>(&name, told, registry)
                }
            }));
            fields
        })
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        async_graphql::resolver_utils::resolve_container(ctx, self).await
    }
}

impl<T: Written> ContainerType for Text<T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let asked = ctx.item.node.name.node.as_str();
        if let Some(part) = T::PARTS.iter().find(|part| field::is_named(asked, part.name)) {
            let words = self.row.field(part.name);
            if part.is_required {
                return field::answer(ctx, Ok(words.unwrap_or_default().to_owned())).await;
            }
            return field::answer(ctx, Ok(words.map(str::to_owned))).await;
        }
        match TOLD.iter().find(|(name, ..)| *name == asked) {
            Some((_, _, _, answer)) => answer(&self.row, self.original_version, ctx).await,
            None => Ok(None),
        }
    }
}
