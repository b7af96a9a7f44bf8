//! Makes a kind's row a record of the store.

/// Declares how the rows of a kind are saved: what titles them in the log, which events a save makes, what they are related to, and
/// the rules they obey. The columns that are checked are those that people fill in ([`Filled`](super::Filled)), if no others are named. It stands
/// in the kind's `mod.rs`, so that a row knows neither its events nor its relations.
#[macro_export]
macro_rules! record {
    (@columns $kind:ty,) => {
        <$kind as $crate::kernel::Filled>::COLUMNS
    };
    (@columns $kind:ty, $columns:expr) => {
        $columns
    };
    ($kind:ty {
        title: $title:ident,
        events: $events:expr
        $(, tags: $tags:expr)?
        $(, columns: $columns:expr)?
        $(, derived: $derived:expr)?
        $(, check: $check:expr)?
        $(, paragraphs: [$($paragraph:literal),*])?
        $(, ripple: $ripple:expr)?
        $(, counters: $counters:expr)?
        $(,)?
    }) => {
        impl $crate::store::Record for row::Model {
            type Kind = $kind;
            const PARAGRAPHS: &'static [&'static str] = &[$($($paragraph),*)?];
            fn empty(id: $crate::base::Id<$kind>, slug: String, audience: $crate::access::Audience) -> Self {
                Self::blank(id, slug, audience)
            }
            $(fn with_derived(self) -> Self {
                $derived(self)
            })?
            fn id(&self) -> $crate::base::Id<$kind> {
                self.id
            }
            fn version(&self) -> i64 {
                self.version
            }
            fn slug(&self) -> &str {
                &self.slug
            }
            fn set_slug(&mut self, slug: String) {
                self.slug = slug;
            }
            fn audience(&self) -> &$crate::access::Audience {
                &self.audience
            }
            fn set_audience(&mut self, audience: $crate::access::Audience) {
                self.audience = audience;
            }
            fn saved(&mut self, version: i64, created_at: $crate::base::Moment, updated_at: $crate::base::Moment) {
                (self.version, self.created_at, self.updated_at) = (version, created_at, updated_at);
            }
            fn title(&self) -> &str {
                &self.$title
            }
            fn created_at(&self) -> $crate::base::Moment {
                self.created_at
            }
            fn updated_at(&self) -> $crate::base::Moment {
                self.updated_at
            }
            fn events(before: Option<&Self>, after: &Self) -> Vec<&'static $crate::store::EventType> {
                $events(before, after)
            }
            fn tags(&self) -> Vec<uuid::Uuid> {
                let own: &[fn(&Self) -> Vec<uuid::Uuid>] = &[$($tags)?];
                $crate::kernel::relation::tags(<$kind as $crate::kernel::Relates>::RELATIONS, self).into_iter().chain(own.iter().flat_map(|own| own(self))).collect()
            }
            fn joins() -> Vec<&'static $crate::store::Join> {
                $crate::kernel::relation::tagged_joins(<$kind as $crate::kernel::Relates>::RELATIONS)
            }
            fn references(&self) -> Vec<(&'static str, &'static str, uuid::Uuid)> {
                $crate::kernel::relation::references(<$kind as $crate::kernel::Relates>::RELATIONS, self)
            }
            fn linked_kinds() -> Vec<(&'static $crate::store::Join, &'static str, &'static str)> {
                $crate::kernel::relation::linked_kinds(<$kind as $crate::kernel::Relates>::RELATIONS)
            }
            fn check<'t>(
                saving: &'t $crate::store::Saving<'t, Self>,
                refusals: &'t mut $crate::store::Refusals,
                _tx: &'t $crate::store::Tx<'_>,
            ) -> futures_util::future::BoxFuture<'t, $crate::base::Result<()>> {
                Box::pin(async move {
                    $crate::kernel::column::check::<Self>($crate::record!(@columns $kind, $($columns)?), saving, refusals)?;
                    $($check(saving, refusals, _tx).await?;)?
                    Ok(())
                })
            }
            $(fn ripple<'t>(saving: &'t $crate::store::Saving<'t, Self>, tx: &'t mut $crate::store::Tx<'_>) -> futures_util::future::BoxFuture<'t, $crate::base::Result<()>> {
                Box::pin($ripple(saving, tx))
            })?
            $(fn counters() -> Vec<row::Column> {
                $counters.to_vec()
            })?
        }
    };
}
