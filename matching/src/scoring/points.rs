//! Whole points that add up.
use crate::themes::WHOLE;

/// Points from worths in ten-thousandths of a point: their sum is that of the worths, rounded half up. What whole points leave over goes to the largest remainders (Hamilton's
/// method), of equal ones to the larger worth, then to the first.
pub fn round(worths: &[u64]) -> (u8, Vec<u8>) {
    let total = (worths.iter().sum::<u64>() + WHOLE / 2) / WHOLE;
    let mut points: Vec<u8> = worths.iter().map(|worth| u8::try_from(worth / WHOLE).unwrap_or(u8::MAX)).collect();
    let given: u64 = points.iter().map(|points| u64::from(*points)).sum();
    let mut order: Vec<usize> = (0..worths.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse((worths[*at] % WHOLE, worths[*at])), *at));
    for at in order.into_iter().take(usize::try_from(total.saturating_sub(given)).unwrap_or_default()) {
        points[at] += 1;
    }
    (u8::try_from(total).unwrap_or(u8::MAX), points)
}
