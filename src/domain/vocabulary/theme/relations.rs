//! What themes are related to.
use super::{Row, Theme};
use crate::{
    domain::{
        application::{self, Application},
        city::{self, City},
        pairing::Pairing,
        practice::{self, Practice},
        programme::{self, Programme},
        seminar::{self, Seminar},
    },
    kernel::{prelude::relations::*, relation::pages},
};

static PARENT: Relation<Row> =
    one::<Row, Theme>("parent", "The theme above; null for a root.", "parent", |row| row.parent.map(Id::uuid)).tagged().indexed();
static CHILDREN: Relation<Row> = pages::<Row, Theme>("children", "The themes right below, by name.", Parent::Column("parent"));
// Of what stands below a theme is told there; the filters of the lists find both.
static PRACTICES: Relation<Row> =
    list::<Row, Practice>("practices", "The practices that belong to exactly this theme.", Parent::Left(&practice::THEMES));
static CITIES: Relation<Row> = list::<Row, City>("cities", "The cities that work on exactly this theme.", Parent::Left(&city::THEMES));
static SEMINARS: Relation<Row> =
    list::<Row, Seminar>("seminars", "The seminars that belong to exactly this theme.", Parent::Left(&seminar::THEMES));
static PAIRINGS: Relation<Row> = list::<Row, Pairing>("pairings", "The pairings that chose this theme.", Parent::Column("theme"));
static PROGRAMMES: Relation<Row> =
    list::<Row, Programme>("programmes", "The programmes that work on exactly this theme.", Parent::Left(&programme::THEMES));
static APPLICATIONS: Relation<Row> = list::<Row, Application>(
    "applications",
    "The applications with a challenge or strength of exactly this theme, as far as the viewer may see them.",
    Parent::Left(&application::THEMES),
);

impl Relates for Theme {
    const RELATIONS: &'static [&'static Relation<Row>] =
        &[&PARENT, &CHILDREN, &PRACTICES, &CITIES, &SEMINARS, &PAIRINGS, &PROGRAMMES, &APPLICATIONS];
}
