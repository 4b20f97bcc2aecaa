"""What TeX must have for a book's language, and the packages that bring it. This module imports the standard library
alone.

TeX Live's collections are called alike everywhere: collection-langgerman is Debian's texlive-lang-german and Fedora's
texlive-collection-langgerman.
"""

import re
import shutil
import subprocess
from functools import cache, partial
from pathlib import Path

from pipeline.setup.needs import Group, commands

DEFAULT = "british"  # what TeX's own packages bring
# The collection of a language, by its tag or that of its script; what is left is in one of two.
COLLECTIONS = {
    "german": "de dsb hsb",
    "english": "en",
    "french": "fr eu",
    "italian": "it",
    "polish": "pl",
    "portuguese": "pt",
    "spanish": "es ca gl",
    "czechslovak": "cs sk",
    "cyrillic": "Cyrl",
    "greek": "Grek",
    "arabic": "Arab",
    "chinese": "Hans Hant",
    "japanese": "Jpan",
    "korean": "Kore",
}
BY_TAG = {tag: name for name, tags in COLLECTIONS.items() for tag in tags.split()}
REST = "european", "other"


def found(*files: str) -> list[Path]:
    """Where TeX has these files; fewer where some are not there."""
    if not shutil.which("kpsewhich"):
        return []
    said = subprocess.run(["kpsewhich", *files], capture_output=True, text=True, encoding="utf-8").stdout
    return [*map(Path, said.splitlines())]


def told(language: str) -> dict[str, str]:
    """{key: value} of what babel's own data say of a language; nothing where babel has none."""
    for file in found(f"babel-{language}.tex"):
        text = file.read_text(encoding="utf-8")
        if tag := re.search(r"\\BabelBeforeIni\{(.+?)\}", text):
            # german's is a macro: of today's spelling, or of that of 1901 where TeX's patterns are
            meant = re.search(rf"\\gdef{re.escape(tag[1])}\{{(.+?)\}}", text) or tag
            ini = "".join(path.read_text(encoding="utf-8") for path in found(f"babel-{meant[1]}.ini"))
            return dict(re.findall(r"^([\w.]+) = (.*)$", ini, re.MULTILINE))
    return {}


@cache
def decimal(language: str) -> str:
    """What parts a number's whole from its decimals in a language, a comma or a point."""
    mark = "." if language == DEFAULT else told(language).get("decimal", ".")
    return mark if mark == "," else "."


def collections(language: str) -> tuple[str, ...]:
    """The collections of TeX Live's of which one brings a language; by its name alone where there is no TeX yet."""
    known = told(language)
    for key in ("language.tag.bcp47", "script.tag.bcp47"):
        if name := BY_TAG.get(known.get(key, "")):
            return (name,)
    near = [name for name in COLLECTIONS if name in language]
    return REST if known or not near else (near[0],)


def lacks(language: str) -> list[str]:
    """What TeX lacks of a language: babel's file, the hyphenation."""
    files = [] if found(f"{language}.ldf") else [f"{language}.ldf"]
    rules = told(language).get("hyphenrules", language)
    lines = [line for file in found("language.dat") for line in file.read_text(encoding="utf-8").splitlines()]
    patterns = {re.split(r"[\s%]", line.removeprefix("="))[0] for line in lines}
    # english.ldf hyphenates what it has no rules for as American English
    return files + ([] if rules in patterns or rules.endswith("english") else ["hyphenation"])


def group(language: str) -> Group:
    """The language as one of the groups of needs."""
    names = collections(language)
    apt, dnf, tlmgr = (
        " ".join(prefix + name for name in names)
        for prefix in ("texlive-lang-", "texlive-collection-lang", "collection-lang")
    )
    return Group(partial(lacks, language), apt, dnf, f"sudo tlmgr install {tlmgr}")


def command(language: str) -> str:
    """The command that installs a language on this system, or one for each system."""
    return "; or ".join(commands([group(language)]))


def needed(book: str | Path) -> list[Group]:
    """The group of the language that a book asks for, where TeX's own packages do not bring it."""
    file = Path(book, "book.yaml")
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    asked = re.search(r"^language:\s*[\"']?(\w+)", text, re.MULTILINE)
    return [group(asked[1])] if asked and asked[1] != DEFAULT else []
