//! What a person's other devices are told of.

pub(super) const CHANGED: &str = "followsChanged";
pub(super) const READ: &str = "notificationsRead";
