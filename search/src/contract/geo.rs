//! Places and distances on Earth.

use serde::{Deserialize, Serialize};

/// A circle on Earth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Near {
    pub point: Point,
    pub kilometres: f64,
}

/// A place on Earth, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub latitude: f64,
    pub longitude: f64,
}

/// The Earth's mean radius R1 in kilometres (IUGG; Moritz, Geodetic Reference System 1980).
const RADIUS: f64 = 6371.0088;
/// Kilometres in a degree of latitude.
const DEGREE: f64 = RADIUS * std::f64::consts::PI / 180.0;

/// The great-circle distance by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68:2, 1984, p. 159).
pub fn kilometres(a: Point, b: Point) -> f64 {
    let (latitude_a, latitude_b) = (a.latitude.to_radians(), b.latitude.to_radians());
    let across = ((b.latitude - a.latitude).to_radians() / 2.0).sin();
    let along = ((b.longitude - a.longitude).to_radians() / 2.0).sin();
    let h = across * across + latitude_a.cos() * latitude_b.cos() * along * along;
    2.0 * RADIUS * h.sqrt().min(1.0).asin()
}

/// A circle with the latitudes that it can reach, tried first.
#[derive(Clone, Copy)]
pub struct Circle {
    near: Near,
    reach: f64,
}

impl Circle {
    pub fn new(near: Near) -> Circle {
        Circle { near, reach: near.kilometres / DEGREE }
    }

    pub fn holds(&self, point: Point) -> bool {
        (point.latitude - self.near.point.latitude).abs() <= self.reach && kilometres(self.near.point, point) <= self.near.kilometres
    }
}

/// A circle that is none admits everything rather than nothing.
pub fn is_sound(near: &Near) -> bool {
    near.kilometres.is_finite() && near.point.latitude.is_finite() && near.point.longitude.is_finite()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hamburg_lies_a_known_way_from_luebeck() {
        let hamburg = Point { latitude: 53.5511, longitude: 9.9937 };
        let luebeck = Point { latitude: 53.8655, longitude: 10.6866 };
        let way = kilometres(hamburg, luebeck);
        assert!((way - 57.6).abs() < 1.0, "{way}");
        assert!(Circle::new(Near { point: hamburg, kilometres: 60.0 }).holds(luebeck));
        assert!(!Circle::new(Near { point: hamburg, kilometres: 50.0 }).holds(luebeck));
    }

    #[test]
    fn a_circle_reaches_over_the_date_line() {
        let east = Point { latitude: 0.0, longitude: 179.9 };
        let west = Point { latitude: 0.0, longitude: -179.9 };
        assert!(Circle::new(Near { point: east, kilometres: 30.0 }).holds(west));
    }
}
