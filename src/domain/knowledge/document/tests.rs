//! The pure parts of documents.
use uuid::Uuid;

use super::{
    life::{DRAFTED, PUBLISHED, REVISED, SUPERSEDED, WITHDRAWN, events},
    row::{DocumentKind, Model, State},
    search,
    text::{Model as Texts, Status},
};
use crate::{
    access::{Audience, Scope},
    base::{Id, Moment},
    extract::Extraction,
    search::{DocKey, SearchDoc},
    store::Json,
};

fn document() -> Model {
    Model {
        id: Id::new(Uuid::from_u128(1)),
        slug: "minutes".into(),
        version: 1,
        audience: Audience::of(Scope::City, Uuid::from_u128(2)),
        created_at: Moment(0),
        updated_at: Moment(0),
        title: "Minutes".into(),
        folded: String::new(),
        description: None,
        language: None,
        document_kind: DocumentKind::Minutes,
        licence: None,
        state: State::Published,
        about_kind: "seminar".into(),
        about: Uuid::from_u128(3),
        link: None,
        media_type: "text/plain".into(),
        size: 5,
        sha256: "ab".repeat(32),
        file_name: "minutes.txt".into(),
        file_version: 1,
        published_on: None,
        published_at: Moment(0),
        withdrawn_reason: None,
        belongs: Json(Vec::new()),
        owners: Json(crate::access::Owners::default()),
    }
}

#[test]
fn what_happened_is_told_from_before_and_after() {
    let before = document();
    let told = |after: Model| events(Some(&before), &after);
    assert_eq!(events(None, &before), [&PUBLISHED]);
    assert_eq!(events(None, &Model { state: State::Draft, ..document() }), [&DRAFTED]);
    assert_eq!(told(Model { file_version: 2, ..document() }), [&SUPERSEDED]);
    assert_eq!(told(Model { state: State::Withdrawn, ..document() }), [&WITHDRAWN]);
    assert_eq!(told(Model { title: "Notes".into(), ..document() }), [&REVISED]);
    assert_eq!(told(Model { audience: Audience::public(), ..document() }), [&PUBLISHED]);
    assert_eq!(told(Model { audience: Audience::of(Scope::Person, Uuid::from_u128(9)), ..document() }), [&REVISED]);
}

#[test]
fn a_day_of_publication_moves_the_moment_only_when_it_differs() {
    let day = jiff::civil::date(2018, 7, 18);
    let noon = Moment::parse("2018-07-18T12:00:00Z").unwrap();
    let row = |published_at| Model { published_on: Some(Json(day)), published_at, ..document() }.derived();
    assert_eq!(row(noon).published_at, noon);
    assert_eq!(row(Moment(0)).published_at, Moment::of_day(day));
    assert_eq!(row(noon).folded, "minutes");
}

#[test]
fn a_text_says_what_of_it_is_missing() {
    let status = |text: Extraction| Texts::of("ab".to_owned(), Ok(text)).map(|text| text.status);
    let pages = |pages: &[&str]| pages.iter().map(|page| (*page).to_owned()).collect::<Vec<_>>();
    let read = || Extraction { pages: pages(&["one", ""]), ..Extraction::default() };
    assert_eq!(status(read()), Some(Status::Extracted));
    assert_eq!(status(Extraction { picture_pages: 1, ..read() }), Some(Status::Extracted));
    assert_eq!(status(Extraction { unread_pages: 1, ..read() }), Some(Status::Truncated));
    assert_eq!(status(Extraction { truncated: true, ..read() }), Some(Status::Truncated));
    let none = || Extraction { pages: pages(&["", ""]), ..Extraction::default() };
    assert_eq!(status(none()), Some(Status::Extracted));
    assert_eq!(status(Extraction { picture_pages: 2, ..none() }), Some(Status::Scanned));
    assert_eq!(status(Extraction { picture_pages: 1, unread_pages: 1, ..none() }), Some(Status::Unreadable));
}

#[test]
fn a_document_is_found_where_its_subject_belongs() {
    let mut subject = SearchDoc::new(DocKey { kind: "seminar".into(), id: Uuid::from_u128(3) }, "public");
    subject.themes = vec!["water".into()];
    subject.countries = vec!["PT".into()];
    let doc = search::doc(&document(), Some(&"said".to_owned()), Some(&subject));
    assert_eq!((doc.themes, doc.countries), (subject.themes, subject.countries));
    assert_eq!(doc.audience, document().audience.key());
    assert_eq!((doc.texts[0].body.as_str(), doc.year), ("said", None));
}
