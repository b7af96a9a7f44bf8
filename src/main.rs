//! Parses, calls, exits.
use std::{path::Path, process::ExitCode};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // The child that reads hostile files must not start anything else.
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, command, flag, media_type, path] = &arguments[..]
        && command == "extract-text"
        && flag == "--media-type"
    {
        return hansa::extract::child_main(media_type, Path::new(path));
    }
    hansa::cli::main()
}
