"""What the texts show, by TeX's own record, and what is to be mended of it."""

from pipeline.project.book import Book
from pipeline.project.chapters import drafts, lost, undescribed, unread
from pipeline.tex.shown import shown

LOG = """<<<tests/books/minimal/book.tex
shows 1: line/net
<<<tests/books/minimal/line/chapter.tex
shows 6: line/net
shows 6: line/net
[1] overfull
shows 4: line/fits
>>>
shows 6: line/macro
>>>
"""


def test_what_tex_shows_is_told_where_it_is_written(project, book):
    project.write("line/chapter.tex", "\\chapter{A}\n\n\n\\fig\n{line/net}{\n}")
    project.edit("book.tex", "\\frontmatter\n", "\\bookcover[line/net]\\frontmatter\n")
    chapter = book.chapter_file("line")
    assert shown(LOG) == [
        ("line/net", f"{book.root}/book.tex:1"), ("line/net", f"{chapter}:5"),
        ("line/fits", f"{chapter}:4"), ("line/macro", f"{book.root}/book.tex:6"),
    ]  # fmt: skip


def test_each_figure_is_shown_and_each_that_is_shown_is_there(project, book):
    everything = [("line/net", "x:1"), ("line/fit", "x:2")]
    assert lost(book, everything) == undescribed(book, everything) == []
    assert drafts(book) == drafts(book, everything) == unread(book) == []
    assert [(str(error), error.hint) for error in lost(book, [("line/fits", "x:3")])] == [
        ("x:3: shows 'line/fits', but there is no tests/books/minimal/line/fits.tex.j2", "'line/fit'")
    ]
    hint = r"write \fig{line/fit}{caption} where it belongs"
    assert [error.hint for error in drafts(book, everything[:1])] == [hint]  # named, in \iffalse
    project.edit("line/chapter.tex", r"\fig{line/fit}", r"\fig{line/fits}")
    assert [error.hint for error in drafts(book)] == [hint]


def test_a_chapter_that_the_book_leaves_out_is_to_be_mended(project, book):
    project.write("other/chapter.tex", "\\chapter{Other}\n")
    project.edit("book.yaml", "chapters: [line]", "chapters: [line, other]")
    project.edit("book.tex", "\\chapters", "\\inputchapter{line}")
    assert [str(error) for error in unread(Book(book.root))] == [
        "tests/books/minimal/book.yaml:4: the chapter 'other' is not in book.tex"
    ]
