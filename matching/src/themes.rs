//! The tree of themes, and how near two are in it.
use std::collections::HashMap;

/// A whole share, in ten-thousandths.
pub const WHOLE: u64 = 10_000;

/// A theme names a parent that is not there, or is above itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownTheme {
    pub sentence: String,
}

/// The tree of themes.
#[derive(Clone, Debug, Default)]
pub struct Themes(HashMap<String, Theme>);

#[derive(Clone, Debug)]
struct Theme {
    name: String,
    /// From the root down to itself.
    path: Vec<usize>,
}

impl Themes {
    /// Reads `(key, name, key of the parent)`, in any order.
    pub fn new<'a>(themes: impl IntoIterator<Item = (&'a str, &'a str, Option<&'a str>)>) -> Result<Self, UnknownTheme> {
        let listed: Vec<_> = themes.into_iter().collect();
        let numbers: HashMap<&str, usize> = listed.iter().enumerate().map(|(number, (key, ..))| (*key, number)).collect();
        let mut tree = HashMap::with_capacity(listed.len());
        for (key, name, _) in &listed {
            let mut path = Vec::new();
            let mut at = Some(*key);
            while let Some(key) = at {
                let Some(&number) = numbers.get(key) else {
                    return Err(UnknownTheme { sentence: format!("A theme above “{name}” is “{key}”, which is not in the tree.") });
                };
                if path.len() > listed.len() {
                    return Err(UnknownTheme { sentence: format!("The theme “{name}” is above itself.") });
                }
                path.push(number);
                at = listed[number].2;
            }
            path.reverse();
            tree.insert((*key).to_owned(), Theme { name: (*name).to_owned(), path });
        }
        Ok(Self(tree))
    }

    /// What a theme is called.
    pub fn name(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|theme| theme.name.as_str())
    }

    /// How near two themes are, 0 to 1: see the crate's page.
    pub fn nearness(&self, one: &str, other: &str) -> f64 {
        self.near(one, other) as f64 / WHOLE as f64
    }

    /// The same in ten-thousandths. A theme that is in no tree is near itself only.
    pub(crate) fn near(&self, one: &str, other: &str) -> u64 {
        if one == other {
            return WHOLE;
        }
        let (Some(one), Some(other)) = (self.0.get(one), self.0.get(other)) else { return 0 };
        let common = one.path.iter().zip(&other.path).take_while(|(one, other)| one == other).count();
        (2 * common as u64 * WHOLE) / (one.path.len() + other.path.len()) as u64
    }
}
