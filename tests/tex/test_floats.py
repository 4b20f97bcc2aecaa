"""Floats: where pictures stand on the page, measured in the book's PDF, and what is said of those that do not fit."""

import json
import re

import pikepdf
import pytest
from PIL import Image

from conftest import MINIMAL
from pipeline.pdf.page import Page, digest
from pipeline.tex.compile import compile_document

INCH, RIM = 72, 0.75 * 72 / 72.27  # bp
MEASURE, TRIM, WIDE, GAP = 5.1 * INCH, 7 * INCH, 6.1 * INCH, 14 * 72 / 72.27


def picture(command, height):
    """A template: a frame as wide as its measure."""
    return (
        f"((= A frame\n\nAn empty frame. =))\n{command}\n\\begin{{tikzpicture}}\n  \\draw[draw=target, line width=\\axiswidth]"
        f" (0,0) rectangle (\\measure,{height});\n\\end{{tikzpicture}}\n"
    )


TABLE = "((= A list\n\nOne row. =))\n\\begin{tabular}{ll}\n\\toprule\na & b\\\\\n\\midrule\n1 & 2\\\\\n\\bottomrule\n\\end{tabular}\n"
TEMPLATES = {
    "left": picture(r"\halffigure", "60pt"),
    "right": picture(r"\halffigure", "90pt"),
    "below": picture(r"\thirdfigure", "40pt"),
    "wide": picture(r"\widefigure", "60pt"),
    "turned": picture(r"\turnedfigure", "60pt"),
    "small": picture(r"\marginfigure", "30pt"),
    "aside": picture(r"\halffigure", "50pt"),
    "list": TABLE,
}
WORDS = "Old words stand here, and more of them, so that a paragraph has several lines beside a picture. " * 6
TEXT = rf"""\chapter{{A line}}\label{{ch:line}}
Old \citep{{gauss1809}}: \figref{{line/right}}, \figref*{{line/right}}, \tabref{{line/list}}, \figref{{line/fit}}, \figref{{line/net}}.
\begin{{figs}}[h]{{A group}}{{Of three.}}
  \pic{{line/left}}{{Left.}}\pic{{line/right}}{{Right.}}
  \pic{{line/below}}{{}}
\end{{figs}}
{WORDS}\marginfig{{line/small}}{{Small.}}

\wrapfig{{line/aside}}{{Aside.}}
{WORDS}

\tab[h]{{line/list}}{{Rows.}}
\begin{{table}}[h]
  \caption{{By hand.}}
  \begin{{tabular}}{{l}}\toprule a\\\bottomrule\end{{tabular}}
\end{{table}}
\fig{{line/wide}}{{Wide.}}
\fig{{line/turned}}{{Turned.}}
\fig{{line/net}}{{The net.}}
\fig{{line/fit}}{{The fit.}}
\includegraphics[width=2cm, alt={{A dot (grey, naïve)}}]{{\bookdir/line/dot.png}}
\figagain{{line/fit}}{{Once more.}}
"""


def placed(project, edition):
    """{figure: [(page from 1, left, bottom, right, top, whether turned)]} in bp, without the rims."""
    names = {}
    for path in sorted((project.build / f"figures/{edition}/line").glob("*.pdf")):
        with pikepdf.open(path) as pdf:
            names[digest(pdf.pages[0])] = path.stem
    found = {}
    with pikepdf.open(project.build / f"book-{edition}.pdf") as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for item in Page(page, known=names).placed:
                if item.figure is None:
                    assert item.alt == "A dot (grey, naïve)"
                left, bottom, right, top = item.box
                at = (number, left + RIM, bottom + RIM, right - RIM, top - RIM, abs(item.matrix[0]) < 0.1)
                found.setdefault(item.figure, []).append(at)
                assert item.alt  # described for those who do not see it
    return found


@pytest.fixture
def shown(project):
    for name, text in TEMPLATES.items():
        project.write(f"line/{name}.tex.j2", text)
    project.write("line/chapter.tex", TEXT)
    Image.new("L", (40, 40), 128).save(project.path("line/dot.png"))
    project.edit("book.tex", "\\listoffigures*\n", "\\listoffigures*\n\\listoftables*\n")
    for edition in ("dark", "light", "proof"):  # print is based on light; pictures in the margin need one
        text = project.path(f"editions/{edition}.tex").read_text(encoding="utf-8")
        text = re.sub(r"(\\innermargin\}\{)[\d.]+in", r"\g<1>0.3in", text)
        project.write(f"editions/{edition}.tex", re.sub(r"(\\outermargin\}\{)[\d.]+in", r"\g<1>1.6in", text))
    return project


@pytest.mark.slow
def test_where_floats_stand_in_all_editions(shown):
    shown.make("all", "print", "proof", "preflight")
    for edition in ("dark", "light", "print", "proof"):
        report = json.loads((shown.build / f"preflight/{edition}.json").read_text(encoding="utf-8"))
        assert [breach for promise in report["promises"] for breach in promise["breaches"]] == []
    at = placed(shown, "light")
    once = {name: places[0] for name, places in at.items()}
    left, right, below = once["left"], once["right"], once["below"]
    # In a row: a common baseline, the measure's two ends, the gap between, and the third picture below.
    assert left[2] == pytest.approx(right[2], abs=0.1)
    assert right[3] - left[1] == pytest.approx(MEASURE, abs=2)
    assert right[1] - left[3] == pytest.approx(GAP, abs=3)
    assert below[4] < left[2]
    # As wide as the page, less its rims, it begins at the inner end of the text and reaches into the outer margin.
    inner, outer, wide = 0.3 * INCH, 1.6 * INCH, once["wide"]
    left_end = inner if wide[0] % 2 == 1 else outer - (WIDE - MEASURE)
    assert wide[1] == pytest.approx(left_end, abs=1.5) and wide[3] - wide[1] == pytest.approx(WIDE, abs=1.5)
    assert once["turned"][5] and not any(place[5] for name, place in once.items() if name != "turned")
    # In the outer margin, and at the outer side of the text.
    text = (inner, inner + MEASURE) if once["small"][0] % 2 == 1 else (outer, outer + MEASURE)
    assert once["small"][1] > text[1] or once["small"][3] < text[0]
    assert len(at["fit"]) == 2


FAULTS = [
    (
        r"\fig{line/fit}{One.}\fig{line/fit}{Two.}\fig{line/net}{The net.}",
        "'line/fit' is shown at ",
        r"\figagain{line/fit}",
    ),
    (r"\fig{line/fit}{One.}\marginfig{line/net}{Two.}", "the margin has no room for 'line/net'", r"\outermargin"),
    (r"\wrapfig{line/fit}{One.}\fig{line/net}{Two.}", "'line/fit' leaves ", r"\halffigure"),
    (
        r"\begin{figs}{One}{Alone.}\pic{line/fit}{}\end{figs}\fig{line/net}{Two.}",
        "figs holds a single picture",
        r"\fig",
    ),
    (r"\begin{table}[h]x\end{table}\fig{line/fit}{One.}\fig{line/net}{Two.}", "the table has no caption", r"\caption"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("text", "what", "hint"), FAULTS)
def test_what_does_not_fit_is_told_with_its_line(project, book, text, what, hint):
    project.write("line/chapter.tex", f"\\chapter{{One}}\n{text}\n")
    told = compile_document(book, "light", project.root / "build/out/book.pdf", ["line"], "minimal", chaptersbefore=0)
    faults = [fault for fault in told if what in str(fault)]
    assert len(faults) == 1 and str(faults[0]).startswith(f"{MINIMAL}/line/chapter.tex:2: ") and hint in faults[0].hint
