//! Importing assignments.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Assignment, Row,
    outcome::{Alone, NextBest, Outcome, Pair, Settings, Tie},
    row::State,
};
use crate::{
    base::Id,
    domain::{
        application::{Application, Reason},
        call::Call,
        goal::Goal,
        pairing::Pairing,
        programme::Programme,
        theme::Theme,
    },
    kernel::prelude::import::*,
};
use hansa_matching::{ReasonKind, WhyAlone};

/// Two applications, as records tell them: by their slugs.
#[derive(Deserialize, Serialize)]
struct TieRecord {
    left: String,
    right: String,
}

/// A reason, as records tell it: themes and goals by their slugs.
#[derive(Deserialize, Serialize)]
struct ReasonRecord {
    kind: ReasonKind,
    points: u8,
    of: u8,
    sentence: String,
    #[serde(default)]
    themes: Vec<String>,
    #[serde(default)]
    goals: Vec<String>,
    #[serde(default)]
    languages: Vec<String>,
}

#[derive(Deserialize, Serialize)]
struct PairRecord {
    #[serde(flatten)]
    tie: TieRecord,
    score: u8,
    #[serde(default)]
    reasons: Vec<ReasonRecord>,
    #[serde(default)]
    is_must: bool,
    worth: Option<i64>,
    pairing: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct AloneRecord {
    application: String,
    is_left: bool,
    why: Option<WhyAlone>,
    cheapest: Option<(String, i64)>,
    sentence: String,
}

#[derive(Deserialize, Serialize)]
struct NextBestRecord {
    loss: i64,
    sentence: String,
    #[serde(default)]
    without: Vec<TieRecord>,
    #[serde(default)]
    with: Vec<TieRecord>,
}

/// A record of an assignment. Who may see it is told by its call's programme; by which versions of the applications it was reckoned stays behind.
#[derive(Deserialize, Serialize)]
pub struct AssignmentRecord {
    slug: String,
    /// The programme of the call, by its slug.
    programme: String,
    /// What the call was called.
    name: String,
    state: State,
    left: String,
    right: String,
    #[serde(default)]
    minimum_score: u8,
    #[serde(default)]
    alone_cost: u32,
    #[serde(default)]
    must: Vec<TieRecord>,
    #[serde(default)]
    must_not: Vec<TieRecord>,
    #[serde(default)]
    pairs: Vec<PairRecord>,
    #[serde(default)]
    alone: Vec<AloneRecord>,
    #[serde(default)]
    total: i64,
    #[serde(default)]
    total_alone_cost: i64,
    #[serde(default)]
    loss: i64,
    #[serde(default)]
    loss_sentence: String,
    #[serde(default)]
    is_by_hand: bool,
    #[serde(default)]
    breaches: Vec<String>,
    next_best: Option<NextBestRecord>,
    weights_version: i64,
    #[serde(flatten)]
    columns: ColumnsRecord<Assignment>,
    #[serde(flatten)]
    named: NamedRecord<Assignment>,
}

impl TieRecord {
    fn read(&self, path: &str, context: &ImportContext) -> Result<Tie> {
        let of = |slug: &str, side: &str| Ok::<_, crate::base::Error>(context.id::<Application>(slug, &format!("{path}.{side}"))?.uuid());
        Ok(Tie { left: of(&self.left, "left")?, right: of(&self.right, "right")? })
    }

    fn read_all(ties: &[Self], list: &str, context: &ImportContext) -> Result<Vec<Tie>> {
        ties.iter().enumerate().map(|(index, tie)| tie.read(&format!("{list}.{index}"), context)).collect()
    }

    fn of(tie: Tie, context: &ExportContext) -> Result<Self> {
        Ok(Self { left: context.name(tie.left)?, right: context.name(tie.right)? })
    }

    fn of_all(ties: &[Tie], context: &ExportContext) -> Result<Vec<Self>> {
        ties.iter().map(|tie| Self::of(*tie, context)).collect()
    }
}

impl ReasonRecord {
    fn read(&self, path: &str, context: &ImportContext) -> Result<Reason> {
        Ok(Reason {
            kind: self.kind,
            points: self.points,
            of: self.of,
            sentence: self.sentence.clone(),
            themes: context.list::<Theme>(&self.themes, &format!("{path}.themes"))?,
            goals: context.list::<Goal>(&self.goals, &format!("{path}.goals"))?,
            languages: self.languages.clone(),
        })
    }

    fn of(reason: Reason, context: &ExportContext) -> Result<Self> {
        let names = |ids: &[Uuid]| ids.iter().map(|id| context.name(*id)).collect::<Result<Vec<_>>>();
        let (themes, goals) = (names(&reason.themes)?, names(&reason.goals)?);
        let Reason { kind, points, of, sentence, languages, .. } = reason;
        Ok(Self { kind, points, of, sentence, themes, goals, languages })
    }
}

impl PairRecord {
    fn read(&self, index: usize, context: &ImportContext) -> Result<Pair> {
        let path = format!("pairs.{index}");
        let reason = |(nth, reason): (usize, &ReasonRecord)| reason.read(&format!("{path}.reasons.{nth}"), context);
        Ok(Pair {
            tie: self.tie.read(&path, context)?,
            score: self.score,
            reasons: self.reasons.iter().enumerate().map(reason).collect::<Result<_>>()?,
            is_must: self.is_must,
            worth: self.worth,
            pairing: context.maybe::<Pairing>(self.pairing.as_deref(), &format!("{path}.pairing"))?.map(Id::uuid),
        })
    }

    fn of(pair: Pair, context: &ExportContext) -> Result<Self> {
        let reasons = pair.reasons.into_iter().map(|reason| ReasonRecord::of(reason, context));
        Ok(Self {
            tie: TieRecord::of(pair.tie, context)?,
            score: pair.score,
            reasons: reasons.collect::<Result<_>>()?,
            is_must: pair.is_must,
            worth: pair.worth,
            pairing: pair.pairing.map(|pairing| context.name(pairing)).transpose()?,
        })
    }
}

impl AloneRecord {
    fn read(&self, index: usize, context: &ImportContext) -> Result<Alone> {
        let of = |slug: &str, field: &str| {
            Ok::<_, crate::base::Error>(context.id::<Application>(slug, &format!("alone.{index}.{field}"))?.uuid())
        };
        let cheapest = self.cheapest.as_ref().map(|(slug, cost)| Ok::<_, crate::base::Error>((of(slug, "cheapest")?, *cost)));
        Ok(Alone {
            application: of(&self.application, "application")?,
            is_left: self.is_left,
            why: self.why,
            cheapest: cheapest.transpose()?,
            sentence: self.sentence.clone(),
        })
    }

    fn of(alone: Alone, context: &ExportContext) -> Result<Self> {
        let cheapest = alone.cheapest.map(|(partner, cost)| Ok::<_, crate::base::Error>((context.name(partner)?, cost)));
        Ok(Self {
            application: context.name(alone.application)?,
            is_left: alone.is_left,
            why: alone.why,
            cheapest: cheapest.transpose()?,
            sentence: alone.sentence,
        })
    }
}

impl AssignmentRecord {
    fn outcome(&self, context: &ImportContext) -> Result<Outcome> {
        let next_best = self.next_best.as_ref().map(|next| {
            Ok::<_, crate::base::Error>(NextBest {
                loss: next.loss,
                sentence: next.sentence.clone(),
                without: TieRecord::read_all(&next.without, "next_best.without", context)?,
                with: TieRecord::read_all(&next.with, "next_best.with", context)?,
            })
        });
        Ok(Outcome {
            pairs: self.pairs.iter().enumerate().map(|(index, pair)| pair.read(index, context)).collect::<Result<_>>()?,
            alone: self.alone.iter().enumerate().map(|(index, alone)| alone.read(index, context)).collect::<Result<_>>()?,
            total: self.total,
            alone_cost: self.total_alone_cost,
            loss: self.loss,
            loss_sentence: self.loss_sentence.clone(),
            is_by_hand: self.is_by_hand,
            breaches: self.breaches.clone(),
            next_best: next_best.transpose()?,
        })
    }
}

impl Importable for AssignmentRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let programme = context.id::<Programme>(&self.programme, "programme")?;
        let settings = Settings {
            left: self.left.clone(),
            right: self.right.clone(),
            minimum_score: self.minimum_score,
            alone_cost: self.alone_cost,
            must: TieRecord::read_all(&self.must, "must", context)?,
            must_not: TieRecord::read_all(&self.must_not, "must_not", context)?,
        };
        let outcome = Json(self.outcome(context)?);
        // What is the same was reckoned by the same.
        let versions = before.filter(|before| before.outcome == outcome).map(|before| before.versions.clone());
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::of(Scope::Officers, programme.uuid()), {
            call: self.named.id::<Call>("call", context)?,
            programme,
            name: self.name.trim().to_owned(),
            state: self.state,
            settings: Json(settings),
            outcome,
            versions: versions.unwrap_or_default(),
            weights_version: self.weights_version,
        });
        self.columns.put(&mut row);
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }
}

impl Exportable for AssignmentRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let next_best = |next: NextBest| {
            let (without, with) = (TieRecord::of_all(&next.without, context)?, TieRecord::of_all(&next.with, context)?);
            Ok::<_, crate::base::Error>(NextBestRecord { loss: next.loss, sentence: next.sentence, without, with })
        };
        let record = |row: Row, named| {
            let (settings, columns, programme) = (&row.settings, ColumnsRecord::of(&row), context.slug(row.programme)?);
            let (must, must_not) = (TieRecord::of_all(&settings.must, context)?, TieRecord::of_all(&settings.must_not, context)?);
            let (left, right) = (settings.left.clone(), settings.right.clone());
            let (minimum_score, alone_cost, outcome) = (settings.minimum_score, settings.alone_cost, row.outcome.0);
            Ok(Self {
                columns,
                named,
                slug: row.slug,
                programme,
                name: row.name,
                state: row.state,
                left,
                right,
                minimum_score,
                alone_cost,
                must,
                must_not,
                pairs: outcome.pairs.into_iter().map(|pair| PairRecord::of(pair, context)).collect::<Result<_>>()?,
                alone: outcome.alone.into_iter().map(|alone| AloneRecord::of(alone, context)).collect::<Result<_>>()?,
                total: outcome.total,
                total_alone_cost: outcome.alone_cost,
                loss: outcome.loss,
                loss_sentence: outcome.loss_sentence,
                is_by_hand: outcome.is_by_hand,
                breaches: outcome.breaches,
                next_best: outcome.next_best.map(next_best).transpose()?,
                weights_version: row.weights_version,
            })
        };
        context.records(rows, record).await
    }
}
