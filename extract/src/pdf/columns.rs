//! Columns: where a page is to be read down first and only then to the right.
//!
//! A gutter is a strip that few lines cross. What crosses it (a title, a wide picture's caption) parts the page into zones, read one
//! after the other; within a zone comes what stands left of the gutter, then what stands right, each again with its own columns. Short
//! texts that stand in rows are a table, which is read row by row.

use super::runs::Run;

/// Strips into which the width is parted to look for gutters.
const STRIPS: usize = 256;
/// A gutter is at least so wide, in sizes of letters.
const GUTTER: f64 = 0.9;
/// Of the lines beside a gutter at most so many cross it.
const CROSSING: f64 = 0.4;
/// Lines a column has at least.
const FEWEST: usize = 3;
/// Letters of a run from which on it is a piece of prose rather than a cell of a table.
const PROSE: f64 = 16.0;
const SHORT_PROSE: f64 = 8.0;
/// Columns within columns.
const DEEPEST: usize = 6;

/// The runs of a page in blocks, in their reading order.
pub(super) fn blocks(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut found = Vec::new();
    part(runs, 0, &mut found);
    found
}

fn part(runs: Vec<Run>, depth: usize, found: &mut Vec<Vec<Run>>) {
    let gutter = if depth < DEEPEST { gutter(&runs) } else { None };
    let Some(gutter) = gutter else {
        if !runs.is_empty() {
            found.push(runs);
        }
        return;
    };
    let mut runs = runs;
    runs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for run in runs {
        if run.x0 < gutter && run.x1 > gutter {
            beside(&mut left, &mut right, depth, found);
            across.push(run);
            continue;
        }
        if !across.is_empty() {
            found.push(std::mem::take(&mut across));
        }
        if run.x1 <= gutter { left.push(run) } else { right.push(run) }
    }
    if !across.is_empty() {
        found.push(across);
    }
    beside(&mut left, &mut right, depth, found);
}

/// Reads what stands left of a gutter, then what stands right of it.
fn beside(left: &mut Vec<Run>, right: &mut Vec<Run>, depth: usize, found: &mut Vec<Vec<Run>>) {
    part(std::mem::take(left), depth + 1, found);
    part(std::mem::take(right), depth + 1, found);
}

/// Where the best gutter of these runs is.
fn gutter(runs: &[Run]) -> Option<f64> {
    if runs.len() < 2 * FEWEST {
        return None;
    }
    let left = runs.iter().map(|run| run.x0).fold(f64::INFINITY, f64::min);
    let right = runs.iter().map(|run| run.x1).fold(f64::NEG_INFINITY, f64::max);
    let mut sizes: Vec<f64> = runs.iter().map(|run| run.size).collect();
    sizes.sort_by(f64::total_cmp);
    let size = sizes[sizes.len() / 2];
    let strip = (right - left) / STRIPS as f64;
    if !(strip.is_finite() && strip > 0.0) {
        return None;
    }
    let mut crossed = [0_usize; STRIPS];
    for run in runs {
        let (from, to) = (((run.x0 - left) / strip) as usize, ((run.x1 - left) / strip) as usize);
        crossed[from.min(STRIPS - 1)..=to.min(STRIPS - 1)].iter_mut().for_each(|count| *count += 1);
    }
    let needed = ((GUTTER * size / strip).ceil() as usize).max(1);
    let mut best: Option<(f64, f64)> = None;
    let mut at = 0;
    while at < STRIPS {
        // The most lines on either side are what a gutter is held against.
        let least = crossed[..at].iter().max().copied().unwrap_or(0).min(crossed[at..].iter().max().copied().unwrap_or(0));
        let allowed = least as f64 * CROSSING;
        let width = crossed[at..].iter().take_while(|count| **count as f64 <= allowed).count();
        if least >= FEWEST && width >= needed && at + width < STRIPS {
            let middle = left + strip * (at as f64 + width as f64 / 2.0);
            let crossing = crossed[at..at + width].iter().sum::<usize>() as f64 / width as f64;
            let worth = width as f64 / (1.0 + crossing);
            if best.is_none_or(|(_, known)| worth > known) && are_columns(runs, middle, size) {
                best = Some((middle, worth));
            }
        }
        at += width.max(1);
    }
    best.map(|(middle, _)| middle)
}

/// Whether what stands on both sides is to be read down: prose, or lines that don't stand in rows.
fn are_columns(runs: &[Run], gutter: f64, size: f64) -> bool {
    let side = |is_left: bool| {
        let mut side: Vec<&Run> = runs.iter().filter(|run| if is_left { run.x1 <= gutter } else { run.x0 >= gutter }).collect();
        side.sort_by(|a, b| a.y.total_cmp(&b.y));
        side
    };
    let (left, right) = (side(true), side(false));
    let baselines = |side: &[&Run]| {
        let mut found: Vec<f64> = side.iter().map(|run| run.y).collect();
        found.dedup_by(|a, b| (*a - *b).abs() < 0.3 * size);
        found
    };
    let (of_left, of_right) = (baselines(&left), baselines(&right));
    if of_left.len() < FEWEST || of_right.len() < FEWEST {
        return false;
    }
    let mean = |side: &[&Run]| side.iter().map(|run| run.letters.len()).sum::<usize>() as f64 / side.len() as f64;
    let prose = mean(&left).min(mean(&right));
    let fewer = if of_left.len() < of_right.len() { &of_left } else { &of_right };
    let more = if of_left.len() < of_right.len() { &of_right } else { &of_left };
    let in_rows = fewer.iter().filter(|y| {
        let at = more.partition_point(|other| other < *y);
        more[at.saturating_sub(1)..(at + 1).min(more.len())].iter().any(|other| (other - *y).abs() < 0.15 * size)
    });
    let is_table = in_rows.count() * 2 >= fewer.len();
    prose >= PROSE || (!is_table && prose >= SHORT_PROSE)
}
