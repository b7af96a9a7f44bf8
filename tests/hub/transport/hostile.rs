//! Hostile requests. Each is refused with its limit's name, before execution, and costs next to nothing.
//!
//! Time is the processor's, of the thread on which a test's hub and client run, so that a busy machine changes nothing; memory is the growth of the
//! process's peak. Both are held to the bounds of the limits (100 ms, 50 MB), in the unoptimised build to a multiple of the time.

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::transport::kit::{Hub, Socket, code, limit, read};

/// The bound of the issue, with allowance for a build without optimisation.
const PATIENCE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1_000 } else { 100 });
const MEMORY_KIB: u64 = 50 << 10;

/// What the processor has done for this thread so far.
fn worked() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().expect("a time since the thread began")
}

/// A field of `/proc/self/status` in KiB; zero where there is none.
fn memory(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|value| value.parse().ok()).unwrap_or(0)
}

/// Sends a body and holds the answer to the bounds.
async fn endure(hub: &Hub, name: &str, body: String) -> Value {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let (before, sent, begun) = (memory("VmRSS"), body.len(), worked());
    let request = hub.post().header("accept", "application/graphql-response+json").body(body);
    let (status, answer) = read(request).await;
    let (took, grown) = (worked() - begun, memory("VmHWM").saturating_sub(before));
    println!("{name}: {sent} bytes, {status}, {took:?}, {grown} KiB, {}", answer["errors"][0]["message"]);
    assert!(took < PATIENCE, "{name} took {took:?}");
    // Where tests share a process, the growth is that of all of them.
    let is_alone = std::env::var_os("NEXTEST").is_some();
    assert!(!is_alone || grown < MEMORY_KIB, "{name} took {grown} KiB");
    answer
}

async fn endure_query(hub: &Hub, name: &str, query: &str) -> Value {
    endure(hub, name, json!({ "query": query }).to_string()).await
}

/// Fragments of which each spreads the next twice.
fn chain(links: usize, leaf: &str) -> String {
    let mut query = String::from("{ ...f0 }");
    for link in 0..links {
        let next = link + 1;
        let _ = write!(query, " fragment f{link} on Query {{ ...f{next} ...f{next} }}");
    }
    let _ = write!(query, " fragment f{links} on Query {{ {leaf} }}");
    query
}

fn repeat(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn documents_are_counted_before_they_are_run() {
    let hub = Hub::new().await;
    let deep = |levels: usize| format!("{{ item {} {{ id }} {} }}", "{ parent ".repeat(levels), "}".repeat(levels));
    let lists = |count: usize| {
        repeat(count, |index| format!("a{index}: items(first: 100) {{ nodes {{ children(first: 100) {{ nodes {{ id }} }} }} }}"))
    };
    let many = |what: &str| format!("{{ {} }}", repeat(10_000, |index| what.replace('#', &index.to_string())));
    for (name, query, expected) in [
        ("fragment chain, 13 links", chain(13, "hello"), "fields"),
        ("fragment chain, 22 links", chain(22, "hello"), "fields"),
        ("fragment chain, 90 links", chain(90, "hello"), "fields"),
        ("fragment chain to nowhere", chain(24, "...nowhere"), "fields"),
        ("ten thousand aliases", many("a#: hello"), "query_bytes"),
        ("three thousand aliases", format!("{{ {} }}", repeat(3_000, |index| format!("a{index}: hello"))), "tokens"),
        ("two hundred aliases", format!("{{ {} }}", repeat(200, |index| format!("a{index}: hello"))), "aliases"),
        ("ten thousand directives", format!("{{ hello {} }}", "@include(if: true) ".repeat(10_000)), "query_bytes"),
        ("five thousand directives", format!("{{ hello {} }}", "@a ".repeat(5_000)), "tokens"),
        ("two hundred directives", format!("{{ hello {} }}", "@a ".repeat(200)), "directives"),
        ("ten thousand fields", many("hello"), "tokens"),
        ("a hundred fields", format!("{{ {} }}", "hello ".repeat(100)), "root_fields"),
        ("root fields behind fragments", format!("{{ {} }} fragment F on Query {{ hello viewer }}", "...F ".repeat(40)), "root_fields"),
        ("sixty thousand braces", "{".repeat(60_000), "nesting"),
        ("sixty thousand brackets", format!("{{ sum(values: {}", "[".repeat(60_000)), "nesting"),
        ("sixty thousand type brackets", format!("query ($a: {}", "[".repeat(60_000)), "nesting"),
        ("forty levels", deep(40), "depth"),
        ("a large document", format!("# {}\n{{ hello }}", "x".repeat(70_000)), "query_bytes"),
        (
            "two hundred fragments",
            format!("{{ hello }} {}", repeat(200, |index| format!("fragment f{index} on Query {{ hello }}"))),
            "fragments",
        ),
        ("pages of pages", lists(10), "cost"),
        ("pages of pages by last", lists(10).replace("first", "last"), "cost"),
        (
            "pages of pages without a size",
            "{ items { nodes { children { nodes { children { nodes { children { nodes { id } } } } } } } } }".into(),
            "cost",
        ),
        ("a long list", format!("{{ sum(values: [{}]) }}", "1 ".repeat(1_500)), "list_size"),
        (
            "introspection in circles",
            "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }".into(),
            "introspection_percent",
        ),
        (
            "wide introspection",
            format!(
                "{{ __schema {{ types {{ {} }} }} }}",
                repeat(90, |index| format!("a{index}: fields {{ args {{ name type {{ name }} }} }}"))
            ),
            "introspection_percent",
        ),
    ] {
        let query = if name.starts_with("pages of pages") && !query.starts_with('{') { format!("{{ {query} }}") } else { query };
        let answer = endure_query(&hub, name, &query).await;
        assert_eq!(limit(&answer), expected, "{name}");
    }
}

#[tokio::test]
async fn a_fragment_that_spreads_itself_is_refused() {
    let hub = Hub::new().await;
    for query in [
        "{ ...a } fragment a on Query { ...a }",
        "{ ...a } fragment a on Query { ...b ...b } fragment b on Query { ...a ...a }",
        "{ ...a } fragment a on Query { item { ...b } } fragment b on Item { parent { ...c } } fragment c on Item { parent { ...b } }",
        "{ hello } fragment a on Query { ...a }",
    ] {
        let answer = endure_query(&hub, "a circle", query).await;
        assert_eq!(code(&answer), "VALIDATION_FAILED", "{query}: {answer}");
    }
}

#[tokio::test]
async fn what_just_passes_the_limits_is_cheap_too() {
    let hub = Hub::new().await;
    let wide = repeat(90, |index| format!("a{index}: parent {{ ...I }}"));
    for (name, query) in [
        ("a chain just short enough", chain(10, "hello")),
        ("wrong fields in number", format!("{{ item {{ {} }} }}", repeat(2_400, |index| format!("wrong{index}")))),
        ("one field two thousand times", format!("{{ item {{ {} }} }}", "id ".repeat(2_400))),
        ("one argument again and again", format!("{{ item {{ {} }} }}", "children(first: 1) { totalCount } ".repeat(400))),
        ("fragments side by side", format!("{{ item {{ {wide} }} }} fragment I on Item {{ {} }}", "id name ".repeat(20))),
        ("inline fragments in each other", format!("{{ item {{ {} id {} }} }}", "... on Item { id ".repeat(25), "}".repeat(25))),
        ("a thousand items", format!("{{ nodes(ids: [{}]) {{ id name tags }} }}", "\"item_1\" ".repeat(1_000))),
        ("a full page of full pages", "{ items(first: 100) { nodes { id name children(first: 100) { nodes { id name } } } } }".into()),
    ] {
        endure_query(&hub, name, &query).await;
    }
}

#[tokio::test]
async fn variables_are_counted_too() {
    let hub = Hub::new().await;
    let ask = |query: &str, variables: Value| json!({"query": query, "variables": variables}).to_string();
    let sum = "query ($values: [Int!]!) { sum(values: $values) }";
    let answer = endure(&hub, "a long list", ask(sum, json!({"values": vec![1; 1_001]}))).await;
    assert_eq!(limit(&answer), "list_size");
    let deep = |levels: usize| format!(r#"{{"query":"{{hello}}","variables":{{"values":{}{}}}}}"#, "[".repeat(levels), "]".repeat(levels));
    assert_eq!(code(&endure(&hub, "deep lists", deep(40_000)).await), "BAD_REQUEST");
    assert_eq!(limit(&endure(&hub, "deeper lists", deep(200_000)).await), "variable_values");
    let small = format!(r#"{{"query":"{{hello}}","variables":{{"values":[{}1]}}}}"#, r#"{"a":0},"#.repeat(60_000));
    assert_eq!(limit(&endure(&hub, "sixty thousand objects", small).await), "variable_values");
    let uses = format!("query ($values: [Int!]!) {{ {} }}", "sum(values: $values) ".repeat(50));
    let answer = endure(&hub, "one list, many uses", ask(&uses, json!({"values": vec![1; 1_000]}))).await;
    assert_eq!(limit(&answer), "variable_values");
    let answer = endure(&hub, "a page by variable", ask("query ($first: Int) { items(first: $first) { nodes { children(first: $first) { nodes { children(first: $first) { nodes { id } } } } } } }", json!({"first": 100}))).await;
    assert_eq!(limit(&answer), "cost");
}

#[tokio::test]
async fn batches_are_short_and_cost_what_they_hold() {
    let hub = Hub::new().await;
    let batch = |count: usize, query: &str| Value::Array(vec![json!({ "query": query }); count]).to_string();
    assert_eq!(limit(&endure(&hub, "a thousand in a batch", batch(1_000, "{ hello }")).await), "batch");
    assert_eq!(
        limit(&endure(&hub, "ten dear ones", batch(10, "{ items(first: 100) { nodes { children(first: 100) { nodes { id } } } } }")).await),
        "cost"
    );
}

#[tokio::test]
async fn a_large_body_is_refused_and_not_kept() {
    let hub = Hub::new().await;
    let body = format!(r#"{{"query":"{{ hello }}","variables":{{"a":"{}"}}}}"#, "x".repeat(60 << 20));
    let before = memory("VmRSS");
    let begun = worked();
    let (status, answer) = read(hub.post().body(body.clone())).await;
    println!("60 MB body: {status}, {:?}, {} KiB beside the client's own copy", worked() - begun, memory("VmRSS").saturating_sub(before));
    assert_eq!((status, limit(&answer)), (413, "body_bytes"));
    // Without a stated length it is cut at the first byte too many.
    let stream = futures_util::stream::iter((0..1_000).map(|_| Ok::<_, std::io::Error>(vec![b' '; 10_000])));
    let response = hub.post().body(reqwest::Body::wrap_stream(stream)).send().await;
    if let Ok(response) = response {
        assert_eq!(response.status(), 413);
    }
}

#[tokio::test]
async fn slow_senders_are_cut() {
    let hub = Hub::with(|limits| {
        limits.header_timeout_ms = 300;
        limits.body_idle_timeout_ms = 300;
        limits.body_timeout_ms = 800;
    })
    .await;
    let mut silent = TcpStream::connect(hub.address).await.expect("a connection");
    let mut head = TcpStream::connect(hub.address).await.expect("a connection");
    head.write_all(b"POST /graphql HTTP/1.1\r\nhost: x\r\n").await.expect("written");
    for stream in [&mut silent, &mut head] {
        let mut answer = vec![];
        tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await.expect("cut").expect("read");
    }
    let post = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    let answer = hub.raw(post.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("body_idle_timeout_ms"), "{answer}");

    let mut dripping = TcpStream::connect(hub.address).await.expect("a connection");
    dripping.write_all(post.as_bytes()).await.expect("written");
    let begun = Instant::now();
    let mut answer = vec![0; 2_000];
    let size = loop {
        tokio::select! {
            size = dripping.read(&mut answer) => break size.expect("read"),
            () = tokio::time::sleep(Duration::from_millis(100)) => dripping.write_all(b" ").await.expect("written"),
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "a dripping body must be cut");
    };
    assert!(String::from_utf8_lossy(&answer[..size]).contains("body_timeout_ms"));
}

#[tokio::test]
async fn a_flood_of_inits_closes_the_socket() {
    let hub = Hub::new().await;
    let begun = worked();
    for _ in 0..20 {
        let mut socket = hub.socket().await;
        for _ in 0..100 {
            if futures_util::SinkExt::send(&mut socket.0, tokio_tungstenite::tungstenite::Message::text(r#"{"type":"connection_init"}"#))
                .await
                .is_err()
            {
                break;
            }
        }
        let closed = socket.closed().await;
        assert!([4429, 0].contains(&closed), "{closed}");
    }
    assert!(worked() - begun < 20 * PATIENCE);
}

#[tokio::test]
async fn the_hub_lives_on_after_all_of_it() {
    let hub = Hub::new().await;
    let mut socket = Socket::ready(&hub).await;
    socket.subscribe("1", &chain(22, "hello")).await;
    let message = socket.hear().await;
    assert_eq!(limit(&json!({"errors": message["payload"]})), "fields");
    endure_query(&hub, "a chain", &chain(24, "hello")).await;
    assert_eq!(hub.query("{ hello }").await.1["data"]["hello"], "world");
}

#[tokio::test]
async fn the_usual_introspection_passes() {
    let hub = Hub::new().await;
    let query = include_str!("../../../transport/src/introspection.graphql");
    let answer = endure_query(&hub, "introspection", query).await;
    assert!(answer["data"]["__schema"]["types"].as_array().is_some_and(|types| types.len() > 10), "{answer}");
}
