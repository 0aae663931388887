# What the tests in real editors share. Sourced, from bash with `set -euo pipefail`.
#
# CABLE_LSP_BIN        a built server to test; without it `cargo build` makes one
# CABLE_EDITORS_CACHE  where unpacked editors are kept; without it `target/editors`
# CI=true              what would be skipped is a failure

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
editors_cache=${CABLE_EDITORS_CACHE:-$repository/target/editors}
editors_artefacts=$repository/target/editors/artefacts
mkdir -p "$editors_cache" "$editors_artefacts"
editors_cache=$(cd "$editors_cache" && pwd)

# The exit status that says "skipped" to tests/editors/run.
editors_skipped=77

passed=0
failed=0

# pass WHAT
pass() {
    passed=$((passed + 1))
    echo "ok    $1"
}

# fail WHAT
fail() {
    failed=$((failed + 1))
    echo "FAIL  $1"
}

# check WHAT COMMAND...: passes when the command does.
check() {
    local what=$1
    shift
    if "$@"; then pass "$what"; else fail "$what"; fi
}

# The closing line; the exit status says the same.
editors_finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# editors_skip WHY: these tests cannot run here. Says so; in CI that is a failure.
editors_skip() {
    if [ "${CI:-}" = true ]; then
        echo "FAIL  cannot run in CI: $1"
        exit 1
    fi
    echo "skipped: $1"
    exit "$editors_skipped"
}

# need_debian EDITOR: the editors come from Debian's archive.
need_debian() {
    if ! command -v apt-get >/dev/null || ! grep -qs '^ID=debian' /etc/os-release; then
        editors_skip "$1 is taken from Debian's archive, and this is no Debian; run this in a debian:bookworm container"
    fi
}

# retry_once WHAT COMMAND...: for downloads. A download that fails twice is no failed test, and is called what it is.
retry_once() {
    local what=$1
    shift
    "$@" && return
    echo "$what: once more" >&2
    "$@" && return
    echo "FAIL  could not get $what: no test ran" >&2
    return 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Two editors may be installed side by side, and apt does not wait for itself.
apt_install() (
    exec 9>"$editors_cache/apt.lock"
    flock 9
    as_root apt-get update -q >/dev/null &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null
)

# install_packages PACKAGE...: from the Debian that runs here. Packages that are installed are not asked for.
install_packages() {
    local package missing=()
    for package; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        retry_once "${missing[*]}" apt_install "${missing[@]}"
    fi
}

unpack() {
    local suite=$1 folder=$2
    shift 2
    rm -rf "$folder"
    # A suite that is not released is sometimes served past its date.
    mmdebstrap --quiet --variant=extract --aptopt='Acquire::Check-Valid-Until "false"' \
        --include="$(IFS=, && echo "$*")" "$suite" "$folder"
}

# debian_root SUITE PACKAGE...: unpacks packages of another Debian, with all they need, and names the folder. No
# maintainer script runs and nothing of this system changes.
debian_root() {
    local suite=$1 folder=$editors_cache/$1-$2
    shift
    if [ ! -e "$folder/unpacked" ]; then
        install_packages mmdebstrap patchelf >&2
        retry_once "$1 of $suite" unpack "$suite" "$folder" "$@" >&2
        touch "$folder/unpacked"
    fi
    echo "$folder"
}

# use_own_libraries ROOT PROGRAM: a program of an unpacked root then runs here, with the libraries it came with.
use_own_libraries() {
    local root=$1 program=$2 loader libraries
    loader=$(find "$root/usr" -name 'ld-linux*.so.*' -print -quit)
    libraries=$(dirname "$(find "$root/usr/lib" -name libc.so.6 -print -quit)")
    patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$root/$program"
}

# The server to test.
server_binary() {
    local binary=${CABLE_LSP_BIN:-}
    if [ -z "$binary" ]; then
        # The profile and the folder of the other tests, where it is built already.
        (cd "$repository" && cargo build --locked --quiet) >&2
        binary=${CARGO_TARGET_DIR:-$repository/target}/debug/cable-lsp
    fi
    realpath "$binary"
}

# A folder for one test, gone at the end: HOME of the editor, and `workspace` in it.
editors_home() {
    local home
    home=$(mktemp -d)
    mkdir -p "$home/workspace" "$home/bin"
    echo "$home"
}

# The longest that anything is waited for. Nothing good takes so long, even beside a build; only what fails does.
patience=90

# wait_for SECONDS COMMAND...: until the command passes. No test sleeps for a time that somebody guessed.
wait_for() {
    local until=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$until" ] || return 1
        sleep 0.05
    done
}
