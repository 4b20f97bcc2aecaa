"""docs/reference.md leaves out nothing that an author writes: targets, keys, tables, styles, macros, helpers, answers, promises,
commands, all as the code has them."""

import inspect
import re

import yaml

from conftest import ROOT
from pipeline.checks.promise import PROMISES
from pipeline.cli import OPTIONAL, SUBJECTS, command_of
from pipeline.cli import typed as typed_as
from pipeline.engine.stages import STAGES, line, options, tools
from pipeline.engine.targets import COMMON
from pipeline.style.editions import ANSWER, ANSWERS, files
from pipeline.table import TYPES, Values
from pipeline.templating.environment import LISTINGS, TableFile

REFERENCE = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
SPANS = {part for span in re.findall(r"`+([^`\n]+)`+", REFERENCE) for part in re.split(r"[,=]\s*|\s*\{", span)}
# A style's definition; what is none of an author's has the comment `inner`.
KEY = re.compile(
    r"^(?: {0,2}|\\tikzset\{|\\pgfplotsset\{ ?)(?:/pgfplots/group/)?([a-z][\w ~]*?)/\.(?:style|code|store in|is[ ~]if)\b(?!.*% inner)",
    re.MULTILINE,
)
DEFINED = re.compile(
    r"\\(?:new|provide|renew)command\*?\{?\\([A-Za-z]+)(?![@\w])|\\(?:protected\\)?def\\([A-Za-z]+)(?![@\w])|\\newenvironment\{(\w+\*?)\}"
)


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


def test_every_command_is_told_with_its_options():
    told = {cells[0].strip("`"): cells[1:3] for cells in rows(section("Commands")) if len(cells) > 2}
    expected = {}
    for command in (*STAGES, *tools()):
        takes = options(command)
        typed = " ".join([command_of(command), *(each.upper() for each in takes if each in SUBJECTS)])
        others = [f"`{typed_as(each)}`" for each in takes if each not in SUBJECTS | OPTIONAL.keys()]
        expected[typed] = [line(command), ", ".join(sorted(others))]
    assert {typed: told.get(typed) for typed in expected} == expected
