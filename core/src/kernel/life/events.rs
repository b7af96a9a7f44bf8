//! What is told of a kind's things, as data.

/// Declares a kind's sorts of events: each with its name, what it does to a thing, what it says, and what is special about it (`first`, `reference`, `personal`). Where nothing special happens to the kind's things, it
/// also says which of them a save makes: that of a new thing, or else of a changed one; a translation of its texts is told as one.
#[macro_export]
macro_rules! events {
    ($($event:ident = $name:literal $turn:ident $said:literal $($how:ident)*),* $(,)? $(; $($which:tt)*)?) => {
        $(pub static $event: $crate::store::EventType = $crate::store::EventType::new($name, $crate::store::Turn::$turn, $said)$(.$how())*;)*

        /// The sorts of events.
        pub static EVENTS: &[&$crate::store::EventType] = &[$(&$event),*];

        $($crate::events!(@save $($which)*);)?
    };
    (@save new $begun:ident, changed $revised:ident $(, texts of $kind:ident)?) => {
        /// The events of one save.
        pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static $crate::store::EventType> {
            let is_translation: &[bool] = &[$($crate::kernel::text::is_translation::<$kind>(before, after))?];
            $crate::kernel::life::events(before, after, &$begun, &$revised, is_translation.contains(&true))
        }
    };
    (@save only new $begun:ident, changed $revised:ident) => {
        /// The events of one save.
        pub(super) fn events(before: Option<&Row>, _: &Row) -> Vec<&'static $crate::store::EventType> {
            vec![if before.is_none() { &$begun } else { &$revised }]
        }
    };
}
