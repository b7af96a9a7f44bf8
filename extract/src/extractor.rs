//! The parent's side: starts children, counts what they write, ends them in time.

use super::{Extraction, Format, Limits, NoText, wire};
use std::ffi::OsStr;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Signals that end a child and tell why; their numbers are the same on every Unix.
const SIGABRT: i32 = 6;
const SIGKILL: i32 = 9;
const SIGXCPU: i32 = 24;
/// How much of a child's last words is read, in bytes.
const LAST_WORDS: u64 = 4_096;

/// Reads documents in child processes, a few at a time.
#[derive(Debug)]
pub struct Extractor {
    program: PathBuf,
    limits: Limits,
    slots: Semaphore,
}

impl Extractor {
    /// An extractor that runs at most `at_once` children (at least one), each under these limits.
    /// The children are this very program.
    pub fn new(limits: Limits, at_once: usize) -> io::Result<Self> {
        // The link to the running program stays right when an upgrade replaces its file.
        let running = PathBuf::from("/proc/self/exe");
        let program = if running.exists() { running } else { std::env::current_exe()? };
        Ok(Self { program, limits, slots: Semaphore::new(at_once.max(1)) })
    }

    /// The same, with another program that knows the subcommand `extract-text`. For tests, whose own
    /// program doesn't.
    pub fn with_program(self, program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), ..self }
    }

    /// True when text can be extracted from this media type.
    pub fn supports(media_type: &str) -> bool {
        Format::of(media_type).is_some()
    }

    /// The text of the file at `path`, which is of `media_type` as [`super::media_type`] found it.
    ///
    /// Waits for a free place first; the limit of time counts from then. Dropping the future ends the
    /// child. When the child fails after it gave pages with text, these are the answer, as truncated.
    pub async fn text_of(&self, path: &Path, media_type: &str) -> Result<Extraction, NoText> {
        if !Self::supports(media_type) {
            return Err(NoText::Unsupported);
        }
        self.limits.admit(&tokio::fs::metadata(path).await.map_err(not_run)?)?;
        let _slot = self.slots.acquire().await.map_err(not_run)?;
        let mut child = self.start(path, media_type).map_err(not_run)?;
        let mut got = Extraction::default();
        let outcome = timeout(self.limits.time, listen(&mut child, self.limits.text_bytes as usize, &mut got)).await;
        // Whether it finished or not, nothing of it remains when the slot is given back.
        let _ = child.kill().await;
        match outcome.unwrap_or(Err(NoText::TooLong)) {
            Ok(()) => Ok(got),
            Err(_) if got.pages.iter().any(|page| !page.is_empty()) => Ok(Extraction { truncated: true, ..got }),
            Err(why) => Err(why),
        }
    }

    fn start(&self, path: &Path, media_type: &str) -> io::Result<Child> {
        // An absolute path: it can't be taken for an option, and the child starts elsewhere.
        let path = std::path::absolute(path)?;
        Command::new(&self.program)
            .args([OsStr::new("extract-text"), "--media-type".as_ref(), media_type.as_ref(), path.as_ref()])
            // Settings may hold secrets; a document's reader needs none.
            .env_clear()
            .env(Limits::VARIABLE, self.limits.to_variable())
            // The program's allocator would take a gigabyte at its start and hand it out under no limit.
            // Held by the test `a_stream_that_unpacks_beyond_the_memory_is_too_large`.
            .env("MIMALLOC_ARENA_RESERVE", "0")
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
    }
}

/// Reads what the child writes, to its end.
async fn listen(child: &mut Child, room: usize, got: &mut Extraction) -> Result<(), NoText> {
    let (Some(mut stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(NoText::NotRun("the child has no pipes".to_owned()));
    };
    let broken = match wire::receive(&mut stdout, room, got).await {
        Ok(outcome) => return outcome,
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => NoText::broken("the reader ended early"),
        Err(error) => return Err(NoText::broken(error)),
    };
    let mut words = Vec::new();
    stderr.take(LAST_WORDS).read_to_end(&mut words).await.map_err(not_run)?;
    let words = String::from_utf8_lossy(&words);
    let status = child.wait().await.map_err(not_run)?;
    Err(match status.signal() {
        Some(SIGXCPU) => NoText::TooLong,
        // Nobody here sent it: the system was short of memory.
        Some(SIGKILL) => NoText::TooLarge,
        Some(SIGABRT) if words.contains("memory allocation") => NoText::TooLarge,
        Some(SIGABRT) if words.contains("overflowed its stack") => NoText::broken("nested too deeply"),
        Some(signal) => NoText::broken(format!("the reader ended by signal {signal}")),
        None => broken,
    })
}

fn not_run(error: impl std::fmt::Display) -> NoText {
    NoText::NotRun(error.to_string())
}
