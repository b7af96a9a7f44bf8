//! Asks the store of documents' files now and then, so that meters tell of one that is away before anybody needs it.
use super::{Pulse, Task};
use crate::files::Files;

/// The task.
pub struct FilesWatch(pub Files);

impl Task for FilesWatch {
    const NAME: &'static str = "documents";

    async fn run(&self, _: &Pulse) {
        self.0.watch().await;
    }
}
