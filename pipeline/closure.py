"""Which project files a Python file imports, transitively, read from the syntax tree without running anything."""

import ast
from functools import cache
from pathlib import Path


@cache
def syntax_tree(path):
    """The syntax tree of a Python file; an empty one where it does not parse, which the file's own job reports."""
    try:
        return ast.parse(Path(path).read_text(), str(path))
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def function(path, name):
    """The syntax tree of a module's function, or None."""
    return next((n for n in syntax_tree(path).body if isinstance(n, ast.FunctionDef) and n.name == name), None)


def place(path, name):
    """'file:line' of a module's function; its first line where the function is made otherwise."""
    return f"{path}:{getattr(function(path, name), 'lineno', 1)}"


def imported_names(path, package):
    """Dotted names that a file imports; `package` is the package that it lies in, for relative imports."""
    for node in ast.walk(syntax_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


@cache
def direct_imports(path, roots):
    """Files below `roots`, (package, folder) pairs, that `path` itself imports; a module's import runs its packages' files too."""
    package = next((".".join([p, *path.parent.relative_to(f).parts]) for p, f in roots if path.is_relative_to(f)), "")
    found = set()
    for name in imported_names(path, package):
        first, *parts = name.split(".")
        for folder in (folder for root, folder in roots if root == first):
            stems = [folder.joinpath(*parts[:k]) for k in range(len(parts) + 1)]
            found |= {f for stem in stems for f in (stem.with_name(stem.name + ".py"), stem / "__init__.py") if f.is_file()}
    return found


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
