//! Letters to lines: letters on one baseline are runs, runs side by side in one column are a line; where a gap is wide for its line, a
//! word ends.
//!
//! Letters of one direction are laid out together, as if the page were turned so that their lines run to the right; those of the
//! direction that most letters have come first. What is drawn in whatever order is read by where it stands.

use super::columns;
use super::device::Letter;
use super::reading::readable;
use super::runs::{Placed, Run, runs};
use std::collections::BTreeMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Baselines may differ within a line by so much of the size: letters above and below it belong to it.
const LINE_DRIFT: f64 = 0.5;
/// A gap of so much of the size parts words, beyond the gap that the letters of the line have anyway.
const WORD_GAP: f64 = 0.15;
/// Letters that are spaced out have at most so much between them.
const SPACED_OUT: f64 = 0.3;
/// A larger step between two lines than so many sizes begins a paragraph.
const PARAGRAPH: f64 = 2.0;

/// The lines of a page, in their order. An empty line stands between paragraphs and columns.
pub(super) fn lines(letters: Vec<Letter>) -> Vec<String> {
    let mut directions: BTreeMap<i32, Vec<Letter>> = BTreeMap::new();
    for letter in letters {
        let degrees = letter.along.atan2().to_degrees().round() as i32;
        directions.entry(if degrees == -180 { 180 } else { degrees }).or_default().push(letter);
    }
    let mut directions: Vec<(i32, Vec<Letter>)> = directions.into_iter().collect();
    directions.sort_by_key(|(degrees, letters)| (std::cmp::Reverse(letters.len()), *degrees));
    let mut all = Vec::new();
    for (degrees, letters) in directions {
        let (sin, cos) = f64::from(degrees).to_radians().sin_cos();
        let turned = letters.into_iter().map(|letter| {
            let (x, y) = (letter.at.x * cos + letter.at.y * sin, letter.at.y * cos - letter.at.x * sin);
            Placed { text: letter.text, x0: x, x1: x + letter.advance, y, size: letter.size }
        });
        for block in columns::blocks(runs(turned)) {
            if !all.is_empty() {
                all.push(String::new());
            }
            block_lines(block, &mut all);
        }
    }
    all
}

/// The lines of a block, from above.
fn block_lines(mut block: Vec<Run>, all: &mut Vec<String>) {
    block.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<(f64, f64, Vec<Run>)> = Vec::new();
    for run in block {
        if let Some((y, size, runs)) = lines.last_mut()
            && (run.y - *y).abs() <= LINE_DRIFT * run.size.max(*size)
        {
            if run.size > *size {
                (*y, *size) = (run.y, run.size);
            }
            runs.push(run);
        } else {
            lines.push((run.y, run.size, vec![run]));
        }
    }
    let mut before: Option<(f64, f64)> = None;
    for (y, size, runs) in lines {
        if before.is_some_and(|(above, larger)| y - above > PARAGRAPH * larger.max(size)) {
            all.push(String::new());
        }
        before = Some((y, size));
        let line = readable(cells(side_by_side(runs)));
        if !line.is_empty() {
            all.push(line);
        }
    }
}

/// The letters of a line from left to right. Runs that lie upon each other are interlaced where the letters of one stand in the gaps of
/// the other, and else follow each other: a value over the dots of a form.
fn side_by_side(mut runs: Vec<Run>) -> Vec<Placed> {
    runs.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut line: Vec<Placed> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for run in runs {
        let is_over = run.x0 < end - 0.1 * run.size;
        let begin = run.x0;
        end = end.max(run.x1);
        if !is_over {
            line.extend(run.letters);
            continue;
        }
        let from = line.partition_point(|letter| letter.x1 <= begin);
        let mut merged: Vec<(Placed, bool)> = line.split_off(from).into_iter().map(|letter| (letter, false)).collect();
        merged.extend(run.letters.iter().cloned().map(|letter| (letter, true)));
        merged.sort_by(|(a, _), (b, _)| a.x0.total_cmp(&b.x0));
        let covered = merged.windows(2).filter(|pair| pair[0].1 != pair[1].1 && covers(&pair[0].0, &pair[1].0)).count();
        if covered * 3 > run.letters.len() {
            let (new, old): (Vec<_>, Vec<_>) = merged.into_iter().partition(|(_, is_new)| *is_new);
            line.extend(old.into_iter().map(|(letter, _)| letter));
            let at = end;
            line.push(Placed { text: " ".to_owned(), x0: at, x1: at, y: run.y, size: run.size });
            line.extend(new.into_iter().map(|(letter, _)| letter));
        } else {
            line.extend(merged.into_iter().map(|(letter, _)| letter));
        }
    }
    line
}

/// Whether two letters stand upon each other, an accent and its letter excepted.
fn covers(a: &Placed, b: &Placed) -> bool {
    let overlap = a.x1.min(b.x1) - a.x0.max(b.x0);
    let narrower = (a.x1 - a.x0).min(b.x1 - b.x0);
    !a.is_space() && !b.is_space() && !is_accent(&a.text) && !is_accent(&b.text) && overlap > narrower * 0.5
}

/// What a line says from left to right: letters with their accents, and single spaces where words end.
fn cells(letters: Vec<Placed>) -> Vec<String> {
    let spacing = spacing(&letters);
    let mut cells: Vec<String> = Vec::new();
    let mut before: Option<Placed> = None;
    let mut accent: Option<Placed> = None;
    for letter in letters {
        if letter.is_space() {
            if cells.last().is_some_and(|cell| cell != " ") {
                cells.push(" ".to_owned());
            }
            before = Some(letter);
            continue;
        }
        if is_accent(&letter.text)
            && let Some(under) = before.as_ref().filter(|under| !under.is_space() && lies_over(&letter, under))
            && let Some(cell) = cells.last_mut()
            && let Some(composed) = composed(cell, &letter.text)
        {
            *cell = composed;
            before = Some(Placed { x1: under.x1.max(letter.x0), ..under.clone() });
            continue;
        }
        let over = accent.take().filter(|accent| lies_over(accent, &letter)).and_then(|accent| composed(&letter.text, &accent.text));
        if let Some(composed) = over {
            // The accent stands already where its letter comes.
            cells.pop();
            cells.push(composed);
            before = Some(letter);
            continue;
        }
        if let Some(before) = &before {
            let size = before.size.min(letter.size).max(0.5 * before.size.max(letter.size));
            let is_apart = letter.x0 - before.x1 > spacing + WORD_GAP * size;
            if is_apart && cells.last().is_some_and(|cell| cell != " ") {
                cells.push(" ".to_owned());
            }
        }
        if is_accent(&letter.text) {
            accent = Some(letter.clone());
        }
        if !letter.text.is_empty() {
            cells.push(letter.text.clone());
        }
        before = Some(letter);
    }
    cells
}

/// The gap that the letters of a line have between them where no word ends: more than none where they are spaced out.
fn spacing(letters: &[Placed]) -> f64 {
    // Dots that lead to a number are spaced out by themselves.
    let is_of_word = |letter: &Placed| letter.text.chars().all(char::is_alphanumeric);
    let pairs = letters.windows(2).filter(|pair| is_of_word(&pair[0]) && is_of_word(&pair[1]));
    let mut gaps: Vec<f64> = pairs.map(|pair| (pair[1].x0 - pair[0].x1) / pair[0].size.max(pair[1].size)).collect();
    if gaps.len() < 4 {
        return 0.0;
    }
    gaps.sort_by(f64::total_cmp);
    let size = letters.iter().map(|letter| letter.size).fold(0.0, f64::max);
    gaps[gaps.len() / 2].clamp(0.0, SPACED_OUT) * size
}

/// Accents that old programs draw over a letter, and the marks that belong to it.
const ACCENTS: [(char, char); 12] = [
    ('´', '\u{301}'),
    ('`', '\u{300}'),
    ('ˋ', '\u{300}'),
    ('¨', '\u{308}'),
    ('ˆ', '\u{302}'),
    ('˜', '\u{303}'),
    ('¸', '\u{327}'),
    ('ˇ', '\u{30c}'),
    ('˚', '\u{30a}'),
    ('˘', '\u{306}'),
    ('˙', '\u{307}'),
    ('˝', '\u{30b}'),
];

fn is_accent(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next().filter(|_| letters.next().is_none());
    first.is_some_and(|first| is_combining_mark(first) || ACCENTS.iter().any(|(accent, _)| *accent == first))
}

/// Whether an accent's middle lies within a letter.
fn lies_over(accent: &Placed, letter: &Placed) -> bool {
    let middle = f64::midpoint(accent.x0, accent.x1);
    (letter.x0..=letter.x1).contains(&middle) && (letter.x1 - letter.x0) > 0.0
}

/// A letter with an accent; none where there is no such letter.
fn composed(letter: &str, accent: &str) -> Option<String> {
    let first = accent.chars().next()?;
    let mark = ACCENTS.iter().find(|(spacing, _)| *spacing == first).map_or(first, |(_, mark)| *mark);
    // Letters without their dots carry accents in their place.
    let base = match letter {
        "ı" => "i",
        "ȷ" => "j",
        letter => letter,
    };
    if !base.chars().next_back()?.is_alphabetic() {
        return None;
    }
    let composed: String = base.chars().chain([mark]).nfc().collect();
    let is_one = composed.chars().count() == base.chars().count();
    (is_one || is_combining_mark(first)).then_some(composed)
}
