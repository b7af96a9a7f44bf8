//! Importing calls.
use serde::{Deserialize, Serialize};

use super::{
    Row,
    row::{Rules, State},
};
use crate::{
    access::Audience,
    base::{Code, Moment, Result, date::ImpreciseDate, refuse_if, text::is_blank},
    domain::programme::Programme,
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, Prepared},
    },
    new_row,
    store::{Json, Tx},
};

/// A record of a call.
#[derive(Debug, Deserialize, Serialize)]
pub struct CallRecord {
    slug: String,
    programme: String,
    name: String,
    side: Option<String>,
    description: Option<String>,
    opens: Option<ImpreciseDate>,
    closes: Option<ImpreciseDate>,
    state: State,
    source: Option<String>,
    rules: Rules,
}

/// Refuses days out of order.
pub(super) fn check_days(opens: Option<&ImpreciseDate>, closes: Option<&ImpreciseDate>) -> Result<()> {
    for (field, date) in [("opens", opens), ("closes", closes)] {
        let message = format!("“{field}” has an “earliest” after its “latest”.");
        refuse_if(date.is_some_and(|date| !date.is_ordered()), Code::BadInput, field, message)?;
    }
    let crossed = opens.zip(closes).is_some_and(|(opens, closes)| closes.latest < opens.earliest);
    refuse_if(crossed, Code::BadInput, "closes", "“closes” lies before “opens”.")
}

/// Refuses rules that can't be kept.
pub(super) fn check_rules(rules: &Rules) -> Result<()> {
    refuse_if(rules.version < 1, Code::BadInput, "rules.version", "“rules.version” counts from 1.")?;
    let months = [rules.minimum_cooperation_months, rules.maximum_support_months, rules.plan_due_months, rules.pilot_due_months];
    let wrong =
        months.into_iter().flatten().any(|months| !(0..=1200).contains(&months)) || rules.minimum_population.is_some_and(|count| count < 0);
    refuse_if(wrong, Code::BadInput, "rules", "“rules” has months that are not 0 to 1200, or a population below zero.")
}

impl Importable for CallRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        refuse_if(is_blank(&self.name), Code::Required, "name", "“name” is empty.")?;
        check_days(self.opens.as_ref(), self.closes.as_ref())?;
        check_rules(&self.rules)?;
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            programme: context.id::<Programme>(&self.programme, "programme")?,
            name: self.name.trim().to_owned(),
            side: self.side.clone(),
            description: self.description.clone(),
            state: self.state,
            opens: self.opens.clone().map(Json),
            closes: self.closes.clone().map(Json),
            opens_at: Moment(0),
            opens_by: Moment(0),
            rules: Json(self.rules.clone()),
            source: self.source.clone(),
        })
        .derived();
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }
}

impl Exportable for CallRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row| {
            Ok(Self {
                programme: context.slug(row.programme)?,
                slug: row.slug,
                name: row.name,
                side: row.side,
                description: row.description,
                opens: row.opens.map(|opens| opens.0),
                closes: row.closes.map(|closes| closes.0),
                state: row.state,
                source: row.source,
                rules: row.rules.0,
            })
        };
        rows.into_iter().map(record).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::{Precision, day};

    fn between(earliest: &str, latest: &str) -> ImpreciseDate {
        let day = |text| day(text).expect("a day");
        ImpreciseDate { verbatim: "spring".to_owned(), earliest: day(earliest), latest: day(latest), precision: Precision::Season }
    }

    #[test]
    fn days_out_of_order_are_refused() {
        let (spring, summer) = (between("2018-03-01", "2018-06-20"), between("2018-06-21", "2018-09-22"));
        assert!(check_days(Some(&spring), Some(&summer)).is_ok());
        assert!(check_days(Some(&spring), None).is_ok());
        assert!(check_days(Some(&summer), Some(&spring)).is_err());
        assert!(check_days(Some(&between("2018-06-20", "2018-03-01")), None).is_err());
    }

    #[test]
    fn a_call_that_may_close_before_it_may_open_is_still_one() {
        let (opens, closes) = (between("2018-03-01", "2018-06-20"), between("2018-05-01", "2018-05-31"));
        assert!(check_days(Some(&opens), Some(&closes)).is_ok());
    }

    #[test]
    fn rules_have_a_version_and_no_negative_months() {
        let rules = |version, months| Rules {
            version,
            minimum_cooperation_months: Some(months),
            maximum_support_months: None,
            plan_due_months: None,
            pilot_due_months: None,
            minimum_population: None,
        };
        assert!(check_rules(&rules(1, 18)).is_ok());
        assert!(check_rules(&rules(0, 18)).is_err());
        assert!(check_rules(&rules(1, -18)).is_err());
    }
}
