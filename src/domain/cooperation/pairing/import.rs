//! Importing pairings.
use futures_util::future::BoxFuture;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Pairing, Row,
    decided::Decisions,
    lived::{Acceptance, Lived},
    member::{self, Member, MemberRecord},
    priority::{self, PriorityRecord},
    resource::{Commitment, ResourceRecord},
    row::State,
};
use crate::{
    base::Moment,
    domain::{
        call::{self, Call},
        city::{self, City},
        obligation,
        programme::Programme,
        theme::Theme,
    },
    kernel::prelude::import::*,
};

/// That a city accepted a newer version of the rules, as records tell it: the city by its slug.
#[derive(Debug, Deserialize, Serialize)]
struct AcceptanceRecord {
    city: String,
    version: i64,
    on: Date,
}

/// A record of a pairing. Without `rules_version` it keeps the one it has, and is bound by the newest rules of its call where it is new. Without `name` it is called by its cities, without `audience` it is public. `cities` are its members of now; where there is more to
/// say of them, or others were members once, `members` tells it. `theme` is that of now; `priorities` are those there were, the last that of now.
///
/// A record tells what is: it may say any state, whatever agreements there are.
#[derive(Deserialize, Serialize)]
pub struct PairingRecord {
    slug: String,
    name: Option<String>,
    language: Option<Language>,
    state: Option<State>,
    audience: Option<String>,
    members: Option<Vec<MemberRecord>>,
    priorities: Option<Vec<PriorityRecord>>,
    resources: Option<Vec<ResourceRecord>>,
    rules_version: Option<i64>,
    #[serde(default)]
    rules_accepted: Vec<AcceptanceRecord>,
    /// The versions it lived by, the last that of now; without it those that are kept.
    rules_history: Option<Vec<Lived>>,
    #[serde(flatten)]
    decisions: Decisions,
    #[serde(flatten)]
    columns: ColumnsRecord<Pairing>,
    #[serde(flatten)]
    named: NamedRecord<Pairing>,
}

impl PairingRecord {
    /// The slugs of the cities that are members now.
    fn city_slugs(&self) -> Vec<&str> {
        match &self.members {
            Some(members) => members.iter().filter(|member| member.is_current()).filter_map(|member| member.party.city()).collect(),
            None => self.named.slugs("cities").iter().map(String::as_str).collect(),
        }
    }

    fn members(&self, context: &ImportContext) -> Result<Vec<Member>> {
        let cities = self.named.ids::<City>("cities", context)?;
        let Some(told) = &self.members else { return Ok(member::of_cities(&cities)) };
        let read = |(index, told): (usize, &MemberRecord)| told.read(context, &format!("members.{index}"));
        let members: Vec<Member> = told.iter().enumerate().map(read).collect::<Result<_>>()?;
        let differs = "“cities” and “members” name different cities that are members now; leave out “cities”, or tell both alike.";
        refuse_if(!cities.is_empty() && member::cities(&members) != cities, Code::BadInput, "cities", differs)?;
        Ok(members)
    }

    fn resources(&self, context: &ImportContext) -> Result<Vec<Commitment>> {
        let told = self.resources.iter().flatten().enumerate();
        told.map(|(index, told)| told.read(context, &format!("resources.{index}"))).collect()
    }
}

impl Importable for PairingRecord {
    type Row = Row;

    fn ready<'t>(tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(async move {
            call::note_rules(tx, context).await?;
            city::note_names(tx, context).await
        })
    }

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        let named = records.iter().flat_map(|record| record.city_slugs()).filter_map(|slug| context.find(City::NAME, slug));
        let cities: Vec<Uuid> = named.collect();
        Box::pin(async move { tx.know(&city::PROGRAMMES, &cities).await })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let members = self.members(context)?;
        let theme = self.named.maybe::<Theme>("theme", context)?;
        let (priorities, theme) = priority::recorded(self.priorities.as_deref(), theme, context)?;
        let call = self.named.maybe::<Call>("call", context)?;
        let accepted = |record: &AcceptanceRecord| {
            Ok(Acceptance { city: context.id::<City>(&record.city, "rules_accepted")?.uuid(), version: record.version, on: record.on })
        };
        let kept = before.filter(|before| before.call == call);
        let rules_history = self.rules_history.clone().or_else(|| kept.map(|before| before.rules_history.0.clone()));
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), context.audience_or_public(self.audience.as_ref())?, {
            programme: self.named.id::<Programme>("programme", context)?,
            call,
            rules_version: self.rules_version.or_else(|| match kept {
                Some(before) => before.rules_version,
                None => call::noted_rules(context, self.named.slug("call")?),
            }),
            rules_accepted: Json(self.rules_accepted.iter().map(accepted).collect::<Result<_>>()?),
            name: match self.name.as_deref().map(str::trim) {
                Some(name) if !name.is_empty() => name.to_owned(),
                _ => super::write::called(self.city_slugs().into_iter().map(|slug| city::noted_name(context, slug))),
            },
            language: self.language.clone().unwrap_or_else(Language::english),
            theme,
            state: self.state.unwrap_or(State::Matched),
            members: Json(members),
            priorities: Json(priorities),
            resources: Json(self.resources(context)?),
            signed_agreements: before.map_or(0, |row| row.signed_agreements),
            rules_history: Json(rules_history.unwrap_or_default()),
            obligations_due_at: before.map_or(Moment(0), |row| row.obligations_due_at),
        });
        self.columns.put(&mut row);
        row.decide(self.decisions.read(context)?);
        let links = member::links(&row.members).into();
        Ok(Prepared { row: row.derived(), links, texts: None })
    }

    fn follow<'t>(new: Vec<Row>, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<()>> {
        Box::pin(async move { obligation::derive(tx, &new.iter().map(|row| row.id.uuid()).collect::<Vec<_>>()).await })
    }
}

impl Exportable for PairingRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let accepted = |own: Acceptance| Ok(AcceptanceRecord { city: context.name(own.city)?, version: own.version, on: own.on });
        let record = |row: Row, named| {
            let members =
                (!member::says_cities_alone(&row.members)).then(|| row.members.iter().map(|member| MemberRecord::of(member, context)));
            let decisions = row.decisions().recorded(context)?;
            let resources = row.resources.iter().map(|resource| ResourceRecord::of(resource, context));
            Ok(Self {
                columns: ColumnsRecord::of(&row),
                named,
                members: members.map(Iterator::collect).transpose()?,
                priorities: PriorityRecord::of_all(&row.priorities, context)?,
                resources: Some(resources.collect::<Result<_>>()?),
                audience: Some(context.audience(&row.audience)?),
                slug: row.slug,
                rules_version: row.rules_version,
                // The version of now says it all where there was no other.
                rules_history: (row.rules_history.len() > 1).then(|| row.rules_history.0.clone()),
                decisions,
                rules_accepted: row.rules_accepted.0.into_iter().map(accepted).collect::<Result<_>>()?,
                name: Some(row.name),
                language: Some(row.language),
                state: Some(row.state),
            })
        };
        context.records(rows, record).await
    }
}
