"""A chapter's notebook is run, draws what the previews are, and is made again when what it shows has changed."""

import base64
import io

import nbformat
import numpy as np
import pytest
from PIL import Image

from conftest import Project, fresh, once

pytestmark = pytest.mark.slow
RUN = "run the notebook of line"


@pytest.fixture(scope="module")
def noted(tmp_path_factory):
    """The minimal book in a clean copy, of which its notebook was asked for and nothing else; to look at."""
    return Project(once(tmp_path_factory, "noted", lambda root: fresh(root).make("notebooks")))


def read(project):
    return nbformat.read(project.build / "notebooks/line.ipynb", as_version=4)


def pictures(notebook):
    """The pixels of all that it draws; it says nothing else."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert {output.output_type for output in outputs} == {"execute_result"}
    return [pixels(io.BytesIO(base64.b64decode(output.data["image/png"]))) for output in outputs]


def pixels(png):
    return np.asarray(Image.open(png).convert("RGBA"))


def test_a_clean_copy_makes_a_notebook_that_draws_the_preview(noted):
    notebook = read(noted)
    nbformat.validate(notebook)
    (drawn,) = pictures(notebook)
    assert np.array_equal(drawn, pixels(noted.build / "previews/light/line/fit.png"))
    assert [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"] == [1, 2, 3, 4, 5]
    assert all(cell.metadata == {} for cell in notebook.cells)


def test_equal_sources_give_equal_bytes_and_nothing_to_do(noted, tmp_path):
    project = noted.copy(tmp_path / "project")
    file = project.build / "notebooks/line.ipynb"
    before = file.read_bytes()
    project.edit("line/chapter.tex", "The method of least squares is old", "Least squares are old")
    assert RUN not in project.jobs("notebooks")
    file.unlink()
    project.make("notebook-line")
    assert file.read_bytes() == before


def test_code_that_is_other_is_shown_and_drawn(noted, tmp_path):
    project = noted.copy(tmp_path / "project")
    before = pictures(read(project))
    project.edit("line/fit.py", "linspace(-1, 1, 2)", "linspace(-1, 0, 2)")
    assert RUN in project.jobs("notebooks")
    project.make("notebooks")
    assert "linspace(-1, 0, 2)" in "".join(cell.source for cell in read(project).cells)
    assert not np.array_equal(before, pictures(read(project)))


def test_a_module_that_fails_is_told_by_its_line(noted, tmp_path):
    project = noted.copy(tmp_path / "project")
    project.edit("line/fit.py", "x, y = sample(50, seed=0)", "x, y = sample(50 / 0, seed=0)")
    done = project.snakemake("notebooks")
    line = (project.root / project.folder / "line/fit.py").read_text(encoding="utf-8").split("50 / 0")[0].count(
        "\n"
    ) + 1
    assert done.returncode and f"error: {project.folder}/line/fit.py:{line}: ZeroDivisionError" in done.stderr
    assert not (project.build / "notebooks/line.ipynb").exists()


def test_what_fails_in_the_notebook_alone_is_told_by_its_line(noted, tmp_path, monkeypatch):
    """The stage by itself, which has not computed the figure before."""
    project = noted.copy(tmp_path / "project")
    project.edit("line/fit.py", "x, y = sample(50, seed=0)", "x, y = sample(50 / 0, seed=0)")
    done = project.run("pipeline.notebook", "line", "--book", project.folder)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {project.folder}/line/fit.py:13: ZeroDivisionError: division by zero\n")
    assert "  chapter line\n" in done.stderr


def test_a_chapter_that_is_none_gets_the_nearest(noted):
    done = noted.run("pipeline.notebook", "lime", "--book", noted.folder)
    assert (done.returncode, "'line'" in done.stderr) == (2, True)
