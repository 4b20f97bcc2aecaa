"""Versions of the packages that Python files import, and of TeX."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.project.modules import imported_names, module
from pipeline.records.digest import digest_of

ASKED = "PIPELINE_TEX_VERSIONS"  # in the environment: what child processes inherit rather than ask again
NEUTRAL = {"jsonschema", "psutil", "tqdm", "yaml"}  # they check, show and end; no figure looks otherwise for them
# What TeX's tree calls itself: {name: (file, pattern)}.
TEX = {
    "LaTeX": ("latex.ltx", r"\\edef\\fmtversion\s*\{([^}]+)\}"),
    "pgf": ("pgf.revision.tex", r"\\def\\pgfversion\{([^}]+)\}"),
    "pgfplots": ("pgfplots.revision.tex", r"\\gdef\\pgfplotsversion\{([^}]+)\}"),
}


@cache
def packages(path: str | Path) -> set[str]:
    """Names of the packages from elsewhere that a Python file imports."""
    return (
        {name.split(".")[0] for name in imported_names(Path(path), "book")}
        - sys.stdlib_module_names
        - NEUTRAL
        - {"book", "pipeline"}
    )


@cache
def version(package: str) -> str:
    """A package's version; of the author's own, which has none or is installed where it lies, what its files do."""
    from importlib import metadata  # 0.05 s, which a figure's own step need not spend

    try:
        distribution = metadata.distribution(package)
    except metadata.PackageNotFoundError:  # what is imported as PIL is installed as pillow
        names = metadata.packages_distributions().get(package)
        if not names:
            return files_of(package)
        distribution = metadata.distribution(names[0])
    told = distribution.read_text("direct_url.json")  # of a package that is installed where it lies
    editable = bool(told and json.loads(told).get("dir_info", {}).get("editable"))
    return f"{distribution.version}, {files_of(package)}" if editable else distribution.version


def files_of(package: str) -> str:
    """A checksum of a package's Python files; 'none' where there is no such package."""
    spec = find_spec(package)
    folders = spec and [Path(folder) for folder in spec.submodule_search_locations or ()]
    files = [file for folder in folders or () for file in sorted(folder.rglob("*.py"))]
    if spec and spec.origin and spec.origin.endswith(".py"):
        files.append(Path(spec.origin))
    return f"files {digest_of([[file.name, module(file).digest] for file in files])}" if files else "none"


def versions(paths: Iterable[str | Path], *more: str) -> dict[str, str]:
    """{package: version} of all that these Python files import, and of `more`."""
    return {package: version(package) for package in sorted({*more}.union(*map(packages, paths)))}


def tex() -> dict[str, str]:
    """{name: version} of TeX and of what draws in it. Asking takes 50 ms, so child processes inherit the answer."""
    if ASKED not in os.environ:
        os.environ[ASKED] = json.dumps(ask_tex())
    return json.loads(os.environ[ASKED])


def ask_tex() -> dict[str, str]:
    try:
        banner = subprocess.run(["pdflatex", "--version"], capture_output=True, encoding="utf-8").stdout.splitlines()
        paths = subprocess.run(
            ["kpsewhich", *(file for file, _ in TEX.values())], capture_output=True, encoding="utf-8"
        ).stdout.split()
    except FileNotFoundError:  # the first run of TeX says so
        return {}
    texts = {Path(path).name: Path(path).read_text(errors="replace", encoding="utf-8") for path in paths}
    found = {name: re.search(pattern, texts.get(file, "")) for name, (file, pattern) in TEX.items()}
    return {"pdfTeX": " ".join(banner[:1]).removeprefix("pdfTeX ")} | {
        name: match[1] for name, match in found.items() if match
    }
