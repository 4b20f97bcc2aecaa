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
        tree = ast.parse(Path(path).read_text(), str(path))
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


@cache
def files_of(name, roots):
    """Files below `roots`, (package, folder) pairs, that the import of a dotted name runs: its packages' too."""
    first, *parts = name.split(".")
    stems = [folder.joinpath(*parts[:k]) for root, folder in roots if root == first for k in range(len(parts) + 1)]
    return {f for stem in stems for f in (stem.with_name(stem.name + ".py"), stem / "__init__.py") if f.is_file()}


@cache
def direct_imports(path, roots):
    """Files below `roots` that `path` itself imports."""
    package = next((".".join([p, *path.parent.relative_to(f).parts]) for p, f in roots if path.is_relative_to(f)), "")
    return set().union(*(files_of(name, roots) for name in imported_names(path, package)))


def closure(path, book):
    """`path` and all project files that it imports, transitively, as a sorted list.

    path : a Python file; book : the book's folder, which its modules import as the package `book`.
    """
    roots = (("book", Path(book)), ("pipeline", Path("pipeline")))
    seen, open_ = set(), [Path(path)]
    while open_:
        file = open_.pop()
        if file not in seen:
            seen.add(file)
            open_ += direct_imports(file, roots)
    return sorted(map(str, seen))
