"""The reference's book: built from nothing in both its editions, with previews, and held to what they promise; and
docs/reference.md, which quotes it, shows what it draws, and leaves out nothing that an author writes."""

import inspect
import re
import textwrap
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from PIL import Image, ImageOps

import drawn
from conftest import ROOT, Project, fresh, once
from pipeline.checks.promise import PROMISES
from pipeline.engine.targets import COMMON
from pipeline.project.book import Book
from pipeline.style.editions import ANSWER, ANSWERS, files
from pipeline.table import TYPES, Values
from pipeline.templating.environment import LISTINGS, TableFile

FOLDER = Path("tests/books/reference")
PRESS = "plates"  # the chapter that is drawn in printing inks, too: images and cells
PREVIEWS = [
    f"build/{FOLDER}/previews/dark/{path.parent.name}/{path.stem}.png"
    for path in sorted((ROOT / FOLDER).glob("*/*.py"))
    if path.with_suffix(".tex.j2").is_file()
]
WHOLE = ("all", "preflight", f"build/{FOLDER}/chapters/print/{PRESS}.pdf", *PREVIEWS)
REFERENCE = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"`([\w/-]+\.[\w.]+)`:\n\n```\w*\n(.*?)```", REFERENCE, re.DOTALL)
PICTURES = dict(re.findall(r"^!\[(.*?)\]\(reference/([\w-]+)\.png\)$", REFERENCE, re.MULTILINE))
SPANS = {part for span in re.findall(r"`+([^`\n]+)`+", REFERENCE) for part in re.split(r"[,=]\s*|\s*\{", span)}
# A style's definition; what is none of an author's has the comment `inner`.
KEY = re.compile(
    r"^(?: {0,2}|\\tikzset\{|\\pgfplotsset\{ ?)(?:/pgfplots/group/)?([a-z][\w ~]*?)/\.(?:style|code|store in|is[ ~]if)\b(?!.*% inner)",
    re.MULTILINE,
)
DEFINED = re.compile(
    r"\\(?:new|provide|renew)command\*?\{?\\([A-Za-z]+)(?![@\w])|\\(?:protected\\)?def\\([A-Za-z]+)(?![@\w])|\\newenvironment\{(\w+\*?)\}"
)
SIZE, ALL = 56, 2500  # KB, of a picture and of all


def sheets(pattern="templates/*.tex"):
    return [file.read_text(encoding="utf-8") for file in sorted(ROOT.glob(pattern))]


def section(title, level="##"):
    """What stands below a heading of the reference."""
    found = re.search(
        rf"^{level} {re.escape(title)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", REFERENCE, re.DOTALL | re.MULTILINE
    )
    return found[1] if found else ""


def rows(text):
    """The cells of a Markdown table's rows, without the bars in code."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])] for line in lines]


@pytest.fixture(scope="session")
def reference(tmp_path_factory):
    """The book, built once; to look at, never to edit."""
    return Project(once(tmp_path_factory, "reference", lambda root: fresh(root, FOLDER).make(*WHOLE)), FOLDER)


@pytest.mark.slow
def test_every_figure_is_drawn_in_both_editions_and_by_matplotlib(reference, monkeypatch):
    monkeypatch.chdir(reference.root)
    book = Book(FOLDER)
    for edition in book.editions:
        assert [name for name in book.figures if not Path(book.figure(edition, name)).exists()] == []
        assert (reference.build / f"book-{edition}.pdf").exists()
    assert {book.preview("dark", name) for name in book.computed} == {*PREVIEWS}
    assert [path for path in PREVIEWS if not Path(path).exists()] == []


@pytest.mark.slow
def test_plates_are_drawn_in_printing_inks(reference, monkeypatch):
    monkeypatch.chdir(reference.root)
    book = Book(FOLDER)
    names = [name for name in book.figures if name.startswith(f"{PRESS}/")]
    assert len(names) > 5 and all(Path(book.figure("print", name)).exists() for name in names)


@pytest.mark.slow
def test_when_built_again_there_is_nothing_to_be_done(reference):
    assert "Nothing to be done" in reference.make(*WHOLE).stderr


@pytest.mark.slow
def test_the_pictures_are_what_the_book_draws_today(reference, monkeypatch):
    monkeypatch.chdir(reference.root)
    today = drawn.pictures(Book(FOLDER))
    there = {file.stem: Image.open(file) for file in drawn.FOLDER.glob("*.png")}
    assert {*there} == {*today}
    assert {name: far for name in today if (far := drawn.apart(there[name], today[name])) > drawn.NEAR} == {}, (
        "make docs"
    )
    assert {*there} == {*PICTURES.values()}


def test_a_picture_that_shows_something_else_is_seen():
    picture = Image.open(drawn.FOLDER / "diagrams-flows.png").convert("RGB")
    height, width = picture.height, picture.width
    moved = Image.new("RGB", picture.size)
    moved.paste(picture, (0, 4))
    smudged = picture.copy()
    smudged.paste((200, 0, 0), (width // 2, height // 2, width // 2 + 8, height // 2 + 8))
    wider = ImageOps.pad(picture, (width + 8, height))
    other = Image.open(drawn.FOLDER / "diagrams-model.png")
    assert drawn.apart(picture, Image.open(BytesIO(drawn.few(picture)))) < drawn.NEAR
    assert all(
        drawn.apart(picture, wrong) > drawn.NEAR for wrong in (moved, smudged, wider, other, ImageOps.mirror(picture))
    )


def test_every_figure_has_its_picture_and_every_picture_its_figure(monkeypatch):
    monkeypatch.chdir(ROOT)
    book = Book(FOLDER)
    own = {name.replace("/", "-"): book.plain(book.figures[name].title) for name in drawn.shown(book)}
    chapter = (FOLDER / drawn.PAGES / "chapter.tex").read_text(encoding="utf-8")
    pages = {f"{drawn.PAGES}-{name}" for name in re.findall(r"\\label\{page:(\w+)\}", chapter)}
    titles = {name: title for title, name in PICTURES.items()}
    assert {*titles} == {*own} | pages
    assert {name: titles[name] for name in own} == own
    assert {file.stem for file in drawn.FOLDER.glob("*.png")} == {*titles}


def test_pictures_are_small():
    sizes = {file.name: file.stat().st_size / 1024 for file in drawn.FOLDER.glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > SIZE} == {}
    assert sum(sizes.values()) < ALL


def test_no_figure_needs_a_preview_of_its_own(monkeypatch):
    monkeypatch.chdir(ROOT)
    book = Book(FOLDER)
    assert [name for name in book.computed if book.find_computed(name).defines("preview")] == []


def test_the_reference_has_a_section_for_each_type_of_table():
    assert set(re.findall(r"^### (\w+)", section("Tables"), re.MULTILINE)) >= {*TYPES, "Values"}


def signature(kind):
    """How a table is made: `Field(x, y, value, labels=None)`."""
    given = list(inspect.signature(kind).parameters.values())
    stars = {given[0].VAR_KEYWORD: "**", given[0].VAR_POSITIONAL: "*"}
    defaults = ["" if each.default is each.empty else f"={each.default!r}".replace("'", '"') for each in given]
    named = [stars.get(each.kind, "") + each.name + default for each, default in zip(given, defaults, strict=True)]
    return f"{kind.__name__}({', '.join(named)})"


def test_every_table_is_told_with_all_that_it_takes():
    text = " ".join(section("Tables").split())
    assert [told for kind in (*TYPES.values(), Values) if f"`{(told := signature(kind))}`" not in text] == []


@pytest.mark.parametrize(("name", "code"), QUOTED, ids=[name for name, _ in QUOTED])
def test_the_reference_quotes_what_the_book_has(name, code):
    source = (ROOT / (name if (ROOT / name).is_file() else FOLDER / name)).read_text(encoding="utf-8")
    assert textwrap.dedent(code).strip() in textwrap.dedent(source) or indented(code, source)


def indented(code, source):
    """Whether some lines of a source are the code, if all are moved to the left alike."""
    lines, count = source.splitlines(), len(code.rstrip("\n").splitlines())
    pieces = (textwrap.dedent("\n".join(lines[k : k + count])) for k in range(len(lines)))
    return code.rstrip("\n") in pieces


def test_a_quotation_that_is_not_there_is_seen():
    assert indented("b = 1\nc = 2\n", "a\n    b = 1\n    c = 2\n")
    assert not indented("b = 1\nc = 3\n", "a\n    b = 1\n    c = 2\n")


def test_every_target_is_told():
    told = {name for target, *_ in rows(section("Targets")) for name in re.findall(r"`([^`]+)`", target)}
    assert told >= {*COMMON, "<chapter>", "<edition>", "<chapter>-<figure>", "preview-<chapter>-<figure>"}


def test_every_key_of_book_yaml_is_told_with_its_default():
    schema = yaml.safe_load((ROOT / "pipeline/project/book.schema.yaml").read_text(encoding="utf-8"))["properties"]
    told = {key.strip("`"): text for key, text, *_ in rows(section("book.yaml")) if key.startswith("`")}
    assert list(told) == list(schema)
    defaults = {key: each["default"] for key, each in schema.items() if each.get("default", []) != []}
    assert {key for key, default in defaults.items() if f"{default}".replace("'", "") not in told[key]} == set()


def keys(texts):
    return {match[1].replace("~", " ") for text in texts for match in KEY.finditer(text)}


def test_every_style_is_told():
    known = keys(sheets())
    assert len(known) > 60 and {"points", "bus side", "cell gap", "panels"} <= known
    assert known - SPANS == set()


def test_a_style_that_is_new_is_seen_and_one_that_is_none_of_an_authors_is_not():
    assert keys(["\\pgfplotsset{\n  wavy/.style={curve},\n  rough/.code={},  % inner\n}\n"]) == {"wavy"}


def test_every_macro_that_our_books_write_is_told():
    """Those of the house, in chapters, book.tex, preambles and templates of all books that we have."""
    house = {name for text in sheets() for found in DEFINED.findall(text) for name in found if name}
    places = ["**/chapter.tex", "book.tex", "preamble.tex", "**/*.j2", "**/abschnitte/*.tex"]
    ours = [ROOT / "book", *(ROOT / "tests/books" / name for name in ("everything", "minimal", "reference"))]
    texts = [file.read_text(encoding="utf-8") for root in ours for place in places for file in root.glob(place)]
    written = {name for text in texts for pair in re.findall(r"\\(\w+)|\\begin\{(figs\*?)\}", text) for name in pair}
    told = {*re.findall(r"\\(\w+)", REFERENCE), *SPANS}
    assert len(house & written) > 40
    assert (house & written) - told == set()


def test_every_helper_of_templates_is_told():
    helpers = {name for name in vars(TableFile) if not name.startswith("_")}
    text = section("Templates")
    assert {name for name in helpers if not re.search(rf"\b{name}\b", text)} == set()
    assert {name for name in LISTINGS if f"`{name}(" not in text} == set()


def test_every_answer_of_an_edition_is_told_with_its_values():
    given = {}
    for edition in ("dark", "light", "print", "proof"):
        for file in files(ROOT / f"tests/books/minimal/editions/{edition}.tex"):
            for name, answer in ANSWER.findall(file.read_text(encoding="utf-8")):
                given[name, edition] = answer
    told = {
        cells[0].strip("`\\"): [cell.strip("`") for cell in cells[1:5]]
        for cells in rows(section("Edition answers"))
        if cells[0].startswith("`\\")
    }
    expected = {name: [given[name, edition] for edition in ("dark", "light", "print", "proof")] for name in ANSWERS}
    assert told == expected


def test_every_promise_is_told():
    told = {cells[0] for cells in rows(section("Promises", "###"))}
    assert {promise.name for promise in PROMISES} | {"palette"} <= told
