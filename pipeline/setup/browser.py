"""Installs the browser in which tests look at a page, and axe-core, which looks for what keeps people out of one; where
that cannot be, says so and goes on: those are left out.

Usage: sh pipeline/setup/setup.sh browser
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.setup import needs
from pipeline.setup.install import say

AXE = "axe-core@4.14.1"  # of npm's
SCRIPT = Path(sys.prefix, "share", AXE, "axe.min.js")


def fetch_axe() -> None:
    """Puts axe-core's script into the environment. Raises an AuthorError where npm cannot."""
    if SCRIPT.is_file():
        return
    if not shutil.which("npm"):
        raise AuthorError(f"{AXE} is not there, and npm is not installed")
    with tempfile.TemporaryDirectory() as room:
        done = subprocess.run(["npm", "pack", "--silent", AXE], cwd=room, capture_output=True, encoding="utf-8")
        packed = next(Path(room).glob("*.tgz"), None)
        if done.returncode or packed is None:
            raise AuthorError(f"npm cannot fetch {AXE}: {done.stderr.strip().splitlines()[-1:]}")
        SCRIPT.parent.mkdir(parents=True, exist_ok=True)
        shutil.unpack_archive(packed, room)
        shutil.copyfile(Path(room, "package/axe.min.js"), SCRIPT)


def main() -> None:
    for step in (lambda: needs.install(needs.lacking([needs.BROWSER])), fetch_axe):
        try:
            step()
        except AuthorError as error:
            say(f"{error}\n  the tests that need it are left out")


if __name__ == "__main__":
    main()
