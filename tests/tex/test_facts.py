"""What a book says of its own making."""

import torch

from pipeline.models import save
from pipeline.project.book import Book
from pipeline.tex.facts import contents, counted, facts, leaves, made_with


def test_a_net_is_counted_without_torch(tmp_path):
    net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 2, bias=False))
    with torch.no_grad():
        net[2].weight = torch.nn.Parameter(net[2].weight.T.contiguous().T)
    save(tmp_path / "net.pt", net, {"loss": [3.0, 2.0, 1.0]}, {2: net.state_dict()})
    found = contents(tmp_path / "net.pt")
    assert found["net"] == {name: tuple(value.shape) for name, value in net.state_dict().items()}
    assert found["history"] == {"loss": [3.0, 2.0, 1.0]}


def test_what_a_file_names_is_not_called(tmp_path):
    class Evil:
        def __reduce__(self):
            return (open, (str(tmp_path / "written"), "w"))

    torch.save({"net": Evil(), "history": {}}, tmp_path / "evil.pt")
    contents(tmp_path / "evil.pt")
    assert not (tmp_path / "written").exists()


def test_the_leaves_of_values():
    assert [*leaves({"a": [1, [2, 3]], "b": {"c": "word"}})] == [1, 2, 3, "word"]


def test_facts_are_counted_where_a_text_asks_for_them(project, book):
    assert counted(book, book.chapters) == [] and made_with(book, book.chapters) == {}
    project.edit("line/chapter.tex", "The method", r"\buildfact{figures} The method")
    asked = Book(book.root)
    assert counted(asked, asked.chapters) == [asked.sums("line/fit"), asked.model("line/regression")]
    found = facts(asked, asked.chapters)
    slope, values = 2, 2
    assert {name: found[name] for name in ("figures", "computed", "drawn", "tables", "models", "weights", "values")} == {
        "figures": 2, "computed": 1, "drawn": 1, "tables": 2, "models": 1, "weights": slope, "values": values,
    }  # fmt: skip
    rows = {
        path.stem: len(path.read_text(encoding="utf-8").splitlines())
        for path in project.build.glob("tables/line/fit/*.dat")
    }
    assert rows and found["numbers"] > 2 * 50 and found["epochs"] == 100 and found["torch"] == torch.__version__
