"""What is known of Python files without running them: what they import and define, and a checksum of what they do.

Comments, docstrings and the layout of the text are no part of what a file does. What was found is kept from build to
build, for as long as the file is the same one on disk: to parse them all takes longer than to plan a build in which
nothing has changed.
"""

import ast
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.files import write

KEPT = ".snakemake/modules.json"
SETTLED = 2  # s: a file that was changed later than that may change again without a sign that stat() shows
# What carries a result from one place to another and is no part of it: none of these can change what is computed or
# drawn.
CARRIERS = [f"pipeline/{name}" for name in ("cli.py", "files.py", "errors/", "project/", "records/", "engine/")]


@dataclass(frozen=True)
class Module:
    """A Python file; one that does not parse is empty: its own job reports it."""

    state: list[int]  # inode, bytes, times of change in nanoseconds: what tells it from another
    digest: str  # of its syntax tree without docstrings
    doc: str | None
    imports: list[list[Any]]  # [level of a relative import, module, names]
    functions: dict[str, list[Any]]  # {name: [line, {parameter: its default's source}]}


known: dict[str, Module] = {}  # by path; a process that is forked has them from its parent


def state(path: str | Path) -> list[int]:
    stat = os.stat(path)
    return [stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """All statements below a node, without the expressions in them: ten times fewer than ast.walk() visits."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for child in getattr(node, block, ()):
            yield child
            yield from statements(child)


def parameters(function: ast.FunctionDef) -> dict[str, str | None]:
    arguments = function.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    # defaults belong to the last names
    defaults: list[ast.expr | None] = [*[None] * (len(names) - len(arguments.defaults)), *arguments.defaults]
    named = zip([*names, *(a.arg for a in arguments.kwonlyargs)], [*defaults, *arguments.kw_defaults], strict=True)
    return {name: ast.unparse(default) if default else None for name, default in named}


def without_docstrings(tree: ast.Module) -> ast.Module:
    for node in [tree, *statements(tree)]:
        body = getattr(node, "body", None)
        if isinstance(body, list):  # a statement that is a string does nothing
            body[:] = [s for s in body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    return tree


def tree_of(path: str | Path) -> ast.Module:
    try:
        return ast.parse(Path(path).read_bytes(), str(path))
    except (SyntaxError, ValueError):
        return ast.Module(body=[], type_ignores=[])


def parsed(path: str | Path) -> Module:
    now, tree = state(path), tree_of(path)
    imports: list[list[Any]] = []
    for node in statements(tree):
        if isinstance(node, ast.Import):
            imports += [[0, alias.name, []] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imports.append([node.level, node.module or "", [alias.name for alias in node.names]])
    functions = {n.name: [n.lineno, parameters(n)] for n in reversed(tree.body) if isinstance(n, ast.FunctionDef)}
    doc = ast.get_docstring(tree)
    if tree.body:
        digest = hashlib.sha256(ast.dump(without_docstrings(tree)).encode()).hexdigest()[:16]
    else:  # empty, or no Python: then each letter counts
        digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16]
    return Module(now, digest, doc, imports, functions)


def module(path: str | Path) -> Module:
    """What is known of a Python file as it is now."""
    found = known.get(str(path))
    if not found or found.state != state(path):
        found = known[str(path)] = parsed(path)
    return found


def place(path: str | Path, function: str) -> str:
    """'file:line' of a module's function; its first line where the function is made otherwise."""
    return f"{path}:{module(path).functions.get(function, (1, {}))[0]}"


def written_at(text: str, paths: Iterable[str | Path]) -> str | None:
    """'file:line' of a string in Python files: of `text` or, where it is made of parts, of the longest."""
    strings = [
        (node.value, f"{path}:{node.lineno}")
        for path in paths
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in text
        if node.value == text or len(node.value) > 2
    ]
    return max(strings, key=lambda found: len(found[0]), default=("", None))[1]


# ---- From build to build ----
def key() -> list[object]:
    """What the findings depend on besides the files."""
    return [sys.version, state(__file__)]


def remember() -> None:
    """Takes up what earlier builds have found."""
    try:
        kept = json.loads(Path(KEPT).read_text(encoding="utf-8"))
        if kept["key"] == key():
            found = {path: Module(**fields) for path, fields in kept["modules"].items()}
            known.update({path: each for path, each in found.items() if path not in known})
    except (OSError, ValueError, KeyError, TypeError):  # none, or a damaged one
        return


def keep() -> None:
    """Keeps what is known for the next build."""
    settled = time.time_ns() - SETTLED * 10**9
    modules = {
        path: asdict(found) for path, found in known.items() if max(found.state[2:]) < settled and os.path.isfile(path)
    }
    write(Path(KEPT), json.dumps({"key": key(), "modules": modules}))


# ---- What a file imports ----
def imported_names(path: str | Path, package: str) -> Iterator[str]:
    """Dotted names that a file imports; `package` is the package that it lies in, for relative imports."""
    for level, name, names in module(path).imports:
        above = package.split(".")[: len(package.split(".")) - level + 1] if level else []
        base = ".".join([*above, *filter(None, [name])])
        yield base
        yield from (f"{base}.{each}" for each in names)


# These look at some thousand paths a build, which as strings take a fifth of the time.
@cache
def files_of(name: str, roots: tuple[tuple[str, str], ...]) -> set[str]:
    """Files below `roots`, (package, folder) pairs, that the import of a dotted name runs: its packages' too."""
    first, *parts = name.split(".")
    stems = ["/".join([folder, *parts[:k]]) for root, folder in roots if root == first for k in range(len(parts) + 1)]
    return {file for stem in stems for file in (f"{stem}.py", f"{stem}/__init__.py") if os.path.isfile(file)}


@cache
def direct_imports(path: str, roots: tuple[tuple[str, str], ...]) -> set[str]:
    """Files below `roots` that `path` itself imports."""
    inside = [
        (root, path.removeprefix(f"{folder}/").split("/")[:-1])
        for root, folder in roots
        if path.startswith(f"{folder}/")
    ]
    package = ".".join([inside[0][0], *inside[0][1]]) if inside else ""
    return set().union(*(files_of(name, roots) for name in imported_names(path, package)))


def is_carrier(path: str) -> bool:
    return any(path.startswith(carrier) for carrier in CARRIERS)


def closure(path: str | Path, book: str | Path) -> list[str]:
    """`path` and all project files that it imports, transitively, sorted; without carriers, and what these import.

    path : a Python file; book : the book's folder, which its modules import as the package `book`.
    """
    roots = (("book", str(book)), ("pipeline", "pipeline"))
    seen: set[str] = set()
    open_ = [str(path)]
    while open_:
        file = open_.pop()
        if file not in seen and not is_carrier(file):
            seen.add(file)
            open_ += direct_imports(file, roots)
    return sorted(seen)
