//! What people fill in of a practice: its columns, and the parts of its texts.
use super::{
    Practice, Row, key_date,
    row::{Indicator, Money, State},
};
use crate::kernel::{
    column,
    life::{self, LONGEST_REASON},
    prelude::fields::*,
};

/// The longest of most parts, in characters.
const LONG: usize = 20_000;
/// Stakeholders, amounts and figures at the most.
const MOST: usize = 200;
/// Dates at the most.
const MOST_DATES: usize = 20;
/// Partner cities at the most.
const MOST_PARTNERS: usize = 100;
/// The longest note to them.
const LONGEST_NOTE: usize = 2_000;
/// The longest of what names one of them.
const LONGEST: usize = 500;
/// The longest of what happened on a date.
const LONGEST_WORDS: usize = 200;

item!(Money);
item!(Indicator);

columns!(Practice {
    started_on: "The day it began.",
    ended_on: "The day it ended.",
    money: "What was spent.".changed("What was spent, all anew.").most(MOST).rule(is_money, LONGEST),
    indicators: "Results in figures.".changed("Results in figures, all anew.").most(MOST).rule(are_figures, LONGEST),
    key_dates: "What happened when, in few words.".changed("What happened when, all anew.").most(MOST_DATES).rule(key_date::check, LONGEST_WORDS),
    stakeholders: "Who took part.".changed("Who took part, all anew.").most(MOST).rule(are_named, LONGEST),
    withdrawn_reason: "Why it was withdrawn.".only_recorded().longest(LONGEST_REASON),
    seeks_places: "For how many partner cities there are places.".only_recorded().rule(
        |places, field, most, refusals| {
            let is_count = places.is_none_or(|places| usize::try_from(places).is_ok_and(|places| (1..=most).contains(&places)));
            refusals.refuse_if(!is_count, Code::BadInput, refusals.either("places", field), format!("There are places for 1 to {most} partner cities."));
            Ok(())
        },
        MOST_PARTNERS
    ),
    seeks_until: "The last day on which partners are sought.".only_recorded(),
    seeks_note: "What partners are told.".only_recorded().rule(
        |note, field, longest, refusals| {
            refusals.too_long(refusals.either("note", field), note.as_deref(), longest);
            Ok(())
        },
        LONGEST_NOTE
    ),
}, slug: "Made of the title where not given.");

fn is_money(spent: &Json<Vec<Money>>, field: &str, longest: usize, refusals: &mut Refusals) -> Result<()> {
    for (index, money) in spent.iter().enumerate() {
        refusals.too_long(&format!("{field}.{index}.what"), money.what.as_deref(), longest);
        column::money(money.amount, &money.currency, &format!("{field}.{index}"), refusals);
    }
    Ok(())
}

fn are_figures(figures: &Json<Vec<Indicator>>, field: &str, longest: usize, refusals: &mut Refusals) -> Result<()> {
    for (index, indicator) in figures.iter().enumerate() {
        refusals.named(&format!("{field}.{index}.name"), &indicator.name, longest);
        refusals.too_long(&format!("{field}.{index}.unit"), indicator.unit.as_deref(), longest);
        for (name, figure) in [("value", Some(indicator.value)), ("before", indicator.before)] {
            let is_number = figure.is_none_or(f64::is_finite);
            refusals.refuse_if(!is_number, Code::BadInput, &format!("{field}.{index}.{name}"), "A figure is a number.");
        }
    }
    Ok(())
}

fn are_named(stakeholders: &Json<Vec<String>>, field: &str, longest: usize, refusals: &mut Refusals) -> Result<()> {
    for (index, stakeholder) in stakeholders.iter().enumerate() {
        refusals.named(&format!("{field}.{index}"), stakeholder, longest);
    }
    Ok(())
}

texts!(Practice {
    text: "PracticeText", "A practice's text in one language.",
    in_row: [title, summary],
    parts: [
        TextPart::new("title", 300, "The title.").required().in_row().searched(Title),
        TextPart::new("summary", 3_000, "The summary.").required().in_row().searched(Summary),
        TextPart::new("problem_before", LONG, "How things stood before it began.").searched(Body),
        TextPart::new("challenge", LONG, "The challenge it answers.").searched(Body),
        TextPart::new("objectives", LONG, "What it aims at.").searched(Body),
        TextPart::new("body", 200_000, "What was done, in full.")
            .at_node("What was done, in full, in the reader's best language.")
            .searched(Body),
        TextPart::new("process", LONG, "How it was done, step by step: a line or a paragraph each.").searched(Body),
        TextPart::new("results", LONG, "What came of it.").searched(Body),
        TextPart::new("evidence", LONG, "How one knows that it worked.").searched(Body),
        TextPart::new("difficulties", LONG, "What was hard.")
            .at_node(
                "What was hard, in the city's own words. Never empty once published here; null only where an imported source tells none.",
            )
            .at_input(Use::Create, "What was hard; needed before it is published.")
            .at_input(Use::Update, "What was hard; may not be forgotten once published.")
            .searched(Body),
        TextPart::new("lessons", LONG, "What was learned.").searched(Body),
        TextPart::new("transfer_conditions", LONG, "What another city needs for it: a line each makes a checklist.").searched(Body),
        TextPart::new("sustainability", LONG, "What keeps it going: money, people, law, nature.").searched(Body),
        TextPart::new("financing", LONG, "The business or financing model.").searched(Body),
        TextPart::new("legal_basis", LONG, "The legal basis.").searched(Body),
        TextPart::new("policies", LONG, "The policies and strategies it belongs to.").searched(Body),
    ],
    // What was withdrawn is told by its title, its reason and its successor; what it said is its city's alone.
    withholds: |row, viewer| life::keeps_from(row, State::Withdrawn, viewer),
});
