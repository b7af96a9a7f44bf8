//! Places of the world by their names, from GeoNames (`data/README.md`): candidates, never a best guess.
//!
//! What is asked for is a name, whatever its accents and case; what is answered is every place that is called so. Other spellings (“New York” for New York City) are not
//! known: a name that is not found may still be a place.
use std::{cmp::Reverse, io, sync::Arc};

use hansa_text::fold;

/// A line a place, ordered by the bytes of the folded name: name, country, division, latitude, longitude, inhabitants, with tabs between.
static PLACES: &[u8] = include_bytes!("../data/places.zst");

/// A place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// As GeoNames has it.
    pub name: String,
    /// ISO 3166-1 two-letter code.
    pub country: String,
    /// The first administrative division by its code: a state of the United States, a province of Canada; empty elsewhere.
    pub division: String,
    /// Degrees north of the equator, to a tenth.
    pub latitude: f64,
    /// Degrees east of Greenwich, to a tenth.
    pub longitude: f64,
    /// Inhabitants; 0 where not known.
    pub population: u64,
}

/// All places, some 10 MB in memory: open it for the time that it is needed.
#[derive(Clone, Debug)]
pub struct Gazetteer(Arc<[u8]>);

impl Gazetteer {
    /// Unpacks it.
    pub fn open() -> io::Result<Self> {
        Ok(Self(zstd::decode_all(PLACES)?.into()))
    }

    /// The places that are called so, whatever the accents and case; those with the most inhabitants first.
    pub fn called(&self, name: &str) -> Vec<Place> {
        let wanted = fold(name);
        let from = self.first(wanted.as_bytes());
        let lines = self.0[from..].split(|byte| *byte == b'\n').take_while(|line| folded(line) == wanted);
        let mut places: Vec<Place> = lines.filter_map(|line| read(std::str::from_utf8(line).ok()?)).collect();
        places.sort_by_key(|place| Reverse(place.population));
        places
    }

    /// Where the first line begins whose folded name is not before this one.
    fn first(&self, wanted: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = self.0[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
            let line = &self.0[start..];
            if folded(line).as_bytes() < wanted {
                low = start + end_of_line(line);
            } else {
                high = start;
            }
        }
        low
    }
}

/// The name with which a text of lines begins, folded.
fn folded(lines: &[u8]) -> String {
    fold(std::str::from_utf8(lines.split(|byte| *byte == b'\t').next().unwrap_or_default()).unwrap_or_default())
}

/// How long the first line is, with its end.
fn end_of_line(text: &[u8]) -> usize {
    text.iter().position(|byte| *byte == b'\n').map_or(text.len(), |newline| newline + 1)
}

fn read(line: &str) -> Option<Place> {
    let mut fields = line.split('\t');
    let mut text = || fields.next().map(str::to_owned);
    let (name, country, division) = (text()?, text()?, text()?);
    let (latitude, longitude, population) = (text()?.parse().ok()?, text()?.parse().ok()?, text()?.parse().ok()?);
    Some(Place { name, country, division, latitude, longitude, population })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(name: &str) -> Vec<(String, String)> {
        let places = Gazetteer::open().expect("it unpacks").called(name);
        places.into_iter().map(|place| (place.name, format!("{} {}", place.country, place.division).trim_end().to_owned())).collect()
    }

    fn of(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, country)| ((*name).to_owned(), (*country).to_owned())).collect()
    }

    #[test]
    fn every_place_of_a_name_is_a_candidate_whatever_the_accents() {
        let expected = of(&[("Mérida", "MX"), ("Mérida", "VE"), ("Mérida", "ES"), ("Merida", "PH"), ("Mérida", "MX")]);
        assert_eq!(called("merida"), expected);
        assert_eq!(called("Mérida"), expected);
        assert_eq!(called("Montreal")[0], ("Montréal".to_owned(), "CA 10".to_owned()));
        assert!(called("MONTREAL").contains(&("Montreal".to_owned(), "US WI".to_owned())));
    }

    #[test]
    fn a_namesake_far_away_is_told_as_what_it_is() {
        assert_eq!(called("West Athens"), of(&[("West Athens", "US CA")]));
        assert_eq!(called("Lyon"), of(&[("Lyon", "FR")]));
    }

    #[test]
    fn what_is_not_called_so_is_not_answered() {
        for name in ["", "Lyo", "Lyonn", "zzzzz", "\u{10ffff}", "New York"] {
            assert_eq!(called(name), of(&[]), "{name}");
        }
    }

    #[test]
    fn the_lines_stand_in_the_order_of_their_folded_names() {
        let gazetteer = Gazetteer::open().expect("it unpacks");
        assert!(std::str::from_utf8(&gazetteer.0).expect("UTF-8").lines().map(|line| folded(line.as_bytes())).is_sorted());
    }

    #[test]
    fn the_first_and_the_last_place_are_found() {
        let gazetteer = Gazetteer::open().expect("it unpacks");
        let text = std::str::from_utf8(&gazetteer.0).expect("UTF-8");
        for line in [text.lines().next(), text.lines().last()] {
            let name = line.and_then(|line| line.split('\t').next()).expect("a name");
            assert!(gazetteer.called(name).iter().any(|place| place.name == name), "{name}");
        }
    }
}
