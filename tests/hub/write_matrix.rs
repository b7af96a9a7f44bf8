//! The write matrix: every kind with a life × every state × every act × every persona. What is expected is what `viewerCan` says, and
//! `viewerCan` is held against the mutations: an act that is listed is refused only for its input (a stale version, here), one that is
//! not listed with `FORBIDDEN`, `WRONG_STATE`, or because nobody is logged in.
use std::collections::BTreeSet;

use hansa::domain::KINDS;
use serde_json::{Value, json};

use crate::kit::{TestHub, both, people};

const PERSONAS: [Option<&str>; 7] = [
    None,
    Some(people::READER),
    Some(people::HAMBURG),
    Some(people::AUSTIN),
    Some(people::OFFICER),
    Some(people::STAKEHOLDER),
    Some(people::ADMINISTRATOR),
];

/// A version that nothing has: whoever gets as far as the version is refused for it.
const STALE: i32 = 1_000_000;

/// How an act of a kind is done: the mutation, its input type, and what its input has beside id and version.
struct Deed {
    kind: &'static str,
    act: &'static str,
    mutation: &'static str,
    input: fn() -> Value,
}

fn none() -> Value {
    json!({})
}

fn because() -> Value {
    json!({ "reason": "So." })
}

macro_rules! deeds {
    ($($kind:literal $act:literal $mutation:literal $input:expr;)*) => {
        [$(Deed { kind: $kind, act: $act, mutation: $mutation, input: $input }),*]
    };
}

fn deeds() -> Vec<Deed> {
    Vec::from(deeds![
        "practice" "UPDATE" "updatePractice" none;
        "practice" "TRANSLATE" "translatePractice" || json!({ "language": "fr", "title": "Jardins", "summary": "Des rues qui boivent." });
        "practice" "PUBLISH" "publishPractice" none;
        "practice" "WITHDRAW" "withdrawPractice" because;
        "practice" "SUBMIT" "submitPractice" none;
        "practice" "BEGIN_REVIEW" "beginPracticeReview" none;
        "practice" "RELEASE_REVIEW" "releasePracticeReview" none;
        "practice" "APPROVE" "approvePractice" || json!({ "ofVersion": 1, "findings": [] });
        "practice" "RETURN" "returnPractice" || json!({ "ofVersion": 1, "reason": "So." });
        "practice" "SEEK_PARTNERS" "seekPartners" || json!({ "places": 1 });
        "practice" "STOP_SEEKING_PARTNERS" "stopSeekingPartners" none;
        "practice" "USE_BUILDING_BLOCKS" "useBuildingBlocks" || json!({ "buildingBlocks": [] });
        "building_block" "UPDATE" "updateBuildingBlock" none;
        "building_block" "TRANSLATE" "translateBuildingBlock" || json!({ "language": "fr", "title": "Baux", "description": "Des caves." });
        "building_block" "WITHDRAW" "withdrawBuildingBlock" because;
        "interest" "ACCEPT" "acceptInterest" none;
        "interest" "DECLINE" "declineInterest" || json!({ "answer": "So." });
        "interest" "WITHDRAW" "withdrawInterest" none;
        "adoption" "UPDATE" "updateAdoption" none;
        "adoption" "TRANSLATE" "translateAdoption" || json!({ "language": "fr", "title": "Reprise" });
        "adoption" "REACH_PHASE" "reachAdoptionPhase" || json!({ "phase": "RE_USE" });
        "adoption" "CONCLUDE" "concludeAdoption" || json!({ "outcome": "WORKS", "lessons": "So." });
        "adoption" "REOPEN" "reopenAdoption" none;
        "adoption" "ANSWER" "answerAdoption" || json!({ "answer": "So." });
        "adoption" "CONSENT" "consentToAdoption" none;
        "adoption" "WITHDRAW_CONSENT" "withdrawAdoptionConsent" none;
        "adoption" "WITHDRAW" "withdrawAdoption" because;
        "seminar" "UPDATE" "updateSeminar" none;
        "seminar" "TRANSLATE" "translateSeminar" || json!({ "language": "fr", "title": "Promenade" });
        "seminar" "MOVE" "moveSeminar" none;
        "seminar" "CANCEL" "cancelSeminar" because;
        "seminar" "MARK_HELD" "markSeminarHeld" none;
        "seminar" "ACCEPT" "acceptSeminar" none;
        "seminar" "RETRACT" "retractSeminar" because;
        "seminar" "RECORD_ATTENDANCE" "recordSeminarAttendance" none;
        "seminar" "DOCUMENT" "documentSeminar" none;
        "pairing" "UPDATE" "updatePairing" none;
        "pairing" "MATCH" "updatePairing" || json!({ "state": "MATCHED" });
        "pairing" "AGREE" "updatePairing" || json!({ "state": "AGREED" });
        "pairing" "ACTIVATE" "updatePairing" || json!({ "state": "ACTIVE" });
        "pairing" "COMPLETE" "updatePairing" || json!({ "state": "COMPLETED" });
        "pairing" "PAUSE" "updatePairing" || json!({ "state": "DORMANT" });
        "pairing" "END" "updatePairing" || json!({ "state": "ENDED" });
        "pairing" "ADD_MEMBER" "addPairingMember" || json!({ "member": "x" });
        "pairing" "UPDATE_MEMBER" "updatePairingMember" || json!({ "member": "x" });
        "pairing" "REMOVE_MEMBER" "removePairingMember" || json!({ "member": "x", "reason": "So." });
        "pairing" "CHOOSE_PRIORITY" "choosePairingPriority" || json!({ "theme": "x" });
        "pairing" "COMMIT_RESOURCES" "commitPairingResources" || json!({ "member": "x", "resources": [] });
        "agreement" "UPDATE" "updateAgreement" none;
        "agreement" "SIGN" "signAgreement" || json!({ "member": "x", "name": "Ada" });
        "agreement" "AMEND" "amendAgreement" || json!({ "what": "More." });
        "agreement" "END" "endAgreement" because;
        "obligation" "WAIVE" "waiveObligation" because;
        "obligation" "REINSTATE" "reinstateObligation" because;
        "obligation" "POSTPONE" "postponeObligation" || json!({ "until": "2040-01-01", "reason": "So." });
        "obligation" "DECLARE_AT_RISK" "declareObligationAtRisk" || json!({ "note": "So." });
        "obligation" "WITHDRAW_RISK" "withdrawObligationRisk" none;
        "document" "UPDATE" "updateDocument" none;
        "document" "PUBLISH" "updateDocument" || json!({ "publish": true });
        "document" "WITHDRAW" "withdrawDocument" because;
        "city" "UPDATE" "updateCity" none;
        "call" "UPDATE" "updateCall" none;
        "call" "OPEN" "openCall" none;
        "call" "CLOSE" "closeCall" none;
        "call" "WAIVE" "waiveEligibility" || json!({ "city": "city_01jz0000000000000000000000", "rule": "DEADLINE", "reason": "So." });
        "call" "WITHDRAW_WAIVER" "withdrawEligibilityWaiver" || json!({ "city": "city_01jz0000000000000000000000", "rule": "DEADLINE" });
        "call" "DECIDE" "decideCall" none;
        "application" "UPDATE" "updateApplication" none;
        "application" "UPDATE_MATCHING" "updateApplicationMatching" || json!({ "optsOut": true });
        "application" "SUBMIT" "submitApplication" none;
        "application" "RESERVE" "reserveApplication" because;
        "application" "SELECT" "selectApplication" none;
        "application" "DECLINE" "declineApplication" because;
        "application" "MATCH" "matchApplication" none;
        "application" "WITHDRAW" "withdrawApplication" none;
        "assessment" "BEGIN" "declareAssessorInterest" || json!({ "hasInterest": false });
        "assessment" "RECUSE" "declareAssessorInterest" || json!({ "hasInterest": true, "interest": "So." });
        "assessment" "UPDATE" "updateAssessment" none;
        "assessment" "SUBMIT" "submitAssessment" none;
        "assessment" "REOPEN" "reopenAssessment" none;
        "assessment" "REVEAL" "revealAssessments" none;
        "assessment" "WITHDRAW" "withdrawAssessment" because;
        "assignment" "UPDATE" "updateAssignment" none;
        "assignment" "UNDO" "undoAssignment" because;
        "pairing" "ACCEPT_RULES" "acceptRules" || json!({ "version": 2 });
        "announcement" "CORRECT" "correctAnnouncement" none;
        "announcement" "TRANSLATE" "translateAnnouncement" || json!({ "language": "fr", "title": "Nouvelles", "body": "Rien." });
        "programme" "UPDATE" "updateProgramme" none;
        "programme" "ADD_CITY" "addProgrammeCity" || json!({ "city": "city_01jz0000000000000000000000" });
        "programme" "REMOVE_CITY" "removeProgrammeCity" || json!({ "city": "city_01jz0000000000000000000000" });
        "programme" "TRANSLATE" "translateProgramme" || json!({ "language": "fr", "name": "Programme" });
        "theme" "UPDATE" "updateTheme" none;
        "goal" "NOTE" "noteGoal" || json!({ "note": "Walked." });
        "faq" "UPDATE" "updateFaq" none;
        "faq" "TRANSLATE" "translateFaq" || json!({ "language": "it", "question": "Perché?", "answer": "Perché sì." });
        "contact_point" "UPDATE" "updateContactPoint" none;
        "organisation" "UPDATE" "updateOrganisation" none;
        "organisation" "TRANSLATE" "translateOrganisation" || json!({ "language": "fr" });
        "involvement" "UPDATE" "updateInvolvement" none;
        "involvement" "ACTIVATE" "activateInvolvement" none;
        "involvement" "DECLINE" "declineInvolvement" none;
        "involvement" "LEAVE" "leaveInvolvement" none;
        "person" "UPDATE" "updatePerson" none;
        "synonym" "UPDATE" "updateSynonym" none;
        "synonym" "DELETE" "deleteSynonym" none;
        "saved_search" "UPDATE" "updateSavedSearch" none;
        "saved_search" "DELETE" "deleteSavedSearch" none;
        "webhook" "UPDATE" "updateWebhook" none;
        "webhook" "DELETE" "deleteWebhook" none;
    ])
}

/// Acts that a file comes with, or that take no version: tried by the stories of documents and webhooks.
const ELSEWHERE: [(&str, &str); 5] =
    [("document", "REPLACE_FILE"), ("webhook", "ROTATE_SECRET"), ("webhook", "SEND_TEST"), ("webhook", "REPLAY"), ("webhook", "RETRY")];

/// One thing of each state of each kind with states, of Hamburg and for all to see; and things of kinds without states.
fn things() -> (String, Vec<(&'static str, String)>) {
    let states: [(&'static str, &[&str]); 14] = [
        ("practice", &["draft", "submitted", "in_review", "returned", "approved", "published", "withdrawn"]),
        ("building_block", &["active", "withdrawn"]),
        ("interest", &["expressed", "accepted", "declined", "withdrawn"]),
        ("adoption", &["in_progress", "concluded", "withdrawn"]),
        ("seminar", &["proposed", "scheduled", "cancelled", "held", "documented"]),
        ("pairing", &["matched", "agreed", "active", "completed", "dormant", "ended"]),
        ("document", &["draft", "published", "superseded", "withdrawn"]),
        ("involvement", &["invited", "active", "left", "declined"]),
        ("call", &["announced", "open", "closed", "decided"]),
        ("application", &["draft", "submitted", "reserve", "selected", "declined", "matched", "withdrawn"]),
        ("assessment", &["asked", "in_progress", "submitted", "recused", "withdrawn"]),
        ("assignment", &["draft", "decided", "undone"]),
        ("announcement", &["published", "corrected"]),
        ("agreement", &["draft", "partly_signed", "signed", "amended", "ended"]),
    ];
    let mut lines = vec![
        json!({ "kind": "organisation", "slug": "walked-university", "name": "Walked University", "organisation_kind": "ACADEMIA", "city": "hamburg" }),
        json!({ "kind": "synonym", "slug": "walked-synonym", "terms": ["walked", "trodden"] }),
    ];
    let mut things = vec![
        ("organisation", "walked-university".to_owned()),
        ("city", "hamburg".to_owned()),
        ("city", "austin".to_owned()),
        ("synonym", "walked-synonym".to_owned()),
        ("programme", "iuc-north-america".to_owned()),
        ("theme", "energy".to_owned()),
        ("goal", "sdg-11".to_owned()),
        ("faq", "iuc-may-we-publish-failures".to_owned()),
        ("contact_point", "iuc-north-america-contact".to_owned()),
    ];
    for (kind, states) in states {
        for state in states {
            let slug = format!("walked-{kind}-{state}").replace('_', "-");
            let mut line = json!({ "kind": kind, "slug": slug, "state": state, "audience": "public", "language": "en", "title": slug });
            let more = match kind {
                "practice" if *state == "published" => json!({ "city": "hamburg", "summary": "Walked.", "seeks_places": 3 }),
                "practice" if *state == "in_review" => {
                    json!({ "city": "hamburg", "summary": "Walked.", "review_programme": "iuc-north-america", "reviewer": people::OFFICER })
                }
                "practice" if *state == "submitted" => {
                    json!({ "city": "hamburg", "summary": "Walked.", "review_programme": "iuc-north-america" })
                }
                "practice" => json!({ "city": "hamburg", "summary": "Walked." }),
                "building_block" => json!({ "practice": "walked-practice-published", "description": "Walked." }),
                // Each in a practice of its own: a city is interested once at a time.
                "interest" => {
                    let practice = format!("sought-{state}");
                    lines.push(json!({ "kind": "practice", "slug": practice, "city": "hamburg", "language": "en", "title": practice, "summary": "Sought.", "published_on": "2018-05-01", "seeks_places": 1 }));
                    json!({ "practice": practice, "city": "austin" })
                }
                // Each of a practice of its own: a city is busy with one once at a time. One that everyone sees, one to which a city has not consented yet, and one to which nobody has.
                "adoption" => {
                    let practice = format!("taken-up-{}", state.replace('_', "-"));
                    lines.push(json!({ "kind": "practice", "slug": practice, "city": "hamburg", "language": "en", "title": practice, "summary": "Taken up.", "published_on": "2018-05-01" }));
                    let mut line = json!({ "practice": practice, "city": "austin", "lessons": "Walked." });
                    match *state {
                        "concluded" => {
                            (line["outcome"], line["owner_consented_on"], line["city_consented_on"]) =
                                (json!("PARTLY"), json!("2018-06-01"), json!("2018-06-01"))
                        }
                        "withdrawn" => line["city_consented_on"] = json!("2018-06-01"),
                        _ => {}
                    }
                    line
                }
                "seminar" => {
                    // The first day after the earliest one can't be over, the others are.
                    let starts = if *state == "proposed" { "2040-05-01T10:00:00Z" } else { "2018-05-01T10:00:00Z" };
                    json!({ "host": "hamburg", "seminar_kind": "SEMINAR", "starts_at": starts, "time_zone": "Europe/Berlin", "programme": "iuc-north-america" })
                }
                // Two that follow the rules of a call, and others that follow none.
                "pairing" if ["active", "ended"].contains(state) => {
                    json!({ "programme": "iuc-north-america", "cities": ["hamburg", "austin"], "name": slug, "call": "iuc-north-america-2018" })
                }
                "pairing" => json!({ "programme": "iuc-north-america", "cities": ["hamburg", "austin"], "name": slug }),
                // A city applies once to a call.
                "application" => {
                    lines.push(json!({ "kind": "call", "slug": format!("answered-{state}"), "programme": "iuc-north-america", "name": state, "state": "open", "rules": { "version": 1 } }));
                    json!({ "call": format!("answered-{state}"), "city": "hamburg" })
                }
                // An officer assesses an application once.
                "assessment" => {
                    let call = format!("assessed-{}", state.replace('_', "-"));
                    let rules = json!({ "assessors": 1, "criteria": [{ "name": "Walked" }] });
                    lines.push(json!({ "kind": "call", "slug": call, "programme": "iuc-north-america", "name": call, "state": "open", "rules": { "version": 1 }, "assessment_rules": rules }));
                    lines.push(json!({ "kind": "application", "slug": call, "call": call, "city": "hamburg", "state": "submitted" }));
                    json!({ "application": call, "assessor": people::OFFICER, "verdicts": [{ "criterion": "Walked", "points": 3 }] })
                }
                "assignment" => {
                    json!({ "call": "walked-call-decided", "programme": "iuc-north-america", "name": slug, "left": "west", "right": "east", "weights_version": 1 })
                }
                "call" => json!({ "programme": "iuc-north-america", "name": slug, "rules": { "version": 1 } }),
                "announcement" => json!({ "programme": "iuc-north-america", "published_on": "2018-05-01", "body": "Walked." }),
                // The state follows from who signed which version.
                "agreement" => {
                    let signed = |cities: &[&str], what: Option<&str>| json!({ "what": what, "signatures": cities.iter().map(|city| json!({ "city": city })).collect::<Vec<_>>() });
                    let both = ["hamburg", "austin"];
                    let (pairing, versions) = match *state {
                        "partly_signed" => ("matched", vec![signed(&["hamburg"], None)]),
                        // The one that may be made active; the dormant one has none.
                        "signed" => ("agreed", vec![signed(&both, None)]),
                        "amended" => ("matched", vec![signed(&both, None), signed(&both, Some("More."))]),
                        _ => ("matched", vec![signed(&[], None)]),
                    };
                    json!({ "pairing": format!("walked-pairing-{pairing}"), "versions": versions })
                }
                "document" => json!({ "about": "practice:walked-practice-published", "text": format!("The text of {slug}.") }),
                _ => json!({ "about": "practice:walked-practice-published", "organisation": "walked-university", "phases": ["PLANNING"] }),
            };
            for (name, value) in more.as_object().expect("an object") {
                line[name] = value.clone();
            }
            lines.push(line);
            things.push((kind, slug));
        }
    }
    (lines.iter().map(|line| format!("{line}\n")).collect(), things)
}

async fn can(hub: &TestHub, person: Option<&str>, kind: &str, id: &str) -> Option<BTreeSet<String>> {
    let of = KINDS.of(kind).expect("a kind").sdl_name();
    let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on {of} {{ viewerCan }} }} }}");
    let answer = hub.run(person, &query, json!({ "id": id })).await;
    let acts = answer.at("/node").get("viewerCan")?.as_array()?;
    Some(acts.iter().map(|act| act.as_str().expect("an act").to_owned()).collect())
}

async fn code(hub: &TestHub, person: Option<&str>, deed: &Deed, id: &str) -> String {
    let mut letters = deed.mutation.chars();
    let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let of = match deed.mutation {
        "activateInvolvement" | "declineInvolvement" | "leaveInvolvement" => "InvolvementStepInput".to_owned(),
        "openCall" | "closeCall" => "CallStepInput".to_owned(),
        "reopenAssessment" => "AssessmentStepInput".to_owned(),
        _ => format!("{name}Input"),
    };
    let mut input = (deed.input)();
    (input["id"], input["expectedVersion"]) = (json!(id), json!(STALE));
    let query = format!("mutation($input: {of}!) {{ {}(input: $input) {{ errors {{ code message }} }} }}", deed.mutation);
    hub.run(person, &query, json!({ "input": input })).await.code().to_owned()
}

/// The kinds of [`own_things`] and [`owed_things`].
const OWN: [&str; 4] = ["person", "saved_search", "webhook", "obligation"];

/// What a pairing of Hamburg and Austin owes, in each state, as it follows from its record.
async fn owed_things(hub: &TestHub) -> Vec<(&'static str, String, String)> {
    let line = json!({
        "kind": "pairing", "slug": "walked-owing", "programme": "iuc-north-america", "cities": ["hamburg", "austin"], "name": "Owing",
        "call": "iuc-north-america-2018", "state": "active", "started_on": "2025-06-15", "matched_on": "2025-06-01", "theme": "energy",
        "waivers": [{ "obligation": "SIGN_AGREEMENT:city:hamburg", "on": "2026-01-01", "reason": "So." }],
        "risks": [{ "obligation": "DELIVER_PLAN", "member": "city:hamburg", "since": "2026-01-01", "note": "So." }],
    });
    let report = hub.import(&format!("{line}\n")).await;
    assert!(!report.any_refused(), "{:?}", report.verdicts);
    let query = "{ obligations(filter: { pairings: [\"walked-owing\"] }) { nodes { id kind state } } }";
    let listed = hub.run(Some(people::OFFICER), query, json!({})).await;
    let nodes = listed.at("/obligations/nodes").as_array().expect("a list").clone();
    let states: BTreeSet<&str> = nodes.iter().filter_map(|node| node["state"].as_str()).collect();
    assert_eq!(states, BTreeSet::from(["DUE", "MET", "NOT_DUE", "WAIVED"]));
    let named = |node: &Value| (format!("{} {}", node["kind"], node["state"]), node["id"].as_str().expect("an id").to_owned());
    nodes.iter().map(named).map(|(name, id)| ("obligation", name, id)).collect()
}

/// What is one person's alone: an account, a saved search, a webhook that sends and one that is paused.
async fn own_things(hub: &TestHub, person: &str) -> Vec<(&'static str, String, String)> {
    let mutate = async |mutation: &str, input: Value| {
        let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
        let of = if mutation.ends_with("Webhook") { "webhook" } else { "savedSearch" };
        let query = format!("mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ {of} {{ id }} errors {{ code message }} }} }}");
        hub.run(Some(person), &query, json!({ "input": input })).await.text(&format!("/{mutation}/{of}/id")).to_owned()
    };
    let account = hub.run(Some(person), "{ viewer { person { id } } }", json!({})).await;
    let receiver = json!({ "url": "https://walked.example.org/", "query": "{ __typename }" });
    let paused = mutate("createWebhook", receiver.clone()).await;
    mutate("updateWebhook", json!({ "id": paused, "isActive": false })).await;
    vec![
        ("person", person.to_owned(), account.text("/viewer/person/id").to_owned()),
        ("saved_search", "a search".to_owned(), mutate("saveSearch", json!({ "text": "walked" })).await),
        ("webhook", "an active webhook".to_owned(), mutate("createWebhook", receiver).await),
        ("webhook", "a paused webhook".to_owned(), paused),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_viewer_can_do_is_listed_and_nothing_else_is_done() {
    for backend in both() {
        let hub = TestHub::demo(backend).await;
        let (lines, things) = things();
        let report = hub.import(&lines).await;
        assert!(!report.any_refused(), "{:?}", report.verdicts);
        // Its cities' practices are reviewed.
        let reviewing = json!({ "id": hub.id("programme", "iuc-north-america").await, "reviewSteps": 1 });
        assert_eq!(hub.mutate(people::OFFICER, "programme", "updateProgramme", reviewing).await.at("/updateProgramme/errors"), &json!([]));
        let deeds = deeds();
        let mut ids = Vec::new();
        for (kind, slug) in &things {
            ids.push((*kind, slug.clone(), hub.id(kind, slug).await));
        }
        ids.extend(own_things(&hub, people::HAMBURG).await);
        ids.extend(owed_things(&hub).await);
        for (kind, slug, id) in &ids {
            for person in PERSONAS {
                let listed = can(&hub, person, kind, id).await;
                for deed in deeds.iter().filter(|deed| deed.kind == *kind) {
                    let code = code(&hub, person, deed, id).await;
                    let what = format!("{} {slug} as {person:?} on {backend:?}: {code}, of {listed:?}", deed.act);
                    // Asking for the state it is in already changes nothing, so rights to change it are enough.
                    let wanted = (deed.input)()["state"].as_str().map(|state| format!("-{}", state.to_lowercase()));
                    let act = if wanted.is_some_and(|wanted| slug.ends_with(&wanted)) { "UPDATE" } else { deed.act };
                    let expected: &[&str] = match &listed {
                        Some(listed) if listed.contains(act) => &["CONFLICT"],
                        Some(_) => &["FORBIDDEN", "WRONG_STATE", "UNAUTHENTICATED"],
                        None => &["NOT_FOUND", "UNAUTHENTICATED"],
                    };
                    assert!(expected.contains(&code.as_str()), "{what}");
                }
            }
        }
        hub.end().await;
    }
}

#[test]
fn every_act_of_the_graph_is_in_the_matrix() {
    let sdl = hansa::api::sdl();
    let deeds = deeds();
    let (_, things) = things();
    for entry in KINDS.iter() {
        let of = format!("enum {}Action {{", entry.sdl_name());
        let Some(body) = sdl.split(&of).nth(1).and_then(|rest| rest.split("\n}").next()) else { continue };
        let acts = body
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'));
        for act in acts {
            let is_tried =
                deeds.iter().any(|deed| deed.kind == entry.kind() && deed.act == act) || ELSEWHERE.contains(&(entry.kind(), act));
            assert!(is_tried, "nobody tries {act} of {}", entry.kind());
        }
        let is_there = things.iter().any(|(kind, _)| *kind == entry.kind()) || OWN.contains(&entry.kind());
        assert!(is_there, "there is no {} to try its acts on: add one to `things`", entry.kind());
    }
}
