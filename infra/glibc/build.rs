//! Binds two functions of the C library to their oldest version, so that the binary starts on `provided.al2023`: the build
//! script of every function that renders pages or sets reports, which names it in its `Cargo.toml`.
//!
//! The alternative, building on an older system, would bind every developer to it; see `hypot.c` for the cause and
//! `infra/build/bootstrap.sh` for the check that would notice the next such function. It is a script of functions and
//! not a library that they link, because only the last link of a binary can put it before the C library's own.

fn main() {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../../infra/glibc/hypot.c");
    println!("cargo:rerun-if-changed={source}");
    let target = std::env::var("CARGO_CFG_TARGET_ENV").unwrap_or_default();
    if target != "gnu" {
        return;
    }
    // Whole, because a linker that reads from left to right would find the C library's own before it needs this one.
    cc::Build::new().file(source).flag("-fno-builtin").link_lib_modifier("+whole-archive").compile("hypot");
}
