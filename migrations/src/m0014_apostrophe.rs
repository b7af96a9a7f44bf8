//! Names are compared with one apostrophe, whichever was written: the folded names that stand beside them are folded anew.
use super::{DatabaseTransaction, DbErr};

/// The tables with folded names, and whether they have other names, too.
const FOLDED: [(&str, bool); 6] =
    [("city", true), ("organisation", true), ("pairing", false), ("seminar", false), ("document", false), ("practice", false)];
/// What was folded to itself so far. U+00B4 became a space and stays one until its row is saved again.
const APOSTROPHES: [char; 7] = ['\u{2019}', '\u{2018}', '\u{201b}', '\u{2bc}', '\u{2bb}', '\u{2b9}', '\u{2032}'];

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    for (table, has_names) in FOLDED {
        for column in ["folded", "names"].into_iter().take(1 + usize::from(has_names)) {
            let anew = APOSTROPHES.iter().fold(column.to_owned(), |told, letter| format!("REPLACE({told}, '{letter}', '''')"));
            super::run(tx, &format!("UPDATE {table} SET {column} = {anew} WHERE {column} <> {anew}")).await?;
        }
    }
    Ok(())
}
