"""A copy of this project for documents to be tried in: that of somebody who has just cloned it, and has set it up."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT = ("build", ".snakemake")  # what is built here is built there, so that only what a document changes is made


def git(*command: str) -> list[str]:
    """What git lists here, by NUL."""
    done = subprocess.run(["git", "-C", ROOT, *command], capture_output=True, encoding="utf-8", check=True)
    return [name for name in done.stdout.split("\0") if name]


def clone(root: Path, built: Path = ROOT) -> None:
    """Makes `root`: the last commit, what has been changed since, the environment, and what `built` holds."""
    subprocess.run(["git", "clone", "-q", ROOT, root], check=True)
    changed = git("diff", "--name-only", "-z", "--no-renames", "HEAD")
    for name in [*changed, *git("ls-files", "--others", "--exclude-standard", "-z")]:
        (root / name).unlink(missing_ok=True)
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)
    (root / ".venv").symlink_to((ROOT / ".venv").resolve())
    passing = shutil.ignore_patterns(".server.*", "scratch")  # of a build that is running
    for name in BUILT:
        if (built / name).is_dir():
            shutil.copytree(built / name, root / name, ignore=passing, symlinks=True)
