#!/usr/bin/env bash
# Puts one function's binary where sam wants it, after one workspace build that all functions share: bootstrap.sh OpenUpload DIR
#   JUSTFAX_BUILT=1         the workspace has just been built, do not ask cargo again
#   CARGO_BUILD_TARGET=...  another architecture, e.g. aarch64-unknown-linux-gnu (with the parameter Architecture=arm64)
set -euo pipefail

name=$(sed 's/\([a-z]\)\([A-Z]\)/\1-\2/g' <<<"$1" | tr '[:upper:]' '[:lower:]')
folder="${CARGO_TARGET_DIR:-target}${CARGO_BUILD_TARGET:+/$CARGO_BUILD_TARGET}/release"

if [[ -z ${JUSTFAX_BUILT:-} ]]; then
    cargo build --release --locked --workspace --quiet
fi

# provided.al2023 has glibc 2.34: a binary that asks for more would fail at its first start, in production.
newest=$(objdump -T "$folder/$name" | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -n 1)
if [[ $(printf '%s\nGLIBC_2.34\n' "$newest" | sort -V | tail -n 1) != GLIBC_2.34 ]]; then
    echo "$name needs $newest, but provided.al2023 has GLIBC_2.34: build on Debian 12 or an older system" >&2
    exit 1
fi

cp "$folder/$name" "$2/bootstrap"
