//! Uploads by the GraphQL multipart request specification: `operations`, then `map`, then the files it names.
//!
//! Invariant: a file is never whole in memory; it goes to disk piece by piece and is hashed on the way.
//! Invariant: on any refusal the files received so far are deleted (they delete themselves, see `relay::upload`).

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use async_graphql::Value;
use futures_util::StreamExt;
use multer::{Constraints, Field, Multipart, SizeLimit};
use poem::Body;
use sha2::{Digest, Sha256};
use tokio::{fs::File, io::AsyncWriteExt};

use super::{
    body::{Share, pieces, too_large},
    code::{Code, Refusal},
    document::hold,
    engine::Engine,
    lexer,
    limits::{Limits, count, length},
    params::{Asked, Params, not_json},
};
use crate::relay::upload::{Files, ReceivedFile, Upload};

/// Reads an upload. `boundary` is that of the content type.
pub async fn read(body: Body, boundary: String, engine: &Engine, folder: &Path) -> Result<Asked, Refusal> {
    let limits = &engine.limits;
    let whole = limits.upload_bytes.saturating_mul(limits.upload_files).saturating_add(2 * limits.body_bytes);
    let stream = pieces(body, limits.body_idle_timeout_ms, limits.upload_timeout_ms);
    let stream = stream.map(|piece| piece.map_err(Cut));
    let sizes = SizeLimit::new().whole_stream(whole).per_field(limits.upload_bytes);
    let mut parts = Multipart::with_constraints(stream, boundary, Constraints::new().size_limit(sizes));
    let mut share = Share::default();

    let operations = text(&mut parts, "operations", &mut share, engine).await?;
    lexer::scan_json(&operations, limits.variable_values)?;
    let mut operations: Value = serde_json::from_slice(&operations).map_err(|error| not_json(&error))?;
    let map = text(&mut parts, "map", &mut share, engine).await?;
    lexer::scan_json(&map, limits.variable_values)?;
    let map: HashMap<String, Vec<String>> = serde_json::from_slice(&map).map_err(|error| not_json(&error))?;
    hold("upload_files", count(map.len()), limits.upload_files)?;

    let mut files: Vec<ReceivedFile> = vec![];
    let mut waiting = map;
    while let Some(part) = parts.next_field().await.map_err(|error| refuse(error, limits))? {
        let Some(paths) = part.name().and_then(|name| waiting.remove(name)) else {
            return Err(wrong("A part of the upload is not in its `map`, or there twice."));
        };
        for path in &paths {
            let place = find(&mut operations, path).filter(|place| **place == Value::Null);
            *place.ok_or_else(|| wrong("A path of the `map` does not lead to a null in the variables."))? = Upload::place(files.len());
        }
        files.push(receive(part, folder, limits).await?);
    }
    if !waiting.is_empty() {
        return Err(wrong("A file named in the `map` was not sent."));
    }
    into_asked(operations, &Files::new(files), limits)
}

fn into_asked(operations: Value, files: &Files, limits: &Limits) -> Result<Asked, Refusal> {
    let with_files = |value| Params::from_value(value).map(|params| Params { files: Some(files.clone()), ..params });
    match operations {
        Value::List(batch) if batch.is_empty() => Err(wrong("A batch must not be empty.")),
        Value::List(batch) => {
            hold("batch", count(batch.len()), limits.batch)?;
            batch.into_iter().map(with_files).collect::<Result<_, _>>().map(Asked::Batch)
        }
        one => with_files(one).map(Asked::One),
    }
}

/// The next part, which must be a text of this name.
async fn text(parts: &mut Multipart<'static>, name: &str, share: &mut Share, engine: &Engine) -> Result<Vec<u8>, Refusal> {
    let limits = &engine.limits;
    let part = parts.next_field().await.map_err(|error| refuse(error, limits))?;
    let Some(mut part) = part.filter(|part| part.name() == Some(name)) else {
        return Err(wrong(format!("An upload must begin with the parts `operations` and `map`; `{name}` is missing.")));
    };
    let mut bytes = vec![];
    while let Some(piece) = part.chunk().await.map_err(|error| refuse(error, limits))? {
        let size = bytes.len() + piece.len();
        if size > length(limits.body_bytes) {
            return Err(too_large("body_bytes", count(size), limits.body_bytes));
        }
        share.grow(size, &engine.bodies, limits.bodies_bytes)?;
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

async fn receive(mut part: Field<'static>, folder: &Path, limits: &Limits) -> Result<ReceivedFile, Refusal> {
    let file_name = part.file_name().unwrap_or("file").chars().take(255).collect();
    let declared_type = part.content_type().map(|of| of.as_ref().chars().take(255).collect());
    let path: PathBuf = folder.join(format!("received-{}", uuid::Uuid::new_v4()));
    let fault = |error: std::io::Error| {
        tracing::error!(%error, folder = %folder.display(), "a received file could not be written");
        Refusal::new(Code::Internal, "The file could not be stored.")
    };
    let mut received = ReceivedFile::begin(path.clone(), file_name, declared_type);
    let mut file = File::create_new(&path).await.map_err(fault)?;
    let mut hash = Sha256::new();
    while let Some(piece) = part.chunk().await.map_err(|error| refuse(error, limits))? {
        received.size += count(piece.len());
        hash.update(&piece);
        file.write_all(&piece).await.map_err(fault)?;
    }
    file.flush().await.map_err(fault)?;
    received.sha256 = hash.finalize().into();
    Ok(received)
}

/// The place that `variables.input.files.0` or, in a batch, `1.variables.file` leads to.
fn find<'a>(operations: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    let is_batch = matches!(operations, Value::List(_));
    if path.split('.').nth(usize::from(is_batch)) != Some("variables") {
        return None;
    }
    path.split('.').try_fold(operations, |value, step| match value {
        Value::Object(object) => object.get_mut(step),
        Value::List(list) => list.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    })
}

fn wrong(sentence: impl Into<String>) -> Refusal {
    Refusal::new(Code::BadRequest, sentence)
}

/// A refusal on its way through the multipart reader.
#[derive(Debug)]
struct Cut(Refusal);

impl std::fmt::Display for Cut {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0.message)
    }
}

impl std::error::Error for Cut {}

fn refuse(error: multer::Error, limits: &Limits) -> Refusal {
    match error {
        multer::Error::StreamReadFailed(cause) => match cause.downcast::<Cut>() {
            Ok(cut) => cut.0,
            Err(_) => wrong("The upload ended before it was complete."),
        },
        multer::Error::FieldSizeExceeded { limit, .. } => too_large("upload_bytes", limit.saturating_add(1), limits.upload_bytes),
        multer::Error::StreamSizeExceeded { limit } => too_large("upload_bytes", limit.saturating_add(1), limit),
        other => wrong(format!("The upload is not multipart as expected: {other}")),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{Value, value};

    use super::find;

    #[test]
    fn paths_lead_into_variables_only() {
        let mut one: Value = value!({"query": "", "variables": {"input": {"files": [null, null]}}});
        assert!(find(&mut one, "variables.input.files.1").is_some());
        for wrong in ["query", "variables.input.files.2", "variables.other", "0.variables.input", ""] {
            assert!(find(&mut one, wrong).is_none(), "{wrong}");
        }
        let mut batch: Value = value!([{"variables": {"file": null}}]);
        assert!(find(&mut batch, "0.variables.file").is_some());
        assert!(find(&mut batch, "variables.file").is_none());
    }
}
