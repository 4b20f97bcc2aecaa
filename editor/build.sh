#!/bin/sh
# What tikz-vscode-ext runs, in this folder, to build the book: see docs/editors.md.
cd "$(dirname "$0")/.." && exec .venv/bin/python -m pipeline.edited --into editor/build
