//! What departing from the optimum costs, pair by pair, read off its residual network.
//!
//! Source and sink are one node here, so that flows are circulations. Two circulations differ by cycles of the residual network, and in that of an optimum no cycle has a
//! negative cost: so the cheapest circulation that lacks a chosen pair (or has a further one) differs by the one cheapest cycle through it, which is that step and the
//! shortest way back. All shortest ways are found at once (Floyd–Warshall): n = 1 + left + right nodes, n³ additions, 65 million for 200 × 200.
use super::instance::{Cell, Instance, Side};

/// So far that no way leads there; twice this is no overflow.
const FAR: i64 = i64::MAX / 4;
const HUB: usize = 0;

/// The shortest ways through the residual network of an assignment.
pub struct Residual<'a> {
    instance: &'a Instance<'a>,
    chosen: &'a [bool],
    nodes: usize,
    steps: Vec<i64>,
    ways: Vec<i64>,
}

impl<'a> Residual<'a> {
    pub fn of(instance: &'a Instance<'a>, chosen: &'a [bool]) -> Self {
        let rows = instance.left.order.len();
        let nodes = 1 + rows + instance.right.order.len();
        let mut network = Self { instance, chosen, nodes, steps: vec![FAR; nodes * nodes], ways: Vec::new() };
        let (used_left, used_right) = instance.used(chosen);
        for (row, used) in used_left.into_iter().enumerate() {
            let (take, give) = network.ends(&instance.left, row, used);
            network.step(HUB, 1 + row, take);
            network.step(1 + row, HUB, give);
        }
        for (column, used) in used_right.into_iter().enumerate() {
            let (take, give) = network.ends(&instance.right, column, used);
            network.step(1 + rows + column, HUB, take);
            network.step(HUB, 1 + rows + column, give);
        }
        for (row, column) in instance.pairs() {
            let (from, to) = (1 + row, 1 + rows + column);
            match (instance.cell(row, column), chosen[instance.at(row, column)]) {
                (Cell::Free, false) => network.step(from, to, -instance.worth(row, column)),
                (Cell::Free, true) => network.step(to, from, instance.worth(row, column)),
                _ => {}
            }
        }
        network.ways = shortest(network.steps.clone(), nodes);
        network
    }

    /// What one more partner and one fewer cost one of a side.
    fn ends(&self, side: &Side, at: usize, used: i64) -> (i64, i64) {
        let take = if used >= side.capacity[at] {
            FAR
        } else if used == 0 {
            -side.bonus[at]
        } else {
            0
        };
        let give = match used - side.bound[at] {
            ..=0 => FAR,
            _ if used == 1 => side.bonus[at],
            _ => 0,
        };
        (take, give)
    }

    fn step(&mut self, from: usize, to: usize, cost: i64) {
        self.steps[from * self.nodes + to] = cost;
    }

    /// What the best assignment costs, scaled, that lacks this pair, if it is chosen, or has it, if it is not. None where there is none.
    pub fn cost_of_change(&self, row: usize, column: usize) -> Option<i64> {
        if self.instance.cell(row, column) != Cell::Free {
            return None;
        }
        let (one, other) = (1 + row, 1 + self.instance.left.order.len() + column);
        let is_chosen = self.chosen[self.instance.at(row, column)];
        let (from, to) = if is_chosen { (other, one) } else { (one, other) };
        let cost = self.steps[from * self.nodes + to] + self.ways[to * self.nodes + from];
        (cost < FAR / 2).then_some(cost)
    }
}

/// The lengths of all shortest ways.
fn shortest(mut ways: Vec<i64>, nodes: usize) -> Vec<i64> {
    for node in 0..nodes {
        ways[node * nodes + node] = 0;
    }
    let mut onward = vec![0; nodes];
    for by in 0..nodes {
        onward.copy_from_slice(&ways[by * nodes..(by + 1) * nodes]);
        for row in ways.chunks_exact_mut(nodes) {
            let first = row[by];
            if first >= FAR / 2 {
                continue;
            }
            for (way, rest) in row.iter_mut().zip(&onward) {
                *way = (*way).min(first + rest);
            }
        }
    }
    ways
}
