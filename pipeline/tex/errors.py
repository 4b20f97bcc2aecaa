"""The fault at which TeX stopped, as the file and line that the author wrote."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import tex_hint
from pipeline.style.comments import without_comments
from pipeline.tex.macros import advice
from pipeline.tex.nesting import NESTING, nesting, unbalanced

ERROR = re.compile(r"^(?:\./)?(\S.*?\.\w+):(\d+): +(.*)$", re.MULTILINE)
BARE = re.compile(r"^! ?(.*)$", re.MULTILINE)
DATA = re.compile(r"[\w./-]+\.dat\b")
LIBRARY = re.compile(r"^/.*\.(?:sty|cls|def|cfg|fd|ltx|code\.tex)$")  # a file of TeX's own
PERCENT, DOLLAR = re.compile(r"(?<!\\)%"), re.compile(r"(?<!\\)\$")
FRAME = re.compile(r"\\(?:documentclass|(?:begin|end)\s*\{document\})")
MATHS, SCRIPT = re.compile(r"(?<!\\)\$.*?(?<!\\)\$"), re.compile(r"(?<!\\)[_^]")
NAMES = re.compile(r"\\\w*(?:ref|label|cite\w*|fig|val|input)\{.*?\}")

Place = Callable[[str, int | None], str]  # the author's, of a file and a line that TeX read


def first_error(log: str) -> tuple[str | None, int | None, str]:
    """(file, line, what) of the first error in a TeX log; file and line are None where it names none."""
    bare = (found := BARE.search(log)) and found[1].rstrip(".")
    if error := ERROR.search(log):
        what = error[3].rstrip(".")
        # TeX's next line shows what it has read, down into macros and arguments: the macro that is not defined comes
        # last.
        if what == "Undefined control sequence" and (
            read := re.match(r"\n.*(\\\S+) *$", log[error.end() :], re.MULTILINE)
        ):
            what += f" {read[1]}"
        if what in ("Emergency stop", "==> Fatal error occurred, no output PDF file produced!") and bare:
            what = bare
        return error[1], int(error[2]), re.sub(r"^(?:Package [\w ]+|LaTeX) Error: ", "", what)
    last = log.strip().splitlines()[-1] if log.strip() else "TeX said nothing"
    return None, None, bare or last


def by_its_line(text: list[str], line: int, what: str) -> tuple[int, str, str | None]:
    """(line, what, what to try or None) of an error of TeX's whose cause the author's own line shows."""
    written = text[line - 1] if 0 < line <= len(text) else ""
    if "is not closed" in what and (sign := PERCENT.search(written)):
        return line, what, rf"write \% for the sign: what follows {sign[0]} is a comment"
    if "only in preamble" in what.lower():
        if "usepackage" in written or "RequirePackage" in written:
            return line, r"\usepackage cannot stand in a text", "write it in the book's preamble.tex, beside book.yaml"
        if FRAME.search(written):
            frame = r"a chapter is a text alone, from \chapter on; what is needed before is in the book's preamble.tex"
            return line, "this can only stand before a document", f"leave it out: {frame}"
        return line, "this can only stand before a document", "write it in the book's preamble.tex, beside book.yaml"
    if "Missing $ inserted" in what or "math mode" in what:
        if not written.strip():
            return line, "an empty line in a formula", "leave it out, or write % in it"
        first = next((k + 1 for k in range(line - 1, -1, -1) if not text[k].strip()), 0)
        paragraph = [DOLLAR.findall(without_comments(row)) for row in text[first:line]]
        if sum(map(len, paragraph)) % 2:
            odd = max(k for k, found in enumerate(paragraph) if len(found) % 2)
            return first + odd + 1, "this $ has no partner", "a formula begins and ends with $"
        if bare := SCRIPT.search(NAMES.sub("", MATHS.sub("", written))):
            plain = {"_": r"\_", "^": r"\textasciicircum{}"}[bare[0]]
            return (
                line,
                f"this {bare[0]} stands in no formula",
                f"write {plain} for the sign, or $ … $ around a formula",
            )
    return line, what, None


def lines(path: str | Path) -> list[str]:
    return Path(path).read_text(errors="replace", encoding="utf-8").splitlines()


def rows_of(table: str) -> list[list[str]]:
    """The header of a table's file and its rows, as words."""
    return [line.split() for line in lines(table) if line and not line.startswith("#")]


def cell(table: str, word: str) -> str | None:
    """'file, row, column' of a word in a table, or None; no column where the row is longer than the header."""
    head, *rows = rows_of(table) or [[]]
    for k, row in enumerate(rows):
        if word in row:
            at = row.index(word)
            return f"{table}, row {k}" + (f", column '{head[at]}'" if at < len(head) else "")
    return None


def library(file: str) -> str:
    """The name by which a file of TeX's own is asked for: mathtools.sty, tikzlibrarypgfplots.dateplot.code.tex."""
    return re.sub(r"^(?:tikz|pgf|pgfplots)*library(?:pgfplots\.)?|\.code$", "", Path(file).stem)


def mentioned(name: str, files: Iterable[str | Path]) -> tuple[str, int] | None:
    """(file, line) that asks for a package, or None."""
    asks = re.compile(rf"[{{,/]\s*{re.escape(name)}\b")
    return next(((str(file), k) for file in files for k, text in enumerate(lines(file), 1) if asks.search(text)), None)


def made(macro: str, files: Iterable[str | Path]) -> str | None:
    """'file:line' that makes a macro or a length, or None."""
    makes = re.compile(rf"\\(?:\w*[cC]ommand|[egx]?def|new\w+|Declare\w+)\*?\s*\{{?\\{macro}(?![A-Za-z@])")
    return next((f"{file}:{k}" for file in files for k, text in enumerate(lines(file), 1) if makes.search(text)), None)


def explain(
    log: str,
    sources: Sequence[str],
    known: Sequence[str | Path],
    otherwise: str,
    where: Place = "{0}:{1}".format,
    readable: Callable[[str], bool] = lambda path: False,
    loaded: Iterable[str] = (),
) -> AuthorError:
    """The AuthorError that tells of the first error in a TeX log.

    sources : the files that TeX read as the author's; known : files with the names that are right; otherwise : the
        author's file where the log names none; where(file, line) : the author's place of a line; readable(path) :
        whether the picture may read a table; loaded : files of TeX's own that are read, besides those in the log.
    """
    file, line, what = first_error(log)
    if file and LIBRARY.search(file) and (asked := mentioned(library(file), sources)):  # by whom
        file, line = asked
    if NESTING.search(what):
        file, line, what = nesting(log, sources) or (file if file in sources else None, line, what)
    elif file and file in sources and line and (odd := unbalanced("\n".join(lines(file)))) and odd[0] <= line:
        # It leads to anything, but to an environment of a wrong name.
        line, what = (line, what) if "Environment" in what else odd
    remedy = None
    if file and line and Path(file).is_file():
        line, what, remedy = by_its_line(lines(file), line, what)
    own = "\n".join(Path(f).read_text(errors="replace", encoding="utf-8") for f in (*known, *sources))
    words, hint, name = tex_hint(what, own)
    if name and words.startswith(("there is no macro", "there is no environment")):
        hint = advice(name, log, own, loaded, environment="environment" in words)
    if name and "already" in words and (at := made(name, known)):
        words += f": {at}"
    rows: dict[str, str] = {}
    if name and ("TeX lacks" in words or "must be loaded" in words):
        file, line = mentioned(Path(name).stem, (*sources, *known)) or (file, line)
    if file and file in sources and line:
        text = lines(file)[:line]
        # TeX stops where it uses a name, which may be below where the author wrote it.
        line = next((k for k in range(line, 0, -1) if name and name in text[k - 1]), line)
        tables = next((found for t in reversed(text[:line]) if (found := [*filter(readable, DATA.findall(t))])), [])
        if tables and "no column" in words:
            head = next(iter(rows_of(tables[0])), [])
            hint, rows = f"its columns are {', '.join(head)}" if head else "it is empty", {"table": tables[0]}
        elif name and "number" in words and (at := next(filter(None, (cell(table, name) for table in tables)), "")):
            rows = {"table": at}
    hint = remedy or hint
    place = where(file, line) if file and not what.startswith("The figure's") else otherwise
    picture = f"{file}:{line}" if file in sources and place != f"{file}:{line}" else None
    return AuthorError(f"{place}: {words}", hint, picture, log, **rows)


def asking(name: str, log: str, sources: Sequence[str], otherwise: str, where: Place = "{0}:{1}".format) -> str:
    """The author's place where TeX asks for a file: that of the error in the log, or the first line in which the file's
    name stands; `otherwise` where none does."""
    file, line, _ = first_error(log)
    if file not in sources:
        word = Path(name).stem
        file, line = next(
            ((file, k) for file in sources for k, text in enumerate(lines(file), 1) if word and word in text),
            (None, None),
        )
    return where(file, line) if file else otherwise
