"""What makes a figure stale: exactly what it depends on. Each test edits a built book and asks which jobs would run."""

import inspect
import shutil

import pytest
from snakemake.scheduling.job_scheduler import JobScheduler

from conftest import MINIMAL, Project, once

pytestmark = pytest.mark.slow  # a plan for each edit

BOOKS = {f"{verb} {MINIMAL} ({edition})" for verb in ("typeset", "preflight") for edition in ("dark", "light")}
TITLE = '"""A figure of its own.\n\nA line.\n"""\n'
CURVE = "return {'curve': Curve([0, 1], y=[0, SLOPE])}\n"
# A second chapter: `shared` reaches the first chapter's data by way of a module of its own, `net` asks for a model of
# the first chapter's, `alone` depends on nothing but itself and a template that it includes.
MORE = {
    "more/chapter.tex": "\\chapter{More}\n\\fig{more/shared}{}\n\\fig{more/asks}{}\n\\fig{more/alone}{}\n",
    "more/common.py": "from book.line.data import SLOPE\n",
    "more/shared.py": f"{TITLE}\nfrom pipeline.table import Curve\n\n\ndef tables():\n"
    f"    from book.more.common import SLOPE\n\n    {CURVE}",
    "more/asks.py": f"{TITLE}\nfrom pipeline.table import Values\n\n\ndef tables(net='line/regression'):\n"
    "    return {'v': Values(slope=net.net.weight[0, 0])}\n",
    "more/alone.py": f"{TITLE}\nfrom pipeline.table import Curve\n\nSLOPE = 1\n\n\ndef tables():\n    {CURVE}",
    "more/shared.tex.j2": "\\begin{tikzpicture}\\begin{axis}\\addplot table {((( curve )))};\\end{axis}\\end{tikzpicture}\n",
    "more/asks.tex.j2": "\\begin{tikzpicture}\\node {((( values.slope )))};\\end{tikzpicture}\n",
    "more/alone.tex.j2": "((* include 'more/part.j2' *))\n",
    "more/part.j2": "\\begin{tikzpicture}\\begin{axis}\\addplot table {((( curve )))};\\end{axis}\\end{tikzpicture}\n",
    "more/models/spare.py": "from torch import nn\n\n\ndef build():\n    return nn.Linear(1, 1)\n\n\n"
    "def train(net, seed):\n    return {}, {}\n",
}
DRAWN, COMPUTED = {"line/net"}, {"line/fit", "more/shared", "more/asks", "more/alone"}


def compiled(*figures, editions=("dark", "light")):
    return {f"compile {figure} ({edition})" for figure in figures for edition in editions}


def from_formats(*editions):
    """All jobs from the formats of these editions to the figures."""
    return {f"dump format ({edition})" for edition in editions} | compiled(*DRAWN, *COMPUTED, editions=editions)


def from_tables(*figures):
    """All jobs from the tables of these figures to the books."""
    return {f"{verb} {figure}" for verb in ("compute", "render") for figure in figures} | compiled(*figures) | BOOKS


def from_templates(*figures):
    return {f"render {figure}" for figure in figures} | compiled(*figures) | BOOKS


@pytest.fixture(scope="module")
def two_chapters(built, tmp_path_factory):
    """The minimal book with its second chapter, built."""

    def make(root):
        project = built.copy(root)
        project.edit("book.yaml", "[line]", "[line, more]")
        for name, text in MORE.items():
            project.write(name, text)
        project.make(f"build/{MINIMAL}/models/more/spare.pt", "all")

    return Project(once(tmp_path_factory, "two", make))


@pytest.fixture
def project(two_chapters, tmp_path):
    return two_chapters.copy(tmp_path / "project")


def test_after_a_build_there_is_nothing_to_do(project):
    assert project.jobs("all", "figures") == set()


@pytest.mark.parametrize(
    ("file", "old", "new", "jobs"),
    [
        # A template: its figure's two PDFs and the books.
        ("line/fit.tex.j2", "0.6\\measure", "0.7\\measure", from_templates("line/fit")),
        # one that is included
        ("more/part.j2", "{axis}\\addplot", "{axis}\\addplot[thick]", from_templates("more/alone")),
        ("line/net.tex.j2", "above=of x", "left=of x", from_templates("line/net")),
        # A module that is shared: all that import it, transitively, and the models among them.
        ("line/data.py", "NOISE = ", "NOISE = 2 * ", {"train line/regression"} | from_tables("line/fit", "more/shared", "more/asks")),
        ("more/common.py", "SLOPE", "SLOPE, NOISE", from_tables("more/shared")),
        # A figure's own module, a model, and a model that no figure asks for.
        ("more/alone.py", "SLOPE = 1", "SLOPE = 3", from_tables("more/alone")),
        ("line/models/regression.py", "epochs=100", "epochs=101", {"train line/regression"} | from_tables("line/fit", "more/asks")),
        ("more/models/spare.py", "Linear(1, 1)", "Linear(1, 2)", set()),
        # A colour, a plot style, an edition's answer: TeX alone, and in one edition where only it is concerned.
        ("templates/maths-preamble.tex", "{FCCDE5}", "{FFCCEE}", from_formats("dark", "light") | BOOKS),
        ("templates/plots.tex", "mark=dot, mark size=0.8pt", "mark=dot, mark size=0.9pt", from_formats("dark", "light") | BOOKS),
        ("editions/dark.tex", "{1pt}", "{1.2pt}",
         from_formats("dark") | {f"{verb} {MINIMAL} (dark)" for verb in ("typeset", "preflight")}),
        ("templates/figure.tex", "10pt", "11pt", from_formats("dark", "light") | BOOKS),
        # The text, the book's title, its seed.
        ("line/chapter.tex", "is old", "is very old", BOOKS),
        ("book.yaml", "A minimal book", "A small book", BOOKS),
        ("book.yaml", "seed: 1", "seed: 2", {"train line/regression"} | from_tables(*COMPUTED)),
        # A step's own code.
        ("pipeline/train.py", "seeds.begin(seed)", "seeds.begin(seed + 1)",
         {"train line/regression"} | from_tables("line/fit", "more/asks")),
        ("pipeline/picture.py", "source = source_of(book", "source = '' + source_of(book", from_templates(*DRAWN, *COMPUTED)),
        ("pipeline/preview.py", "axes.legend(ax)", "axes.legend(axes[-1])", set()),
    ],
)  # fmt: skip
def test_an_edit_touches_exactly_what_depends_on_it(project, file, old, new, jobs):
    project.edit(file, old, new)
    assert project.jobs() == jobs


def test_snakemake_still_has_the_limit_that_the_snakefile_lifts():
    assert "self.job_rate_limiter is None" in inspect.getsource(JobScheduler)


def test_touching_files_changes_nothing(project):
    for path in [
        p
        for folder in (MINIMAL, "pipeline", "templates", "build")
        for p in (project.root / folder).rglob("*")
        if p.is_file()
    ]:
        path.touch()
    assert project.jobs() == set()


def test_an_edit_that_is_taken_back_changes_nothing(project):
    project.edit("line/data.py", "-1.0, 0.1", "-1.0, 0.2")
    assert project.jobs() != set()
    project.edit("line/data.py", "-1.0, 0.2", "-1.0, 0.1")
    assert project.jobs() == set()


def test_previews_follow_the_stylesheet_and_the_tables(project):
    project.make("preview-more-alone")
    assert project.jobs("preview-more-alone") == set()
    project.edit("templates/maths-preamble.tex", "{FCCDE5}", "{FFCCEE}")
    previews = {f"preview more/alone ({edition})" for edition in ("dark", "light")}
    assert project.jobs("preview-more-alone") == previews
    project.edit("more/alone.py", "SLOPE = 1", "SLOPE = 3")
    assert project.jobs("preview-more-alone") == {"compute more/alone"} | previews


def targets(project):
    return {line.split(" (")[0] for line in project.make("--list").stdout.splitlines()}


def built_for(project, figure):
    return [p for p in project.build.rglob("*") if "logs" not in p.parts and f"/{figure}" in str(p)]


def test_deleting_a_template_removes_the_figure(built, tmp_path):
    project = built.copy(tmp_path / "project")
    assert built_for(project, "line/fit") and {"line-fit", "preview-line-fit"} <= targets(project)
    project.write(
        "line/chapter.tex", "\\chapter{A line}\nIts cost is old \\citep{gauss1809}.\n\\fig{line/net}{The predictor.}\n"
    )
    project.path("line/fit.tex.j2").unlink()
    done = project.make("all")
    assert built_for(project, "line/fit") == []
    assert not {"line-fit", "preview-line-fit"} & targets(project)
    assert "train" not in done.stderr and "figure  " not in done.stderr
    assert project.jobs() == set()


def test_a_model_that_is_deleted_is_removed(project):
    assert (project.build / "models/more/spare.pt").is_file()
    project.path("more/models/spare.py").unlink()
    project.edit("book.yaml", "A minimal book", "A small book")
    project.make("all")
    assert not (project.build / "models/more/spare.pt").exists()
    assert (project.build / "models/line/regression.pt").is_file()


def test_a_figure_being_drafted_builds_by_its_own_target(project):
    project.write("more/draft.tex.j2", "((= A draft. =))\n\\begin{tikzpicture}\\node {draft};\\end{tikzpicture}\n")
    project.make("more-draft")
    assert (project.build / "figures/light/more/draft.pdf").is_file()
    assert f"to mend: {MINIMAL}/more/draft.tex.j2:1: no chapter shows it" in project.make("all").stderr


def test_where_the_metadata_are_lost_all_is_made_again_whatever_is_asked_for_first(project):
    """A build folder that came alone, or whose `.snakemake` was deleted: Snakemake by itself takes it as current."""
    shutil.rmtree(project.root / ".snakemake")
    everything = project.jobs("all", "figures")
    assert compiled("line/net", "line/fit") | BOOKS | {"train line/regression"} <= everything
    told = project.run("pipeline.why", "line-fit", "--book", MINIMAL).stdout
    assert "Snakemake's metadata, by which it knows what is current, are not there" in told
    first = project.jobs("line-fit")
    project.make("line-fit")
    assert first < everything and project.jobs("all", "figures") == everything - first
    project.make("all", "figures")
    assert project.jobs() == set()


def test_what_viewers_look_for_beside_a_book_comes_back(project):
    project.build.joinpath("book-dark.synctex.gz").unlink()
    assert project.jobs("book") == {f"typeset {MINIMAL} (dark)"}
    assert project.jobs("figures") == set()
