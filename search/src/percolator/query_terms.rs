//! The words of stored queries, and the ways that lead to them from the words of a document.
//!
//! A word is kept once, however many queries have it. Its own forms lead to it from every language; the words that begin as it does, if it is a
//! prefix; words within the edits of a correction; and, in languages that write compounds as one, words it is a part of or that are a part of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound::{Included, Unbounded};

use super::fuzzy;
use crate::analysis::{Slot, spelled_stem, stem, stop_word_slots};
use crate::matching::{LINKING_ELEMENTS, SHORTEST_PART, expansions};
use crate::query::QueryWord;

/// A word of queries.
pub struct QueryTerm {
    pub folded: Box<str>,
    /// In lower case, where it has accents; otherwise the same.
    pub written: Box<str>,
    pub is_prefix: bool,
    /// The languages in which it says nothing; see [`stop_word_slots`].
    pub stop_word_slots: u64,
    /// Whether it may stand for other words than its own forms, where it is not quoted.
    pub may_expand: bool,
    /// The queries it leads to.
    pub posts: Vec<u32>,
    uses: u32,
}

/// What a word is told apart by, its folded form, its spelling, whether it is a prefix, and where it says nothing.
type Identity = (Box<str>, Box<str>, bool, u64);

/// All words of all stored queries.
#[derive(Default)]
pub struct QueryTermIndex {
    entries: Vec<Option<QueryTerm>>,
    free: Vec<u32>,
    numbers: HashMap<Identity, u32>,
    /// By form: the words, and in which slots they have it.
    by_stem: HashMap<Box<str>, Vec<(u32, u64)>>,
    /// Prefixes.
    by_prefix: HashMap<Box<str>, Vec<u32>>,
    /// What is left of a word when letters of its beginning are taken away.
    by_deletion: BTreeSet<(u32, u32)>,
    /// Whole words, forwards and backwards.
    by_start: BTreeMap<Box<str>, Vec<u32>>,
    by_end: BTreeMap<Box<str>, Vec<u32>>,
}

/// The forms of a word, each with the slots that give it.
pub fn forms(written: &str, folded: &str) -> BTreeMap<String, u64> {
    let mut forms = BTreeMap::new();
    for slot in Slot::searched() {
        for form in std::iter::once(stem(slot, folded)).chain(spelled_stem(slot, written, folded)) {
            *forms.entry(form).or_default() |= slot.mark();
        }
    }
    forms
}

fn backwards(word: &str) -> Box<str> {
    word.chars().rev().collect::<String>().into()
}

fn cut<Q: std::hash::Hash + Eq + ?Sized, K: std::hash::Hash + Eq + std::borrow::Borrow<Q>, V>(
    map: &mut HashMap<K, Vec<V>>,
    key: &Q,
    is_gone: impl Fn(&V) -> bool,
) {
    if let Some(list) = map.get_mut(key) {
        list.retain(|value| !is_gone(value));
        if list.is_empty() {
            map.remove(key);
        }
    }
}

fn cut_ordered(map: &mut BTreeMap<Box<str>, Vec<u32>>, key: &str, gone: u32) {
    if let Some(list) = map.get_mut(key) {
        list.retain(|number| *number != gone);
        if list.is_empty() {
            map.remove(key);
        }
    }
}

impl QueryTermIndex {
    /// The number of a word, which is used once more.
    pub fn acquire(&mut self, word: &QueryWord) -> u32 {
        let stop_word_slots = if word.is_prefix { 0 } else { stop_word_slots(&word.written, &word.folded) };
        let written =
            if word.written.is_ascii() { word.folded.clone() } else { word.written.chars().flat_map(char::to_lowercase).collect() };
        let identity: Identity = (Box::from(&*word.folded), written.into(), word.is_prefix, stop_word_slots);
        if let Some(&number) = self.numbers.get(&identity) {
            if let Some(entry) = &mut self.entries[number as usize] {
                entry.uses += 1;
            }
            return number;
        }
        let number = self.free.pop().unwrap_or_else(|| {
            self.entries.push(None);
            self.entries.len() as u32 - 1
        });
        for (form, slots) in forms(&identity.1, &word.folded) {
            self.by_stem.entry(form.into()).or_default().push((number, slots));
        }
        let may_expand = !word.is_prefix && expansions::would_expand(&word.written, &word.folded);
        if word.is_prefix {
            self.by_prefix.entry(identity.0.clone()).or_default().push(number);
        }
        if may_expand {
            self.by_deletion.extend(fuzzy::deletions(&word.folded, fuzzy::max_edits(&word.folded)).into_iter().map(|rest| (rest, number)));
            self.by_start.entry(identity.0.clone()).or_default().push(number);
            self.by_end.entry(backwards(&word.folded)).or_default().push(number);
        }
        self.entries[number as usize] = Some(QueryTerm {
            folded: identity.0.clone(),
            written: identity.1.clone(),
            is_prefix: word.is_prefix,
            stop_word_slots,
            may_expand,
            posts: Vec::new(),
            uses: 1,
        });
        self.numbers.insert(identity, number);
        number
    }

    /// A word is used once less.
    pub fn release(&mut self, number: u32) {
        let Some(entry) = &mut self.entries[number as usize] else { return };
        entry.uses -= 1;
        if entry.uses > 0 {
            return;
        }
        let Some(entry) = self.entries[number as usize].take() else { return };
        for form in forms(&entry.written, &entry.folded).into_keys() {
            cut(&mut self.by_stem, &*form, |(own, _)| *own == number);
        }
        if entry.is_prefix {
            cut(&mut self.by_prefix, &*entry.folded, |own| *own == number);
        }
        if entry.may_expand {
            for rest in fuzzy::deletions(&entry.folded, fuzzy::max_edits(&entry.folded)) {
                self.by_deletion.remove(&(rest, number));
            }
            cut_ordered(&mut self.by_start, &entry.folded, number);
            cut_ordered(&mut self.by_end, &backwards(&entry.folded), number);
        }
        self.numbers.remove(&(entry.folded, entry.written, entry.is_prefix, entry.stop_word_slots));
        self.free.push(number);
    }

    pub fn post(&mut self, number: u32, query: u32) {
        if let Some(entry) = &mut self.entries[number as usize] {
            entry.posts.push(query);
        }
    }

    pub fn unpost(&mut self, number: u32, query: u32) {
        if let Some(entry) = &mut self.entries[number as usize] {
            entry.posts.retain(|own| *own != query);
        }
    }

    pub fn get(&self, number: u32) -> Option<&QueryTerm> {
        self.entries.get(number as usize)?.as_ref()
    }

    /// The words that have this form in a slot.
    pub fn with_stem(&self, slot: Slot, term: &str) -> impl Iterator<Item = u32> {
        self.by_stem.get(term).into_iter().flatten().filter(move |(_, slots)| slots & slot.mark() > 0).map(|(number, _)| *number)
    }

    /// The prefixes that a word has.
    pub fn beginning(&self, word: &str) -> impl Iterator<Item = u32> {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1);
        ends.filter_map(|end| self.by_prefix.get(&word[..end])).flatten().copied()
    }

    /// The words that may have been meant to be this one.
    pub fn near(&self, word: &str) -> Vec<u32> {
        if self.by_deletion.is_empty() {
            return Vec::new();
        }
        let rests = fuzzy::deletions(word, fuzzy::MOST_EDITS);
        let found = rests.into_iter().flat_map(|rest| self.by_deletion.range((rest, 0)..=(rest, u32::MAX)).map(|(_, number)| *number));
        let found: BTreeSet<u32> = found.collect();
        let is_near = |number: &u32| self.get(*number).is_some_and(|entry| fuzzy::may_mean(&entry.folded, word));
        found.into_iter().filter(is_near).collect()
    }

    /// The words that one of a slot may be compounded of, with what is left of it: before the word, which may be inflected, or behind it.
    pub fn parts<'a>(&self, slot: Slot, whole: &'a str) -> Vec<(u32, Rest<'a>)> {
        let mut found = Vec::new();
        for (at, _) in whole.char_indices().skip(SHORTEST_PART) {
            let (first, last) = whole.split_at(at);
            let numbers = |part: &str| self.by_start.get(part).into_iter().flatten().copied();
            let may_expand = |number: &u32| self.get(*number).is_some_and(|entry| entry.may_expand);
            let last_form = stem(slot, last);
            let inflected = self.with_stem(slot, &last_form).filter(may_expand);
            found.extend(numbers(last).chain(inflected).map(|number| (number, Rest::Before(first))));
            found.extend(numbers(first).map(|number| (number, Rest::Behind(last))));
        }
        found
    }

    /// The words that may be compounded of this one.
    pub fn wholes(&self, part: &str) -> Vec<(u32, Rest<'_>)> {
        if part.chars().count() < SHORTEST_PART {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (whole, numbers) in self.by_start.range::<str, _>((Included(part), Unbounded)).take_while(|(whole, _)| whole.starts_with(part))
        {
            found.extend(numbers.iter().map(|number| (*number, Rest::Behind(&whole[part.len()..]))));
        }
        let turned = backwards(part);
        for (_, numbers) in
            self.by_end.range::<str, _>((Included(&*turned), Unbounded)).take_while(|(whole, _)| whole.starts_with(&*turned))
        {
            for number in numbers {
                if let Some(first) = self.get(*number).and_then(|entry| entry.folded.strip_suffix(part)) {
                    found.push((*number, Rest::Before(first)));
                }
            }
        }
        found
    }
}

/// What a compound has beside a part.
pub enum Rest<'a> {
    Before(&'a str),
    Behind(&'a str),
}

impl<'a> Rest<'a> {
    /// What it is without the linking element; several may do.
    pub fn words(&self) -> impl Iterator<Item = &'a str> {
        let (rest, is_before) = match self {
            Rest::Before(rest) => (*rest, true),
            Rest::Behind(rest) => (*rest, false),
        };
        let without = move |joint: &&str| if is_before { rest.strip_suffix(*joint) } else { rest.strip_prefix(*joint) };
        LINKING_ELEMENTS.iter().filter_map(without).filter(|word| word.chars().count() >= SHORTEST_PART)
    }
}
