//! Where fields fail: a toy schema that fails at every kind of position answers as graphql-js does, which runs the same operations.
mod toy;

use async_graphql::{Executed, Executor, Request, Response, Variables};
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::Value;

use crate::kit::clients::{installed, print};

/// An operation, and what graphql-js answers.
#[derive(Deserialize)]
struct Case {
    query: String,
    variables: Value,
    /// One for each event of a subscription; as text, which keeps the order of keys.
    results: Vec<Expected>,
}

#[derive(Deserialize, PartialEq, Eq, Debug)]
struct Expected {
    data: String,
    errors: Vec<String>,
}

/// An answer as graphql-js's is written down. Errors are sorted: the specification leaves their order open. Of a field that is
/// selected several times the first place is told.
fn told(response: &Response) -> Expected {
    let mut errors: Vec<String> = response
        .errors
        .iter()
        .map(|error| {
            let path = serde_json::to_string(&error.path).expect("JSON");
            let place = error.locations.first().map(|at| format!("{}:{}", at.line, at.column)).unwrap_or_default();
            format!("{} at {path}, {place}", error.message)
        })
        .collect();
    errors.sort();
    Expected { data: serde_json::to_string(&response.data).expect("JSON"), errors }
}

#[tokio::test(flavor = "multi_thread")]
async fn results_with_failing_fields_are_those_of_graphql_js() {
    if !installed() {
        return;
    }
    let schema = toy::schema();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("toy.graphql");
    std::fs::write(&file, schema.sdl()).expect("a file");
    let lines = print("results/expected.js", &[file.to_str().expect("UTF-8")]).await;
    let cases: Vec<Case> = lines.lines().map(|line| serde_json::from_str(line).expect("a case")).collect();
    let executed = Executed(schema);
    let (mut different, mut failing) = (Vec::new(), 0);
    for case in &cases {
        let request = Request::new(&case.query).variables(Variables::from_json(case.variables.clone()));
        let answers: Vec<Response> = if case.query.starts_with("subscription") {
            executed.execute_stream(request, None).collect().await
        } else {
            vec![executed.execute(request).await]
        };
        let answers: Vec<Expected> = answers.iter().map(told).collect();
        failing += usize::from(answers.iter().any(|answer| !answer.errors.is_empty()));
        if answers != case.results {
            different.push(format!("{}\nthe hub: {answers:#?}\ngraphql-js: {:#?}", case.query, case.results));
        }
    }
    println!("{} operations, {failing} of them with failing fields", cases.len());
    assert!(cases.len() >= 1_000 && failing >= 500, "too few operations fail");
    assert!(different.is_empty(), "{} of {} differ\n{}", different.len(), cases.len(), different[..different.len().min(5)].join("\n\n"));
}
