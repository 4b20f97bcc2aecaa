"""Sets up a fresh machine: Python packages in .venv, TeX from the system's packages. Once that is done, it only looks.

Usage: sh pipeline/setup/setup.sh

An environment holds its own path in its scripts and settings, so it is made where it stays. `.venv/whole.json` is
written last: where it is missing, or was written at another place, the environment is made anew. This module imports
the standard library alone, as there is nothing else yet.
"""

import fcntl
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.errors.author import AuthorError
from pipeline.setup import languages, needs, wheels

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
WHOLE = "whole.json"
LOCK = ROOT / "requirements.lock"
VERSION = "import sys; print(*sys.version_info[:2], sep='.')"
# A line that Python runs when it starts: Snakemake makes a folder of caches at home before it reads anything.
HOMELESS = (
    'import os, sys; os.access(os.path.expanduser("~"), os.W_OK) '
    'or os.environ.setdefault("XDG_CACHE_HOME", os.path.join(sys.prefix, "cache"))'
)
PYTHON = getattr(sys, "_base_executable", sys.executable)  # the system's, if this one belongs to an environment


def say(text: str) -> None:
    print(f"set-up: {text}", file=sys.stderr, flush=True)


# ---- One at a time --------------------------------------------------------------------------------------------

held: tuple[int, ...] = ()  # the lock's file descriptor; pip inherits it, and keeps the lock if the set-up is killed


@contextmanager
def alone() -> Iterator[None]:
    """In the block, no other set-up works in the project's folder; the lock ends with the processes that hold it."""
    global held
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another one is at work here; waiting for it")
        fcntl.flock(folder, fcntl.LOCK_EX)
    except OSError:
        pass  # a file system without locks, such as some of the network's
    held = (folder,)
    try:
        yield
    finally:
        os.close(folder)


# ---- The environment ------------------------------------------------------------------------------------------


def pins(text: str) -> dict[str, str]:
    """{package: version} of the lines `package==version`."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def version(python: Path) -> str:
    """A Python's version such as 3.11; empty where it does not start."""
    if Path(sys.executable).parent.resolve() == python.parent.resolve():
        return ".".join(map(str, sys.version_info[:2]))
    command = [str(python), "-I", "-c", VERSION]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8").stdout.strip()


def packages() -> Path:
    """The folder of the packages in .venv, for the Python that it has today."""
    return VENV / f"lib/python{version(VENV / 'bin/python')}/site-packages"


def installed() -> set[str]:
    """The names of the packages in .venv, as pip writes them."""
    return {entry.split("-")[0] for entry in os.listdir(packages()) if entry.endswith((".dist-info", ".egg-info"))}


def asked() -> dict[str, Any]:
    """What is asked of an environment here and now."""
    lock, index = LOCK.read_text(encoding="utf-8"), os.environ.get("TORCH_INDEX")
    return {"place": str(VENV.resolve()), "torch": index, "lock": lock}


def state() -> str:
    """'whole'; 'old' where the lock has changed since; 'broken' where the environment must be made anew."""
    try:
        made, now = json.loads((VENV / WHOLE).read_text(encoding="utf-8")), asked()
        other = made["place"] != now["place"] or now["torch"] not in (None, made["torch"])
        if other or not set(made["packages"]) <= installed():
            return "broken"
    except (OSError, ValueError, LookupError, TypeError):
        return "broken"
    return "whole" if made["lock"] == now["lock"] else "old"


def make_venv(folder: Path) -> None:
    """Makes an environment with nothing but pip. Before an old one goes, so does the file that says it is whole."""
    (folder / WHOLE).unlink(missing_ok=True)
    if folder.is_symlink():
        folder.unlink()
    command = [PYTHON, "-E", "-s", "-m", "venv", "--clear", folder]
    made = subprocess.run(command, capture_output=True, text=True, pass_fds=held, encoding="utf-8")
    if made.returncode:
        raise AuthorError(f"{PYTHON} cannot make an environment in {folder}: {needs.reason(made)}")


def pip(folder: Path) -> list[str]:
    """The command of an environment's pip."""
    return [str(folder / "bin/python"), "-I", "-m", "pip", "--no-input", "--disable-pip-version-check"]


def pip_install(folder: Path, *arguments: str) -> None:
    """Runs `pip install`: what it downloads is written to pip.log, what goes wrong is shown."""
    command = [*pip(folder), "install", "--progress-bar", "off", *arguments]
    with open(folder / "pip.log", "ab") as log:
        done = subprocess.run(command, stdout=log, pass_fds=held)
    if done.returncode:
        message = "pip could not install the Python packages; what it says stands above"
        raise AuthorError(message, f"see also {log.name}; then `make` again")


def install_python(fresh: bool, before: Callable[[], None]) -> None:
    """Makes .venv what the lock says.

    fresh : whether the environment is made anew; before : called once all packages are known to be within reach,
    before the first is downloaded.
    """
    if fresh:
        make_venv(VENV)
    lock = pins(LOCK.read_text(encoding="utf-8"))
    wheels.check_index(pip(VENV), lock)
    torch = wheels.find_torch(pip(VENV), lock["torch"])
    before()
    say("installing Python packages into .venv")
    (VENV / WHOLE).unlink(missing_ok=True)
    # First torch with its dependencies: a build for GPUs needs libraries that the lock does not name. Then the lock.
    pip_install(VENV, *torch.options, "-c", str(LOCK), torch.requirement)
    pip_install(VENV, "--no-deps", "-r", str(LOCK))
    (packages() / "caches.pth").write_text(f"{HOMELESS}\n", encoding="utf-8")
    (VENV / WHOLE).write_text(json.dumps(asked() | {"packages": sorted(installed())}) + "\n", encoding="utf-8")


# ---- All of it ------------------------------------------------------------------------------------------------


def book() -> str:
    """The folder of the book that is to be built."""
    return os.environ.get("BOOK", str(ROOT / "book"))


def set_up() -> None:
    """Installs what is missing; or stops before the first download, and names all that the user must install."""
    found = state()
    tex = [needs.TEX, *languages.needed(book())]
    groups = tex if found == "whole" else [needs.VENV, needs.COMPILER, *tex]
    lacks = needs.lacking(groups)
    if found == "whole" or needs.VENV in lacks or needs.as_root() is None:
        needs.install(lacks)
        lacks = {}
    if found != "whole":
        install_python(found == "broken", before=lambda: needs.install(lacks))
        needs.install_wanted()


@contextmanager
def told_to_user() -> Iterator[None]:
    """Where the block raises or is interrupted, ends the process with a message for the user."""
    try:
        yield
    except AuthorError as error:
        lines = [f"set-up: {error}", *([f"try {error.hint}"] if error.hint else [])]
        sys.exit("\n".join(lines).replace("\n", "\n  "))
    except OSError as error:
        sys.exit(f"set-up: {error.filename or ROOT}: {error.strerror or error}")
    except KeyboardInterrupt:
        sys.exit("\nset-up: stopped; the same `make` goes on from here")


def main() -> None:
    with told_to_user():
        if state() != "whole" or needs.lacking([needs.TEX, *languages.needed(book())]):
            with alone():
                set_up()


if __name__ == "__main__":
    main()
