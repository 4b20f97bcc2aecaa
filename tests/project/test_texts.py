"""What has to be built is read from all texts of a book, in whatever macro's argument it stands."""

import pytest

from pipeline.project.book import Book

TEXTS = {
    "in a file that is input": ("line/chapter.tex", r"\input{\bookdir/line/part}", "line/part.tex"),
    "by a name from the text's folder": ("line/chapter.tex", r"\section{part}", "line/part.tex"),
    "in a macro's path": ("line/chapter.tex", "\\input{\\here/deep/part}", "line/deep/part.tex"),
    "without braces": ("line/chapter.tex", "\\input line/part \n", "line/part.tex"),
    "in front matter": ("book.tex", "\\input{\\bookdir/preface}\n\\chapters", "preface.tex"),
}


def named(book, chapters=("line",)):
    return Book(book.root).figures_of(chapters)


@pytest.mark.parametrize("case", TEXTS)
def test_texts_are_found(project, book, case):
    outer, way, inner = TEXTS[case]
    project.write("line/chapter.tex", "\\chapter{A line}\n")
    project.write(outer, f"{way}\n")
    project.write(inner, "\\fig\n  [t]\n  {line/fit}{A caption.}\n")
    assert named(book) == ["line/fit"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (r"\figs{line/net}{One}{line/fit}{Two}", ["line/net", "line/fit"]),
        (r"\foreach \n in {line/fit,line/net} {\fig{\n}{}}", ["line/fit", "line/net"]),
        ("\\newcommand{\\ours}[1]{\\fig{line/#1}{Ours.}}\n\\ours{net}", ["line/net"]),
        (r"\wide[figure=line/fit]", ["line/fit"]),
        (r"\figref{line/fit}, \Figref{line/net}, \ref{fig:line/fit}, \val{line/fit/slope}, line/fit.py", []),
        ("% \\fig{line/fit}{}\n50\\,\\% \\fig{line/net}{}", ["line/net"]),
    ],
)
def test_names_are_found(project, book, text, names):
    project.write("line/chapter.tex", text)
    assert named(book) == names


def test_what_is_around_the_chapters_belongs_to_the_book(project, book):
    project.write("line/chapter.tex", "\\chapter{A line}\n")
    project.write("other/chapter.tex", "\\chapter{Another}\n")
    project.edit("book.yaml", "chapters: [line]", "chapters: [line, other]")
    project.write(
        "book.tex", "\\bookcover[line/net]\n\\inputchapter{line}\\appendix\\inputchapter{other}\\fig{line/fit}{}"
    )
    assert named(book, ["line"]) == named(book, ["other"]) == []
    assert named(book, ["line", "other"]) == ["line/net", "line/fit"]


def test_texts_that_input_one_another_end(project, book):
    project.write("line/chapter.tex", r"\input{line/chapter}\input{line/part}\fig{line/net}{}")
    project.write("line/part.tex", r"\input{line/chapter}\fig{line/fit}{}")
    assert named(book) == ["line/fit", "line/net"]


def test_a_chapters_number_is_that_of_the_book(project, book):
    for name in ("a", "b", "c"):
        project.write(f"{name}/chapter.tex", f"\\chapter[Short]{{{name}}}\n")
    project.edit("book.yaml", "chapters: [line]", "chapters: [line, a, b, c]")
    assert Book(book.root).reading.numbers() == {
        "line": (0, False), "a": (1, False), "b": (2, False), "c": (3, False)
    }  # fmt: skip
    project.write(
        "book.tex",
        "\\frontmatter\\chapter{Preface}\\mainmatter\\part{I}\\inputchapter{b}\\chapter*{Pause}\\part{II}"
        "\\chapter{Between}\\inputchapter{a}\\appendix\\inputchapter{c}\\inputchapter{line}",
    )
    assert Book(book.root).reading.numbers() == {
        "b": (0, False), "a": (2, False), "c": (0, True), "line": (1, True)
    }  # fmt: skip


def test_figures_lie_in_folders_within_a_chapter(project, book):
    project.write("line/energies/deep/slope.tex.j2", "((= A slope =))\n")
    project.write("line/energies/slope.py", '"""A slope."""\ndef tables(regression): pass\n')
    project.write("line/energies/slope.tex.j2", "x")
    figures = Book(book.root).figures
    assert figures["line/energies/deep/slope"].target == "line-energies-deep-slope"
    assert figures["line/energies/slope"].models == {"regression": "line/regression"}
