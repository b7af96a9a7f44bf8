//! When a failed attempt is repeated.
use std::time::Duration;

/// The distances between attempts in seconds: growing, eleven attempts in a day.
const DISTANCES: [u64; 10] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 21_600, 36_000];
/// The longest that a receiver can ask to be left alone.
pub const LONGEST: Duration = Duration::from_secs(6 * 3_600);

/// How long to wait after so many failed attempts; none where that was the last. `chance` moves it by up to a fifth either way, so that
/// what failed together does not come back together. Where the receiver asked for more time it has it, within bounds.
pub fn after(attempts: i64, chance: [u8; 2], asked: Option<Duration>) -> Option<Duration> {
    let distance = *DISTANCES.get(usize::try_from(attempts.checked_sub(1)?).ok()?)?;
    let share = f64::from(u16::from_be_bytes(chance)) / f64::from(u16::MAX);
    let distance = Duration::from_secs(distance).mul_f64(0.8 + 0.4 * share);
    Some(distance.max(asked.unwrap_or_default().min(LONGEST)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_grow_apart_over_a_day_and_end() {
        for chance in [[0, 0], [255, 255]] {
            let waits: Vec<Duration> = (1..).map_while(|attempts| after(attempts, chance, None)).collect();
            assert_eq!(waits.len(), 10);
            assert!(waits.is_sorted());
            let day: u64 = waits.iter().map(Duration::as_secs).sum();
            assert!((18 * 3_600..=30 * 3_600).contains(&day), "{day}");
        }
        assert_ne!(after(3, [0, 0], None), after(3, [128, 0], None));
    }

    #[test]
    fn a_receiver_has_the_time_it_asks_for_within_bounds() {
        assert_eq!(after(1, [0, 0], Some(Duration::from_secs(90))), Some(Duration::from_secs(90)));
        assert_eq!(after(1, [0, 0], Some(Duration::from_secs(1))), Some(Duration::from_secs(4)));
        assert_eq!(after(1, [0, 0], Some(Duration::from_secs(u64::MAX))), Some(LONGEST));
        assert_eq!(after(11, [0, 0], Some(Duration::from_secs(90))), None);
    }
}
