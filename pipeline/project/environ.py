"""What a user's environment does not decide: how texts are encoded, where modules are found, and whether there is room
for caches."""

import os
import sys

PYTHON = [sys.executable, "-X", "utf8"]  # whatever the locale
CACHES = ".snakemake/cache"
HASHES = "PYTHONHASHSEED"  # 0: the words of a set stand in the same order in all processes
TERMINAL = "PIPELINE_TERMINAL"  # in the environment: the terminal, for a build that has none of its own


def begin_again(*command: str, hashed: bool = False) -> None:
    """Starts this program anew, as Python's `command`, where the locale has another encoding than UTF-8.

    So the author's modules, Snakemake and all libraries read and write what they would elsewhere.

    hashed : also where chance decides on the order of sets.
    """
    if sys.getfilesystemencoding() != "utf-8" or (hashed and os.environ.get(HASHES) != "0"):
        import atexit

        atexit._run_exitfuncs()  # temporary folders go
        os.environ[HASHES] = "0"
        os.execv(sys.executable, [*PYTHON, *command])


def writable(folder: str) -> bool:
    """Whether a folder can be written, or made."""
    while folder != os.path.dirname(folder) and not os.path.lexists(folder):
        folder = os.path.dirname(folder)
    return os.path.isdir(folder) and os.access(folder, os.W_OK)


def settle() -> None:
    """Makes the environment that of a build, for this process and those that it starts.

    Python finds the modules in its folder, the project's; where nothing can be written at home, caches lie in the
    project, too.
    """
    os.environ.pop("PYTHONSAFEPATH", None)
    os.environ[HASHES] = "0"
    for name, home, inside in (("XDG_CACHE_HOME", "~/.cache", ""), ("XDG_CONFIG_HOME", "~/.config", "matplotlib")):
        if not writable(os.path.join(os.path.expanduser(os.environ.get(name) or home), inside)):
            os.environ[name] = os.path.abspath(CACHES)
