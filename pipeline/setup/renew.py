"""Renews requirements.lock from what pyproject.toml asks for.

Usage: sh pipeline/setup/setup.sh renew
"""

import subprocess
import tempfile
import tomllib
from pathlib import Path

from pipeline.setup import needs, wheels
from pipeline.setup.install import LOCK, ROOT, make_venv, pins, pip, pip_install, told_to_user

PROJECT = ROOT / "pyproject.toml"


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
    """Writes requirements.lock: the newest versions that fit pyproject.toml, found in a new environment."""
    packages = requested()
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room, "venv")
        make_venv(folder)
        torch = wheels.find_torch(pip(folder), pins("\n".join(packages))["torch"])
        pip_install(folder, *torch.options, torch.requirement)
        pip_install(folder, *packages)
        lines = [f"{package}=={version}\n" for package, version in frozen(folder).items()]
    LOCK.write_text("# Made by `make lock` from pyproject.toml.\n" + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    with told_to_user():
        needs.install(needs.lacking([needs.VENV, needs.COMPILER]))
        renew_lock()
