#!/usr/bin/env bash
# Sets up a fresh machine: Python packages in .venv, TeX from the system's packages. Costs nothing once it is done.
set -euo pipefail
cd "$(dirname "$0")/.."

# The CPU build of torch: on Linux the ordinary index has only builds that pull several GB of CUDA packages.
# TORCH_INDEX=… chooses another index, such as PyTorch's for CUDA.
TORCH_INDEX=${TORCH_INDEX:-https://download.pytorch.org/whl/cpu}

# What the books need of TeX: a file of each package that may be missing.
TEX_FILES="memoir.cls pgfplots.sty microtype.sty natbib.sty plainnat.bst hyperref.sty mathpazo.sty tgpagella.sty t1xtt.tfm british.ldf bm.sty xpatch.sty showlabels.sty FOGRA39L_coated.icc"
APT="texlive-latex-base texlive-latex-recommended texlive-latex-extra texlive-pictures texlive-fonts-recommended tex-gyre fonts-texgyre latexmk poppler-utils ghostscript"
DNF="texlive-scheme-basic texlive-collection-latexrecommended texlive-collection-pictures texlive-collection-fontsrecommended texlive-babel-english texlive-xpatch texlive-showlabels texlive-colorprofiles latexmk poppler-utils ghostscript"
TLMGR="collection-latexrecommended collection-pictures collection-fontsrecommended babel-english xpatch showlabels colorprofiles latexmk"

say() { printf '%s\n' "$*" >&2; }

# as_root COMMAND…: runs it if this user may, without asking; fails otherwise.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo "$@"; else return 1; fi
}

apt_install() {
  command -v apt-get >/dev/null && as_root true || return 1
  say "set-up: installing $*"
  as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

python_ok() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

make_venv() {
  local python
  for python in python3 python3.13 python3.12 python3.11; do python_ok "$python" && break; done
  python_ok "$python" || { say "set-up: Python 3.11 or newer is missing; install it (Debian, Ubuntu: apt install python3)"; exit 1; }
  rm -rf .venv
  "$python" -m venv .venv >/dev/null 2>&1 || {
    apt_install python3-venv && rm -rf .venv && "$python" -m venv .venv
  } || { say "set-up: $python cannot make virtual environments; run: sudo apt install python3-venv"; exit 1; }
}

# pip_install PIP ARGUMENT…: torch alone from its own index, all else from the ordinary one.
pip_install() {
  local pip=$1 && shift
  "$pip" install -q --disable-pip-version-check --retries 2 "${@:2}" --extra-index-url "$TORCH_INDEX" "$(grep ^torch== "$1")"
  "$pip" install -q --disable-pip-version-check "${@:2}" -r "$1"
}

install_python() {
  [ -x .venv/bin/python ] && python_ok .venv/bin/python || make_venv
  say "set-up: installing Python packages into .venv"
  # The lock names every package, so --no-deps keeps out what torch would pull in for a GPU.
  pip_install .venv/bin/pip requirements.lock --no-deps
  [ "$TORCH_INDEX" != "${TORCH_INDEX%/cpu}" ] && ! .venv/bin/python -c 'import torch, sys; sys.exit(torch.version.cuda is not None)' && {
    say "set-up: this is a CUDA build of torch, or torch does not start; is $TORCH_INDEX within reach?"; exit 1; }
  cp requirements.lock .venv/requirements.lock
}

tex_missing() {
  local tool
  for tool in pdflatex bibtex latexmk pdftoppm gs; do command -v $tool >/dev/null || echo $tool; done
  command -v kpsewhich >/dev/null || { echo kpsewhich; return; }
  local found
  found=$(kpsewhich $TEX_FILES || true)
  for file in $TEX_FILES; do case "$found" in */"$file"*) ;; *) echo "$file";; esac; done
}

install_tex() {
  apt_install $APT || true
  hash -r
  local missing
  missing=$(tex_missing | tr '\n' ' ')
  [ -z "$missing" ] && return
  say "set-up: TeX is not complete; missing: $missing"
  say "  Debian, Ubuntu:  sudo apt install --no-install-recommends $APT"
  say "  Fedora:          sudo dnf install $DNF"
  say "  macOS:           brew install --cask basictex && brew install poppler ghostscript && sudo tlmgr install $TLMGR"
  exit 1
}

if [ "${1:-}" = lock ]; then
  room=$(mktemp -d) && trap 'rm -rf "$room"' EXIT
  python3 -m venv "$room"
  pip_install "$room/bin/pip" requirements.txt
  { echo "# Made by \`make lock\` from requirements.txt."; "$room/bin/pip" freeze --all | grep -v '^pip==' | sed 's/+cpu$//'; } > requirements.lock
  exit
fi
cmp -s requirements.lock .venv/requirements.lock || install_python
[ -z "$(tex_missing)" ] || install_tex
