//! The kinds of the graph and the links between them. Foreign keys are checked at commit, so that an import
//! may name things in any order.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    // Every kind begins alike: id, slug, version, audience, when it came and changed.
    super::run(tx, &SQL.replace("{face}", FACE).replace("{later}", "DEFERRABLE INITIALLY DEFERRED")).await?;
    super::compress(tx, &LONG).await
}

pub(super) const FACE: &str = "id {uuid} PRIMARY KEY, slug TEXT NOT NULL UNIQUE, version {number} NOT NULL, audience TEXT NOT NULL, created_at {number} NOT NULL, updated_at {number} NOT NULL";

/// Where long texts stand.
const LONG: [(&str, &str); 4] = [("text", "fields"), ("extracted_text", "pages"), ("history", "before"), ("history", "after")];

const SQL: &str = "
CREATE TABLE text (
  subject {uuid} NOT NULL,
  language TEXT NOT NULL,
  is_original {truth} NOT NULL,
  version {number} NOT NULL,
  of_version {number} NOT NULL,
  fields TEXT NOT NULL,
  updated_at {number} NOT NULL,
  PRIMARY KEY (subject, language)
);

CREATE TABLE theme ({face}, name TEXT NOT NULL, labels TEXT NOT NULL, parent {uuid} REFERENCES theme (id) {later}, path TEXT NOT NULL);
CREATE INDEX theme_path ON theme (path);
CREATE INDEX theme_parent ON theme (parent, name, id);

CREATE TABLE agenda ({face}, name TEXT NOT NULL, description TEXT, labels TEXT NOT NULL, source TEXT);

CREATE TABLE goal ({face}, agenda {uuid} NOT NULL REFERENCES agenda (id) {later}, parent {uuid} REFERENCES goal (id) {later},
  code TEXT NOT NULL, name TEXT NOT NULL, labels TEXT NOT NULL, position {number} NOT NULL, path TEXT NOT NULL);
CREATE INDEX goal_path ON goal (path);
CREATE INDEX goal_agenda ON goal (agenda, position, id);
CREATE INDEX goal_parent ON goal (parent, position, id);

CREATE TABLE programme ({face}, name TEXT NOT NULL, description TEXT, language TEXT NOT NULL, languages TEXT NOT NULL, text_version {number} NOT NULL, stated TEXT NOT NULL, source TEXT);

CREATE TABLE call ({face}, programme {uuid} NOT NULL REFERENCES programme (id) {later}, name TEXT NOT NULL, side TEXT, description TEXT,
  state TEXT NOT NULL, opens TEXT, closes TEXT, opens_at {number} NOT NULL, opens_by {number} NOT NULL, rules TEXT NOT NULL, source TEXT);
CREATE INDEX call_programme ON call (programme, opens_at, id);

CREATE TABLE city ({face}, name TEXT NOT NULL, folded TEXT NOT NULL, names TEXT NOT NULL, country TEXT NOT NULL, city_kind TEXT NOT NULL, state TEXT NOT NULL,
  latitude {real}, longitude {real}, x {real}, y {real}, z {real}, population {number}, populations TEXT NOT NULL, aliases TEXT NOT NULL,
  profile TEXT, challenges TEXT NOT NULL, strengths TEXT NOT NULL, language TEXT NOT NULL, languages TEXT NOT NULL, text_version {number} NOT NULL,
  side TEXT, website TEXT, source TEXT);
CREATE INDEX city_name ON city (folded, id);
CREATE INDEX city_country ON city (country, folded, id);

CREATE TABLE pairing ({face}, programme {uuid} NOT NULL REFERENCES programme (id) {later}, call {uuid} REFERENCES call (id) {later}, name TEXT NOT NULL, folded TEXT NOT NULL,
  summary TEXT, language TEXT NOT NULL, started_on TEXT, theme {uuid} REFERENCES theme (id) {later}, state TEXT NOT NULL, source TEXT);
CREATE INDEX pairing_programme ON pairing (programme, folded, id);
CREATE INDEX pairing_name ON pairing (folded, id);

CREATE TABLE announcement ({face}, programme {uuid} NOT NULL REFERENCES programme (id) {later}, title TEXT NOT NULL, language TEXT NOT NULL, languages TEXT NOT NULL,
  text_version {number} NOT NULL, published_on TEXT NOT NULL, published_at {number} NOT NULL, state TEXT NOT NULL, source TEXT, claims TEXT NOT NULL);
CREATE INDEX announcement_programme ON announcement (programme, published_at, id);
CREATE INDEX announcement_newest ON announcement (published_at, id);

CREATE TABLE practice ({face}, city {uuid} NOT NULL REFERENCES city (id) {later}, pairing {uuid} REFERENCES pairing (id) {later},
  state TEXT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL, summary TEXT NOT NULL, language TEXT NOT NULL, languages TEXT NOT NULL, text_version {number} NOT NULL,
  published_on TEXT, published_at {number} NOT NULL, year {number}, started_on TEXT, ended_on TEXT, money TEXT NOT NULL, indicators TEXT NOT NULL, stakeholders TEXT NOT NULL,
  withdrawn_reason TEXT, successor {uuid} REFERENCES practice (id) {later});
CREATE INDEX practice_published ON practice (published_at, id);
CREATE INDEX practice_public ON practice (published_at, id) WHERE audience = 'public';
CREATE INDEX practice_city ON practice (city, published_at, id);
CREATE INDEX practice_title ON practice (folded, id);
CREATE INDEX practice_pairing ON practice (pairing);

CREATE TABLE seminar ({face}, seminar_kind TEXT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL, description TEXT NOT NULL, language TEXT NOT NULL, languages TEXT NOT NULL, text_version {number} NOT NULL,
  host {uuid} NOT NULL REFERENCES city (id) {later}, programme {uuid} REFERENCES programme (id) {later}, pairing {uuid} REFERENCES pairing (id) {later},
  starts_at {number} NOT NULL, ends_at {number}, time_zone TEXT NOT NULL, place TEXT, link TEXT, capacity {number}, registered {number} NOT NULL,
  registration_closes_at {number}, state TEXT NOT NULL, cancelled_reason TEXT);
CREATE INDEX seminar_start ON seminar (starts_at, id);
CREATE INDEX seminar_title ON seminar (folded, id);
CREATE INDEX seminar_host ON seminar (host, starts_at, id);
CREATE INDEX seminar_programme ON seminar (programme, starts_at, id);
CREATE INDEX seminar_pairing ON seminar (pairing, starts_at, id);

CREATE TABLE person ({face}, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, languages TEXT NOT NULL, state TEXT NOT NULL);

CREATE TABLE membership (id {uuid} PRIMARY KEY, version {number} NOT NULL, person {uuid} NOT NULL REFERENCES person (id) {later}, role TEXT NOT NULL,
  city {uuid} REFERENCES city (id) {later}, programme {uuid} REFERENCES programme (id) {later}, pairing {uuid} REFERENCES pairing (id) {later}, state TEXT NOT NULL);
CREATE INDEX membership_person ON membership (person);
CREATE INDEX membership_city ON membership (city);

CREATE TABLE token (id {uuid} PRIMARY KEY, version {number} NOT NULL, person {uuid} NOT NULL REFERENCES person (id) {later}, digest TEXT NOT NULL UNIQUE, created_at {number} NOT NULL,
  expires_at {number}, revoked_at {number});
CREATE INDEX token_person ON token (person);

CREATE TABLE registration (id {uuid} PRIMARY KEY, version {number} NOT NULL, seminar {uuid} NOT NULL REFERENCES seminar (id) {later}, person {uuid} NOT NULL REFERENCES person (id) {later},
  city {uuid} REFERENCES city (id) {later}, state TEXT NOT NULL, created_at {number} NOT NULL, UNIQUE (seminar, person));
CREATE INDEX registration_person ON registration (person);

CREATE TABLE document ({face}, title TEXT NOT NULL, folded TEXT NOT NULL, description TEXT, language TEXT, document_kind TEXT NOT NULL, licence TEXT, state TEXT NOT NULL,
  about_kind TEXT NOT NULL, about {uuid} NOT NULL, media_type TEXT NOT NULL, size {number} NOT NULL, sha256 TEXT NOT NULL, file_name TEXT NOT NULL, file_version {number} NOT NULL,
  published_on TEXT, published_at {number} NOT NULL, withdrawn_reason TEXT);
CREATE INDEX document_about ON document (about, published_at, id);
CREATE INDEX document_newest ON document (published_at, id);
CREATE INDEX document_public ON document (published_at, id) WHERE audience = 'public';
CREATE INDEX document_title ON document (folded, id);
CREATE INDEX document_sha256 ON document (sha256, id);

CREATE TABLE document_file (document {uuid} NOT NULL REFERENCES document (id) {later}, file_version {number} NOT NULL, media_type TEXT NOT NULL, size {number} NOT NULL, sha256 TEXT NOT NULL,
  file_name TEXT NOT NULL, created_at {number} NOT NULL, actor {uuid}, PRIMARY KEY (document, file_version));
CREATE INDEX document_file_sha256 ON document_file (sha256);

CREATE TABLE extracted_text (sha256 TEXT PRIMARY KEY, status TEXT NOT NULL, pages TEXT NOT NULL, at {number} NOT NULL);

CREATE TABLE practice_theme (practice {uuid} NOT NULL REFERENCES practice (id) {later}, theme {uuid} NOT NULL REFERENCES theme (id) {later}, position {number} NOT NULL, PRIMARY KEY (practice, theme));
CREATE INDEX practice_theme_back ON practice_theme (theme, practice);
CREATE TABLE practice_goal (practice {uuid} NOT NULL REFERENCES practice (id) {later}, goal {uuid} NOT NULL REFERENCES goal (id) {later}, position {number} NOT NULL, PRIMARY KEY (practice, goal));
CREATE INDEX practice_goal_back ON practice_goal (goal, practice);
CREATE TABLE city_theme (city {uuid} NOT NULL REFERENCES city (id) {later}, theme {uuid} NOT NULL REFERENCES theme (id) {later}, position {number} NOT NULL, PRIMARY KEY (city, theme));
CREATE INDEX city_theme_back ON city_theme (theme, city);
CREATE TABLE city_programme (city {uuid} NOT NULL REFERENCES city (id) {later}, programme {uuid} NOT NULL REFERENCES programme (id) {later}, position {number} NOT NULL, PRIMARY KEY (city, programme));
CREATE INDEX city_programme_back ON city_programme (programme, city);
CREATE TABLE pairing_city (pairing {uuid} NOT NULL REFERENCES pairing (id) {later}, city {uuid} NOT NULL REFERENCES city (id) {later}, position {number} NOT NULL, PRIMARY KEY (pairing, city));
CREATE INDEX pairing_city_back ON pairing_city (city, pairing);
CREATE TABLE announcement_city (announcement {uuid} NOT NULL REFERENCES announcement (id) {later}, city {uuid} NOT NULL REFERENCES city (id) {later}, position {number} NOT NULL, PRIMARY KEY (announcement, city));
CREATE INDEX announcement_city_back ON announcement_city (city, announcement);
CREATE TABLE programme_theme (programme {uuid} NOT NULL REFERENCES programme (id) {later}, theme {uuid} NOT NULL REFERENCES theme (id) {later}, position {number} NOT NULL, PRIMARY KEY (programme, theme));
CREATE INDEX programme_theme_back ON programme_theme (theme, programme);
CREATE TABLE seminar_city (seminar {uuid} NOT NULL REFERENCES seminar (id) {later}, city {uuid} NOT NULL REFERENCES city (id) {later}, position {number} NOT NULL, PRIMARY KEY (seminar, city));
CREATE INDEX seminar_city_back ON seminar_city (city, seminar);
CREATE TABLE seminar_practice (seminar {uuid} NOT NULL REFERENCES seminar (id) {later}, practice {uuid} NOT NULL REFERENCES practice (id) {later}, position {number} NOT NULL, PRIMARY KEY (seminar, practice));
CREATE INDEX seminar_practice_back ON seminar_practice (practice, seminar);
CREATE TABLE seminar_theme (seminar {uuid} NOT NULL REFERENCES seminar (id) {later}, theme {uuid} NOT NULL REFERENCES theme (id) {later}, position {number} NOT NULL, PRIMARY KEY (seminar, theme));
CREATE INDEX seminar_theme_back ON seminar_theme (theme, seminar);
";
