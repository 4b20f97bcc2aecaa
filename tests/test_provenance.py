"""Where the figures in a PDF came from: a figure's, a book's, a page cut out of one, someone else's."""

import pikepdf
import pytest

from conftest import MINIMAL
from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.provenance import provenance, records, since
from pipeline.records.digest import source_digest
from pipeline.records.sidecar import read

PREAMBLE = "templates/maths-preamble.tex"


def test_the_pdf_has_the_record_too_and_the_book_those_of_its_figures(built):
    beside = {name: read(built.build / f"figures/light/line/{name}.pdf")["record"] for name in ("net", "fit")}
    for name, record in beside.items():
        assert records(built.build / f"figures/light/line/{name}.pdf") == [(1, record)]
    assert [record for _, record in records(built.build / "book-light.pdf")] == [beside["net"], beside["fit"]]
    assert [record for _, record in records(built.build / "chapters/light/line.pdf")] == [beside["net"], beside["fit"]]


def test_a_page_cut_out_of_the_book_is_traced_to_its_figures(book, tmp_path, capsys):
    with pikepdf.open(book.pdf("dark")) as pdf:
        pages = {page for page, _ in records(book.pdf("dark"))}
        for number in range(1, len(pdf.pages) + 1):
            with pikepdf.new() as cut:
                cut.pages.append(pdf.pages[number - 1])
                cut.save(tmp_path / f"{number}.pdf")
    [page] = pages  # both figures stand on one page
    assert [record["figure"] for _, record in records(tmp_path / f"{page}.pdf")] == ["line/net", "line/fit"]
    assert [records(tmp_path / f"{number}.pdf") for number in range(1, page)] == [[]] * (page - 1)
    assert provenance(book, tmp_path / f"{page}.pdf") == 0
    told = capsys.readouterr().out
    assert told.startswith("page 1: line/net (dark), record ") and told.endswith("today's sources give the same\n")
    assert (
        f"{source_digest(MINIMAL / 'line/fit.py')}  book/line/fit.py\n" in told
        and "torch 2." in told
        and "line/regression trained in " in told
    )


def everything(path):
    """A PDF without compression."""
    with pikepdf.open(path) as pdf:
        out = path.with_suffix(".plain.pdf")
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False,
                 object_stream_mode=pikepdf.ObjectStreamMode.disable)  # fmt: skip
    return out.read_bytes()


def test_nothing_of_it_is_in_an_edition_that_shows_none(project):
    shown = everything(project.build / "figures/proof/line/fit.pdf") + everything(project.build / "book-proof.pdf")
    hidden = everything(project.build / "figures/print/line/fit.pdf") + everything(project.build / "book-print.pdf")
    record = read(project.build / "figures/print/line/fit.pdf")["record"]
    assert record["edition"] == "print" and set(record["built"]) > {"inks"} and "pipeline/inks.py" in record["sources"]
    for word in (b"Provenance", b"InfoDict", b"line/fit", record["sources"]["book/line/fit.py"].encode()):
        assert word in shown and word not in hidden


def test_a_figure_that_is_no_more(project, book):
    [(_, record)] = records(book.figure("dark", "line/fit"))
    project.path("line/fit.tex.j2").unlink()
    assert since(Book(MINIMAL), record) == ["there is no figure 'line/fit' any more"]


def test_a_changed_figure_ends_with_status_1(project, book, capsys):
    project.edit(PREAMBLE, "{C50D81}", "{C50D82}")
    assert provenance(book, book.pdf("light")) == 1
    told = capsys.readouterr().out
    assert told.count(f"  today: colour pink is C50D82, was C50D81 ({PREAMBLE}:") == 2
    assert told.endswith("today's sources give 0 of 2 figures the same\n")


def test_a_pdf_of_someone_elses(book, tmp_path):
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Provenance"] = "the attic"
        pdf.save(tmp_path / "other.pdf")
    (tmp_path / "notes.pdf").write_text("not at all", encoding="utf-8")
    for name, message in {
        "other": "no figure in it says where it came from",
        "notes": "this cannot be read as a PDF",
        "none": "no such file",
    }.items():
        with pytest.raises(AuthorError, match=f"{name}.pdf: .*{message}"):
            provenance(book, tmp_path / f"{name}.pdf")


def test_by_hand(project):
    done = project.run("pipeline.provenance", project.build / "book-dark.pdf", "--book", MINIMAL)
    assert (done.returncode, done.stderr) == (0, "") and "line/net (dark)" in done.stdout
    done = project.run("pipeline.provenance", project.build / "book-print.pdf", "--book", MINIMAL)
    assert (
        done.returncode == 1
        and done.stderr == f"error: {project.build}/book-print.pdf: no figure in it says where it came from\n"
    )
