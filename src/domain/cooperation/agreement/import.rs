//! Importing agreements.
use futures_util::future::BoxFuture;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Agreement, Row,
    row::State,
    version::{Signature, Version},
};
use crate::{
    base::{Id, Moment, text::said},
    domain::{
        document::Document,
        obligation,
        pairing::{self, Concern, Pairing, PartyRecord},
        person::Person,
    },
    kernel::prelude::import::*,
};

/// A signature in the record of an agreement: what is not known is left out.
#[derive(Deserialize, Serialize)]
struct SignatureRecord {
    #[serde(flatten)]
    party: PartyRecord,
    name: Option<String>,
    office: Option<String>,
    signed_on: Option<Date>,
    recorded_by: Option<String>,
    recorded_at: Option<Moment>,
}

/// A version in the record of an agreement: the first first.
#[derive(Deserialize, Serialize)]
struct VersionRecord {
    document: Option<String>,
    what: Option<String>,
    signatures: Option<Vec<SignatureRecord>>,
}

/// A record of an agreement. Without `versions` it is a draft; its `state`, where it is told, is that which follows from the signatures, unless it has
/// `ended`. Who may see it is told by its pairing.
#[derive(Deserialize, Serialize)]
pub struct AgreementRecord {
    slug: String,
    state: Option<State>,
    versions: Option<Vec<VersionRecord>>,
    #[serde(flatten)]
    columns: ColumnsRecord<Agreement>,
    #[serde(flatten)]
    named: NamedRecord<Agreement>,
}

impl SignatureRecord {
    fn read(&self, concern: &Concern, path: &str, context: &ImportContext) -> Result<Signature> {
        let party = self.party.read(context, path)?;
        let message = format!("“{path}” is of nobody who is or was a member of the pairing.");
        refuse_if(!concern.ever.contains(&party), Code::BadInput, path, message)?;
        let recorded_by = context.maybe::<Person>(self.recorded_by.as_deref(), &format!("{path}.recorded_by"))?;
        Ok(Signature {
            party,
            name: said(self.name.as_deref()),
            office: said(self.office.as_deref()),
            signed_on: self.signed_on,
            recorded_by: recorded_by.map(Id::uuid),
            recorded_at: self.recorded_at,
        })
    }

    fn of(signature: &Signature, context: &ExportContext) -> Result<Self> {
        Ok(Self {
            party: PartyRecord::of(signature.party, context)?,
            name: signature.name.clone(),
            office: signature.office.clone(),
            signed_on: signature.signed_on,
            recorded_by: signature.recorded_by.map(|person| context.name(person)).transpose()?,
            recorded_at: signature.recorded_at,
        })
    }
}

impl VersionRecord {
    fn read(&self, index: usize, concern: &Concern, context: &ImportContext) -> Result<Version> {
        let at = |field: &str| format!("versions.{index}.{field}");
        let mut version = Version {
            number: i32::try_from(index + 1).unwrap_or(i32::MAX),
            document: context.maybe::<Document>(self.document.as_deref(), &at("document"))?.map(Id::uuid),
            what: said(self.what.as_deref()),
            signatures: Vec::new(),
        };
        for (number, signature) in self.signatures.iter().flatten().enumerate() {
            let path = format!("versions.{index}.signatures.{number}");
            let signature = signature.read(concern, &path, context)?;
            let is_twice = version.signature(signature.party).is_some();
            refuse_if(is_twice, Code::BadInput, &path, format!("“{path}” is of a member that signs this version twice."))?;
            version.sign(signature);
        }
        Ok(version)
    }

    fn of(version: &Version, context: &ExportContext) -> Result<Self> {
        let signatures = version.signatures.iter().map(|signature| SignatureRecord::of(signature, context));
        Ok(Self {
            document: version.document.map(|document| context.name(document)).transpose()?,
            what: version.what.clone(),
            signatures: Some(signatures.collect::<Result<_>>()?),
        })
    }
}

impl AgreementRecord {
    fn versions(&self, concern: &Concern, context: &ImportContext) -> Result<Vec<Version>> {
        let told = self.versions.iter().flatten().enumerate();
        let versions: Vec<Version> = told.map(|(index, told)| told.read(index, concern, context)).collect::<Result<_>>()?;
        Ok(if versions.is_empty() { vec![Version { number: 1, ..Version::default() }] } else { versions })
    }
}

impl Importable for AgreementRecord {
    type Row = Row;

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        let pairings = records.iter().filter_map(|record| context.find(Pairing::NAME, record.named.slug("pairing")?));
        let mut pairings: Vec<Uuid> = pairings.collect();
        pairings.sort_unstable();
        pairings.dedup();
        Box::pin(async move {
            for (pairing, concern) in pairing::concerns_of(tx, &pairings).await? {
                context.set_note(note_of(Agreement::NAME, pairing), serde_json::to_string(&concern)?);
            }
            Ok(())
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let pairing = self.named.id::<Pairing>("pairing", context)?;
        let moved = "An agreement stays with its pairing; make a new one for the other.";
        refuse_if(before.is_some_and(|row| row.pairing != pairing), Code::BadInput, "pairing", moved)?;
        let concern: Concern = match context.noted(&note_of(Agreement::NAME, pairing.uuid())) {
            Some(noted) => serde_json::from_str(noted)?,
            None => return refuse(Code::NotFound, "pairing", "“pairing” names a pairing that is not there."),
        };
        let versions = self.versions(&concern, context)?;
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), concern.audience, {
            pairing,
            state: if self.state == Some(State::Ended) { State::Ended } else { State::Draft },
            versions: Json(versions),
            signatories: Json(concern.signatories),
            owners: Json(concern.owners),
            is_pairing_over: concern.is_over,
        });
        self.columns.put(&mut row);
        let row = row.derived();
        let message = "“state” is another one than follows from the signatures; leave it out, or tell who signed, be it by “city” alone.";
        refuse_if(self.state.is_some_and(|told| told != row.state), Code::BadInput, "state", message)?;
        let is_early = row.state != State::Ended && (row.ended_on.is_some() || row.ended_reason.is_some());
        refuse_if(is_early, Code::BadInput, "state", "It tells when or why it ended, so its “state” is “ended”.")?;
        let links = vec![row.links()];
        Ok(Prepared { row, links, texts: None })
    }

    fn also<'t>(&'t self, row: &'t Row, is_new: bool, _: &'t ImportContext, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<bool>> {
        Box::pin(async move {
            if is_new && row.is_signed() {
                pairing::count_signed(tx, row.pairing, 1).await?;
            }
            Ok(false)
        })
    }

    fn follow<'t>(new: Vec<Row>, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<()>> {
        let signed = new.iter().filter(|row| row.state != State::Draft).map(|row| row.pairing.uuid());
        let pairings: Vec<Uuid> = signed.collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        Box::pin(async move { obligation::derive(tx, &pairings).await })
    }
}

impl Exportable for AgreementRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named| {
            let versions = row.versions.iter().map(|version| VersionRecord::of(version, context));
            Ok(Self {
                columns: ColumnsRecord::of(&row),
                named,
                versions: Some(versions.collect::<Result<_>>()?),
                slug: row.slug,
                state: Some(row.state),
            })
        };
        context.records(rows, record).await
    }
}
