//! What the date of a document counts in its score.

/// What a date counts: each year since 2000 two thousandths, up to 2050. So of two matches about as good the newer comes first, and one that is ten
/// years newer never passes one that is better by more than a fiftieth. It does not depend on today: pages stay where they are.
pub fn recency(date: i64) -> f32 {
    const SINCE: f64 = 946_684_800.0 * 1e6;
    const YEAR: f64 = 365.25 * 86_400.0 * 1e6;
    let years = ((date as f64 - SINCE) / YEAR).clamp(0.0, 50.0);
    1.0 + 0.002 * years as f32
}
