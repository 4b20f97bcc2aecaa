#!/bin/sh
# What tikz-vscode-ext runs, in this folder, to show the file that is being edited, $1: see docs/editors.md.
case "$1" in
"") echo "usage: fig.sh FILE" >&2; exit 2 ;;
/*) ;;
*) set -- "$PWD/$1" ;;
esac
cd "$(dirname "$0")/.." && exec .venv/bin/python -m pipeline.edited "$1" --into editor/build
