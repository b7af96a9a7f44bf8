//! Lists of a kind: filter, order and pages, declared once, for the root and for every field that lists the kind.
use std::{borrow::Cow, marker::PhantomData};

use async_graphql::{
    Context, ContextSelectionSet, ID, InputType, ObjectType, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{MetaField, MetaInputValue, Registry},
    resolver_utils::ContainerType,
};
use futures_util::future::BoxFuture;
use sea_orm::{
    Select,
    sea_query::{Alias, Expr},
};
use uuid::Uuid;

use super::filter::{Narrowed, Narrows};
use crate::{
    access::Visible,
    base::{Id, Result},
    relay::{Connection, NodeType, Object, PageArgs, context::Asking, context::TableOf, field},
    store::{Order, Reader, page::Sort, reader::Parent},
};

/// A kind that is listed.
pub trait Listed: NodeType {
    /// Which of them.
    type Filter: InputType + Narrows<TableOf<Self>> + Default + Send + Sync + 'static;
    /// Their order.
    type Order: InputType + Orders + Default + Copy + Send + Sync + 'static;

    /// What the `filter` argument is called in a sentence: “Which practices.” Empty where there is no filter ([`NoFilter`]).
    const WHICH: &'static str;
    /// Whether there is a choice of orders; else [`NoOrder`].
    const IS_ORDERED: bool = true;

    /// The rows the filter leaves of those the reader's viewer sees.
    fn select(reader: &Reader, filter: &Self::Filter) -> Result<Select<TableOf<Self>>> {
        Ok(filter.narrow(Narrowed::of(reader))?.end())
    }

    /// Refuses a filter that names what is not there, or what the viewer may not see: its list would be empty for a reason that nobody tells.
    fn refuse_unknown(reader: &Reader, filter: &Self::Filter) -> impl Future<Output = Result<()>> + Send {
        let named = filter.narrow(Narrowed::of(reader)).map(Narrowed::named_refs);
        let reader = reader.clone();
        async move {
            for (refs, path) in named? {
                refs.refuse_unknown(&reader, &path).await?;
            }
            Ok(())
        }
    }

    /// What the rows are ordered by; the filter may tell from where they are measured.
    fn order(order_by: Self::Order, _filter: &Self::Filter) -> Result<Order> {
        Ok(order_by.order())
    }
}

/// A choice of orders.
pub trait Orders {
    /// The order that was chosen.
    fn order(self) -> Order;
}

/// Declares the orders of a kind's lists: what each says, and by what it sorts. The first is the usual one.
#[macro_export]
macro_rules! orders {
    ($(#[$doc:meta])* $name:ident {
        $(#[$usual_said:meta])* $usual:ident = $usual_order:expr,
        $($(#[$said:meta])* $other:ident = $order:expr),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, async_graphql::Enum)]
        pub enum $name {
            $(#[$usual_said])*
            #[default]
            $usual,
            $($(#[$said])* $other,)*
        }
        impl $crate::kernel::list::Orders for $name {
            fn order(self) -> $crate::store::Order {
                match self {
                    Self::$usual => $usual_order,
                    $(Self::$other => $order,)*
                }
            }
        }
    };
}

/// Declares how a kind is listed: by which filter and in which orders, and its two fields at the root.
#[macro_export]
macro_rules! listed {
    ($kind:ident {
        filter: $filter:ty, $which:literal,
        order: $order:ty,
        one: $one:literal, $one_said:literal,
        all: $all:literal, $all_said:literal
        $(, hides: $state:expr, $hidden:expr)? $(,)?
    }) => {
        impl $crate::kernel::Listed for $kind {
            type Filter = $filter;
            type Order = $order;
            const WHICH: &'static str = $which;
            $(
                /// Things in this state are listed only for those who ask for them.
                fn select(reader: &$crate::store::Reader, filter: &$filter) -> $crate::base::Result<sea_orm::Select<Entity>> {
                    let rows = $crate::kernel::Narrowed::of(reader).standing(filter.states.as_ref(), $state, $hidden);
                    Ok($crate::kernel::filter::Narrows::narrow(filter, rows)?.end())
                }
            )?
        }
        impl $crate::kernel::Rooted for $kind {
            const ONE: Option<(&'static str, &'static str)> = Some(($one, $one_said));
            const ALL: (&'static str, &'static str) = ($all, $all_said);
        }
    };
}

/// Of kinds whose lists have no filter.
pub type NoFilter = bool;
/// Of kinds whose lists have one order.
pub type NoOrder = bool;

impl<E: Visible> Narrows<E> for NoFilter {
    fn narrow<'r>(&self, rows: Narrowed<'r, E>) -> Result<Narrowed<'r, E>> {
        Ok(rows)
    }
}

impl Orders for NoOrder {
    fn order(self) -> Order {
        Order { name: "id", key: Expr::col(Alias::new("id")), sort: Sort::Text, descending: false }
    }
}

/// A kind with fields at the root of the graph.
pub trait Rooted: Listed {
    /// The field for one, with its description; none where no address has the slug.
    const ONE: Option<(&'static str, &'static str)>;
    /// Whether one is named by its id: no address has its slug.
    const IS_BY_ID: bool = false;
    /// What the slug argument says.
    const SLUG: &'static str = "The slug, present or former.";
    /// The field for all, with its description.
    const ALL: (&'static str, &'static str);
}

/// Where a list stands: at the root its arguments say more of the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the root.
    Root,
    /// As a field of a node.
    Field,
    /// As a field of a node that lists all, in the usual order.
    Whole,
}

/// The field of a list: its arguments are said once, here.
pub fn meta<T: Listed>(name: &str, description: &str, place: Place, registry: &mut Registry) -> MetaField {
    let mut meta = field::meta::<Connection<T>>(name, description, registry);
    let mut args = Vec::with_capacity(6);
    if has_filter::<T>(place) {
        args.push(field::input::<Option<T::Filter>>("filter", T::WHICH, None, registry));
    }
    if has_order::<T>(place) {
        args.push(field::input::<T::Order>("orderBy", "Their order.", Some(&T::Order::default()), registry));
    }
    args.extend(page_arguments(place, registry));
    meta.args = args.into_iter().map(|argument| (argument.name.clone(), argument)).collect::<IndexMap<_, _>>();
    meta
}

fn has_filter<T: Listed>(place: Place) -> bool {
    !T::WHICH.is_empty() && place != Place::Whole
}

fn has_order<T: Listed>(place: Place) -> bool {
    T::IS_ORDERED && place != Place::Whole
}

/// The four arguments of a page.
fn page_arguments(place: Place, registry: &mut Registry) -> [MetaInputValue; 4] {
    let (first, last) = match place {
        Place::Root => (
            "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.",
            "At most this many from the end; 0 to 100.",
        ),
        Place::Field | Place::Whole => ("At most this many from the start.", "At most this many from the end."),
    };
    [
        field::input::<Option<i32>>("first", first, None, registry),
        field::input::<Option<String>>("after", "Only after this cursor.", None, registry),
        field::input::<Option<i32>>("last", last, None, registry),
        field::input::<Option<String>>("before", "Only before this cursor.", None, registry),
    ]
}

/// The arguments of a list, as the query gives them.
fn arguments<T: Listed>(ctx: &Context<'_>, place: Place) -> ServerResult<(T::Filter, T::Order, PageArgs)> {
    let read = || {
        let filter = if has_filter::<T>(place) { ctx.param_value::<Option<T::Filter>>("filter", None)?.1 } else { None };
        let order_by = if has_order::<T>(place) { ctx.param_value("orderBy", Some(T::Order::default))?.1 } else { T::Order::default() };
        let (_, first) = ctx.param_value("first", None)?;
        let (_, after) = ctx.param_value("after", None)?;
        let (_, last) = ctx.param_value("last", None)?;
        let (_, before) = ctx.param_value("before", None)?;
        Ok((filter.unwrap_or_default(), order_by, PageArgs::new(first, after, last, before)))
    };
    read().map_err(|error| ctx.set_error_path(error))
}

/// A page of what hangs on a parent, loaded together with those of its siblings.
pub async fn of_parent<T: Listed>(ctx: &Context<'_>, parent: Uuid, by: Parent, place: Place) -> ServerResult<Option<Value>> {
    let (filter, order_by, page) = arguments::<T>(ctx, place)?;
    let listed = ctx.children::<T>(parent, by, &page, move |reader| Ok((T::select(reader, &filter)?, T::order(order_by, &filter)?))).await;
    field::answer(ctx, listed).await
}

/// A kind's part of the query root: one by its slug or id, and all.
pub struct RootFields<T>(PhantomData<fn() -> T>);

impl<T> Default for RootFields<T> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T: Rooted> OutputType for RootFields<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Root", T::type_name()))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        field::object::<Self>(registry, |registry| {
            let mut fields = vec![meta::<T>(T::ALL.0, T::ALL.1, Place::Root, registry)];
            if let Some((name, description)) = T::ONE {
                let mut one = field::meta::<Option<Object<T>>>(name, description, registry);
                let by = match T::IS_BY_ID {
                    true => field::input::<ID>("id", "Its id.", None, registry),
                    false => field::input::<String>("slug", T::SLUG, None, registry),
                };
                one.args = IndexMap::from([(by.name.clone(), by)]);
                fields.push(one);
            }
            fields
        })
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        async_graphql::resolver_utils::resolve_container(ctx, self).await
    }
}

impl<T: Rooted> ContainerType for RootFields<T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        // Boxed: the merged root nests the futures of all its parts.
        let answer: BoxFuture<'_, ServerResult<Option<Value>>> = Box::pin(resolve::<T>(ctx));
        answer.await
    }
}

/// The answer of a root field of this kind.
async fn resolve<T: Rooted>(ctx: &Context<'_>) -> ServerResult<Option<Value>> {
    let asked = ctx.item.node.name.node.as_str();
    if T::IS_BY_ID && T::ONE.is_some_and(|(name, _)| name == asked) {
        let (_, id) = ctx.param_value::<ID>("id", None).map_err(|error| ctx.set_error_path(error))?;
        let found = match Id::<T>::parse(&id, "id") {
            Ok(id) => ctx.load(id).await,
            Err(refusal) => Err(refusal.into()),
        };
        return field::answer(ctx, found).await;
    }
    if T::ONE.is_some_and(|(name, _)| name == asked) {
        let (_, slug) = ctx.param_value::<String>("slug", None).map_err(|error| ctx.set_error_path(error))?;
        return field::answer(ctx, ctx.by_slug::<T>(slug).await).await;
    }
    if T::ALL.0 != asked {
        return Ok(None);
    }
    let (filter, order_by, page) = arguments::<T>(ctx, Place::Root)?;
    let listed = match T::order(order_by, &filter).and_then(|order| Ok((T::select(ctx.reader(), &filter)?, order))) {
        Ok((select, order)) => match ctx.list::<T>(select, order, &page).await {
            // Asked only where the answer would be empty: what is found says enough.
            Ok(listed) if listed.is_empty() => T::refuse_unknown(ctx.reader(), &filter).await.map(|()| listed),
            listed => listed,
        },
        Err(error) => Err(error),
    };
    field::answer(ctx, listed).await
}

impl<T: Rooted> ObjectType for RootFields<T> {}
