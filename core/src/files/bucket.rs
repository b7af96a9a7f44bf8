//! Opening a bucket: by the usual `AWS_…` variables, with a patience that suits somebody who waits for an answer.
use std::{sync::Arc, time::Duration};

use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig, aws::AmazonS3Builder, path::Path as Key, prefix::PrefixStore};

use crate::base::tls;

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(2);
/// How long the store may be silent. There is no limit to a whole request: a large file takes as long as its reader takes.
const SILENCE: Duration = Duration::from_secs(10);
/// Who waits is told soon, and comes again: a request that fails is tried three times within this.
const RETRY: Duration = Duration::from_secs(2);
const RETRIES: usize = 2;

/// The bucket of `s3://bucket/prefix`, or what is wrong with it. `variables` are those of the environment.
pub(super) fn open(url: &str, variables: impl IntoIterator<Item = (String, String)>) -> Result<Arc<dyn ObjectStore>, String> {
    let place = url.strip_prefix("s3://").unwrap_or(url);
    let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
    if bucket.is_empty() {
        return Err(format!("{url} names no bucket, as s3://bucket/prefix does"));
    }
    tls::provide_ciphers();
    let patience = ClientOptions::new().with_connect_timeout(CONNECT).with_timeout_disabled().with_read_timeout(SILENCE);
    let retry = RetryConfig {
        backoff: BackoffConfig { init_backoff: Duration::from_millis(50), max_backoff: Duration::from_millis(500), base: 2. },
        max_retries: RETRIES,
        retry_timeout: RETRY,
    };
    let mut builder = AmazonS3Builder::new().with_client_options(patience).with_retry(retry);
    for (name, value) in variables {
        if name.starts_with("AWS_")
            && let Ok(key) = name.to_ascii_lowercase().parse()
        {
            builder = builder.with_config(key, value);
        }
    }
    let store = builder.with_bucket_name(bucket).build().map_err(|cause| format!("{url} can't be opened: {cause}"))?;
    Ok(Arc::new(PrefixStore::new(store, Key::from(prefix))))
}
