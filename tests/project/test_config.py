"""book.yaml: defaults, and for each mistake the file, the line and what to do."""

import pytest

from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.project.config import read_config

GOOD = "title: A title\nauthor: Nobody\nchapters: [line]\n"


def test_defaults(tmp_path):
    (tmp_path / "book.yaml").write_text(GOOD, encoding="utf-8")
    assert read_config(tmp_path / "book.yaml") == {
        "title": "A title", "author": "Nobody", "chapters": ["line"], "seed": 0, "editions": ["dark", "light"], "on_request": [],
        "device": "cpu", "language": "british",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (GOOD + "edition: [dark]\n", ":4: unknown key 'edition'", "'editions'"),
        (GOOD + "threads: 4\n", ":4: unknown key 'threads'", "the keys are title, "),
        (GOOD + "seed: \x07\n", ":4: the character U+0007 cannot stand in YAML", ""),
        (GOOD + "12: 4\n", ":4: unknown key '12'", "the keys are title, "),
        (
            GOOD.replace("author", "autor") + "chapter: 1\n",
            ":2: unknown key 'autor'\n:4: unknown key 'chapter'",
            "'author'\n'chapters'",
        ),
        (GOOD.replace("A title", "[2024]"), ":1: title: [2024] is not of type 'string'", "the title, on"),
        (GOOD + "language: en-GB\n", ":4: language: 'en-GB' does not match", "the language, as babel calls it"),
        (
            GOOD.replace("[line]", "line"),
            ":3: chapters: 'line' is not of type 'array'",
            "the chapters in the order of the book",
        ),
        (GOOD.replace("[line]", "\n  - line\n  - 7"), ":5: chapters.1: 7 is not of type 'string'", ""),
        (
            GOOD.replace("[line]", "[Line]"),
            ":3: chapters.0: 'Line' does not match",
            "lower-case words, with dashes between them",
        ),
        (
            GOOD.replace("[line]", "\n  - line\n  - dark"),
            ":5: a chapter cannot be called 'dark': that is a target already",
            "",
        ),
        (GOOD + "on_request: [light]\n", ":4: an edition cannot be called 'light': that is a target already", ""),
        (GOOD.replace("[line]", "\n  - line\n  - figures"), ":5: a chapter cannot be called 'figures'", ""),
        (GOOD.replace("[line]", "[line, line]"), ":3: chapters: ['line', 'line'] has non-unique elements", ""),
        (GOOD + "seed: -1\n", ":4: seed: -1 is less than the minimum of 0", ""),
        (GOOD + "device: gpu\n", ":4: device: 'gpu' is not one of ['cpu', 'cuda', 'auto']", "where models are trained"),
        (GOOD + "seed: 1\nseed: 2\n", ":5: 'seed' stands twice", ""),
        (GOOD.replace("author: Nobody\n", ""), ":1: there is no 'author'", "it is the author or authors"),
        (GOOD.replace("A title", '"A title'), ":4: found unexpected end of stream", ""),
        (GOOD.replace("[line]", "[line"), ":4: expected ',' or ']', but got '<stream end>'", ""),
        ("- line\n", ":1: the file: ['line'] is not of type 'object'", ""),
        ("", ":1: the file: None is not of type 'object'", ""),
    ],
)
def test_a_mistake_is_named_with_its_line(text, message, hint, tmp_path):
    path = tmp_path / "book.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AuthorError) as error:
        read_config(path)
    told = [(str(e).removeprefix(str(path)), e.hint or "") for e in error.value.errors]
    expected = zip(message.split("\n"), hint.split("\n"), strict=True)
    assert len(told) == message.count("\n") + 1
    assert all(a.startswith(b) and c.startswith(d) for (a, c), (b, d) in zip(told, expected, strict=True))


@pytest.mark.parametrize("text", ["2024", "2024-13-45", "2026-11-29", "0.10", "yes", "9783161484100"])
def test_a_word_is_what_is_written_whatever_yaml_sees_in_it(text, tmp_path):
    (tmp_path / "book.yaml").write_text(f"{GOOD.replace('A title', text)}date: {text}\n", encoding="utf-8")
    config = read_config(tmp_path / "book.yaml")
    assert config["title"] == config["date"] == text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[line]", "[line, nosuch]", "book.yaml:4: chapter 'nosuch' has no tests/books/minimal/nosuch/chapter.tex"),
        (
            "[line]",
            "[line]\neditions: [dark, grey]",
            "book.yaml:5: edition 'grey' has no tests/books/minimal/editions/grey.tex",
        ),
    ],
)
def test_what_is_not_there(project, book, old, new, message):
    project.edit("book.yaml", old, new)
    with pytest.raises(AuthorError) as error:
        Book(book.root)
    assert str(error.value) == f"tests/books/minimal/{message}"


def test_an_edition_that_is_a_default_has_no_line_of_its_own(project, book):
    (project.path("editions") / "light.tex").unlink()
    with pytest.raises(
        AuthorError, match=r"book.yaml:1: edition 'light' has no tests/books/minimal/editions/light.tex"
    ):
        Book(book.root)


def test_no_book(tmp_path):
    with pytest.raises(AuthorError, match=r"book\.yaml: there is no such file$"):
        read_config(tmp_path / "book.yaml")
