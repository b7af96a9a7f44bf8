//! What administrators fill in of a theme.
use super::{Row, Theme};
use crate::kernel::prelude::fields::*;

columns!(Theme {
    name: "The English name, 1 to 200 characters.",
    parent: "The theme above; a root where not given."
        .changed("The theme above; null makes it a root. What stands below it moves along.")
        .unrecorded(),
});
