"""An edit of any file reruns exactly what it changes: each is built upon what is there, and from nothing in another folder.

The two builds must be equal; and a job that ran by itself, rather than after another, must have made something else than
before, but for those that are named here: they read what was edited, and turn out equal.
"""

import re

import pytest

import reading
from conftest import MINIMAL, ROOT, fresh
from pipeline.engine.plan import JOB
from pipeline.reproduce import differing, digests

TARGETS = ("all", "preview", "line", "print", "proof")
FEW, OTHERS = ("all", "preview"), re.compile(r"print|proof|chapters/|(?:mend|places)/\w+/")
# What concerns the press's and the authors' edition; of the rest, what holds for two editions holds for four.
PRESS = ("light.tex", "print.tex", "proof.tex", "press.tex", "maths-preamble.tex", "icc.py")
RECORD = re.compile(r"^(diary|costs)\.jsonl$|\.reads$|^inks/.*\.json$|^tables/\w+/[\w-]+\.json$")
AFTER = re.compile(r"Input files updated by another job: [^;]*")
MADE = {  # path below a build folder: the message of the job that makes it
    r"models/(.*)\.\w+": r"train \1",
    r"tables/(line/\w+)[/.].*": r"compute \1",
    r"pictures/(.*)\.\w+": r"render \1",
    r"inks/(\w+)\.\w+": r"mix inks (\1)",
    r"(?:text-)?formats/(\w+)\.\w+": r"dump format (\1)",
    r"figures/(\w+)/(.*)\.\w+": r"compile \2 (\1)",
    r"previews/(\w+)/(.*)\.\w+": r"preview \2 (\1)",
    r"chapters/(\w+)/(.*)\.\w+": r"typeset \2 (\1)",
    r"book-(\w+)\.\w+": rf"typeset {MINIMAL} (\1)",
    r"preflight/(\w+)\.\w+": rf"preflight {MINIMAL} (\1)",
    r"mend/contents\.json": f"contents of {MINIMAL}",
    r"(?:mend|labels|places|captions)/(\w+)\.json": rf"typeset {MINIMAL} (\1)",
    r"mend/(\w+)/(\w+)\.json": r"typeset \2 (\1)",
    r"contents\.\w+": f"contents of {MINIMAL}",
}
FIT = [f"preview line/fit ({edition})" for edition in ("dark", "light")]
LEARNED = [f"preview line/learned ({edition})" for edition in ("dark", "light")]
# What reads a stylesheet's comments, too: where one changes, these are made anew, and are as they were.
STYLED = ["dump format (dark)", "dump format (light)", *FIT, *LEARNED]
# (file, what stands there, what stands there then, jobs that read it and turn out equal); None and a text make a file, a
# text and None take it away.
OFTEN = [
    ("book.tex", "\\tableofcontents*\n", "\\tableofcontents*\n\\listoffigures*\n", ()),
    ("line/learned.py", r'"$\cx$"', r'"$2\cx$"', ()),
    ("line/photo.png", 130, 90, ()),
]
EDITS = [
    (
        "templates/maths-preamble.tex",
        "{FCCDE5}",
        "{FFCCEE}",
        ("dump format (light)", "dump format (proof)", "mix inks (print)", FIT[1], LEARNED[1]),
    ),
    ("editions/light.tex", r"\curvewidth}{1pt}", r"\curvewidth}{1.2pt}", ("mix inks (print)",)),
    ("pipeline/style/icc.py", "RELATIVE_COLORIMETRIC", "PERCEPTUAL", ()),  # figures with images ask for it, too
    ("preamble.tex", "minimum size=\\nodesize", "minimum size=1.1\\nodesize", ()),
    ("book.yaml", "title: A minimal book", "title: A small book", ()),
    ("book.yaml", "author: Nobody", "author: Somebody", ()),
    ("book.yaml", "seed: 1", "seed: 2", ()),
    ("book.yaml", "chapters: [line]", "chapters:\n  - line", ()),
    ("preface.tex", "Old", "New", ()),
    ("references.bib", "Hamburg", "Gotha", ()),
    ("references.bib", "  year", "  note = {A translation is at hand},\n  year", ()),
    ("line/chapter.tex", "Old words", "New words", ()),
    ("line/chapter.tex", "Old words", "% a comment\nOld words", ()),
    ("line/section.tex", "First words.", "Second words.", ()),
    ("line/net.tex.j2", "above=of x", "left=of x", ()),
    ("line/net.tex.j2", "A linear predictor", "A straight predictor", ()),
    ("line/net.tex.j2", "An observed input", "A seen input", ()),
    ("line/fit.tex.j2", r"0.6\measure", r"0.7\measure", ()),
    ("line/learned.tex.j2", "draw=reconstruction", "draw=target", ()),
    ("line/photo.tex.j2", "width=3cm", "width=2cm", ()),
    ("line/word.tex", "oldword", "newword", ()),
    ("line/dotted.tex", "olddot", "newdot", ()),
    ("line/weighed.txt", "8 bytes.", "8 bytes and more.", ()),
    ("line/mark.txt", "it is there", None, ()),
    ("line/extra.tex", None, "extra", ()),
    ("line/readings.csv", "1,1\n", "1,5\n", ()),
    ("line/offset.txt", None, "1", ()),
    ("line/scans/two.txt", None, "2", ()),
    ("line/shapes/straight.py", "SLOPE = 2", "SLOPE = 3", ()),
    ("line/shapes/straight.py", "SLOPE = 2", "# the same\nSLOPE = 2", ()),
    ("line/fit.py", "slope=1", "slope=3", ()),
    ("line/fit.py", "Readings from a file", "Numbers from a file", ()),
    ("line/learned.py", "Fifty points near", "Many points near", ()),
    ("line/learned.py", "labels = {", "target = None\n    labels = {", ("compute line/learned", *LEARNED)),
    ("line/data.py", "-1.0, 0.1", "-1.0, 0.2", ()),
    ("line/models/regression.py", "epochs=100", "epochs=101", ()),
    ("tests/test_data.py", "seed=0", "seed=1", ()),
    ("expected/line/fit.txt", "50 rows", "51 rows", ()),
    ("line/unread.txt", None, "nobody reads it", ()),
    ("editions/dark.tex", r"\leasttype}{6pt}", r"\leasttype}{5pt}", ()),
    ("editions/light.tex", r"\leasttype}{7pt}", r"\leasttype}{6pt}", ("mix inks (print)", FIT[1], LEARNED[1])),
    ("editions/print.tex", r"\mostink}{300}", r"\mostink}{310}", ("mix inks (print)",)),
    ("editions/proof.tex", r"\labels}{margin}", r"\labels}{none}", ()),
    ("templates/bars.tex", "% Bars beside fields", "% Bars by fields", STYLED),
    ("templates/space.tex", "% How plots in space", "% What plots in space", STYLED),
    ("templates/spread.tex", "% How far numbers", "% How far apart numbers", STYLED),
    ("templates/halo.tex", "% Halos: type", "% Type with halos", STYLED),
    ("templates/panels.tex", "% Small multiples:", "% Multiples that are small:", STYLED),
    (
        "templates/plots.tex",
        "big points/.style={points=#1, mark=*, mark size=1.7pt",
        "big points/.style={points=#1, mark=*, mark size=1.9pt",
        (),
    ),
    ("templates/diagrams.tex", "node distance=22pt", "node distance=25pt", ()),
    ("templates/figure.tex", r"\ht0+\picturerim\relax", r"\ht0+\picturerim*2\relax", ()),
    ("templates/measures.tex", "% How wide pictures", "% How broad pictures", STYLED),
    ("templates/tables.tex", "% How tables look", "% What tables look like", STYLED),
    ("templates/plates.tex", "% Plates: images", "% Images", STYLED),
    ("templates/tabular.j2", "booktabs:", "booktabs, as:", ()),
    ("templates/graph.j2", "in a tikzpicture:", "within a tikzpicture:", ()),
    ("templates/rules.tex", "% What LaTeX and packages draw", "% What packages and LaTeX draw", STYLED),
    ("templates/foreign.tex", "% What xcolor's colours are", "% Which xcolor's colours are", STYLED),
    ("templates/layer.tex", "% Dense plots", "% Plots that are dense", STYLED),
    ("templates/symbols.tex", "% In text they", "% In words they", STYLED),
    ("templates/carry.tex", "% Primes are one", "% Primes make one", STYLED),
    ("templates/marks.tex", r"\pdfliteral direct{/Line <<", r"\pdfliteral direct{/Lines <<", ()),
    ("templates/ticks.tex", "% Ticks: labels", "% Labels of ticks", STYLED),
    ("templates/numbers.tex", "% How numbers look", "% What numbers look like", STYLED),
    ("templates/press.tex", "/Trapped /False", "/Trapped /True", ()),
    ("templates/code.tex", r"\newcommand{\code}[1]{{\ttfamily #1}}", r"\newcommand{\code}[1]{{\sffamily #1}}", ()),
    ("templates/book.tex", r"\setheadfoot{14pt}{25pt}", r"\setheadfoot{14pt}{27pt}", ()),
    ("templates/shown.tex", r"\wlog{shows", r"\wlog{}\wlog{shows", ()),
    ("templates/values.tex", r"1000 sep={\,}", r"1000 sep={ }", ()),
    ("templates/class.tex", "% What a text begins with", "% What texts begin with", STYLED[:2]),
    (
        "templates/beside.tex",
        "% Pictures beside",
        "% Figures beside",
        [f"typeset {MINIMAL} ({e})" for e in ("dark", "light")],
    ),
    (
        "templates/sources.tex",
        "% From the page",
        "% From a page",
        [f"typeset {MINIMAL} ({e})" for e in ("dark", "light")],
    ),
    ("templates/drafting.tex", r"\overfullrule=6pt", r"\overfullrule=8pt", ()),
    ("templates/floats.tex", r"\setlength{\abovecaptionskip}{7pt}", r"\setlength{\abovecaptionskip}{8pt}", ()),
    ("templates/front.tex", r"\vspace{30pt}", r"\vspace{31pt}", ()),
    (
        "templates/notation.tex",
        "% What is made of the chapters",
        "% What the chapters give",
        [f"typeset {MINIMAL} ({e})" for e in ("dark", "light")],
    ),
    ("templates/language.tex", r"\usepackage{microtype}", r"\usepackage[expansion=false]{microtype}", ()),
    ("templates/preflight.html.j2", "max-width: 64rem", "max-width: 60rem", ()),
    ("templates/timings.html.j2", "max-width: 72rem", "max-width: 70rem", ()),
    ("templates/visual.html.j2", "max-width: 110rem", "max-width: 100rem", ()),
    ("pipeline/table/digits.py", "LEAST = 7", "LEAST = 5", ("compute line/fit",)),
    ("pipeline/linear.py", "MANY = 512", "MANY = 16", ("train line/regression",)),
    ("pipeline/tex/definitions.py", "FEFF{", "FEFF{'' or ", ()),
]


ONE_BY_ONE = [
    pytest.param([edit], marks=pytest.mark.edits, id=f"{edit[0]}-{k}") for k, edit in enumerate(OFTEN + EDITS)
]


@pytest.fixture(scope="module")
def made(built, tmp_path_factory):
    room = tmp_path_factory.mktemp("mutations")
    return reading.built(built.copy(room / "project"), room / "own", *TARGETS)


def mutate(project, file, old, new):
    path = project.path(file)
    if isinstance(old, int):
        path.write_bytes(reading.photo(new))
    elif old is None:
        project.write(file, new)
    elif new is None:
        path.unlink()
    else:
        project.edit(file, old, new)


def outputs(project):
    """Digests of all that is made, but for records of how."""
    return {path: digest for path, digest in digests(project.build).items() if not RECORD.search(str(path))}


def jobs(project, targets):
    """{message: reason} of all jobs that would run."""
    done = project.make("--dry-run", "--printshellcmds", *targets)
    return {match[1]: match[2] for match in JOB.finditer(done.stdout + done.stderr)}


def maker(path):
    for pattern, message in MADE.items():
        if found := re.fullmatch(pattern, str(path)):
            return found.expand(message)
    raise LookupError(f"nobody is known to make {path}")


@pytest.mark.parametrize("edits", [pytest.param(OFTEN, marks=pytest.mark.slow, id="often"), *ONE_BY_ONE])
def test_an_edit_reruns_exactly_what_it_changes(made, tmp_path, monkeypatch, edits):
    monkeypatch.setenv("PYTHONPATH", str(made.root.parent / "own"))
    again, anew = made.copy(tmp_path / "again"), fresh(tmp_path / "anew")
    reading.write(anew, tmp_path / "own")
    for file, old, new, _ in edits:
        for project in (again, anew):
            mutate(project, file, old, new)
    targets = TARGETS if any(file.endswith(PRESS) for file, *_ in edits) else FEW
    rerun = jobs(again, targets)
    for project in (again, anew):
        project.make(*targets)
    before, after, truth = map(outputs, (made, again, anew))
    if targets == FEW:
        before, after = (
            {path: found[path] for path in found if not OTHERS.search(str(path))} for found in (before, after)
        )
    assert differing(after, truth) == []
    changed = {maker(path) for path in differing(before, truth)}
    by_themselves = {message for message, reason in rerun.items() if not AFTER.fullmatch(reason)}
    assert changed <= set(rerun)
    assert sorted(by_themselves - changed) == sorted(message for *_, equal in edits for message in equal)


def test_each_file_of_the_book_and_its_templates_is_edited():
    edited = {edit[0] for edit in OFTEN + EDITS}
    there = {*reading.FILES, "line/photo.png"} | {
        str(path.relative_to(ROOT / MINIMAL))
        for path in (ROOT / MINIMAL).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    there |= {f"templates/{path.name}" for path in (ROOT / "templates").iterdir() if path.is_file()}
    exports = {
        "templates/embedded.tex",
        "templates/film.tex",
        "templates/slides.tex",
        "templates/talk.tex",
    }  # what no build of this book makes
    assert there - edited - exports == {"line/scans/one.txt", "tests/__init__.py", "tests/conftest.py"}
