//! The optimum, as a flow of minimum cost.
//!
//! From the source a unit flows to one of the left for each partner it can serve, on to one of the right, and to the sink. The first partner of each is worth what staying
//! alone would cost, by an arc of its own; as it is worth no less than the others, it is always taken first. What is not used flows past, from the source to the sink, for
//! nothing. Costs may not be negative in the library: each step costs the most that it could be worth less what it is worth, and the way past costs the sum of these.
use ac_library::MinCostFlowGraph;

use super::instance::{Cell, Instance, Side};

const SOURCE: usize = 0;
const SINK: usize = 1;

/// The pairs of the best assignment, in the table's order.
pub fn solve(instance: &Instance) -> Vec<bool> {
    let (rows, columns) = (instance.left.order.len(), instance.right.order.len());
    let mut graph = MinCostFlowGraph::<i64>::new(2 + rows + columns);
    let dearest = |side: &Side| side.bonus.iter().copied().max().unwrap_or_default();
    let (most_left, most_right) = (dearest(&instance.left), dearest(&instance.right));
    let most_pair = 100 * instance.scale + 1;
    let mut units = 0;
    for row in 0..rows {
        for (capacity, worth) in steps(&instance.left, row) {
            graph.add_edge(SOURCE, 2 + row, capacity, most_left - worth);
            units += capacity;
        }
    }
    for column in 0..columns {
        for (capacity, worth) in steps(&instance.right, column) {
            graph.add_edge(2 + rows + column, SINK, capacity, most_right - worth);
        }
    }
    let free: Vec<(usize, usize)> = instance.pairs().filter(|(row, column)| instance.cell(*row, *column) == Cell::Free).collect();
    let edges: Vec<usize> =
        free.iter().map(|(row, column)| graph.add_edge(2 + row, 2 + rows + column, 1, most_pair - instance.worth(*row, *column))).collect();
    graph.add_edge(SOURCE, SINK, units, most_left + most_pair + most_right);
    graph.flow(SOURCE, SINK, units);
    let mut chosen: Vec<bool> = instance.pairs().map(|(row, column)| instance.cell(row, column) == Cell::Must).collect();
    for ((row, column), edge) in free.into_iter().zip(edges) {
        chosen[instance.at(row, column)] = graph.get_edge(edge).flow > 0;
    }
    chosen
}

/// The partners that one can still have: how many, and what being the first is worth.
fn steps(side: &Side, at: usize) -> impl Iterator<Item = (i64, i64)> {
    let left = side.capacity[at] - side.bound[at];
    let first = i64::from(side.bound[at] == 0 && side.bonus[at] > 0 && left > 0);
    [(first, side.bonus[at]), (left - first, 0)].into_iter().filter(|(capacity, _)| *capacity > 0)
}
