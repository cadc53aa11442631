//! Binds two functions of the C library to their oldest version, as `functions/prepare/build.rs` does and explains: the
//! fonts of the report are subset by the same geometry that the renderer uses.

fn main() {
    let source = "../prepare/glibc/hypot.c";
    println!("cargo:rerun-if-changed={source}");
    if std::env::var("CARGO_CFG_TARGET_ENV").unwrap_or_default() == "gnu" {
        cc::Build::new().file(source).flag("-fno-builtin").link_lib_modifier("+whole-archive").compile("hypot");
    }
}
