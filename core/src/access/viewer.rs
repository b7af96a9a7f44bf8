//! Who asks: a person with roles, or the public.
use std::{collections::BTreeSet, sync::Arc};

use uuid::Uuid;

use super::{Audience, Scope};
use crate::base::{Code, Moment, Result, refuse};

/// Who asks, and the audiences they belong to.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// The account; none for the public and for the hub itself.
    pub person: Option<Uuid>,
    /// The token that was used, so that its end ends what it opened.
    pub token: Option<Uuid>,
    /// When that token ends by itself; none where it does not.
    pub until: Option<Moment>,
    /// Cities the person represents.
    pub cities: BTreeSet<Uuid>,
    /// Programmes the person is an officer of.
    pub programmes: BTreeSet<Uuid>,
    /// Cities that take part in these programmes.
    pub governed: BTreeSet<Uuid>,
    /// Whether the person administers the hub.
    pub is_administrator: bool,
    keys: Arc<BTreeSet<Audience>>,
    sees_all: bool,
}

impl Viewer {
    /// The public: no account.
    pub fn public() -> Self {
        Self { keys: Arc::new([Audience::public()].into()), ..Self::default() }
    }

    /// The account; the public, which has none, is refused.
    pub fn account(&self) -> Result<Uuid> {
        match self.person {
            Some(person) => Ok(person),
            None => refuse(Code::Unauthenticated, "", "This needs an account: send “Authorization: Bearer hansa_…”."),
        }
    }

    /// The hub itself (followers, import from the command line): sees and may do everything.
    pub fn hub() -> Self {
        Self { is_administrator: true, sees_all: true, ..Self::public() }
    }

    /// A person with the audiences their roles give, beside the public and their own.
    pub fn person(
        id: Uuid,
        token: Option<Uuid>,
        is_administrator: bool,
        cities: BTreeSet<Uuid>,
        programmes: BTreeSet<Uuid>,
        more: impl IntoIterator<Item = Audience>,
    ) -> Self {
        let mut keys: BTreeSet<Audience> = more.into_iter().collect();
        keys.insert(Audience::public());
        keys.insert(Audience::of(Scope::Person, id));
        keys.extend(cities.iter().map(|city| Audience::of(Scope::City, *city)));
        keys.extend(
            programmes.iter().flat_map(|programme| [Scope::Officers, Scope::Programme].map(|scope| Audience::of(scope, *programme))),
        );
        let keys = Arc::new(keys);
        Self {
            person: Some(id),
            token,
            until: None,
            cities,
            programmes,
            governed: BTreeSet::new(),
            is_administrator,
            keys,
            sees_all: is_administrator,
        }
    }

    /// The same, an officer of programmes in which these cities take part.
    pub fn governing(mut self, cities: BTreeSet<Uuid>) -> Self {
        self.governed = cities;
        self
    }

    /// The same, whose token ends at this time.
    pub const fn until(mut self, until: Option<Moment>) -> Self {
        self.until = until;
        self
    }

    /// The audiences the viewer belongs to. Only `access::rule` and `access::members` read them.
    pub(super) fn keys(&self) -> &BTreeSet<Audience> {
        &self.keys
    }

    /// Whether every row is visible: administrators and the hub itself.
    pub(super) const fn sees_all(&self) -> bool {
        self.sees_all
    }

    /// Whether it is the hub itself or an administrator, for whom no condition is needed.
    pub const fn is_hub(&self) -> bool {
        self.sees_all
    }

    /// Whether nobody is logged in.
    pub const fn is_public(&self) -> bool {
        self.person.is_none() && !self.sees_all
    }
}
