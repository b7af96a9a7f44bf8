//! Settings of which every version is kept: a change makes a new one, and none is ever changed or lost.
use jiff::civil::Date;

use crate::{base::Code, store::Refusals};

/// A version of a setting.
pub trait Version: Clone + PartialEq {
    /// What the setting is called in sentences: “the rules”.
    const CALLED: &'static str;

    /// Which version it is.
    fn number(&self) -> i64;

    /// The same as this version, which is the newest from this day on.
    fn of_version(self, version: i64, since: Option<Date>) -> Self;

    /// Whether they say the same, whatever they are called.
    fn says_as(&self, other: &Self) -> bool {
        let plain = |version: &Self| version.clone().of_version(0, None);
        plain(self) == plain(other)
    }
}

/// Makes this the newest: the next version, where it says something else.
pub fn revise<V: Version>(newest: &mut V, earlier: &mut Vec<V>, told: &V, today: Date) {
    if told.says_as(newest) {
        return;
    }
    let next = told.clone().of_version(newest.number() + 1, Some(today));
    earlier.push(std::mem::replace(newest, next));
}

/// Takes over the versions that were kept and are older than the newest.
pub fn keep<'v, V: Version + 'v>(newest: &V, earlier: &mut Vec<V>, kept: impl Iterator<Item = &'v V>) {
    let lost = kept.filter(|old| old.number() < newest.number() && earlier.iter().all(|own| own.number() != old.number()));
    let lost: Vec<V> = lost.cloned().collect();
    earlier.extend(lost);
    earlier.sort_by_key(Version::number);
}

/// No version that was kept says something else later on, nor is lost; `fields` are where the newest stands and those before it.
pub fn check<V: Version>(all: &[&V], before: &[&V], fields: [&str; 2], refusals: &mut Refusals) {
    let [newest, earlier] = fields;
    for (index, version) in all.iter().enumerate() {
        let place = if index + 1 == all.len() { format!("{newest}.version") } else { format!("{earlier}.{index}.version") };
        let message = format!("“{}” counts from 1.", refusals.name(&place));
        refusals.refuse_if(version.number() < 1, Code::BadInput, &place, message);
    }
    let is_rising = all.iter().is_sorted_by(|one, next| one.number() < next.number());
    refusals.refuse_if(!is_rising, Code::BadInput, earlier, format!("Versions of {} rise, and “{newest}” is the newest.", V::CALLED));
    for old in before {
        let said = format!("Version {} of the {} is kept as it is; what changes is a new version.", old.number(), V::CALLED);
        let is_kept = all.iter().any(|own| own.number() == old.number() && own.says_as(old));
        refusals.refuse_if(!is_kept, Code::BadInput, newest, said);
    }
}
