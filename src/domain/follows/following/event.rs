//! What a person's other devices are told of.
use crate::events;

events!(
    CHANGED = "followsChanged" Changed "A person follows something, or no longer. Told to that person alone, as is what follows." reference,
    READ = "notificationsRead" Changed "A person said up to where notifications were read." reference,
);
