//! What tasks have set aside; and names, titles and other single lines without controls, some of which made tasks panic.
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement, Value,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

/// Single lines, and what is made of them to find them by.
const LINES: [(&str, &[&str]); 16] = [
    ("theme", &["name"]),
    ("agenda", &["name", "source"]),
    ("goal", &["name", "code"]),
    ("programme", &["name", "source"]),
    ("call", &["name", "side", "source"]),
    ("city", &["name", "folded", "names", "side", "website", "source"]),
    ("pairing", &["name", "folded", "source"]),
    ("announcement", &["title", "source"]),
    ("practice", &["title", "folded"]),
    ("seminar", &["title", "folded", "link"]),
    ("document", &["title", "folded", "licence", "file_name"]),
    ("person", &["name"]),
    ("organisation", &["name", "folded", "names", "website"]),
    ("involvement", &["name", "role"]),
    ("saved_search", &["name"]),
    ("webhook", &["name"]),
];

/// JSON whose texts are single lines, and those in it that are not.
const JSON: [(&str, &[&str], &[&str]); 11] = [
    ("theme", &["labels"], &[]),
    ("agenda", &["labels"], &[]),
    ("goal", &["labels"], &[]),
    ("programme", &["stated"], &["verbatim"]),
    ("call", &["opens", "closes"], &["verbatim"]),
    ("city", &["populations", "aliases"], &[]),
    ("announcement", &["claims"], &["claim", "verbatim"]),
    ("practice", &["money", "indicators", "stakeholders"], &[]),
    ("organisation", &["aliases"], &[]),
    ("synonym", &["terms", "expansions"], &[]),
    // Of texts, the titles alone.
    ("text", &["fields"], &[]),
];

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let table = "CREATE TABLE set_aside (task TEXT NOT NULL, item TEXT NOT NULL, reason TEXT NOT NULL, at {number} NOT NULL, PRIMARY KEY (task, item))";
    super::run(tx, table).await?;
    for (table, columns) in LINES {
        for column in columns {
            // Whatever is called by nothing but controls is called by its slug.
            let other = if matches!(*column, "name" | "title" | "folded") { "slug" } else { "''" };
            clean(tx, table, column, &["id"], other, |text| Some(one_line(text))).await?;
        }
    }
    for (table, columns, paragraphs) in JSON {
        let keys: &[&str] = if table == "text" { &["subject", "language"] } else { &["id"] };
        for column in columns {
            clean(tx, table, column, keys, "''", |text| {
                let mut value = serde_json::from_str(text).ok()?;
                let has_changed = match (&mut value, table) {
                    (serde_json::Value::Object(fields), "text") => fields
                        .iter_mut()
                        .filter(|(name, _)| ["title", "name"].contains(&name.as_str()))
                        .fold(false, |changed, (_, value)| changed | tidy(value, &[])),
                    (value, _) => tidy(value, paragraphs),
                };
                has_changed.then(|| value.to_string())
            })
            .await?;
        }
    }
    // What happened is told by titles as they were then.
    clean(tx, "log", "summary", &["seq"], "''", |text| Some(one_line(text))).await
}

/// Whether a letter has no place in a single line.
fn is_control(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')
}

/// A text as one line.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split(is_control).map(str::trim).filter(|words| !words.is_empty()).collect();
    words.join(" ")
}

/// Makes every text below a value one line; answers whether any was not.
fn tidy(value: &mut serde_json::Value, paragraphs: &[&str]) -> bool {
    match value {
        serde_json::Value::String(text) if text.contains(is_control) => {
            *text = one_line(text);
            true
        }
        serde_json::Value::Array(items) => items.iter_mut().fold(false, |changed, item| changed | tidy(item, paragraphs)),
        serde_json::Value::Object(fields) => {
            let lines = fields.iter_mut().filter(|(name, _)| !paragraphs.contains(&name.as_str()));
            lines.fold(false, |changed, (_, value)| changed | tidy(value, paragraphs))
        }
        _ => false,
    }
}

/// Gives what may have controls in a column to `mend`, and keeps what that makes of it; where nothing is left, what `other` names.
async fn clean(
    tx: &DatabaseTransaction,
    table: &str,
    column: &str,
    keys: &[&str],
    other: &str,
    mend: impl Fn(&str) -> Option<String> + Send,
) -> Result<(), DbErr> {
    let backend = tx.get_database_backend();
    // A backslash is where JSON may tell of one.
    let found = match backend {
        DbBackend::Sqlite => format!(
            "instr({column}, char(92)) > 0 OR {column} GLOB '*[' || char(1) || '-' || char(31) || char(127) || '-' || char(159) || char(8232) || char(8233) || ']*'"
        ),
        _ => format!("{column} ~ '[\\u0001-\\u001f\\u007f-\\u009f\\u2028\\u2029]' OR position('\\' in {column}) > 0"),
    };
    let select =
        format!("SELECT {}, {column} AS found, {other} AS other FROM {table} WHERE {column} IS NOT NULL AND ({found})", keys.join(", "));
    for row in tx.query_all_raw(Statement::from_string(backend, select)).await? {
        let text: String = row.try_get("", "found")?;
        let Some(mut mended) = mend(&text).filter(|mended| *mended != text) else { continue };
        if mended.is_empty() {
            mended = row.try_get("", "other")?;
        }
        let mut update = Query::update();
        update.table(Alias::new(table)).value(Alias::new(column), mended);
        for key in keys {
            let value: Value = match *key {
                "language" => row.try_get::<String>("", key)?.into(),
                "seq" => row.try_get::<i64>("", key)?.into(),
                _ => row.try_get::<uuid::Uuid>("", key)?.into(),
            };
            update.and_where(Expr::col(Alias::new(*key)).eq(value));
        }
        tx.execute_raw(backend.build(&update)).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_lines_lose_their_controls_and_paragraphs_keep_them() {
        assert_eq!(one_line("Eve\r\nBcc: x\u{85}"), "Eve Bcc: x");
        let mut value = serde_json::json!([{ "claim": "one\ntwo", "by": "A\u{2028}B" }]);
        assert!(tidy(&mut value, &["claim"]));
        assert_eq!(value, serde_json::json!([{ "claim": "one\ntwo", "by": "A B" }]));
        assert!(!tidy(&mut value, &["claim"]));
    }
}
