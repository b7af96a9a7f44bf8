//! The filters of stored queries, each kept once, and by their values the queries that ask for nothing else.

use std::collections::HashMap;

use crate::contract::{Dimension, Filter, SearchDoc};

struct FilterEntry {
    filter: Filter,
    text: String,
    uses: u32,
    /// Queries without words: all that it admits is theirs.
    open: Vec<u32>,
}

#[derive(Default)]
pub struct FilterIndex {
    entries: Vec<Option<FilterEntry>>,
    free: Vec<u32>,
    numbers: HashMap<String, u32>,
    /// Filters with open queries by the values of one field that they ask for.
    by_value: HashMap<(Dimension, String), Vec<u32>>,
    /// Those that ask for no value.
    unbound: Vec<u32>,
}

/// The dimensions, those first that tell the most.
const TELLING: [Dimension; 8] = [
    Dimension::City,
    Dimension::Goal,
    Dimension::Theme,
    Dimension::Country,
    Dimension::Programme,
    Dimension::Year,
    Dimension::Kind,
    Dimension::Language,
];

/// The dimension that is asked for which tells the most, and the values of it that will do.
fn telling(filter: &Filter) -> Option<(Dimension, Vec<String>)> {
    let asked = filter.by_dimension().into_iter().filter(|(_, values)| !values.is_empty());
    let most = asked.min_by_key(|(dimension, _)| TELLING.iter().position(|other| other == dimension));
    most.map(|(dimension, values)| (dimension, values.into_owned()))
}

impl FilterIndex {
    /// The number of a filter, which is used once more.
    pub fn acquire(&mut self, filter: &Filter) -> u32 {
        let text = format!("{filter:?}");
        if let Some(&number) = self.numbers.get(&text) {
            if let Some(entry) = &mut self.entries[number as usize] {
                entry.uses += 1;
            }
            return number;
        }
        let number = self.free.pop().unwrap_or_else(|| {
            self.entries.push(None);
            self.entries.len() as u32 - 1
        });
        self.entries[number as usize] = Some(FilterEntry { filter: filter.clone(), text: text.clone(), uses: 1, open: Vec::new() });
        self.numbers.insert(text, number);
        number
    }

    /// A filter is used once less.
    pub fn release(&mut self, number: u32) {
        let Some(entry) = &mut self.entries[number as usize] else { return };
        entry.uses -= 1;
        if entry.uses == 0
            && let Some(entry) = self.entries[number as usize].take()
        {
            self.numbers.remove(&entry.text);
            self.free.push(number);
        }
    }

    /// A query lists what a filter admits.
    pub fn open(&mut self, number: u32, query: u32) {
        let Some(entry) = &mut self.entries[number as usize] else { return };
        entry.open.push(query);
        if entry.open.len() > 1 {
            return;
        }
        match telling(&entry.filter) {
            None => self.unbound.push(number),
            Some((dimension, mut values)) => {
                values.sort_unstable();
                values.dedup();
                for value in values {
                    self.by_value.entry((dimension, value)).or_default().push(number);
                }
            }
        }
    }

    /// It does no longer.
    pub fn close(&mut self, number: u32, query: u32) {
        let Some(entry) = &mut self.entries[number as usize] else { return };
        entry.open.retain(|own| *own != query);
        if !entry.open.is_empty() {
            return;
        }
        match telling(&entry.filter) {
            None => self.unbound.retain(|own| *own != number),
            Some((dimension, values)) => {
                for value in values {
                    if let Some(list) = self.by_value.get_mut(&(dimension, value.clone())) {
                        list.retain(|own| *own != number);
                        if list.is_empty() {
                            self.by_value.remove(&(dimension, value));
                        }
                    }
                }
            }
        }
    }

    pub fn admits(&self, number: u32, doc: &SearchDoc) -> bool {
        self.entries[number as usize].as_ref().is_some_and(|entry| entry.filter.admits(doc))
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The filters with open queries that may admit a document.
    pub fn near(&self, doc: &SearchDoc) -> Vec<u32> {
        let values =
            Dimension::ALL.into_iter().flat_map(|dimension| dimension.values(doc).into_iter().map(move |value| (dimension, value)));
        let by_value = values.filter_map(|value| self.by_value.get(&value)).flatten();
        let mut found: Vec<u32> = by_value.chain(&self.unbound).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The queries that list what a filter admits.
    pub fn listing(&self, number: u32) -> &[u32] {
        self.entries[number as usize].as_ref().map_or(&[], |entry| &entry.open)
    }
}
