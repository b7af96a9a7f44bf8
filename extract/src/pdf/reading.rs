//! Lines to text: each in the order in which it is read, and words that were divided at a line's end made whole.

use std::collections::{HashSet, VecDeque};
use unicode_normalization::char::is_combining_mark;

/// Words of a document that are remembered.
const MOST_WORDS: usize = 200_000;
/// Words that stand before a hyphen that belongs to the word, in several languages: "long-term", "well-known", "self-help".
const HEADS: [&str; 48] = [
    "all",
    "anti",
    "auto",
    "bio",
    "bottom",
    "city",
    "community",
    "cost",
    "cross",
    "decision",
    "eco",
    "energy",
    "ex",
    "far",
    "fast",
    "full",
    "half",
    "hands",
    "high",
    "inter",
    "know",
    "large",
    "long",
    "low",
    "mid",
    "multi",
    "near",
    "net",
    "non",
    "off",
    "open",
    "part",
    "post",
    "pre",
    "real",
    "self",
    "semi",
    "short",
    "small",
    "socio",
    "state",
    "step",
    "sub",
    "top",
    "up",
    "user",
    "vice",
    "well",
];

/// The words a document has had so far, in small letters.
#[derive(Default)]
pub(super) struct Vocabulary(HashSet<String>);

impl Vocabulary {
    fn has(&self, word: &str) -> bool {
        self.0.contains(&word.to_lowercase())
    }

    fn learn(&mut self, lines: &[String]) {
        let mut after_hyphen = false;
        for line in lines {
            let mut words = line.split_whitespace().peekable();
            while let Some(word) = words.next() {
                let is_part = std::mem::take(&mut after_hyphen);
                if words.peek().is_none() && ends_divided(word) {
                    after_hyphen = true;
                } else if !is_part && self.0.len() < MOST_WORDS {
                    self.0.insert(word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
                }
            }
        }
    }
}

/// What a line says, from what stands in it from left to right.
pub(super) fn readable(mut cells: Vec<String>) -> String {
    let is_from_right = |cell: &String| cell.chars().any(runs_from_right);
    let from_right = cells.iter().filter(|cell| is_from_right(cell)).count();
    if from_right > 0 {
        let from_left = cells.iter().filter(|cell| cell.chars().any(runs_from_left)).count();
        if from_right >= from_left {
            cells.reverse();
            mirror(&mut cells);
            turn(&mut cells, |cell| cell.chars().any(|c| runs_from_left(c) || c.is_numeric()), mirror);
        } else {
            turn(&mut cells, is_from_right, |stretch| {
                mirror(stretch);
                turn(stretch, |cell| cell.chars().any(char::is_numeric), mirror);
            });
        }
    }
    let text = cells.concat();
    let text = text.trim();
    // A soft hyphen is seen at the end of a line only.
    let mut seen = text.replace('\u{ad}', "");
    if text.ends_with('\u{ad}') {
        seen.push('\u{ad}');
    }
    seen
}

/// Reverses each stretch that begins and ends with such cells and has none between them that run the other way.
fn turn(cells: &mut [String], is_such: impl Fn(&String) -> bool, mut each: impl FnMut(&mut [String])) {
    let is_against = |cell: &String| {
        let runs_right = cell.chars().any(runs_from_right);
        let runs_left = cell.chars().any(runs_from_left);
        (runs_right || runs_left) && !is_such(cell)
    };
    let mut at = 0;
    while at < cells.len() {
        if !is_such(&cells[at]) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut next = end;
        while next < cells.len() && !is_against(&cells[next]) {
            next += 1;
            if is_such(&cells[next - 1]) {
                end = next;
            }
        }
        cells[at..end].reverse();
        each(&mut cells[at..end]);
        at = end;
    }
}

/// A bracket that is read from the right opens the other way than it is drawn.
fn mirror(cells: &mut [String]) {
    for cell in cells {
        let other = match cell.as_str() {
            "(" => ")",
            ")" => "(",
            "[" => "]",
            "]" => "[",
            "{" => "}",
            "}" => "{",
            _ => continue,
        };
        *cell = other.to_owned();
    }
}

fn runs_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}') && c.is_alphabetic() && !c.is_numeric()
}

fn runs_from_left(c: char) -> bool {
    c.is_alphabetic() && !runs_from_right(c) && !is_combining_mark(c)
}

/// The lines of a page as its text. A word that was divided at a line's end stands whole in the first of the two lines.
///
/// Whether a hyphen belongs to a word is told by the other words of the document. Where both may be, the hyphen is U+2010, by which
/// search finds the word as one and as two.
pub(super) fn joined(lines: Vec<String>, vocabulary: &mut Vocabulary) -> String {
    vocabulary.learn(&lines);
    let mut lines = VecDeque::from(lines);
    let mut text = String::new();
    while let Some(line) = lines.pop_front() {
        match made_whole(&line, &mut lines, vocabulary) {
            // The word may be divided once more.
            Some((whole, rest)) if rest.is_empty() => lines.push_front(whole),
            Some((whole, rest)) => {
                text.push_str(&whole);
                text.push('\n');
                lines.push_front(rest);
            }
            None => {
                text.push_str(line.trim_end_matches('\u{ad}'));
                text.push('\n');
            }
        }
    }
    text.trim().to_owned()
}

/// A line with the whole of its last word, which is taken from the line after it, and what is left of that; none where no word is divided.
fn made_whole(line: &str, lines: &mut VecDeque<String>, vocabulary: &Vocabulary) -> Option<(String, String)> {
    let first = line.rsplit(' ').next().filter(|word| ends_divided(word))?;
    // A column or a page's part may end within a word: the next one goes on.
    let after = lines.iter().position(|line| !line.is_empty())?;
    let (second, rest) = lines[after].split_once(' ').unwrap_or((&lines[after], ""));
    let hyphen = first.chars().next_back().map_or(0, char::len_utf8);
    let between = between(&first[..first.len() - hyphen], second, first.ends_with('\u{ad}'), vocabulary)?;
    let whole = (format!("{}{between}{second}", &line[..line.len() - hyphen]), rest.to_owned());
    lines.drain(..=after);
    Some(whole)
}

/// Whether a line's last word ends with a hyphen that may divide it.
fn ends_divided(word: &str) -> bool {
    let mut letters = word.chars().rev();
    let is_hyphen = letters.next().is_some_and(|last| matches!(last, '-' | '\u{2010}' | '\u{ad}'));
    is_hyphen && letters.next().is_some_and(char::is_alphanumeric)
}

/// What stands between the parts of a divided word; none where the parts don't belong together.
fn between(first: &str, second: &str, is_soft: bool, vocabulary: &Vocabulary) -> Option<&'static str> {
    let begin = second.chars().next()?;
    let last = first.chars().next_back()?;
    if !begin.is_alphanumeric() {
        return None;
    }
    if is_soft {
        return Some("");
    }
    if !begin.is_lowercase() || !last.is_alphabetic() {
        // Names and numbers keep theirs: "Nord-Pas", "2014-2020".
        return Some("-");
    }
    let word = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let (head, tail) = (word(first), word(second));
    let head = head.rsplit('-').next().unwrap_or_default();
    match () {
        () if vocabulary.has(&format!("{head}{tail}")) => Some(""),
        () if vocabulary.has(&format!("{head}-{tail}")) => Some("-"),
        () if HEADS.contains(&head) || (head.chars().count() > 2 && vocabulary.has(head)) => Some("\u{2010}"),
        () => Some(""),
    }
}
