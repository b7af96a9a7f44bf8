//! Letters on one baseline that follow one another: what a line is made of.

/// Letters belong to one run while the gap between them is at most so much of their size, and while they overlap by at most so much.
const RUN_GAP: f64 = 1.0;
const RUN_OVERLAP: f64 = 0.6;
/// Their baselines may differ by so much of it.
const RUN_DRIFT: f64 = 0.15;

/// A letter on the turned page.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub text: String,
    pub x0: f64,
    pub x1: f64,
    pub y: f64,
    pub size: f64,
}

impl Placed {
    pub fn is_space(&self) -> bool {
        self.text == " "
    }
}

/// Letters on one baseline that follow one another.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub letters: Vec<Placed>,
    pub x0: f64,
    pub x1: f64,
    pub y: f64,
    pub size: f64,
}

/// Letters in the order in which they are drawn, as runs. Spaces belong to the run before them.
pub(super) fn runs(letters: impl Iterator<Item = Placed>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for letter in letters {
        if let Some(run) = runs.last_mut() {
            let size = run.size.max(letter.size);
            let gap = letter.x0 - run.x1;
            let follows = (letter.y - run.y).abs() <= RUN_DRIFT * size && gap <= RUN_GAP * size && gap >= -RUN_OVERLAP * size;
            // Letters of another size that touch a word are above or below it; the line takes them in.
            if follows && letter.x0 >= run.x0 - RUN_OVERLAP * size {
                run.x1 = run.x1.max(letter.x1);
                run.size = run.size.max(letter.size);
                run.letters.push(letter);
                continue;
            }
        }
        if !letter.is_space() {
            runs.push(Run { x0: letter.x0, x1: letter.x1, y: letter.y, size: letter.size, letters: vec![letter] });
        }
    }
    for run in &mut runs {
        // Where it ends for the eye: spaces behind it may reach into the next column.
        let seen = run.letters.iter().filter(|letter| !letter.is_space()).map(|letter| letter.x1);
        run.x1 = seen.fold(f64::NEG_INFINITY, f64::max);
    }
    runs
}
