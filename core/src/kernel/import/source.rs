//! Reading JSON Lines files.
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::value::RawValue;

use crate::base::{Code, Result, refuse};

/// One line of one file.
#[derive(Clone, Debug)]
pub struct Line {
    /// The file.
    pub file: Arc<PathBuf>,
    /// From 1.
    pub number: usize,
    /// What kind of record it is; empty where the line can't be read.
    pub kind: String,
    /// Its slug, as far as it can be read.
    pub slug: String,
    /// Slugs that once led to it: a new thing keeps them.
    pub old_slugs: Vec<String>,
    /// The record, or why it can't be read.
    pub record: Result<Arc<RawValue>, String>,
}

#[derive(serde::Deserialize)]
struct Head {
    kind: String,
    #[serde(default)]
    slug: String,
    #[serde(default)]
    old_slugs: Vec<String>,
}

/// Longest line, in bytes.
const LONGEST_LINE: usize = 16 << 20;

/// Reads all records of these files, and of the `.jsonl` files of these folders, by name.
pub fn read(paths: &[PathBuf]) -> Result<Vec<Line>> {
    let mut files = Vec::new();
    for path in paths {
        collect(path, &mut files)?;
    }
    for folder in left_out(paths) {
        tracing::warn!("{} has .jsonl files, too, which are not read: name this folder as well", folder.display());
    }
    let mut lines = Vec::new();
    for file in files {
        let bytes =
            fs::read(&file).or_else(|cause| refuse(Code::BadInput, "path", format!("{} can't be read: {cause}.", file.display())))?;
        let file = Arc::new(file);
        for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            let line = if index == 0 { line.strip_prefix(b"\xEF\xBB\xBF".as_slice()).unwrap_or(line) } else { line };
            if !line.iter().all(u8::is_ascii_whitespace) {
                lines.push(parse(&file, index + 1, line));
            }
        }
    }
    Ok(lines)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut found: Vec<PathBuf> = fs::read_dir(path)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    if found.is_empty() {
        return refuse(Code::BadInput, "path", format!("There is no .jsonl file in {}.", path.display()));
    }
    found.sort();
    files.append(&mut found);
    Ok(())
}

/// The folders of those that are named which have records of their own and are not named.
fn left_out(paths: &[PathBuf]) -> Vec<PathBuf> {
    let inside = |path: &PathBuf| fs::read_dir(path).into_iter().flatten().filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let is_record = |path: PathBuf| path.extension().is_some_and(|ending| ending == "jsonl");
    let mut folders: Vec<PathBuf> = paths.iter().flat_map(inside).filter(|path| path.is_dir() && inside(path).any(is_record)).collect();
    folders.retain(|folder| paths.iter().all(|path| path.canonicalize().ok() != folder.canonicalize().ok()));
    folders.sort();
    folders
}

fn parse(file: &Arc<PathBuf>, number: usize, line: &[u8]) -> Line {
    let bad = |why: String| Line {
        file: file.clone(),
        number,
        kind: String::new(),
        slug: String::new(),
        old_slugs: Vec::new(),
        record: Err(why),
    };
    if line.len() > LONGEST_LINE {
        return bad(format!("The line has {} bytes; {LONGEST_LINE} are allowed. Put long texts into a file of a document.", line.len()));
    }
    let Ok(text) = std::str::from_utf8(line) else { return bad("The line is not UTF-8.".to_owned()) };
    let raw: Box<RawValue> = match serde_json::from_str(text.trim()) {
        Ok(raw) => raw,
        Err(cause) => return bad(format!("The line is not JSON: {cause}.")),
    };
    match serde_json::from_str::<Head>(raw.get()) {
        Ok(head) => {
            let told = "The record has the character U+0000, which no text may have.";
            let record = if has_nul(raw.get()) { Err(told.to_owned()) } else { Ok(Arc::from(raw)) };
            Line { file: file.clone(), number, kind: head.kind, slug: head.slug, old_slugs: head.old_slugs, record }
        }
        Err(cause) => bad(format!("The line is not a record: {cause}. A record is an object with “kind” and “slug”.")),
    }
}

/// Whether a text of this JSON has the character U+0000, which JSON writes as an escape only. A backslash that is escaped itself
/// escapes nothing: `\\u0000` is six characters that tell of it.
fn has_nul(json: &str) -> bool {
    json.match_indices("\\u0000").any(|(at, _)| json[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_character_itself_is_refused() {
        for (text, is_refused) in
            [("a\0b", true), ("\\\0", true), ("\\u0000", false), ("\\\\u0000", false), ("u0000 \\ 0000", false), ("", false)]
        {
            let json = serde_json::to_string(text).unwrap();
            assert_eq!(has_nul(&json), is_refused, "{json}");
        }
    }
}
