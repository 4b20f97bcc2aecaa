"""Which project files a Python file imports, transitively, read from the syntax tree without running anything."""

import ast
import os
from functools import cache
from pathlib import Path

parsed = {}  # {path: (state, syntax tree, import statements)}, which a process that is forked has from its parent


def parse(path):
    """(state, syntax tree, import statements) of a Python file; an empty tree where it does not parse, which its own job reports."""
    stat = os.stat(path)
    state = stat.st_ino, stat.st_size, stat.st_mtime_ns
    if (found := parsed.get(str(path))) and found[0] == state:
        return found
    try:
        tree = ast.parse(Path(path).read_text(encoding="utf-8"), str(path))
    except SyntaxError:
        tree = ast.Module(body=[], type_ignores=[])
    found = parsed[str(path)] = state, tree, [node for node in statements(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return found


def syntax_tree(path):
    return parse(path)[1]


def function(path, name):
    """The syntax tree of a module's function, or None."""
    return next((n for n in syntax_tree(path).body if isinstance(n, ast.FunctionDef) and n.name == name), None)


def place(path, name):
    """'file:line' of a module's function; its first line where the function is made otherwise."""
    return f"{path}:{getattr(function(path, name), 'lineno', 1)}"


def statements(node):
    """All statements below a node, without the expressions in them: ten times fewer than ast.walk() visits."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for child in getattr(node, block, ()):
            yield child
            yield from statements(child)


def imported_names(path, package):
    """Dotted names that a file imports; `package` is the package that it lies in, for relative imports."""
    for node in parse(path)[2]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        else:
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


# These look at some thousand paths a build, which as strings take a fifth of the time.
@cache
def files_of(name, roots):
    """Files below `roots`, (package, folder) pairs, that the import of a dotted name runs: its packages' too."""
    first, *parts = name.split(".")
    stems = ["/".join([folder, *parts[:k]]) for root, folder in roots if root == first for k in range(len(parts) + 1)]
    return {file for stem in stems for file in (f"{stem}.py", f"{stem}/__init__.py") if os.path.isfile(file)}


@cache
def direct_imports(path, roots):
    """Files below `roots` that `path` itself imports."""
    inside = [(root, path.removeprefix(f"{folder}/").split("/")[:-1]) for root, folder in roots if path.startswith(f"{folder}/")]
    package = ".".join([inside[0][0], *inside[0][1]]) if inside else ""
    return set().union(*(files_of(name, roots) for name in imported_names(path, package)))


def closure(path, book):
    """`path` and all project files that it imports, transitively, as a sorted list.

    path : a Python file; book : the book's folder, which its modules import as the package `book`.
    """
    roots = (("book", str(book)), ("pipeline", "pipeline"))
    seen, open_ = set(), [str(path)]
    while open_:
        file = open_.pop()
        if file not in seen:
            seen.add(file)
            open_ += direct_imports(file, roots)
    return sorted(seen)
