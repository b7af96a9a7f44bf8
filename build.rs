//! How the hub is linked.
use std::env;

fn main() -> Result<(), env::VarError> {
    println!("cargo:rerun-if-changed=build.rs");
    // Of functions that came out alike one is kept: two megabytes. Not in `dist`, whose line tables name them; and by the linker that Rust brings
    // for this target: others don't know the flag.
    if env::var("PROFILE")? == "release" && env::var("OPT_LEVEL")? == "1" && env::var("TARGET")? == "x86_64-unknown-linux-gnu" {
        println!("cargo:rustc-link-arg-bins=-Wl,--icf=all");
    }
    Ok(())
}
