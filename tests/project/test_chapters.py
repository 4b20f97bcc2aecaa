"""What the chapters show."""

from pipeline.project.chapters import drafts, lost, undescribed


def test_each_figure_is_shown_and_each_that_is_shown_is_there(project, book):
    assert lost(book, book.chapters) == drafts(book) == undescribed(book, book.chapters) == []
    project.edit("line/chapter.tex", r"\fig{line/fit}", r"\fig{line/fits}")
    assert [error.hint for error in lost(book, book.chapters) + drafts(book)] == [
        "'line/fit'", r"write \fig{line/fit}{caption} where it belongs"
    ]  # fmt: skip
