//! Binds two functions of the C library to their oldest version, so that the binary starts on `provided.al2023`.
//!
//! The alternative, building on an older system, would bind every developer to it; see `glibc/hypot.c` for the cause and
//! `infra/build/bootstrap.sh` for the check that would notice the next such function.

fn main() {
    println!("cargo:rerun-if-changed=glibc/hypot.c");
    let target = std::env::var("CARGO_CFG_TARGET_ENV").unwrap_or_default();
    if target != "gnu" {
        return;
    }
    // Whole, because a linker that reads from left to right would find the C library's own before it needs this one.
    cc::Build::new().file("glibc/hypot.c").flag("-fno-builtin").link_lib_modifier("+whole-archive").compile("hypot");
}
