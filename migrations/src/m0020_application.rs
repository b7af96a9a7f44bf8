//! Applications of cities to calls, and what officers waive for a city.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE).replace("{later}", "DEFERRABLE INITIALLY DEFERRED")).await
}

const SQL: &str = "
CREATE TABLE application ({face}, call {uuid} NOT NULL REFERENCES call (id), programme {uuid} NOT NULL REFERENCES programme (id), city {uuid} NOT NULL REFERENCES city (id),
  name TEXT NOT NULL, folded TEXT NOT NULL, side TEXT, state TEXT NOT NULL, language TEXT NOT NULL, statement TEXT, challenges TEXT NOT NULL, strengths TEXT NOT NULL,
  working_languages TEXT NOT NULL, capacity {number} NOT NULL, preferred_countries TEXT NOT NULL, excluded_countries TEXT NOT NULL, submitted_at {number}, rules_version {number},
  decided_on TEXT, reason TEXT, reserve_position {number}, withdrawn_reason TEXT);
CREATE UNIQUE INDEX application_once ON application (call, city) WHERE state <> 'withdrawn';
CREATE INDEX application_call ON application (call, folded, id);
CREATE INDEX application_city ON application (city, folded, id);
CREATE INDEX application_programme ON application (programme, folded, id);
CREATE INDEX application_name ON application (folded, id);
CREATE TABLE application_theme (application {uuid} NOT NULL REFERENCES application (id) {later}, theme {uuid} NOT NULL REFERENCES theme (id) {later}, position {number} NOT NULL, PRIMARY KEY (application, theme));
CREATE INDEX application_theme_back ON application_theme (theme, application);
CREATE TABLE application_goal (application {uuid} NOT NULL REFERENCES application (id) {later}, goal {uuid} NOT NULL REFERENCES goal (id) {later}, position {number} NOT NULL, PRIMARY KEY (application, goal));
CREATE INDEX application_goal_back ON application_goal (goal, application);
CREATE TABLE application_preferred_city (application {uuid} NOT NULL REFERENCES application (id) {later}, city {uuid} NOT NULL REFERENCES city (id) {later}, position {number} NOT NULL, PRIMARY KEY (application, city));
CREATE INDEX application_preferred_city_back ON application_preferred_city (city, application);
CREATE TABLE application_excluded_city (application {uuid} NOT NULL REFERENCES application (id) {later}, city {uuid} NOT NULL REFERENCES city (id) {later}, position {number} NOT NULL, PRIMARY KEY (application, city));
CREATE INDEX application_excluded_city_back ON application_excluded_city (city, application);
ALTER TABLE call ADD COLUMN waivers TEXT NOT NULL DEFAULT '[]';
";
