//! What was perhaps meant by a name that is not there.

/// The candidate that a slip of the pen would make this name of; none where nothing is near.
pub fn meant<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A third of its letters may be wrong, and one in short names; more would be another word.
    let most = (name.chars().count() / 3).max(1);
    let distance = |candidate: &str| strsim::osa_distance(&name.to_lowercase(), &candidate.to_lowercase());
    let near = candidates.into_iter().map(|candidate| (distance(candidate), candidate)).filter(|(distance, _)| *distance <= most);
    near.min().map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let fields = ["body", "title", "totalCount", "themes"];
        assert_eq!(meant("boddy", fields), Some("body"));
        assert_eq!(meant("totalcount", fields), Some("totalCount"));
        assert_eq!(meant("tehmes", fields), Some("themes"));
        assert_eq!(meant("nothing", fields), None);
    }
}
