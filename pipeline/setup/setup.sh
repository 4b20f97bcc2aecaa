#!/bin/sh
# Sets up a fresh machine: finds a Python that starts, and has it run pipeline/setup/install.py, which does the rest.
# With the argument `renew`, it runs pipeline/setup/renew.py instead.
set -eu
cd "$(dirname "$0")/../.."
for python in .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11; do
  if "$python" -E -s -S -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exec "$python" -E -s -S -m "pipeline.setup.${1:-install}"
  fi
done
echo "set-up: Python 3.11 or newer is missing; install it (Debian, Ubuntu: apt install python3; macOS: brew install python)" >&2
exit 1
