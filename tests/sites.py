"""A gallery of a small book that has what galleries may meet, and a browser that looks at it."""

import shutil

import pytest

from conftest import PROJECT, git, once
from pipeline.setup.needs import BROWSERS

BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
CAPTIONS = r"""
\newcommand{\term}[1]{\emph{#1}}
\newcommand{\commented}[2]{\fig{#1}{A note: #2, by \term{hand}.}}
"""
TEXT = r"""\chapter{A line}\label{ch:line}
Words \citep{gauss1809}.
\fig{line/net}{The predictor sends $\vx^{(n)}$ to the cost, see \figref{line/fit} and \eqref{eq:line}; a slope
of \val[fixed, precision=2]{line/fit/slope}, as \citet{gauss1809} has it.}
\begin{equation}\label{eq:line} y = x \end{equation}
\commented{line/fit}{fifty points in \blue{blue}, and $\cost = \val{line/fit/slope}$}
"""
FILM = '''

FRAMES_PER_SECOND, HOLD = 10, 0.5


def frames(regression):
    """The points fly apart.

    They begin on a heap, and end far from one another.
    """
    printed = tables(regression)
    data = printed["data"]
    for k in range(1, 5):
        yield printed | {"data": Points(k * data.x, 3**k * data.y, labels=data.labels)}
'''
ERRATA = r"""
"0.1":
  - {where: "page 3", figure: line/net, was: "$\\vx$", is: "$\\vy$", thanks: "a reader"}
"0.2":
  - {where: "page 5", is: "a word", note: "It was left out: 5 % of \\emph{all}."}
"""


@pytest.fixture(scope="session")
def gallery(built, tmp_path_factory):
    """A project whose gallery is built; to look at."""

    def make(root):
        project = built.copy(root)
        project.write("preamble.tex", project.path("preamble.tex").read_text(encoding="utf-8") + CAPTIONS)
        project.write("line/chapter.tex", TEXT)
        project.write("line/fit.py", project.path("line/fit.py").read_text(encoding="utf-8") + FILM)
        project.write("errata.yaml", ERRATA)
        config = project.path("book.yaml").read_text(encoding="utf-8")
        project.write(
            "book.yaml", f"{config}\nsite: https://example.org/figures/\nrepository: https://github.com/jane/book\n"
        )
        for command in (["init", "-q"], ["add", *PROJECT, str(project.folder)], ["commit", "-qm", "all"]):
            git(project, *command)
        drawn = project.path("line/net.tex.j2").read_text(encoding="utf-8")  # the drafts: an edit, and what is new
        project.write("line/net.tex.j2", f"{drawn}% in no commit\n")
        project.write("line/deep/hidden.tex.j2", drawn.replace("A linear predictor", r"A hidden $\vx$"))
        project.make("gallery")

    root = once(tmp_path_factory, "gallery", make)
    return type(built)(root)


@pytest.fixture(scope="session")
def browser():
    if not BROWSER:
        pytest.skip("no Chromium: `sh pipeline/setup/setup.sh browser` installs it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def opened(browser, gallery):
    """A function that opens a page of the gallery from the disk; what goes wrong in it, or is asked for elsewhere,
    fails the test."""
    faults, contexts = [], []

    def open_(page="index.html", width=1440, theme="dark", context=None, folder=None, **options):
        if context is None:
            height = 900 if width > 600 else 740
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, **options)
            contexts.append(context)
        found = context.new_page()
        found.set_default_timeout(90_000)  # ms, on a machine that does much else
        found.on("pageerror", lambda error: faults.append(str(error)))
        found.on("console", lambda said: faults.append(said.text))
        found.asked = []
        found.on("request", lambda request: found.asked.append(request.url))
        home = (folder or gallery.build / "gallery").resolve()
        found.goto(f"{(home / page.partition('#')[0]).as_uri()}{''.join(page.partition('#')[1:])}")
        found.wait_for_load_state("networkidle")
        return found

    open_.browser = browser
    yield open_
    elsewhere = [
        url
        for context in contexts
        for page in context.pages
        for url in page.asked
        if not url.startswith(("file:", "data:"))
    ]
    for context in contexts:
        context.close()
    assert faults == [] and elsewhere == []
