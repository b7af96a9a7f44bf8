//! All applications to a call that a partner can be sought for, as they are matched: read at once, their words analysed once.
//!
//! A pool is kept in memory until anything is written to the hub, whoever wrote it: it is of the log's head, for which the database is asked each time; of those that did not change the
//! next one takes the texts as they were read. What it tells is
//! decided by, and answered with only as far as the asker may know: see [`matches`](super::matches).
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use async_graphql::Context;
use hansa_matching::{Applicant, Likeness, Line as MatchedLine, Named, ReasonKind, Score, Themes, Weights, Wishes, rank, score, total};
use parking_lot::Mutex;
use sea_orm::{ActiveEnum, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};
use serde::Deserialize;

use super::{
    Application,
    row::{Column, EXCLUDED, Entity, GOALS, Line, PREFERRED, State},
};
use crate::{
    base::{Fault, Id, Language, Result, language_name, text::one_line},
    domain::{
        call::Call,
        city::{self, City, Facts},
        goal, synonym, theme,
    },
    relay::context::Asking,
    search::{self, ReadText, TextReader},
    store::{Json, Reader},
};

/// Calls whose pools are kept at once.
const MOST: usize = 8;
/// Letters of a line that a sentence quotes, about.
const QUOTED: usize = 60;

/// The pools that are kept, by their calls, each with the head of the log that it is of.
#[derive(Default)]
pub struct Pools(Mutex<HashMap<Uuid, (i64, Arc<Pool>)>>);

/// One that a partner can be sought for.
#[derive(Debug)]
pub struct Candidate {
    /// Which.
    pub id: Id<Application>,
    /// Its version when this was read.
    pub version: i64,
    /// Where it is in its life: submitted, on the reserve list or selected.
    pub state: State,
    /// Who applies.
    pub city: Id<City>,
    /// The side of the call it is on; none where the call tells none.
    pub side: Option<String>,
    /// How many partners it can serve.
    pub capacity: u32,
    applicant: Applicant,
    /// Where the texts of its lines stand: those of its challenges before those of its strengths.
    texts: Range<usize>,
}

/// Those of one call.
pub struct Pool {
    candidates: Vec<Candidate>,
    themes: Themes,
    /// By the numbers that the lines have as their keys.
    texts: Vec<ReadText>,
    /// In whose light they were read.
    synonyms: Vec<search::Synonym>,
}

/// The columns that are matched by.
#[derive(Deserialize)]
struct Told {
    id: Id<Application>,
    version: i64,
    state: State,
    city: Id<City>,
    side: Option<String>,
    capacity: i64,
    challenges: Json<Vec<Line>>,
    strengths: Json<Vec<Line>>,
    working_languages: Json<Vec<Language>>,
    preferred_countries: Json<Vec<String>>,
    excluded_countries: Json<Vec<String>>,
}

const TOLD: [Column; 11] = [
    Column::Id,
    Column::Version,
    Column::State,
    Column::City,
    Column::Side,
    Column::Capacity,
    Column::Challenges,
    Column::Strengths,
    Column::WorkingLanguages,
    Column::PreferredCountries,
    Column::ExcludedCountries,
];

impl Told {
    /// Its challenges, then its strengths.
    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.challenges.iter().chain(self.strengths.iter())
    }
}

/// What a pool is made of.
struct Read {
    told: Vec<Told>,
    cities: HashMap<Uuid, Facts>,
    goals: HashMap<Uuid, Vec<Uuid>>,
    preferred: HashMap<Uuid, Vec<Uuid>>,
    excluded: HashMap<Uuid, Vec<Uuid>>,
    goal_names: HashMap<Uuid, String>,
    themes: Vec<(Uuid, String, Option<Uuid>)>,
    synonyms: Vec<search::Synonym>,
}

/// The pool of a call as it is now.
pub async fn pool_of(ctx: &Context<'_>, call: Id<Call>) -> Result<Arc<Pool>> {
    let pools = ctx.data_unchecked::<Pools>();
    // Asked before anything is read: what is written meanwhile is read the next time.
    let head = ctx.hub().log.refresh().await?;
    let before = pools.0.lock().get(&call.uuid()).cloned();
    if let Some((_, pool)) = before.as_ref().filter(|(of, _)| *of == head) {
        return Ok(pool.clone());
    }
    let read = Read::of(&ctx.reader().as_hub(), call).await?;
    let work = move || Pool::of(read, before.as_ref().map(|(_, pool)| &**pool));
    let pool = tokio::task::spawn_blocking(work).await.map_err(Fault::new)??;
    let (mut kept, pool) = (pools.0.lock(), Arc::new(pool));
    if kept.len() >= MOST && !kept.contains_key(&call.uuid()) {
        kept.clear();
    }
    kept.insert(call.uuid(), (head, pool.clone()));
    Ok(pool)
}

impl Read {
    async fn of(reader: &Reader, call: Id<Call>) -> Result<Self> {
        let sought = reader
            .rows::<Entity>()
            .select_only()
            .columns(TOLD)
            .filter(Column::Call.eq(call))
            .filter(Column::State.is_in([State::Submitted, State::Reserve, State::Selected]))
            .filter(Column::OptsOutOfMatching.eq(false));
        let told: Vec<Told> = reader.project(sought.order_by_asc(Column::Id)).await?;
        let ids: Vec<Uuid> = told.iter().map(|told| told.id.uuid()).collect();
        let cities: Vec<Uuid> = told.iter().map(|told| told.city.uuid()).collect();
        let cities = city::facts_read(reader, &cities).await?.into_iter().map(|facts| (facts.id.uuid(), facts)).collect();
        let mut links = Vec::with_capacity(3);
        for join in [&GOALS, &PREFERRED, &EXCLUDED] {
            let mut of: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
            reader.linked(join, &ids).await?.into_iter().for_each(|(from, to)| of.entry(from).or_default().push(to));
            links.push(of);
        }
        let [goals, preferred, excluded] = <[_; 3]>::try_from(links).map_err(|_| Fault::new("there are three joins"))?;
        let named: HashSet<Uuid> = goals.values().flatten().copied().collect();
        let goal_names = goal::names(reader, &named.into_iter().collect::<Vec<_>>()).await?;
        let (themes, synonyms) = (theme::tree(reader).await?, synonym::every(reader).await?);
        Ok(Self { told, cities, goals, preferred, excluded, goal_names, themes, synonyms })
    }
}

impl Pool {
    /// What was read of an application that did not change since is taken from the pool before.
    fn of(read: Read, before: Option<&Self>) -> Result<Self> {
        let tree: Vec<(String, &str, Option<String>)> =
            read.themes.iter().map(|(id, name, parent)| (id.to_string(), name.as_str(), parent.map(|parent| parent.to_string()))).collect();
        let themes = Themes::new(tree.iter().map(|(id, name, parent)| (id.as_str(), *name, parent.as_deref())));
        let themes = themes.map_err(|unknown| Fault::new(unknown.sentence))?;
        let before = before.filter(|before| before.synonyms == read.synonyms);
        let (mut reader, mut texts) = (TextReader::new(read.synonyms.clone()), Vec::new());
        let mut candidates = Vec::with_capacity(read.told.len());
        for told in &read.told {
            let Some(city) = read.cities.get(&told.city.uuid()) else { continue };
            let from = texts.len();
            match before.and_then(|before| before.read_of(told.id, told.version)) {
                Some(known) => texts.extend_from_slice(known),
                None => texts.extend(told.lines().map(|line| reader.read(line.language.as_str(), &line.text))),
            }
            let mut lines = told.lines().enumerate().map(|(nth, line)| matched(line, from + nth));
            let challenges = lines.by_ref().take(told.challenges.len()).collect();
            let applicant = Applicant { challenges, strengths: lines.collect(), ..read.applicant(told, city) };
            candidates.push(Candidate {
                id: told.id,
                version: told.version,
                state: told.state,
                city: told.city,
                side: told.side.clone(),
                capacity: u32::try_from(told.capacity).unwrap_or(1),
                applicant,
                texts: from..texts.len(),
            });
        }
        Ok(Self { candidates, themes, texts, synonyms: read.synonyms })
    }

    /// The texts of an application as they were read, where it was this version.
    fn read_of(&self, application: Id<Application>, version: i64) -> Option<&[ReadText]> {
        let known = self.find(application).filter(|known| known.version == version)?;
        self.texts.get(known.texts.clone())
    }

    /// All of them.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The candidate of an application.
    pub fn find(&self, application: Id<Application>) -> Option<&Candidate> {
        self.candidates.iter().find(|candidate| candidate.id == application)
    }

    /// Those that fit one best, with what it is told of them: its officers everything.
    pub fn ranked(&self, own: &Candidate, first: usize, weights: &Weights, is_for_city: bool) -> Vec<(&Candidate, Score)> {
        let told: Vec<Applicant>;
        let others: Box<dyn Iterator<Item = &Applicant>> = if is_for_city {
            told = self.candidates.iter().map(|candidate| told_to_cities(&candidate.applicant)).collect();
            Box::new(told.iter())
        } else {
            Box::new(self.candidates.iter().map(|candidate| &candidate.applicant))
        };
        let ranked = rank(&own.applicant, others, first, weights, &self.themes, &self.likeness());
        let of_key = |key: &str| self.candidates.iter().find(|candidate| candidate.applicant.key == key);
        let found = ranked.into_iter().filter_map(|ranked| Some((of_key(&ranked.key)?, ranked.score)));
        found.map(|(other, score)| (other, if is_for_city { without_wishes(score, other.name()) } else { score })).collect()
    }

    /// How well two fit; none where they may not be paired.
    pub fn total(&self, one: &Candidate, other: &Candidate, weights: &Weights) -> Option<u8> {
        total(&one.applicant, &other.applicant, weights, &self.themes, &self.likeness()).ok()
    }

    /// The same with its reasons.
    pub fn score(&self, one: &Candidate, other: &Candidate, weights: &Weights) -> Option<Score> {
        score(&one.applicant, &other.applicant, weights, &self.themes, &self.likeness()).ok()
    }

    fn likeness(&self) -> impl Likeness {
        let text = |line: &MatchedLine| self.texts.get(line.key.parse::<usize>().ok()?);
        move |challenge: &MatchedLine, strength: &MatchedLine| {
            text(challenge).zip(text(strength)).map_or(0.0, |(challenge, strength)| challenge.likeness(strength))
        }
    }
}

impl Candidate {
    /// What its city is called.
    pub fn name(&self) -> &str {
        &self.applicant.name
    }
}

impl Read {
    /// All but its lines.
    fn applicant(&self, told: &Told, city: &Facts) -> Applicant {
        let id = told.id.uuid();
        let key = |id: &Uuid| id.to_string();
        let of = |links: &HashMap<Uuid, Vec<Uuid>>| links.get(&id).into_iter().flatten().map(key).collect();
        let wishes = |cities, countries: &[String]| Wishes { cities, countries: countries.to_vec() };
        let goal = |goal: &Uuid| Some(Named::new(key(goal), self.goal_names.get(goal)?.clone()));
        let kind = city.kind.to_value();
        Applicant {
            key: key(&told.city.uuid()),
            name: city.name.clone(),
            // Where the call tells no sides, everyone may work with everyone.
            side: told.side.clone().unwrap_or_else(|| key(&told.city.uuid())),
            goals: self.goals.get(&id).into_iter().flatten().filter_map(goal).collect(),
            population: city.population().and_then(|population| u64::try_from(population.value).ok()),
            place: Some(Named::new(kind.clone(), kind.to_lowercase().replace('_', " "))),
            languages: told.working_languages.iter().map(|tag| Named::new(tag.primary(), spoken(tag))).collect(),
            country: Some(city.country.clone()),
            preferred: wishes(of(&self.preferred), &told.preferred_countries),
            excluded: wishes(of(&self.excluded), &told.excluded_countries),
            ..Applicant::default()
        }
    }
}

/// What a language is called in English, whatever the region.
fn spoken(tag: &Language) -> String {
    language_name(&Language::parse(tag.primary()).unwrap_or_else(|| tag.clone()), &[])
}

/// A line as it is matched; in sentences it is called as its theme, or else by its first words.
fn matched(line: &Line, number: usize) -> MatchedLine {
    MatchedLine {
        // Of one width, so that keys are in the order of numbers.
        key: format!("{number:06}"),
        theme: line.theme.map(|theme| theme.to_string()),
        title: if line.theme.is_some() { String::new() } else { quoted(&line.text) },
        importance: u8::try_from(line.importance).unwrap_or(1),
    }
}

fn quoted(text: &str) -> String {
    let line = one_line(text);
    let mut short = String::new();
    for word in line.split_whitespace() {
        if !short.is_empty() && short.chars().count() + word.chars().count() >= QUOTED {
            short.push_str(" …");
            break;
        }
        short.push_str(if short.is_empty() { "" } else { " " });
        short.extend(word.chars().take(QUOTED));
    }
    format!("“{short}”")
}

/// An applicant as other cities are told of it: none of its words, and nothing of whom it wishes for. Whom it excludes still counts, and is told nobody.
fn told_to_cities(applicant: &Applicant) -> Applicant {
    let mut told = Applicant { preferred: Wishes::default(), ..applicant.clone() };
    for line in told.challenges.iter_mut().chain(&mut told.strengths).filter(|line| line.theme.is_none()) {
        "one without a theme".clone_into(&mut line.title);
    }
    told
}

/// A score as another city is told it: that somebody does not wish for it is not said, as it may be untrue.
fn without_wishes(mut score: Score, other: &str) -> Score {
    for reason in score.reasons.iter_mut().filter(|reason| reason.kind == ReasonKind::Wishes && reason.points == 0) {
        reason.sentence = format!("Whom {other} wishes for is between that city and the officers.");
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_a_theme_is_called_by_its_first_words() {
        assert_eq!(quoted("Sour\nquinces"), "“Sour quinces”");
        let long = quoted(&"quinces ".repeat(20));
        assert!(long.starts_with("“quinces quinces") && long.ends_with("quinces …”") && long.chars().count() < QUOTED + 10, "{long}");
        assert!(quoted(&"q".repeat(500)).chars().count() < QUOTED + 10);
    }
}
