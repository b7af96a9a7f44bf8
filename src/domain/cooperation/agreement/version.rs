//! The versions of an agreement and their signatures, and what follows from them.
use jiff::civil::Date;
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};

use crate::{base::Moment, domain::pairing::Party};

/// A signature of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub party: Party,
    /// Who signed; none where an imported source does not tell.
    pub name: Option<String>,
    pub office: Option<String>,
    /// None where not known.
    pub signed_on: Option<Date>,
    /// Whoever noted it here, and when; none where it was imported.
    pub recorded_by: Option<Uuid>,
    pub recorded_at: Option<Moment>,
}

/// A version: the first is what was agreed on, each other an amendment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Counts from 1.
    pub number: i32,
    pub document: Option<Uuid>,
    /// What it changes in the one before; none for the first.
    pub what: Option<String>,
    pub signatures: Vec<Signature>,
}

impl Version {
    /// The signature of a party.
    pub fn signature(&self, party: Party) -> Option<&Signature> {
        self.signatures.iter().find(|signature| signature.party == party)
    }

    /// Those of these who have not signed it.
    pub fn awaits(&self, signatories: &[Party]) -> Vec<Party> {
        signatories.iter().copied().filter(|party| self.signature(*party).is_none()).collect()
    }

    /// Whether each of these has signed it, and there is anybody.
    pub fn is_signed_by(&self, signatories: &[Party]) -> bool {
        !signatories.is_empty() && self.awaits(signatories).is_empty()
    }

    /// Notes a signature, in place of what was noted of the same party.
    pub fn sign(&mut self, signature: Signature) {
        match self.signatures.iter_mut().find(|other| other.party == signature.party) {
            Some(there) => *there = signature,
            None => self.signatures.push(signature),
        }
    }
}

/// The newest version that each of these has signed.
pub fn in_force<'v>(versions: &'v [Version], signatories: &[Party]) -> Option<&'v Version> {
    versions.iter().rev().find(|version| version.is_signed_by(signatories))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn city(number: u128) -> Party {
        Party::City(Uuid::from_u128(number))
    }

    fn version(number: i32, signed_by: &[u128]) -> Version {
        let signature = |party: &u128| Signature {
            party: city(*party),
            name: None,
            office: None,
            signed_on: None,
            recorded_by: None,
            recorded_at: None,
        };
        Version { number, signatures: signed_by.iter().map(signature).collect(), ..Version::default() }
    }

    fn number_in_force(versions: &[Version], signatories: &[u128]) -> Option<i32> {
        in_force(versions, &signatories.iter().copied().map(city).collect::<Vec<_>>()).map(|version| version.number)
    }

    #[test]
    fn what_was_signed_stays_in_force_until_an_amendment_is_signed_by_all() {
        assert_eq!(number_in_force(&[version(1, &[1])], &[1, 2]), None);
        assert_eq!(number_in_force(&[version(1, &[1, 2]), version(2, &[1])], &[1, 2]), Some(1));
        assert_eq!(number_in_force(&[version(1, &[1, 2]), version(2, &[1, 2])], &[1, 2]), Some(2));
    }

    #[test]
    fn who_joins_is_waited_for_and_who_left_is_not() {
        assert_eq!(number_in_force(&[version(1, &[1, 2])], &[1, 2, 3]), None);
        assert_eq!(version(1, &[1, 2]).awaits(&[city(1), city(2), city(3)]), [city(3)]);
        assert_eq!(number_in_force(&[version(1, &[1, 2])], &[1]), Some(1));
        assert_eq!(number_in_force(&[version(1, &[1, 2])], &[]), None);
    }

    #[test]
    fn a_signature_is_noted_once() {
        let mut signed = version(1, &[1]);
        signed.sign(Signature { name: Some("Ada".into()), ..signed.signatures[0].clone() });
        assert_eq!((signed.signatures.len(), signed.signatures[0].name.as_deref()), (1, Some("Ada")));
    }
}
