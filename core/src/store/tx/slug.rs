//! Slugs: free ones, and those a thing had before.
use sea_orm::{
    ConnectionTrait, DbErr,
    sea_query::{Alias, Expr, ExprTrait, Query, UnionType},
};
use uuid::Uuid;

use super::{Record, Tx};
use crate::{
    base::{Code, Id, Kind, Result, refuse, refuse_if, slug},
    store::reader::former,
};

impl Tx<'_> {
    /// A free slug: the one asked for, or one made of `title` and, where that is taken, of the id.
    pub async fn slug<R: Record>(&self, asked: Option<&str>, title: &str, id: Id<R::Kind>) -> Result<String> {
        let wanted = match asked {
            Some(slug) => slug::check(slug, "input.slug")?,
            None => slug::of(title),
        };
        match (self.is_taken::<R>(&wanted, id).await?, asked) {
            (false, _) => Ok(wanted),
            (true, Some(_)) => refuse(Code::Taken, "input.slug", format!("The slug “{wanted}” is in use; choose another.")),
            (true, None) => {
                let id = id.to_string();
                Ok(format!("{wanted}-{}", &id[id.len() - 8..]))
            }
        }
    }

    /// The slug a thing has from now on: the one asked for, which is free or was its own before; else the one it has.
    pub async fn changed_slug<R: Record>(&self, before: &R, asked: Option<&String>) -> Result<String> {
        let Some(asked) = asked else { return Ok(before.slug().to_owned()) };
        let wanted = slug::check(asked, "input.slug")?;
        let is_taken = self.is_taken::<R>(&wanted, before.id()).await?;
        refuse_if(is_taken, Code::Taken, "input.slug", format!("The slug “{wanted}” is in use; choose another."))?;
        Ok(wanted)
    }

    /// Whether a slug leads to another thing of the kind, be it by a former name.
    async fn is_taken<R: Record>(&self, slug: &str, id: Id<R::Kind>) -> Result<bool> {
        let mut holder = Query::select();
        holder
            .column(Alias::new("id"))
            .from(<R::Entity as Default>::default())
            .and_where(Expr::col(Alias::new("slug")).eq(slug))
            .union(UnionType::All, former(R::Kind::NAME, &[slug]));
        let rows = self.tx.query_all_raw(self.backend().build(&holder)).await?;
        let holders: Result<Vec<Uuid>, DbErr> = rows.iter().map(|row| row.try_get("", "id")).collect();
        Ok(holders?.iter().any(|holder| *holder != id.uuid()))
    }

    /// Notes a slug that leads to a thing beside its own one.
    pub async fn keep_slug(&mut self, kind: &str, slug: &str, subject: Uuid) -> Result<()> {
        let mut gone = Query::delete();
        gone.from_table(Alias::new("old_slug"))
            .and_where(Expr::col(Alias::new("kind")).eq(kind))
            .and_where(Expr::col(Alias::new("slug")).eq(slug));
        self.run(self.backend().build(&gone)).await?;
        let mut kept = Query::insert();
        kept.into_table(Alias::new("old_slug")).columns(["kind", "slug", "subject"].map(Alias::new)).values_panic([
            kind.into(),
            slug.into(),
            subject.into(),
        ]);
        self.run(self.backend().build(&kept)).await
    }
}
