#!/usr/bin/env bash
# The README's two commands on a bare Debian, tried by hand: tests/bare.sh SUITE [ROOM], as root, with debootstrap installed.
#
#   SUITE  bookworm, trixie, forky, …
#   ROOM   the folder to make the bare system in (/tmp/bare-SUITE); it is left there to look at: rm -r removes it
#   AS     root (the default), or user: all is then done by a user without sudo, and root installs what that user is told
#
# The system gets Debian's smallest set of packages, git, make, python3 and this project as it is committed. Of this machine it sees what
# apt and pip are told here: mirrors, proxies, certificates, folders of wheels; no package that is installed here, and no cache.
# It prints what each command took, and the MB that were downloaded. About 15 minutes, 3 GB on disk; 5 GB more where torch comes with CUDA's
# libraries.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
suite=${1:?usage: tests/bare.sh SUITE [ROOM]}
room=${2:-/tmp/bare-$suite}
as=${AS:-root}
book=/home/author/book

if [ -z "${BARE_INSIDE:-}" ]; then
  [ "$(id -u)" = 0 ] || { echo "tests/bare.sh: only root can make a system in a folder" >&2; exit 1; }
  command -v debootstrap >/dev/null || { echo "tests/bare.sh: apt-get install debootstrap" >&2; exit 1; }
  [ ! -e "$room" ] || { echo "tests/bare.sh: $room is there already; rm -r $room" >&2; exit 1; }
  # In namespaces of its own, all that it mounts and starts ends with it.
  BARE_INSIDE=1 exec unshare --mount --pid --fork --kill-child "$0" "$suite" "$room"
fi

# inside USER COMMAND: in the bare system, with this machine's settings of pip in the environment.
settings=$(env | grep -E '^(PIP_[A-Z_]*|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|TORCH_INDEX|(https?|no|all|HTTPS?|NO|ALL)_(proxy|PROXY))=' || true)
inside() {
  local home=/root
  [ "$1" = root ] || home=/home/$1
  mapfile -t pairs <<<"$settings"
  chroot --userspec="$1" "$room" env -i HOME="$home" USER="$1" LANG=C.UTF-8 ${settings:+"${pairs[@]}"} \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash -c "cd; cd $book 2>/dev/null; $2"
}

say() { printf '%-64s %s\n' "$1" "$2"; }

# timed WHAT USER COMMAND: its output in ROOM.log, its time here; stops the script where it fails.
timed() {
  local start=$EPOCHREALTIME
  echo "==== $1" >>"$room.log"
  inside "$2" "$3" >>"$room.log" 2>&1 || { say "$1" FAILED; tail -n 40 "$room.log"; exit 1; }
  say "$1" "$(awk "BEGIN { printf \"%.1f s\", $EPOCHREALTIME - $start }")"
}

megabytes() { du -sm --apparent-size "$@" 2>/dev/null | awk '{ sum += $1 } END { printf "%d", sum }'; }
packages() { megabytes "$room/var/cache/apt/archives" "$room/var/lib/apt/lists"; }

# ---- A bare system -----------------------------------------------------------------------------------------------
# shellcheck disable=SC2016 # apt-get's own names
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
script=/usr/share/debootstrap/scripts/$suite
[ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid  # a release that is newer than debootstrap here
: >"$room.log"
debootstrap --variant=minbase "$suite" "$room" "$mirror" "$script" >>"$room.log" 2>&1 || { tail "$room.log"; exit 1; }
echo "deb $mirror $suite main" >"$room/etc/apt/sources.list"
apt-config dump | grep -E '^Acquire::(https?|Check-[A-Za-z-]*|Retries)\b.* "[^"]+";' >"$room/etc/apt/apt.conf.d/90settings" || true
cp /etc/resolv.conf "$room/etc/"
for file in /etc/pip.conf /etc/ssl/certs /usr/local/share/ca-certificates; do
  [ ! -e "$file" ] || { mkdir -p "$room${file%/*}" && cp -rL "$file" "$room${file%/*}/"; }
done
mount --bind "$room" "$room" # so that its / is a mount, as bubblewrap needs it to be
mount -t proc proc "$room/proc"
mount --rbind /dev "$room/dev"
for wheels in ${PIP_FIND_LINKS:-}; do
  if [ -d "$wheels" ]; then mkdir -p "$room$wheels" && mount --bind "$wheels" "$room$wheels"; fi
done
inside root "useradd --create-home author"
timed "apt-get install git make python3 ca-certificates" root "apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
  apt-get -qq install -y --no-install-recommends git make python3 ca-certificates"
git clone -q "$project" "$room$book" 2>>"$room.log"
chroot "$room" chown -R author "$book"
# shellcheck disable=SC2016 # the bare system's own variables
say "$(inside root '. /etc/os-release; echo "$PRETTY_NAME"'), $(inside root 'python3 -V')" "commit $(git -C "$project" rev-parse --short HEAD)"
before=$(packages)

# ---- A user who may not install anything is told all at once --------------------------------------------------------
start=$EPOCHREALTIME
if inside author "make book" >"$room.told" 2>&1; then echo "make book went well without TeX"; exit 1; fi
say "make book, by a user without sudo: told what is missing" "$(awk "BEGIN { printf \"%.1f s\", $EPOCHREALTIME - $start }")"
tee -a "$room.log" <"$room.told"
[ ! -e "$room$book/.venv" ] || { echo "something was installed before it was said what is missing"; exit 1; }
install=$(grep -oE 'apt-get update && apt-get install .*' "$room.told")

# ---- Two commands ----------------------------------------------------------------------------------------------------
if [ "$as" = user ]; then
  user=author
  timed "what the user was told to install, by root" root "DEBIAN_FRONTEND=noninteractive; $install"
else
  user=root
  chroot "$room" chown -R root "${book%/*}" # a home is closed to others, and to a root without its rights
fi
timed "make setup" "$user" "make setup"
say "  downloaded: packages of the system, of Python" "$(($(packages) - before)) MB, $(
  grep -oE 'Downloading .*\([0-9.]+ [kM]B\)' "$room$book/.venv/pip.log" | sed -E 's/.*\(([0-9.]+) (.)B\)/\1 \2/' |
    awk '{ sum += $2 == "M" ? $1 : $1 / 1000 } END { printf "%d MB", sum }')"
timed "make book" "$user" "make book"
timed "make book, again" "$user" "make book"
timed "make test" "$user" "make test"
tail -n 1 "$room.log"
timed "the slow tests, one of which builds a German book" "$user" "BOOK=tests/books/everything sh pipeline/setup/setup.sh && .venv/bin/pytest -n auto --dist worksteal -m slow"
tail -n 1 "$room.log"
timed "make book, again" "$user" "make book"
[ -z "$(inside "$user" 'git status --porcelain')" ] || { echo "the clone has changed:"; inside "$user" 'git status --short'; exit 1; }
say "on disk: the system, the project" "$(megabytes "$room") MB, $(megabytes "$room$book") MB"
