//! Lights, counted.
use crate::{kind::Light, obligation::Obligation};

/// How many obligations have which light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub green: u32,
    pub yellow: u32,
    pub red: u32,
    pub grey: u32,
}

/// Counts obligations, of one pairing or of many, by their lights.
pub fn counts<'a>(obligations: impl IntoIterator<Item = &'a Obligation>) -> Counts {
    let mut counts = Counts::default();
    for one in obligations {
        *match one.light {
            Light::Green => &mut counts.green,
            Light::Yellow => &mut counts.yellow,
            Light::Red => &mut counts.red,
            Light::Grey => &mut counts.grey,
        } += 1;
    }
    counts
}
