//! A problem in numbers, in the order of keys: so the order in which it was told changes nothing.
use super::problem::{Participant, Problem, Refusal, places};

/// One side of an instance, in the order of keys.
#[derive(Clone, Debug)]
pub struct Side {
    /// Where each stands in the problem.
    pub order: Vec<usize>,
    /// How many partners each can serve, at most as many as there are.
    pub capacity: Vec<i64>,
    /// What having a partner at all is worth to each: what it costs to have none.
    pub bonus: Vec<i64>,
    /// How many partners each must have.
    pub bound: Vec<i64>,
}

/// Whether a pair can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// They exclude each other, or have no score.
    Excluded,
    /// An officer forbade it.
    MustNot,
    /// Its score is below the lowest that is made.
    BelowMinimum,
    Free,
    Must,
}

/// A problem in numbers. Values are in points times [`Instance::scale`], plus one for each pair: of equal values that with more pairs is the best.
#[derive(Clone, Debug)]
pub struct Instance<'a> {
    pub problem: &'a Problem,
    pub left: Side,
    pub right: Side,
    pub scale: i64,
    cells: Vec<Cell>,
}

impl<'a> Instance<'a> {
    pub fn of(problem: &'a Problem) -> Result<Self, Vec<Refusal>> {
        problem.check()?;
        let mut left = Side::of(&problem.left, problem.right.len());
        let mut right = Side::of(&problem.right, problem.left.len());
        let most: i64 = left.capacity.iter().sum::<i64>().min(right.capacity.iter().sum());
        let scale = 2 * most + 1;
        for bonus in left.bonus.iter_mut().chain(&mut right.bonus) {
            *bonus *= scale;
        }
        let judged = |row: &usize, column: &usize| match problem.scores[*row][*column] {
            None => Cell::Excluded,
            Some(score) if score < problem.minimum_score => Cell::BelowMinimum,
            Some(_) => Cell::Free,
        };
        let mut cells: Vec<Cell> = left.order.iter().flat_map(|row| right.order.iter().map(move |column| judged(row, column))).collect();
        let (rows, columns) = (ranks(&problem.left, &left), ranks(&problem.right, &right));
        let width = right.order.len();
        let place = |(one, other): &(String, String)| (rows(one), columns(other));
        for (row, column) in problem.must.iter().map(place) {
            let cell = &mut cells[row * width + column];
            if *cell != Cell::Must {
                *cell = Cell::Must;
                left.bound[row] += 1;
                right.bound[column] += 1;
            }
        }
        for (row, column) in problem.must_not.iter().map(place) {
            let cell = &mut cells[row * width + column];
            *cell = if *cell == Cell::Excluded { Cell::Excluded } else { Cell::MustNot };
        }
        Ok(Self { problem, left, right, scale, cells })
    }

    /// Where a pair stands in tables.
    pub fn at(&self, row: usize, column: usize) -> usize {
        row * self.right.order.len() + column
    }

    pub fn cell(&self, row: usize, column: usize) -> Cell {
        self.cells[self.at(row, column)]
    }

    pub fn forbid(&mut self, row: usize, column: usize) {
        let at = self.at(row, column);
        self.cells[at] = Cell::MustNot;
    }

    pub fn score(&self, row: usize, column: usize) -> Option<u8> {
        self.problem.scores[self.left.order[row]][self.right.order[column]]
    }

    /// What a pair adds to the value, scaled.
    pub fn worth(&self, row: usize, column: usize) -> i64 {
        i64::from(self.score(row, column).unwrap_or_default()) * self.scale + 1
    }

    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let width = self.right.order.len();
        (0..self.left.order.len()).flat_map(move |row| (0..width).map(move |column| (row, column)))
    }

    /// How many partners each of the left and each of the right has.
    pub fn used(&self, chosen: &[bool]) -> (Vec<i64>, Vec<i64>) {
        let (mut left, mut right) = (vec![0; self.left.order.len()], vec![0; self.right.order.len()]);
        for (row, column) in self.pairs().filter(|(row, column)| chosen[self.at(*row, *column)]) {
            left[row] += 1;
            right[column] += 1;
        }
        (left, right)
    }

    /// The sum of scores, and what staying alone costs.
    pub fn figures(&self, chosen: &[bool]) -> (i64, i64) {
        let total = self.pairs().filter(|(row, column)| chosen[self.at(*row, *column)]);
        let total = total.map(|(row, column)| i64::from(self.score(row, column).unwrap_or_default())).sum();
        let (left, right) = self.used(chosen);
        let alone = left.iter().zip(&self.left.bonus).chain(right.iter().zip(&self.right.bonus));
        (total, alone.filter(|(used, _)| **used == 0).map(|(_, bonus)| bonus / self.scale).sum())
    }

    /// Points of a scaled difference, what is there for pairs left out.
    pub fn points(&self, scaled: i64) -> i64 {
        (scaled + self.scale / 2).div_euclid(self.scale)
    }

    pub fn left_one(&self, row: usize) -> &'a Participant {
        &self.problem.left[self.left.order[row]]
    }

    pub fn right_one(&self, column: usize) -> &'a Participant {
        &self.problem.right[self.right.order[column]]
    }
}

impl Side {
    fn of(participants: &[Participant], partners: usize) -> Self {
        let mut order: Vec<usize> = (0..participants.len()).collect();
        order.sort_by(|one, other| participants[*one].key.cmp(&participants[*other].key));
        let capacity = order.iter().map(|at| i64::from(participants[*at].capacity).min(partners as i64)).collect();
        let bonus = order.iter().map(|at| i64::from(participants[*at].alone_cost)).collect();
        Self { bound: vec![0; order.len()], order, capacity, bonus }
    }
}

/// Where keys stand in the order.
fn ranks<'a>(participants: &'a [Participant], side: &Side) -> impl Fn(&str) -> usize + use<'a> {
    let mut ranks = vec![0; participants.len()];
    for (rank, at) in side.order.iter().enumerate() {
        ranks[*at] = rank;
    }
    let places = places(participants);
    move |key| ranks[places[key]]
}
