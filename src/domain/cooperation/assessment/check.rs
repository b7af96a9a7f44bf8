//! Whether an assessment may be saved as it is.
use sea_orm::{ColumnTrait, QueryFilter};

use super::{
    Row,
    row::{Column, Entity, State},
};
use crate::{
    domain::{application, call::Terms, person},
    kernel::prelude::check::*,
};

/// It is by an officer of the programme who does not speak for the city, once for each application; its verdicts are by the criteria of its version, and whoever hands in judges by
/// each of them.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    if saving.sets(|row| (row.assessor, row.application)) {
        assessor(saving.after, refusals, tx).await?;
    }
    if saving.sets(|row| (row.call, row.rules_version, row.state, row.verdicts.clone())) {
        verdicts(saving.after, refusals, tx).await?;
    }
    Ok(())
}

async fn assessor(row: &Row, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let own = tx.every::<Entity>().filter(Column::Application.eq(row.application)).filter(Column::Assessor.eq(row.assessor));
    let is_twice = tx.all(own.filter(Column::Id.ne(row.id))).await?;
    let message = "This person was asked to assess this application already; name somebody else.";
    refusals.refuse_if(!is_twice.is_empty(), Code::Taken, "assessor", message);
    // Who judged once may have another role, or none, today.
    if !matches!(row.state, State::Asked | State::InProgress) {
        return Ok(());
    }
    let roles = person::roles_of(tx, row.assessor).await?;
    let message = "Applications are assessed by officers of their programme; make this person one first, by `addMember`.";
    refusals.refuse_if(!roles.programmes.contains(&row.programme), Code::BadInput, "assessor", message);
    let applies = application::facts_of_all(tx, &[row.application.uuid()]).await?;
    let speaks = applies.first().is_some_and(|facts| roles.cities.contains(&facts.city));
    let message = format!("This person speaks for {}, which applies; name somebody else.", row.name);
    refusals.refuse_if(speaks, Code::BadInput, "assessor", message);
    Ok(())
}

async fn verdicts(row: &Row, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let Some(terms) = Terms::of(tx, row.call).await? else { return Ok(()) };
    let Some(rules) = terms.assessment_rules_of(Some(row.rules_version)) else {
        let message = format!("The call has no rules of assessment of version {}.", row.rules_version);
        refusals.refuse_if(true, Code::BadInput, "rules_version", message);
        return Ok(());
    };
    for (index, verdict) in row.verdicts.iter().enumerate() {
        let is_unknown = rules.criteria.iter().all(|criterion| criterion.name != verdict.criterion);
        let names: Vec<&str> = rules.criteria.iter().map(|criterion| criterion.name.as_str()).collect();
        let message = format!("“{}” is no criterion of this call; its criteria are: {}.", verdict.criterion, names.join(", "));
        refusals.refuse_if(is_unknown, Code::BadInput, &format!("verdicts.{index}.criterion"), message);
    }
    if row.state == State::Submitted {
        for criterion in &rules.criteria {
            let is_judged = row.verdicts.iter().any(|verdict| verdict.criterion == criterion.name);
            refusals.refuse_if(!is_judged, Code::Required, "verdicts", format!("Judge it by “{}”, too.", criterion.name));
        }
    }
    Ok(())
}
