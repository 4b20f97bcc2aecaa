#!/bin/sh
# What tikz-vscode-ext runs, in this folder, to show the file that is being edited, $1: see docs/editors.md.
cd "$(dirname "$0")/.." && exec .venv/bin/python -m pipeline.edited "$1" --into editor/build
