//! Reading agendas.

use super::{Agenda, row::Column};
use crate::kernel::{list::NoFilter, prelude::read::*};

orders!(
    /// How agendas are ordered.
    AgendaOrder {
        /// By English name.
        NameAsc = Order::by("name", Column::Name, Sort::Text),
        /// The last added first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

listed!(Agenda {
    filter: NoFilter, "",
    order: AgendaOrder,
    one: "agenda", "The agenda with this slug.",
    all: "agendas", "The agendas.",
});
