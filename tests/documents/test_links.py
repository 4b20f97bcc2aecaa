"""What a document names is there: files, headings, targets of make, modules to run."""

import re
import subprocess
from functools import cache
from urllib.parse import unquote

import pytest

from conftest import ROOT
from pages import PAGES, Page, page, tidy

COMMAND = re.compile(r"(?:^|[;&|] *)(?:\w+=\S* )*(?:cp|git|ls|make|pytest|python3?|rm|sh|snakemake|tests/bare\.sh)\b")
WORD = re.compile(r"(?<![\w./-])\.{0,1}[\w-]+(?:/[^\s`'\"()|;,]+|\.\w+)/?")


@cache
def sources():
    """All files that git knows or would take, and their folders."""
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard"], capture_output=True, encoding="utf-8", check=True
    )
    files = {name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}
    return files | {"/".join(name.split("/")[:k]) for name in files for k in range(1, name.count("/") + 1)}


@cache
def tops():
    return {name.split("/")[0] for name in sources()}


def lost_links(found: Page):
    """Links that lead nowhere, with their lines."""
    for line, target in found.links:
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = unquote(target).partition("#")
        path = (found.path.parent / file).resolve() if file else found.path
        there = path.is_relative_to(ROOT) and (path == ROOT or tidy(path) in sources())
        known = found if path == found.path else page(path) if there and path.suffix == ".md" else None
        if not there or (anchor and (known is None or anchor not in known.anchors)):
            yield f"{line}: {target}"


def made(page: Page):
    """Files that the document has its reader make: such a line stands before what is to be in them."""
    return {*re.findall(r"`([\w./-]+)`:[ \t]*$", page.text, re.MULTILINE)}


def lost_paths(page: Page):
    """Paths in code, below one of the repository's folders, that are not there."""
    own = made(page)
    for line, text in page.commands:
        for match in WORD.finditer(text if COMMAND.match(text) or " " not in text else ""):
            name = re.sub(r"(:\d+)?[.:…]*$", "", match[0]).rstrip("/")
            top = name.split("/")[0]
            known = "/" not in name or top not in tops() or any(f"{file}/".startswith(f"{name}/") for file in own)
            if not known and not matches(name):
                yield f"{line}: {match[0]}"


def matches(name):
    """Whether a source has this name, in which <word>, {word}, * and … stand for anything."""
    if name in sources():
        return True
    pattern = re.sub(r"<[^>]*>|\{[^}]*\}|\*+|…", "\0", name)
    rule = re.compile(".+".join(map(re.escape, pattern.split("\0"))))
    return any(rule.fullmatch(each) for each in sources())


def lost_commands(page: Page):
    """Targets of make and modules of Python in code that are not there."""
    targets = {*re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)}
    for line, text in page.commands:
        for name in re.findall(r"(?:^|[;&|] *)(?:\w+=\S* )*make ([a-z][\w-]*)", text):
            if name not in targets:
                yield f"{line}: make {name}"
        for name in re.findall(r"python3? -m ((?:pipeline|benchmarks)(?:\.\w+)*)(?!\.?[<\w])", text):
            path = ROOT / name.replace(".", "/")
            if not path.with_suffix(".py").is_file() and not (path / "__main__.py").is_file():
                yield f"{line}: python -m {name}"


@pytest.mark.parametrize("path", PAGES, ids=tidy)
@pytest.mark.parametrize("lost", [lost_links, lost_paths, lost_commands])
def test_what_a_document_names_is_there(path, lost):
    assert [*lost(page(path))] == []


WRONG = """# A title, with `code`

See [here](#a-title-with-code), [there](#nowhere), [a file](docs/nowhere.md), [another](docs/trust.md#oracles), [twice](#again-1).

## Again
## Again
`pipeline/train.py:12`, `pipeline/nowhere.py`, `templates/*.tex`, `tests/<room>/test_fill.py`, `a/b`, `build/book-dark.pdf`.

```sh
make book BOOK=mine && make nothing
python -m pipeline.why x; python -m pipeline.whither
```

`book/mine/new.py`:

```python
open("pipeline/nowhere.py")
```

`book/mine/new.py` is read.
"""


def test_a_planted_fault_is_found():
    wrong = Page(ROOT / "README.md", WRONG)
    assert [*lost_links(wrong)] == ["3: #nowhere", "3: docs/nowhere.md"]
    assert [*lost_paths(wrong)] == ["7: pipeline/nowhere.py"]
    assert [*lost_commands(wrong)] == ["10: make nothing", "11: python -m pipeline.whither"]
