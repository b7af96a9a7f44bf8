//! Every value to filter by or to count, given an ordinal once for the whole index.
//!
//! An ordinal stands for a value of one dimension, or for an audience key. Documents carry ordinals, so a filter is a look-up
//! and a count is an increment, whatever the dimension and in whichever segment the document lies.
//!
//! Invariant: ordinals are given once and never reused while the index is open; they mean nothing on disk.

use std::collections::HashMap;
use std::sync::Arc;

use crate::contract::{Dimension, PARTY};

/// What a value belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueSpace {
    Dimension(Dimension),
    Audience,
}

/// The numbered values.
#[derive(Clone, Default)]
pub struct ValueDictionary {
    ordinals: HashMap<(ValueSpace, Arc<str>), u32>,
    values: Vec<(ValueSpace, Arc<str>)>,
    /// The audiences of several parties, by each of these.
    joint: HashMap<Arc<str>, Vec<u32>>,
}

impl ValueDictionary {
    /// The number of a value, given now if it has none.
    pub fn intern(&mut self, space: ValueSpace, value: &str) -> u32 {
        let value: Arc<str> = Arc::from(value);
        if let Some(&ordinal) = self.ordinals.get(&(space, value.clone())) {
            return ordinal;
        }
        let ordinal = self.values.len() as u32;
        self.values.push((space, value.clone()));
        if space == ValueSpace::Audience && value.contains(PARTY) {
            for party in value.split(PARTY) {
                self.joint.entry(Arc::from(party)).or_default().push(ordinal);
            }
        }
        self.ordinals.insert((space, value), ordinal);
        ordinal
    }

    /// The number of a value, if any document ever had it.
    pub fn ordinal(&self, space: ValueSpace, value: &str) -> Option<u32> {
        self.ordinals.get(&(space, Arc::from(value))).copied()
    }

    /// The numbers of the audiences that a viewer's key allows: its own, and those of which it is a party.
    pub fn audiences(&self, key: &str) -> impl Iterator<Item = u32> {
        let joint = self.joint.get(key).into_iter().flatten().copied();
        self.ordinal(ValueSpace::Audience, key).into_iter().chain(joint)
    }

    pub fn value(&self, ordinal: u32) -> &Arc<str> {
        &self.values[ordinal as usize].1
    }

    pub fn space(&self, ordinal: u32) -> ValueSpace {
        self.values[ordinal as usize].0
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }
}
