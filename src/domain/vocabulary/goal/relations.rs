//! What goals are related to.
use super::{Goal, Row};
use crate::{
    domain::{
        agenda::Agenda,
        application::{self, Application},
        practice::{self, Practice},
        seminar::{self, Seminar},
    },
    kernel::{prelude::relations::*, relation::pages},
};

static AGENDA: Relation<Row> = one::<Row, Agenda>("agenda", "The agenda it belongs to.", "agenda", |row| Some(row.agenda.uuid())).tagged();
static PARENT: Relation<Row> =
    one::<Row, Goal>("parent", "The goal above; null for a root.", "parent", |row| row.parent.map(Id::uuid)).tagged().indexed();
static CHILDREN: Relation<Row> = pages::<Row, Goal>(
    "children",
    "What stands right below it, in the agenda's order: the targets of a goal, the paragraphs of a commitment.",
    Parent::Column("parent"),
);
static PRACTICES: Relation<Row> = list::<Row, Practice>(
    "practices",
    "The practices that serve exactly this goal; those of what stands below it are told there.",
    Parent::Left(&practice::GOALS),
);
static SEMINARS: Relation<Row> = list::<Row, Seminar>(
    "seminars",
    "The seminars that serve exactly this goal; those of what stands below it are told there.",
    Parent::Left(&seminar::GOALS),
);

static APPLICATIONS: Relation<Row> = list::<Row, Application>(
    "applications",
    "The applications that want to serve exactly this goal, as far as the viewer may see them.",
    Parent::Left(&application::GOALS),
);

impl Relates for Goal {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&AGENDA, &PARENT, &CHILDREN, &PRACTICES, &SEMINARS, &APPLICATIONS];
}
