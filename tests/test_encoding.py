"""Texts are UTF-8 whatever the locale says: each file and pipe that is read as text names its encoding."""

import ast

import pytest

from conftest import ROOT

OPENING = {"open", "fdopen", "read_text", "write_text", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"}
BINARY = {"os.open", "gzip.open", "pikepdf.open", "Image.open", "distribution.read_text"}  # no text, or always UTF-8
SOURCES = sorted(
    p
    for folder in ("pipeline", "tests", "benchmarks")
    for p in (ROOT / folder).rglob("*.py")
    if "broken" not in p.parts
)


def name_of(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)


def binary(call):
    """Whether a file is opened with a mode such as "rb"."""
    position = 1 if isinstance(call.func, ast.Name) or name_of(call.func) == "fdopen" else 0
    modes = [*call.args[position : position + 1], *(k.value for k in call.keywords if k.arg == "mode")]
    written = any("b" in m.value for m in modes if isinstance(m, ast.Constant) and isinstance(m.value, str))
    return written or (name_of(call.func).endswith("TemporaryFile") and not modes)


def unnamed(source):
    """Lines of Python that leave an encoding to the locale."""
    tree, calls = ast.parse(source), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            calls[node.func] = node
            given = {keyword.arg for keyword in node.keywords}
            if given & {"text", "universal_newlines"} and "encoding" not in given:
                yield node.lineno
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and name_of(node) in OPENING and ast.unparse(node) not in BINARY:
            call = calls.get(node)
            named = call and {"encoding", None} & {keyword.arg for keyword in call.keywords}
            if not (named or (call and binary(call))) and not (name_of(node) == "open" and not call):
                yield node.lineno


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_text_names_its_encoding(path):
    assert list(unnamed(path.read_text(encoding="utf-8"))) == []


def test_so_does_each_text_of_the_book(named):
    for path in named.root.rglob("*.py"):
        assert list(unnamed(path.read_text(encoding="utf-8"))) == [], path


@pytest.mark.parametrize(
    "line",
    [
        "open('a')", "open('a', 'w')", "Path('a').read_text()", "path.write_text(text)", "path.open('a')", "map(Path.read_text, files)",
        "subprocess.run(command, text=True)", "os.fdopen(1, 'w')", "tempfile.NamedTemporaryFile('w+')",
    ],
)  # fmt: skip
def test_what_leaves_it_to_the_locale_is_found(line):
    assert list(unnamed(line)) == [1]
    if line.endswith(")") and "map" not in line:
        assert list(unnamed(f"{line[:-1]}{'' if line.endswith('()') else ', '}encoding='utf-8')")) == []


@pytest.mark.parametrize(
    "line", ["open('a', 'rb')", "path.open('rb')", "os.open('a', 0)", "pikepdf.open('a')", "tempfile.TemporaryFile()"]
)
def test_what_is_no_text_needs_none(line):
    assert list(unnamed(line)) == []
