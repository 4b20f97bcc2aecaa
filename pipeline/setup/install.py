"""Sets up a fresh machine: Python packages in .venv, TeX from the system's packages; costs nothing once it is done.

Usage: python3 -m pipeline.setup.install [lock]

An environment has its own path inside, in its scripts and settings, so it is made where it stays. `.venv/whole.json` is written last: where
it is missing, or tells of another place, the environment is made anew. Needs the standard library alone, as there is nothing else yet.
"""

import fcntl
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.setup import needs, wheels

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
WHOLE = "whole.json"
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
VERSION = "import sys; print(*sys.version_info[:2], sep='.')"
# A line that Python runs when it starts: Snakemake makes a folder of caches at home before it reads anything.
HOMELESS = (
    'import os, sys; os.access(os.path.expanduser("~"), os.W_OK) '
    'or os.environ.setdefault("XDG_CACHE_HOME", os.path.join(sys.prefix, "cache"))'
)
PYTHON = getattr(sys, "_base_executable", sys.executable)  # not that of an environment


def say(text):
    print(f"set-up: {text}", file=sys.stderr, flush=True)


# ---- One at a time --------------------------------------------------------------------------------------------

held = ()  # the descriptor of the lock, which pip inherits: after a set-up that was killed, the next one waits for its pip


@contextmanager
def alone():
    """Lets one set-up at a time into the project's folder; the lock dies with those that hold it."""
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


def pins(text):
    """{package: version} of a lock."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def version(python):
    """A Python's version such as 3.11; nothing where it does not start."""
    if Path(sys.executable).parent.resolve() == python.parent.resolve():
        return ".".join(map(str, sys.version_info[:2]))
    return subprocess.run([python, "-I", "-c", VERSION], capture_output=True, text=True, encoding="utf-8").stdout.strip()


def packages():
    """The folder of the packages in .venv, for the Python that it has today."""
    return VENV / f"lib/python{version(VENV / 'bin/python')}/site-packages"


def installed():
    """Names of the packages that stand in .venv, as pip has written them."""
    return {entry.split("-")[0] for entry in os.listdir(packages()) if entry.endswith((".dist-info", ".egg-info"))}


def asked():
    """What is asked of an environment here and now."""
    return {"place": str(VENV.resolve()), "torch": os.environ.get("TORCH_INDEX"), "lock": LOCK.read_text(encoding="utf-8")}


def state():
    """'whole'; 'old' where the lock has changed since; 'broken' where the environment must be made anew."""
    try:
        made, now = json.loads((VENV / WHOLE).read_text(encoding="utf-8")), asked()
        if made["place"] != now["place"] or now["torch"] not in (None, made["torch"]) or not set(made["packages"]) <= installed():
            return "broken"
    except (OSError, ValueError, LookupError, TypeError):
        return "broken"
    return "whole" if made["lock"] == now["lock"] else "old"


def make_venv(folder):
    """An environment with nothing but pip. What says that the former one is whole goes first."""
    (folder / WHOLE).unlink(missing_ok=True)
    if folder.is_symlink():
        folder.unlink()
    made = subprocess.run(
        [PYTHON, "-E", "-s", "-m", "venv", "--clear", folder], capture_output=True, text=True, pass_fds=held, encoding="utf-8"
    )
    if made.returncode:
        raise AuthorError(f"{PYTHON} cannot make an environment in {folder}: {needs.reason(made)}")


def pip(folder):
    return [str(folder / "bin/python"), "-I", "-m", "pip", "--no-input", "--disable-pip-version-check"]


def pip_install(folder, *arguments):
    """Runs pip, which tells pip.log what it downloads, and the author what goes wrong."""
    with open(folder / "pip.log", "ab") as log:
        done = subprocess.run([*pip(folder), "install", "--progress-bar", "off", *arguments], stdout=log, pass_fds=held)
    if done.returncode:
        raise AuthorError("pip could not install the Python packages; what it says stands above", f"see also {log.name}; then `make` again")


def install_python(fresh, before):
    """Makes .venv what the lock says; before() is called when all is known to be within reach, and nothing was downloaded yet."""
    if fresh:
        make_venv(VENV)
    lock = pins(LOCK.read_text(encoding="utf-8"))
    wheels.check_index(pip(VENV), lock)
    torch = wheels.find_torch(pip(VENV), lock["torch"])
    before()
    say("installing Python packages into .venv")
    (VENV / WHOLE).unlink(missing_ok=True)
    # A build of torch for GPUs needs libraries that the lock does not name. Of all others it names whatever any of them needs.
    pip_install(VENV, *torch.options, "-c", LOCK, torch.requirement)
    pip_install(VENV, "--no-deps", "-r", LOCK)
    (packages() / "caches.pth").write_text(f"{HOMELESS}\n", encoding="utf-8")
    (VENV / WHOLE).write_text(json.dumps(asked() | {"packages": sorted(installed())}) + "\n", encoding="utf-8")


def requested() -> list[str]:
    """The packages that pyproject.toml asks for, those for development included."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    return project["dependencies"] + project["optional-dependencies"]["dev"]


def frozen(folder: Path) -> dict[str, str]:
    """{package: version} of an environment, without what only a build of torch for GPUs needs."""
    command = [*pip(folder), "freeze", "--all"]
    text = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    found = {package: version.split("+")[0] for package, version in pins(text).items()}
    return {package: version for package, version in found.items() if not wheels.LIBRARIES.fullmatch(package)}


def renew_lock() -> None:
    """Writes requirements.lock: the newest versions that fit pyproject.toml, found by installing them in a new environment."""
    packages = requested()
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room, "venv")
        make_venv(folder)
        torch = wheels.find_torch(pip(folder), pins("\n".join(packages))["torch"])
        pip_install(folder, *torch.options, torch.requirement)
        pip_install(folder, *packages)
        lines = [f"{package}=={version}\n" for package, version in frozen(folder).items()]
    LOCK.write_text("# Made by `make lock` from pyproject.toml.\n" + "".join(lines), encoding="utf-8")


# ---- All of it ------------------------------------------------------------------------------------------------


def set_up():
    """Asks for all that is missing at once, and downloads when it is known to be there."""
    found = state()
    groups = [needs.TEX] if found == "whole" else [needs.VENV, needs.COMPILER, needs.TEX]
    lacks = needs.lacking(groups)
    if found == "whole" or needs.VENV in lacks or needs.as_root() is None:
        needs.install(lacks)
        lacks = {}
    if found != "whole":
        install_python(found == "broken", before=lambda: needs.install(lacks))
        needs.install_wanted()


def main(*arguments):
    try:
        if arguments == ("lock",):
            needs.install(needs.lacking([needs.VENV, needs.COMPILER]))
            renew_lock()
        elif state() != "whole" or needs.lacking([needs.TEX]):
            with alone():
                set_up()
    except AuthorError as error:
        lines = [f"set-up: {error}", *([f"try {error.hint}"] if error.hint else [])]
        sys.exit("\n".join(lines).replace("\n", "\n  "))
    except OSError as error:
        sys.exit(f"set-up: {error.filename or ROOT}: {error.strerror or error}")
    except KeyboardInterrupt:
        sys.exit("\nset-up: stopped; the same `make` goes on from here")


if __name__ == "__main__":
    main(*sys.argv[1:])
