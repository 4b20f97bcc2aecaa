"""An edition's answers: bases, names of other answers, lengths, and a line for each mistake."""

import pytest

from conftest import MINIMAL, ROOT
from pipeline.errors.author import AuthorError
from pipeline.style.editions import ANSWERS, Edition, files, length

EDITIONS = ROOT / MINIMAL / "editions"


def edition(folder, name, text, base="light"):
    (folder / "editions").mkdir(exist_ok=True)
    for file in EDITIONS.glob("*.tex"):
        (folder / "editions" / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    path = folder / "editions" / f"{name}.tex"
    path.write_text(f"\\input{{\\bookdir/editions/{base}}}\n{text}\n", encoding="utf-8")
    return Edition(path)


@pytest.mark.parametrize("path", sorted(EDITIONS.glob("*.tex")), ids=lambda path: path.stem)
def test_every_edition_answers_everything(path):
    assert list(Edition(path).answers) == list(ANSWERS)


def test_a_length_is_in_points():
    assert (
        length("1in") == 72.27 and length("72bp") == pytest.approx(72.27) and length("25.4mm") == pytest.approx(72.27)
    )
    assert length("0.5pt") == 0.5 and length("2.54 cm") == pytest.approx(72.27)


def test_an_edition_overrides_its_base(tmp_path):
    found = edition(tmp_path, "bold", "\\renewcommand{\\leastline}{0.75pt}\n\\renewcommand{\\links}{none}")
    assert files(found.path) == [tmp_path / "editions/light.tex", tmp_path / "editions/bold.tex"]
    assert found.leastline == found.axiswidth == found.gridwidth == 0.75  # the widths are the least
    assert (found.links, found.curvewidth, found.transparency) == ("none", 1, "none")


def test_a_profile_may_lie_in_the_book(tmp_path):
    found = edition(tmp_path, "press", "\\renewcommand{\\inkprofile}{\\bookdir/theirs.icc}", base="print")
    assert found.inkprofile == f"{tmp_path}/theirs.icc"


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (r"\renewcommand{\links}{blue}", r"editions/odd.tex:2: \\links is 'blue', not one of coloured, plain, none"),
        (r"\renewcommand{\bleed}{3}", r"editions/odd.tex:2: \\bleed is '3', not a length"),
        (r"\renewcommand{\bleed}{3 ells}", r"editions/odd.tex:2: \\bleed is '3 ells', not a length"),
        (r"\renewcommand{\mostink}{much}", r"editions/odd.tex:2: \\mostink is 'much', not a number"),
    ],
)
def test_a_wrong_answer_has_its_line(tmp_path, answer, message):
    with pytest.raises(AuthorError, match=message):
        edition(tmp_path, "odd", answer).links  # noqa: B018


def test_an_edition_that_forgets_answers(tmp_path):
    (tmp_path / "poor.tex").write_text(r"\newcommand{\palette}{dark}", encoding="utf-8")
    with pytest.raises(AuthorError, match=r"poor.tex: the edition does not answer \\colourmodel, \\inkprofile"):
        Edition(tmp_path / "poor.tex").palette  # noqa: B018


def test_nobody_asks_for_an_edition_by_name():
    """Rules, modules and templates know editions by their answers; dark and light are also the palette's two
    columns."""
    sources = [
        *(ROOT / "pipeline").rglob("*.smk"),
        *(ROOT / "pipeline").rglob("*.py"),
        *(path for path in (ROOT / "templates").rglob("*") if path.is_file()),
        ROOT / "Snakefile",
    ]
    for source in sources:
        text = source.read_text(encoding="utf-8")
        assert (
            "edition == " not in text and r"\edition}{" not in text and '"proof"' not in text and '"print"' not in text
        ), source
