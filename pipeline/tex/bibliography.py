"""What BibTeX says is wrong in a bibliography, or lacking, at the line where the author made the mistake."""

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors.author import AuthorError

FAULT = re.compile(r"^(?P<what>.*)---line (?P<line>\d+) of file (?P<file>.*\.bib)\n(?P<read> : .*\n)?", re.MULTILINE)
ENTRY = re.compile(r"^[ \t]*@(?P<kind>\w+)\s*[{(]\s*(?P<key>[^,\s}]*)", re.MULTILINE)
FIELD = re.compile(r"^\s*[\w-]+\s*=")
WARNING = re.compile(r"^Warning--(?P<what>.*)(?:\n--line (?P<line>\d+) of file .*)?$", re.MULTILINE)
LACKS = re.compile(r"empty ([\w -]+) in (\S+)$")
NOT_ENTRIES = {"comment", "string", "preamble"}
# BibTeX's words; the author's; what to try.
WORDS = (
    (r"expecting a `,' or a `}'", "a , is missing at the end of this field", "fields are parted by commas"),
    (r"Illegal end of database", "an entry is not closed", "end it with }"),
    (r"Repeated entry", None, "an entry has a key of its own: call one of them otherwise, or delete it"),
    (r"You're missing a field name", "a field has no name", "a field is name = {value},"),
    (r"expecting an .=.", "a = is missing", "a field is name = {value},"),
    (r"(?:missing|expecting) a field part", "a field has no value, or one without braces", "put it between { and }"),
    (r"expecting a `{' or a `\('", "a { is missing", "an entry begins @article{key,"),
    (r"missing an entry type", "an entry has no type", "an entry begins @article{key,"),
    (r"followed by|immediately follows|nbalanced", "quotes or braces do not match", "put the value between { and }"),
)  # fmt: skip


def read(file: Path) -> str:
    """A log or a bibliography as a text; nothing where there is none."""
    return file.read_text(errors="replace", encoding="utf-8") if file.is_file() else ""


def keys(file: Path) -> list[str]:
    """The keys of a bibliography's entries."""
    return [entry["key"] for entry in ENTRY.finditer(read(file)) if entry["kind"].lower() not in NOT_ENTRIES]


def unclosed(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, what, what to try) of each entry whose braces are not closed before the next one begins."""
    entries = [match for match in ENTRY.finditer(text) if match["kind"].lower() != "comment"]
    for entry, after in zip(entries, [*(match.start() for match in entries[1:]), len(text)], strict=True):
        depth, first = 0, text.count("\n", 0, entry.start()) + 1
        rows = text[entry.start() : after].rstrip().split("\n")
        for k, row in enumerate(rows):
            depth += len(re.findall(r"(?<!\\)\{", row)) - len(re.findall(r"(?<!\\)\}", row))
            if depth > 1 and k + 1 < len(rows) and FIELD.match(rows[k + 1]):
                yield first + k, "this { is not closed", "end the value with },"
                break
        else:
            if depth > 0:
                yield first, f"the entry '{entry['key']}' is not closed", "end it with }"


def repeated(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, what, what to try) of each entry whose key stands above it already."""
    seen: dict[str, int] = {}
    for entry in (match for match in ENTRY.finditer(text) if match["kind"].lower() not in NOT_ENTRIES):
        key, line = entry["key"].lower(), text.count("\n", 0, entry.start("key")) + 1
        if key in seen:
            yield line, f"the key '{entry['key']}' stands twice", f"it stands at line {seen[key]} already"
        seen.setdefault(key, line)


def bibliography(log: Path, file: Path) -> list[AuthorError]:
    """An AuthorError for each fault that BibTeX's log, where it wrote one, names in a bibliography.

    file : the bibliography, as the author knows it.
    """
    said, text = read(log), read(file)
    faults = [*FAULT.finditer(said)]
    if not faults:
        return []
    found: list[tuple[int, str, str | None]] = [*unclosed(text), *repeated(text)]
    if not found:
        found = [told(fault, text.splitlines()) for fault in faults]
    return [AuthorError(f"{file}:{line}: {what}", hint, log=said) for line, what, hint in dict.fromkeys(found)]


def told(fault: re.Match[str], lines: list[str]) -> tuple[int, str, str | None]:
    """(line, what, what to try) of what BibTeX's log says at one place."""
    line = int(fault["line"])
    words, hint = next(((w, h) for pattern, w, h in WORDS if re.search(pattern, fault["what"])), (None, None))
    if "a , is" in str(words):  # BibTeX sees it where the next field begins
        line = next((k for k in range(line - 1, 0, -1) if lines[k - 1 : k] and lines[k - 1].strip()), line)
    return line, words or f"BibTeX: {fault['what']}", hint


def incomplete(log: Path, file: Path) -> Iterator[AuthorError]:
    """An AuthorError for each thing that BibTeX's log warns of, at the line of its entry, or of its field where it has
    one without words.

    file : the bibliography, as the author knows it. What is cited and not there is told where it is cited.
    """
    said, text = read(log), read(file)
    starts = {entry["key"].lower(): entry.start() for entry in ENTRY.finditer(text)}
    for warning in WARNING.finditer(said):
        what, line, hint = f"BibTeX: {warning['what']}", warning["line"], None
        at = starts.get(warning["what"].split()[-1].lower())
        if at is not None:
            if lacks := LACKS.match(warning["what"]):
                fields = re.split(" and | or ", lacks[1])
                what = f"the entry '{lacks[2]}' has no {' and no '.join(fields)}"
                hint = f"{fields[0]} = {{…}},"
                end = next((other for other in sorted(starts.values()) if other > at), len(text))
                written = re.compile(rf"^[ \t]*{fields[0]}\s*=", re.MULTILINE | re.IGNORECASE).search(text, at, end)
                at = written.start() if written else at
            line = text.count("\n", 0, at) + 1
        if line:
            yield AuthorError(f"{file}:{line}: {what}", hint)
