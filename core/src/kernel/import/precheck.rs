//! What is known of the lines of an import before anything is saved.
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{ImportContext, Line, Options, Verdict, save::told};
use crate::kernel::Kinds;

/// What is known of the lines before anything is saved.
pub struct Prechecked {
    /// The verdicts of those that are not saved, whatever the database says.
    pub verdicts: Vec<Option<Verdict>>,
    /// What lines say that nobody reads.
    pub warnings: Vec<(usize, String)>,
    /// Whatever in them may be a slug.
    pub slugs: HashSet<String>,
}

impl Prechecked {
    /// Looks at every line.
    pub fn of(kinds: Kinds, lines: &[Line], options: Options) -> Self {
        let mut prechecked = Self { verdicts: vec![None; lines.len()], warnings: Vec::new(), slugs: HashSet::new() };
        let mut first: HashMap<(&str, &str), &Line> = HashMap::new();
        for (place, line) in lines.iter().enumerate() {
            match &line.record {
                Err(why) => prechecked.verdicts[place] = Some(Verdict::Refused(why.clone())),
                Ok(raw) => {
                    let value: Value = serde_json::from_str(raw.get()).unwrap_or_default();
                    ImportContext::slugs_in(&value, &mut prechecked.slugs);
                    prechecked.look(kinds, place, line, &value, options, &mut first);
                }
            }
        }
        prechecked
    }

    /// Looks at a record: its kind, its slug, whether it was there before, and what it says that nobody reads.
    fn look<'l>(
        &mut self,
        kinds: Kinds,
        place: usize,
        line: &'l Line,
        value: &Value,
        options: Options,
        first: &mut HashMap<(&'l str, &'l str), &'l Line>,
    ) {
        let Some(importer) = kinds.of(&line.kind).and_then(|entry| entry.importer()) else {
            let names: Vec<&str> = kinds.iter().filter(|entry| entry.importer().is_some()).map(|entry| entry.kind()).collect();
            let why = format!("“kind” is “{}”; it is one of {}.", line.kind, names.join(", "));
            self.verdicts[place] = Some(Verdict::Refused(why));
            return;
        };
        if let Err(refusal) = crate::base::slug::check(&line.slug, "slug") {
            self.verdicts[place] = Some(Verdict::Refused(told(&[refusal])));
        } else {
            let earlier = *first.entry((&line.kind, &line.slug)).or_insert(line);
            if !std::ptr::eq(earlier, line) {
                self.verdicts[place] = Some(repeated(earlier, line));
            }
        }
        match importer.unknown(line, value) {
            unknown if unknown.is_empty() => {}
            unknown if options.strict => self.verdicts[place] = Some(Verdict::Refused(unknown.join(" "))),
            unknown => self.warnings.extend(unknown.into_iter().map(|told| (place, told))),
        }
    }

    /// The places of the lines that may be saved.
    pub fn open_places(&self) -> impl Iterator<Item = usize> {
        self.verdicts.iter().enumerate().filter(|(_, verdict)| verdict.is_none()).map(|(place, _)| place)
    }

    /// Refuses the line at this place.
    pub fn refuse(&mut self, place: usize, why: String) {
        self.verdicts[place] = Some(Verdict::Refused(why));
    }

    /// The lines that may be saved.
    pub fn open<'l>(&self, lines: &'l [Line]) -> impl Iterator<Item = &'l Line> {
        lines.iter().zip(&self.verdicts).filter(|(_, verdict)| verdict.is_none()).map(|(line, _)| line)
    }
}

/// A record that stands in one import twice: the same again says nothing new, and of two that differ nobody knows which
/// one is meant.
fn repeated(earlier: &Line, line: &Line) -> Verdict {
    let text = |line: &Line| line.record.as_ref().map(|raw| raw.get().to_owned()).ok();
    if text(earlier) == text(line) {
        return Verdict::Unchanged;
    }
    let place = format!("{}:{}", earlier.file.display(), earlier.number);
    Verdict::Refused(format!("The {} “{}” stands in {place} already, and otherwise; an import has each record once.", line.kind, line.slug))
}
