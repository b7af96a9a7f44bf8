//! Importing people.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::{
    Row, life,
    membership::{self, Grant, Role},
    row::{self, ContactVisibility, State},
};
use crate::{
    domain::{city::City, digest, following, pairing::Pairing, programme::Programme},
    kernel::prelude::import::*,
    store::Record,
};

#[derive(Debug, Deserialize, Serialize)]
struct RoleRecord {
    role: Role,
    city: Option<String>,
    programme: Option<String>,
    pairing: Option<String>,
}

impl RoleRecord {
    fn grant(&self, context: &ImportContext) -> Result<Grant> {
        let grant = Grant {
            role: self.role,
            city: context.maybe::<City>(self.city.as_deref(), "roles.city")?,
            programme: context.maybe::<Programme>(self.programme.as_deref(), "roles.programme")?,
            pairing: context.maybe::<Pairing>(self.pairing.as_deref(), "roles.pairing")?,
        };
        grant.check("roles")?;
        Ok(grant)
    }
}

/// A record of a person, with all their roles.
#[derive(Debug, Deserialize, Serialize)]
pub struct PersonRecord {
    slug: String,
    name: String,
    email: String,
    #[serde(default)]
    languages: Vec<Language>,
    #[serde(default)]
    roles: Vec<RoleRecord>,
    state: Option<State>,
    /// Who sees the address; partners where nothing is said.
    contact_visible_to: Option<ContactVisibility>,
    /// What they follow, as `city:hamburg`; left as it is where nothing is said.
    follows: Option<Vec<String>>,
    /// How often they get a digest by mail; left as it is where nothing is said.
    digest: Option<digest::Period>,
}

/// Under which note the slugs of the administrators stand that are left.
const ADMINISTRATORS: &str = "person/administrators";

impl PersonRecord {
    /// Refuses to take the role of the last administrator away.
    fn leaves_an_administrator(&self, context: &mut ImportContext) -> Result<()> {
        let is_one = self.state != Some(State::Left) && self.roles.iter().any(|role| role.role == Role::Administrator);
        let all = context.noted(ADMINISTRATORS).unwrap_or_default().to_owned();
        if is_one || !all.split(' ').any(|slug| slug == self.slug) {
            return Ok(());
        }
        let left: Vec<&str> = all.split(' ').filter(|slug| *slug != self.slug).collect();
        refuse_if(left.is_empty(), Code::WrongState, "roles", "This is the last administrator: make somebody else one first.")?;
        context.set_note(ADMINISTRATORS.to_owned(), left.join(" "));
        Ok(())
    }
}

impl Importable for PersonRecord {
    type Row = Row;

    fn ready<'t>(tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(async move {
            let (administrators, mut slugs) = (membership::administrators(tx).await?, Vec::new());
            for person in tx.all(tx.every::<row::Entity>()).await? {
                if administrators.contains(&person.id.uuid()) {
                    slugs.push(person.slug.clone());
                }
                context.note_first(note_of("email", &person.email), person.slug);
            }
            context.set_note(ADMINISTRATORS.to_owned(), slugs.join(" "));
            Ok(())
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let email = row::one_spelling(&self.email);
        for role in &self.roles {
            role.grant(context)?;
        }
        for text in self.follows.iter().flatten() {
            following::named(text, context)?;
        }
        // An address that changed is free for others only with the next import.
        let whose = context.note_first(note_of("email", &email), self.slug.clone());
        if *whose != self.slug {
            return refuse(Code::Taken, "email", format!("“email” is that of “{whose}” already."));
        }
        self.leaves_an_administrator(context)?;
        let id = context.own_id(before, &self.slug);
        let row = new_row!(id, self.slug.clone(), Audience::of(Scope::Person, id.uuid()), {
            name: self.name.trim().to_owned(),
            email,
            languages: Json(self.languages.clone()),
            state: self.state.unwrap_or(State::Active),
            contact_visible_to: self.contact_visible_to.unwrap_or(ContactVisibility::Partners),
        });
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }

    fn also<'t>(&'t self, row: &'t Row, is_new: bool, context: &'t ImportContext, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<bool>> {
        Box::pin(async move {
            let grants = self.roles.iter().map(|role| role.grant(context)).collect::<Result<Vec<_>>>()?;
            let moved = membership::settle(tx, row.id, &grants).await?;
            // A new person's joining is told already.
            if moved && !is_new {
                tx.log(row, vec![&life::REVISED], row.tags());
            }
            let moved = match self.digest {
                Some(period) => digest::settle(tx, row.id.uuid(), period).await? || moved,
                None => moved,
            };
            let Some(follows) = &self.follows else { return Ok(moved) };
            let follows = follows.iter().map(|text| following::named(text, context)).collect::<Result<Vec<_>>>()?;
            Ok(following::settle(tx, row.id, &follows).await? || moved)
        })
    }
}

impl Exportable for PersonRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let people: Vec<_> = rows.iter().map(|row| row.id.uuid()).collect();
        let mut memberships = membership::in_force(context.reader(), people).await?;
        let digests = digest::periods(context.reader(), &rows.iter().map(|row| row.id.uuid()).collect::<Vec<_>>()).await?;
        let mut follows = following::of_all(context.reader(), rows.iter().map(|row| row.id.uuid()).collect()).await?;
        let role = |row: membership::Model| {
            Ok(RoleRecord {
                role: row.role,
                city: context.maybe(row.city)?,
                programme: context.maybe(row.programme)?,
                pairing: context.maybe(row.pairing)?,
            })
        };
        let record = |row: Row| {
            Ok(Self {
                follows: Some(
                    follows
                        .remove(&row.id.uuid())
                        .unwrap_or_default()
                        .into_iter()
                        .map(|followed| Ok(format!("{}:{}", followed.kind, context.name(followed.id)?)))
                        .collect::<Result<_>>()?,
                ),
                digest: digests.get(&row.id.uuid()).copied(),
                roles: memberships.remove(&row.id.uuid()).unwrap_or_default().into_iter().map(role).collect::<Result<_>>()?,
                slug: row.slug,
                name: row.name,
                email: row.email,
                languages: row.languages.0,
                state: Some(row.state),
                contact_visible_to: Some(row.contact_visible_to),
            })
        };
        rows.into_iter().map(record).collect()
    }
}
