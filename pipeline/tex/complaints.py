"""What a log of TeX's says that a reader would stumble over, though TeX could typeset it; and the log's lines, each
with the file that was read."""

import re
from collections.abc import Container, Iterator, Sequence

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.tex.errors import lines

UNDEFINED = re.compile(r"Warning: (Reference|Citation) [`'](.+?)' .*undefined on input line (\d+)")
TWICE = re.compile(r"Warning: Label [`'](.+?)' multiply defined")
MEND = re.compile(r"^mend (\d+): (.+?)(?:; try (.+))?$")  # the templates' own word
TALL = re.compile(r"Warning: Float too large for page by ([\d.]+)pt on input line (\d+)")
BOX = re.compile(r"Overfull \\[hv]box \((\d+\.?\d*)pt too (wide|high)\)(?:\D*(\d+)|)")
PAGE = re.compile(r"^ ?\[(\d+)", re.MULTILINE)


def in_files(log: str) -> Iterator[tuple[str, int, str]]:
    """(file, number, line) of each line of a log, with the file that TeX was reading: the frame logs <<<file where one
    begins, and >>> where it ends."""
    files = ["templates/book.tex"]
    for number, line in enumerate(log.splitlines()):
        if line.startswith("<<<"):
            name = line[3:]
            files.append(name if name.count("/") > 1 else name.removeprefix("/"))  # /name is in TeX's own folder
        elif line == ">>>":
            files.pop()
        else:
            yield files[-1], number, line


def complaints(
    log: str,
    sources: Sequence[str],
    labels: Sequence[str],
    keys: Sequence[str],
    figures: Container[str] = (),
    follow: Container[str] = (),
) -> list[AuthorError]:
    """An AuthorError for each thing in a log that a reader would stumble over: what is undefined, defined twice or too
    wide.

    labels, keys : what the text may refer to; figures : what it may show; follow : labels that are lost by another
        fault, which is told.
    """
    found = []
    for file, number, line in in_files(log):
        if (match := UNDEFINED.search(line)) and match[2] in follow:
            continue
        if match:
            what, words, otherwise = (
                ("there is no label", labels, rf"\label{{{match[2]}}} makes one, where it belongs")
                if match[1] == "Reference"
                else ("references.bib has no", keys, "add it there")
            )
            where, name = f"{file}:{match[3]}: {what} '{match[2]}'", match[2].partition(":")[2]
            shown = rf"\fig{{{name}}}{{…}} makes one, where it belongs" if name in figures else None
            found.append(AuthorError(where, shown or nearest(match[2], words) or otherwise))
        elif match := TWICE.search(line):
            made = re.compile(rf"\\(?:label|fig(?:\[.*?\])?)\{{{re.escape(match[1].removeprefix('fig:'))}\}}")
            places = [
                f"{source}:{n}" for source in sources for n, text in enumerate(lines(source), 1) if made.search(text)
            ]
            hint = f"it stands at {places[0]} already" if places else None
            found.append(AuthorError(f"{(places or [file])[-1]}: the label '{match[1]}' stands twice", hint))
        elif match := MEND.match(line):
            found.append(AuthorError(f"{file}:{match[1]}: {match[2]}", match[3]))
        elif match := TALL.search(line):
            what = f"the float is {float(match[1]):.1f} pt too high for its page"
            found.append(AuthorError(f"{file}:{match[2]}: {what}", "fewer pictures or words in it"))
        elif (match := BOX.search(line)) and float(match[1]) > 1:
            page = PAGE.search("\n".join(log.splitlines()[number + 1 :]))
            place, on = (f"{file}:{match[3]}", "") if match[3] else (file, f", on page {page[1] if page else '?'}")
            what = f"a box is {float(match[1]):.1f} pt too {match[2]}"
            found.append(AuthorError(f"{place}: {what}{on}", "reword the line, or make the box smaller"))
    return found
