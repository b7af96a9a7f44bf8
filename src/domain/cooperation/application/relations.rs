//! What applications are related to.
use super::{
    Application, Row,
    row::{EXCLUDED, GOALS, PREFERRED, THEMES},
};
use crate::{
    domain::{
        assessment::Assessment, call::Call, city::City, document::Document, goal::Goal, involvement::Involvement, programme::Programme,
        theme::Theme,
    },
    kernel::prelude::relations::*,
};

static CALL: Relation<Row> = one::<Row, Call>("call", "The call it answers.", "call", |row| Some(row.call.uuid())).tagged().indexed();
static PROGRAMME: Relation<Row> =
    one::<Row, Programme>("programme", "The programme that calls.", "programme", |row| Some(row.programme.uuid())).tagged().unrecorded();
static CITY: Relation<Row> = one::<Row, City>("city", "The city that applies.", "city", |row| Some(row.city.uuid())).tagged().indexed();
static THEMES_OF: Relation<Row> =
    many::<Row, Theme>("themes", "The themes of its challenges and strengths.", &THEMES).tagged().indexed().unrecorded();
static GOALS_OF: Relation<Row> = many::<Row, Goal>("goals", "The goals of the agendas it wants to serve.", &GOALS).indexed();
static PREFERRED_CITIES: Relation<Row> = many::<Row, City>("preferred_cities", "Cities it would like to work with.", &PREFERRED);
static EXCLUDED_CITIES: Relation<Row> = many::<Row, City>("excluded_cities", "Cities it would not work with.", &EXCLUDED);
static DOCUMENTS: Relation<Row> = list::<Row, Document>("documents", "The documents about it.", Parent::Column("about"));
static INVOLVEMENTS: Relation<Row> = list::<Row, Involvement>("involvements", "The organisations that take part.", Parent::Column("about"));

static ASSESSMENTS: Relation<Row> =
    list::<Row, Assessment>("assessments", "Its assessments, for the programme's officers alone.", Parent::Column("application"));

impl Relates for Application {
    const RELATIONS: &'static [&'static Relation<Row>] =
        &[&CALL, &PROGRAMME, &CITY, &THEMES_OF, &GOALS_OF, &PREFERRED_CITIES, &EXCLUDED_CITIES, &DOCUMENTS, &INVOLVEMENTS, &ASSESSMENTS];
}
