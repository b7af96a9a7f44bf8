//! The demonstration: an import of the files in `demo/`, nothing special-cased, and tokens for its people.
use std::path::{Path, PathBuf};

use crate::{
    app::Store,
    base::{Code, Result, refuse},
    domain::person,
    kernel::import::{Options, Verdict},
};

/// Of the content, what belongs to the programme that is invented throughout: what the first programme's page does not tell.
const INVENTED: &str = "invented";

/// The demonstration content: beside the place the hub is started from, else in the source tree it was built from.
fn folder() -> Option<PathBuf> {
    [PathBuf::from("demo"), Path::new(env!("CARGO_MANIFEST_DIR")).join("demo")].into_iter().find(|path| path.join("README.md").is_file())
}

/// Fills an empty hub; a hub that holds anything is left as it is.
pub async fn fill(store: &Store) -> Result<()> {
    if store.log.head() > 0 {
        return Ok(());
    }
    let Some(folder) = folder() else {
        return refuse(Code::NotFound, "demo", "The demonstration content is not here: start the hub in the project's folder.");
    };
    // All or nothing: a start that was cut off leaves an empty hub for the next one.
    let folders = [folder.clone(), folder.join(INVENTED)];
    let report = store.import(&folders, Options { atomic: true, ..Options::default() }).await?;
    for (line, verdict) in &report.verdicts {
        if let Verdict::Refused(why) = verdict {
            tracing::error!(file = %line.file.display(), line = line.number, kind = line.kind, slug = line.slug, why, "a demonstration record was refused");
        }
    }
    println!(
        "The demonstration content is in: {} records. Its people and their tokens, shown this once:",
        report.count(|verdict| *verdict == Verdict::Created)
    );
    for (line, _) in report.verdicts.iter().filter(|(line, verdict)| line.kind == "person" && *verdict == Verdict::Created) {
        println!("  {:24} {}", line.slug, person::token_for(&store.writer, &line.slug).await?);
    }
    Ok(())
}
