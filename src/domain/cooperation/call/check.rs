//! Whether a call may be saved as it is.
use super::{Row, versions};
use crate::{
    base::{date::ImpreciseDate, text::listed},
    domain::application,
    kernel::prelude::check::*,
};

/// Its days are in order, it closes or never does, its side is one of its sides, and its rules can be kept.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| (row.opens.clone(), row.closes.clone())) {
        check_days(row.opens.as_deref(), row.closes.as_deref(), refusals);
    }
    let is_torn = row.never_closes && row.closes.is_some() && saving.sets(|row| (row.never_closes, row.closes.clone()));
    refusals.refuse_if(is_torn, Code::BadInput, "closes", "A call that never closes has no day on which it does.");
    if saving.sets(|row| (row.side.clone(), row.sides.clone()))
        && let Some(side) = &row.side
    {
        let is_none = !row.sides.is_empty() && row.sides.iter().all(|own| own.name != *side);
        refusals.refuse_if(is_none, Code::BadInput, "side", format!("“{side}” is none of its sides."));
    }
    versions::check(saving, refusals);
    sides_stand(saving, refusals, tx).await
}

/// No side goes on which a city has applied.
async fn sides_stand(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    let kept = |name: &str| row.sides.iter().any(|side| side.name == name);
    let gone: Vec<&str> =
        saving.before.map_or(&[][..], |before| &before.sides).iter().map(|side| side.name.as_str()).filter(|name| !kept(name)).collect();
    if gone.is_empty() {
        return Ok(());
    }
    let cities = application::standing_on(tx, row.id, &gone).await?;
    let message = format!("Cities have applied on sides that are missing here: {}. Keep these sides, and add others.", listed(&cities));
    refusals.refuse_if(!cities.is_empty(), Code::WrongState, "sides", message);
    Ok(())
}

fn check_days(opens: Option<&ImpreciseDate>, closes: Option<&ImpreciseDate>, refusals: &mut Refusals) {
    for (field, day) in [("opens", opens), ("closes", closes)] {
        let message = format!("“{field}” has an “earliest” after its “latest”.");
        refusals.refuse_if(day.is_some_and(|day| !day.is_ordered()), Code::BadInput, field, message);
    }
    let is_crossed = opens.zip(closes).is_some_and(|(opens, closes)| closes.latest < opens.earliest);
    refusals.refuse_if(is_crossed, Code::BadInput, "closes", "“closes” lies before “opens”.");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::date::{Precision, day},
        store::Surface,
    };

    fn is_taken(check: impl FnOnce(&mut Refusals)) -> bool {
        let mut refusals = Refusals::new(Surface::Record);
        check(&mut refusals);
        refusals.end().is_ok()
    }

    fn days(opens: Option<&ImpreciseDate>, closes: Option<&ImpreciseDate>) -> bool {
        is_taken(|refusals| check_days(opens, closes, refusals))
    }

    fn between(earliest: &str, latest: &str) -> ImpreciseDate {
        let day = |text| day(text).expect("a day");
        ImpreciseDate { verbatim: "spring".to_owned(), earliest: day(earliest), latest: day(latest), precision: Precision::Season }
    }

    #[test]
    fn days_out_of_order_are_refused() {
        let (spring, summer) = (between("2018-03-01", "2018-06-20"), between("2018-06-21", "2018-09-22"));
        assert!(days(Some(&spring), Some(&summer)));
        assert!(days(Some(&spring), None));
        assert!(!days(Some(&summer), Some(&spring)));
        assert!(!days(Some(&between("2018-06-20", "2018-03-01")), None));
    }

    #[test]
    fn a_call_that_may_close_before_it_may_open_is_still_one() {
        let (opens, closes) = (between("2018-03-01", "2018-06-20"), between("2018-05-01", "2018-05-31"));
        assert!(days(Some(&opens), Some(&closes)));
    }
}
