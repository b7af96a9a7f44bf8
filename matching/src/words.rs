//! English for sentences.

/// “1 point”, “3 points”.
pub fn counted(count: impl Into<i64>, one: &str) -> String {
    let count = count.into();
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
