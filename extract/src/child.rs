//! The child's side: give up every right but one open file, read it, write pages.

use super::wire::Pages;
use super::{Format, Limits, NoText, docx, epub, html, json, markdown, odf, ole, pdf, plain, pptx, rtf, xlsx};
use rlimit::Resource;
use std::fs::File;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::process::ExitCode;
use std::thread;

/// Stack of the thread that reads. Parsers recurse; what overflows this ends the child, nothing else.
const STACK_BYTES: usize = 32 << 20;

/// The body of the hidden subcommand `extract-text --media-type M PATH`: writes the text of one file
/// to standard output in the frames of `wire`, under the limits its parent put into the environment.
///
/// Call it first thing in `main`, before any runtime, pool or logger: limits are set for the whole
/// process, and it is silent from then on. Fails only when nobody reads what it writes.
pub fn child_main(media_type: &str, path: &Path) -> ExitCode {
    let limits = std::env::var(Limits::VARIABLE).ok().and_then(|text| Limits::from_variable(&text)).unwrap_or_default();
    panic::set_hook(Box::new(|_| {}));
    let mut pages = Pages::new(io::stdout(), limits.text_bytes as usize);
    let media_type = media_type.to_owned();
    let reading = open(path, &limits).and_then(|file| {
        fence(&limits).map_err(|error| NoText::NotRun(format!("a limit could not be set: {error}")))?;
        Ok(thread::Builder::new().stack_size(STACK_BYTES).spawn(move || {
            let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
                Resource::NPROC.set(0, 0).map_err(|error| NoText::NotRun(error.to_string()))?;
                read(file, &media_type, &limits, &mut pages)
            }));
            pages.finish(outcome.unwrap_or_else(|panic| Err(NoText::broken(pdf::sentence(&*panic)))))
        }))
    });
    let written = match reading {
        Ok(Ok(thread)) => thread.join().unwrap_or_else(|_| Err(io::Error::other("the reader gave up"))),
        Ok(Err(error)) => Pages::new(io::stdout(), 0).finish(Err(NoText::NotRun(error.to_string()))),
        Err(why) => Pages::new(io::stdout(), 0).finish(Err(why)),
    };
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Reads the text of a file in this process. Only for the child, and for tests of harmless files.
pub(super) fn read(file: File, media_type: &str, limits: &Limits, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    match Format::of(media_type).ok_or(NoText::Unsupported)? {
        Format::Pdf => pdf::read(file, pages),
        Format::Docx => docx::read(file, limits, pages),
        Format::Pptx => pptx::read(file, limits, pages),
        Format::Xlsx => xlsx::read(file, pages),
        Format::OpenDocument(office) => odf::read(file, office, limits, pages),
        Format::Epub => epub::read(file, limits, pages),
        Format::Rtf => rtf::read(file, pages),
        Format::Html => html::read(file, pages),
        Format::Markdown => markdown::read(file, pages),
        Format::Json => json::read(file, pages),
        Format::Plain => plain::read(file, pages),
        Format::Ole => ole::read(file),
    }
}

fn open(path: &Path, limits: &Limits) -> Result<File, NoText> {
    let not_run = |error: io::Error| NoText::NotRun(error.to_string());
    let file = File::open(path).map_err(not_run)?;
    limits.admit(&file.metadata().map_err(not_run)?)?;
    Ok(file)
}

/// Gives up what reading doesn't need. Pipes already open stay usable; nothing new can be opened.
fn fence(limits: &Limits) -> io::Result<()> {
    let memory = held_bytes() + STACK_BYTES as u64 + limits.memory_bytes;
    Resource::AS.set(memory, memory)?;
    // At the first limit the kernel says which one it was, at the second it insists.
    Resource::CPU.set(limits.cpu_s, limits.cpu_s + 1)?;
    Resource::CORE.set(0, 0)?;
    Resource::FSIZE.set(0, 0)?;
    Resource::NOFILE.set(0, 0)
}

/// The address space held already: the program, its libraries, what the allocator keeps in reserve.
/// Where the system doesn't tell, a gigabyte is granted.
fn held_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or(1 << 30, |kilobytes| kilobytes << 10)
}
