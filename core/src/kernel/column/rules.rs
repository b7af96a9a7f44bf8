//! What columns may hold.
use iso_currency::Currency;

use super::ColumnDef;
use crate::{
    base::{
        Code,
        link::{is_mail_address, may_lead},
    },
    kernel::country::Country,
    store::{Json, Refusals},
};

impl<R> ColumnDef<R, String> {
    /// A name of at most so many characters.
    pub const fn named(self, longest: usize) -> Self {
        self.rule(
            |name, field, longest, refusals| {
                refusals.named(field, name, longest);
                Ok(())
            },
            longest,
        )
    }

    /// The code of a country.
    pub const fn country(self) -> Self {
        self.rule(
            |code, field, _, refusals| {
                is_country(code, field, refusals);
                Ok(())
            },
            0,
        )
    }
}

impl<R> ColumnDef<R, Option<String>> {
    /// At most so many characters.
    pub const fn longest(self, longest: usize) -> Self {
        self.rule(
            |text, field, longest, refusals| {
                refusals.too_long(field, text.as_deref(), longest);
                Ok(())
            },
            longest,
        )
    }

    /// An address of the web.
    pub const fn link(self) -> Self {
        self.rule(|link, field, _, refusals| refusals.take(may_lead(link.as_deref(), &refusals.path(field))), 0)
    }

    /// A mail address.
    pub const fn mail_address(self) -> Self {
        self.rule(
            |address, field, _, refusals| {
                let is_none = address.as_ref().is_some_and(|address| !is_mail_address(address));
                refusals.refuse_if(is_none, Code::BadInput, field, "This is not an address such as “ada@example.org”.");
                Ok(())
            },
            0,
        )
    }

    /// The code of a country.
    pub const fn country(self) -> Self {
        self.rule(
            |code, field, _, refusals| {
                if let Some(code) = code {
                    is_country(code, field, refusals);
                }
                Ok(())
            },
            0,
        )
    }
}

impl<R> ColumnDef<R, Option<i64>> {
    /// A whole number from 0 to this one.
    pub const fn up_to(self, last: usize) -> Self {
        self.rule(
            |number, field, last, refusals| {
                let is_none = number.is_some_and(|number| usize::try_from(number).map_or(true, |number| number > last));
                refusals.refuse_if(is_none, Code::BadInput, field, format!("“{}” is 0 to {last}.", refusals.name(field)));
                Ok(())
            },
            last,
        )
    }
}

/// Refuses an amount of money below zero or of no currency; `at` names its place.
pub fn money(amount: f64, currency: &str, at: &str, refusals: &mut Refusals) {
    let message = format!("“{currency}” is no currency; give its code of three capital letters (ISO 4217), such as “EUR”.");
    refusals.refuse_if(Currency::from_code(currency).is_none(), Code::BadInput, &format!("{at}.currency"), message);
    let is_amount = amount.is_finite() && amount >= 0.0;
    refusals.refuse_if(!is_amount, Code::BadInput, &format!("{at}.amount"), "An amount is not negative.");
}

/// Refuses what is not the code of a country.
fn is_country(code: &str, field: &str, refusals: &mut Refusals) {
    let message = format!("“{}” is “{code}”; it is an ISO 3166-1 two-letter code such as “DE”.", refusals.name(field));
    refusals.refuse_if(Country::of(code).is_none(), Code::BadInput, field, message);
}

impl<R, T: 'static> ColumnDef<R, Json<Vec<T>>> {
    /// At most so many items.
    pub const fn most(self, most: usize) -> Self {
        self.rule(
            |list, field, most, refusals| {
                refusals.too_many(field, list.len(), most);
                Ok(())
            },
            most,
        )
    }
}
