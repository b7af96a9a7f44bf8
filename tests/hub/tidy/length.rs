//! How long files and functions may be.
use super::{root, sources};

/// The most lines of a file and of a function.
const FILE: usize = 400;
const FUNCTION: usize = 80;

/// The sources, tests apart: these may be longer.
fn code() -> Vec<(String, String)> {
    let below = |path: &std::path::Path| path.strip_prefix(root()).expect("below the root").to_string_lossy().into_owned();
    let files = sources().into_iter().map(|(path, text)| (below(&path), text));
    files.filter(|(path, _)| !path.contains("/tests/") && !path.ends_with("tests.rs")).collect()
}

#[test]
fn no_file_is_longer_than_can_be_read_at_once() {
    let long = code().into_iter().map(|(path, text)| (path, text.lines().count()));
    let long: Vec<_> = long.filter(|(_, lines)| *lines > FILE).collect();
    assert!(long.is_empty(), "cut these where a reader would: {long:?}");
}

#[test]
fn no_function_is_long_without_a_reason() {
    let mut long = Vec::new();
    for (path, text) in code() {
        for (name, lines, has_reason) in functions(&text) {
            let told = format!("{path}: {name}");
            if lines > FUNCTION && !has_reason {
                long.push(format!("{told} ({lines} lines)"));
            }
        }
    }
    assert!(long.is_empty(), "cut these, or say above in a line “// Long: …” why not:\n{}", long.join("\n"));
}

/// Each function with its lines, and whether a line directly above says why it is long. A function ends, as the formatter has it, with the brace below its first letter.
fn functions(text: &str) -> Vec<(&str, usize, bool)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = name(line) else { continue };
        let indent = &line[..line.len() - line.trim_start().len()];
        let is_end =
            |line: &str| line.strip_prefix(indent).is_some_and(|rest| rest == "}" || (rest.starts_with(')') && rest.ends_with(';')));
        let is_short = line.ends_with([';', '}']);
        let length = if is_short { 1 } else { lines[at..].iter().position(|line| is_end(line)).map_or(1, |end| end + 1) };
        let above = lines[..at].iter().rev().map(|line| line.trim()).take_while(|line| line.starts_with("//") || line.starts_with("#["));
        let mut reasons = above.filter_map(|line| line.strip_prefix("// Long: "));
        found.push((name, length, reasons.any(|reason| !reason.trim().is_empty())));
    }
    found
}

/// The name of the function that begins in a line.
fn name(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    loop {
        rest = match rest.split_once(' ')? {
            ("fn", name) => return name.split(|c: char| !c.is_alphanumeric() && c != '_').next(),
            ("pub" | "default" | "const" | "async" | "unsafe" | "extern" | "\"C\"", rest) => rest,
            (visible, rest) if visible.starts_with("pub(") => {
                rest.strip_prefix("super) ").or_else(|| rest.split_once(") ").map(|(_, rest)| rest)).unwrap_or(rest)
            }
            _ => return None,
        };
    }
}

#[test]
fn functions_are_measured_from_their_name_to_their_last_brace() {
    let text = "fn short() {}\n\nimpl A {\n    // Long: it is one table.\n    #[inline]\n    pub(in crate::a) const fn table(\n        one: u8,\n    ) -> u8 {\n        if one > 0 {\n            1\n        } else {\n            2\n        }\n    }\n\n    async fn told(&self);\n}\n";
    assert_eq!(functions(text), [("short", 1, false), ("table", 9, true), ("told", 1, false)]);
}
