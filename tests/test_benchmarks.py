"""The benchmarks' own: the books that they build, what they measure of a command, and what they report of numbers."""

import json
import platform
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from benchmarks.books import EDIT, make, names
from benchmarks.builds import FIGURE
from benchmarks.growth import few
from benchmarks.measure import Failed, row, run
from benchmarks.plot import plot
from benchmarks.project import Project, counted, stages
from benchmarks.report import report, table
from benchmarks.targets import target_rows
from conftest import ROOT, fresh
from pipeline.project.book import Book

# What a run of 10 s gives, in canned groups.
TIMES = {"wall, s": 10.0, "CPU, s": 12.0, "of it TeX, s": 2.0, "largest process, MB": 400.0}
RESULTS = {
    "c": [
        {"": "both PDFs: `snakemake x`", "runs": 5, **TIMES},
        {"": "both PDFs: `python -m pipeline.build x`", "note": "not there"},
    ],
    "e": [{"points": 100_000, "": "the figure's step, both editions at once", **TIMES, "wall, s": 0.8}],
    "f": [
        {"figures": 100, "": "nothing changed: `snakemake all`", **TIMES, "wall, s": 0.9},
        {"figures": 1000, "": "snakemake itself", "largest process, MB": 1200.0},
    ],
    "g": [
        {"book": "this", "": "first, both: external", **TIMES, "of it TeX, s": 30.0},
        {"book": "this", "": "first, both: this pipeline", **TIMES, "of it TeX, s": 4.0},
    ],
    "h": [{"model": "all", "cpu": 3.0, "times less": 2.5}],
}


@pytest.fixture
def project(tmp_path):
    fresh(tmp_path)
    make(tmp_path / "books/synthetic", 3, points=20)
    return Project(tmp_path, "books/synthetic")


def test_a_synthetic_book_has_so_many_figures_and_can_be_built(project):
    assert len(Book(project.folder / project.book).figures) == 3
    said = project.snakemake("all", "--dry-run").output
    assert said.count("figure    part-1/") == 6 and said.count("tables    part-1/") == 2
    modules = [
        (project.folder / project.book / "part-1" / f"{stem}.py") for _, stem, kind in names(3) if kind != "diagram"
    ]
    assert [
        "= 0, 20" in modules[0].read_text(encoding="utf-8"),
        "= 1, 20" in modules[1].read_text(encoding="utf-8"),
    ] == [True, True]


@pytest.mark.long
def test_a_figure_of_a_synthetic_book_is_built_and_its_jobs_are_counted(project):
    cost = project.snakemake("part-1-scatter-0", watched=True)
    assert counted(project.jobs()) == "2 figure, 2 format, 1 picture, 1 tables"
    assert 0.1 < cost.tex < cost.cpu  # s: to ask for its version takes hundredths; four runs, also in a room, do not
    found = {cells[""]: cells for cells in stages([project.jobs()], [cost])}
    assert found["figure"]["jobs"] == 2 and found["figure"]["wall of its jobs, s"] > 0
    assert found["snakemake itself"]["largest process, MB"] > 20


def test_a_recolour_changes_one_colour_in_both_editions_and_is_taken_back(project):
    sheet = project.folder / "templates/maths-preamble.tex"
    before = sheet.read_text(encoding="utf-8")
    project.recolour()
    pairs = [
        (old, new)
        for old, new in zip(before.splitlines(), sheet.read_text(encoding="utf-8").splitlines(), strict=True)
        if old != new
    ]
    assert len(pairs) == 1 and sum(a != b for a, b in zip(*pairs[0], strict=True)) == 2
    project.recolour()
    assert sheet.read_text(encoding="utf-8") == before


def test_an_edit_is_taken_back_the_next_time(project):
    path = "books/synthetic/part-1/scatter-0.tex.j2"
    before = (project.folder / path).read_text(encoding="utf-8")
    project.toggle(path, *EDIT)
    assert EDIT[1] in (project.folder / path).read_text(encoding="utf-8")
    project.toggle(path, *EDIT)
    assert (project.folder / path).read_text(encoding="utf-8") == before
    with pytest.raises(Failed, match="has no 'nowhere'"):
        project.toggle(path, "nowhere", "anywhere")


# In a process of its own: Linux counts what this one has among what its children have.
MEASURE = """
import json, sys
from benchmarks.measure import run
small, large = (run([sys.executable, "-c", code]) for code in sys.argv[1:])
print(json.dumps([[c.memory, c.cpu, c.wall] for c in (small, large)]))
"""


def test_memory_and_time_of_a_command_and_of_its_children_are_told():
    work = "x = bytearray(200_000_000)\nimport time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, "pass", child], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    small, large = json.loads(done.stdout)
    assert small[0] < 100 and 200 < large[0] < 300  # MB
    assert small[1] < 0.3 <= large[1] <= 1.5 and large[2] >= 0.3  # s


def test_seconds_in_tex_are_told_once_where_tex_runs_tex(tmp_path):
    (tmp_path / "inner.tex").write_text(
        r"\count1=0 \loop\advance\count1 by 1 \ifnum\count1<1000000 \repeat\end", encoding="utf-8"
    )
    (tmp_path / "outer.tex").write_text(
        r"\immediate\write18{pdftex -interaction=batchmode inner}\end", encoding="utf-8"
    )
    cost = run(["pdftex", "-shell-escape", "-interaction=batchmode", "outer"], tmp_path)
    assert 0.1 < cost.tex <= cost.cpu  # the inner run is part of the outer one's time
    assert run([sys.executable, "-c", "pass"]).tex == 0


def test_a_command_that_fails_is_no_measurement():
    with pytest.raises(Failed, match=r"(?s)status 3.*said"):
        run([sys.executable, "-c", "print('said'); raise SystemExit(3)"])


def test_medians_and_the_number_of_runs_are_reported():
    costs = [run([sys.executable, "-c", "pass"]) for _ in range(3)]
    cells = row("nothing", costs, note="why")
    assert (cells["runs"], cells["note"]) == (3, "why")
    assert cells["wall, s"] == sorted(cost.wall for cost in costs)[1]
    assert [few(5, figures) for figures in (10, 100, 1000)] == [5, 5, 1]


def test_a_table_has_all_columns_and_its_notes_last():
    assert table([{"": "one", "note": "a|b", "s": 0.12345}, {"": "two", "runs": 5, "s": 1234.5}]).splitlines() == [
        "|  | s | runs | note |",
        "| --- | ---: | ---: | --- |",
        r"| one | 0.123 |  | a\|b |",
        "| two | 1,234 | 5 |  |",
    ]


def test_targets_stand_beside_what_was_measured():
    rows = {cells["target"]: (cells["wanted"], cells["measured"], cells["met"]) for cells in target_rows(RESULTS)}
    assert rows["one template edited, both PDFs, warm process"] == ("≤ 0.6 s", "", "not measured")
    assert rows[f"the same through a cold `snakemake {FIGURE}`"] == ("≤ 2.5 s", "10 s", "no")
    assert rows["nothing changed, 100 figures, `snakemake all`"] == ("≤ 1 s", "0.9 s", "yes")
    assert rows["one figure with 100,000 points, both editions"] == ("≤ 1 s", "0.8 s", "yes")
    external = "TeX time of the book's figures, both editions, against `external`"
    assert rows[external] == ("at least 6 times less", "7.5 times less", "yes")
    assert rows["training stage against the plain notebook loop"] == (
        "at least 2 times less CPU",
        "2.5 times less CPU",
        "yes",
    )
    assert rows["1,000 figures: memory of any process"] == ("≤ 1 GB", "1.2 GB", "no")
    assert {cells["met"] for cells in target_rows({})} == {"not measured"}


def test_the_report_names_the_machine_and_neither_host_nor_folders():
    text = report(RESULTS, ["Others were busy."])
    assert "| TeX | pdfTeX" in text and "Others were busy." in text and "## (g) Against" in text
    assert str(ROOT) not in text and platform.node() not in text


def test_the_plot_draws_what_was_measured(tmp_path):
    assert plot(RESULTS, tmp_path / "results.svg")
    drawing = ElementTree.parse(tmp_path / "results.svg").getroot()
    assert drawing.tag.endswith("svg") and not plot({}, tmp_path / "none.svg")
