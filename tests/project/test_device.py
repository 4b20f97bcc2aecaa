"""Where models are trained: what book.yaml asks for, what is there, what goes stale, and whether a GPU gives the
same."""

import re

import pytest
import torch

from conftest import MINIMAL
from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.project.device import FOUND, check_device, device
from pipeline.records.record import of_model
from pipeline.records.sidecar import read
from pipeline.training import Run

MODEL = "line/regression"


@pytest.fixture
def asking(project, book):
    """The minimal book, trained where it is told."""

    def asking(where):
        project.edit("book.yaml", "chapters:", f"device: {where}\nchapters:")
        return Book(book.root)

    return asking


@pytest.mark.parametrize(
    ("asked", "found", "resolved"),
    [("cpu", "1", "cpu"), ("cuda", "1", "cuda"), ("cuda", "", "cuda"), ("auto", "1", "cuda"), ("auto", "", "cpu")],
)
def test_what_is_asked_for_and_what_is_there(asking, monkeypatch, asked, found, resolved):
    monkeypatch.setenv(FOUND, found)
    book = asking(asked)
    assert device(book) == resolved
    assert of_model(book, MODEL, {})["versions"]["device"] == resolved


def test_torch_is_asked_once(asking, monkeypatch):
    monkeypatch.delenv(FOUND, raising=False)
    monkeypatch.setattr("pipeline.project.device.asked_of_torch", lambda: True)
    book = asking("auto")
    assert device(book) == "cuda"
    monkeypatch.setattr("pipeline.project.device.asked_of_torch", lambda: False)
    assert device(book) == "cuda"


def test_no_gpu_where_one_is_asked_for(asking, monkeypatch):
    monkeypatch.setenv(FOUND, "")
    check_device(Book(MINIMAL))
    with pytest.raises(AuthorError, match=r"book.yaml:\d+: device: torch finds no GPU here$") as error:
        check_device(asking("cuda"))
    assert error.value.hint.startswith("'auto' takes one where there is one")


def test_the_device_is_recorded_and_another_makes_the_model_stale(project, asking):
    assert read(Book(MINIMAL).figure("dark", "line/fit"))["record"]["versions"]["device"] == "cpu"
    assert not project.jobs("line-fit")
    asking("cuda")
    assert "train line/regression" in project.jobs("line-fit")


def test_training_queues_for_the_gpu_and_fails_where_there_is_none(project, asking, monkeypatch):
    monkeypatch.setenv(FOUND, "")
    asking("cuda")
    done = project.run("snakemake", "line-fit", "-c2", "--verbose", "--config", f"book={MINIMAL}")
    said = done.stdout + done.stderr
    assert done.returncode and "book.yaml:4: device: torch finds no GPU here" in said
    taken = [re.findall(r"'gpu': (\d+)", line) for line in said.splitlines() if line.startswith("Resources ")]
    assert taken[:2] == [["1"], ["0"]]  # before and after the job is chosen


def test_data_are_moved_to_the_net():
    """The meta device stands in for a GPU: its tensors are elsewhere, too."""
    run = Run(torch.nn.Linear(2, 1, device="meta"), 1)
    assert [tensor.device.type for tensor in run.moved(torch.ones(3, 2), torch.ones(3))] == ["meta", "meta"]


def test_a_gpu_gives_the_same_within_rounding(project, asking):
    if not torch.cuda.is_available():
        pytest.skip("no GPU here")
    on_cpu = torch.load(project.build / f"models/{MODEL}.pt", weights_only=True)
    asking("cuda")
    project.make("line-fit")
    on_gpu = torch.load(project.build / f"models/{MODEL}.pt", weights_only=True)
    assert all(value.device.type == "cpu" for value in on_gpu["net"].values())
    torch.testing.assert_close(on_gpu["net"], on_cpu["net"], rtol=1e-4, atol=1e-5)
    # the same initial weights
    torch.testing.assert_close(on_gpu["snapshots"][0], on_cpu["snapshots"][0], rtol=0, atol=0)
    first = (project.build / f"models/{MODEL}.pt").read_bytes()
    (project.build / f"models/{MODEL}.pt").unlink()
    project.make("line-fit")
    assert (project.build / f"models/{MODEL}.pt").read_bytes() == first
