"""Words of TeX's as HTML: as the book has them, and nothing is dropped."""

import pytest

from conftest import ROOT
from pipeline.errors.author import AuthorError
from pipeline.html.pandoc import Text
from pipeline.html.words import Words, text_of
from pipeline.style.stylesheet import Stylesheet

TOLD = {
    "figures": {},
    "words": {"figure": ["Figure", False], "table": ["Tafel", True]},
    "values": {
        "a/b": {
            "": r"\pgfutilensuremath {1\,234{,}5}",
            "percent": r"\pgfutilensuremath {12}\,\%",
            "sci": r"\pgfutilensuremath {2\cdot 10^{3}}",
        }
    },
    "citations": {"gauss1809": ["{Gauß}", "1809"]},
}
LABELS = {"fig:a/b": r"{\M@TitleReference {1.2}{T}}{3}{T}{x}{}", "tab:a/t": "{4}{3}{T}{x}{}", "eq:e": "{1.1}{1}{}{}{}"}
MORE = r"""
\newcommand{\term}[1]{\emph{#1}}
\newcommand{\pair}[2][one]{#1 and \term{#2}}
\newcommand{\endless}{\endless}
"""


@pytest.fixture(scope="module")
def words():
    style = Stylesheet.of(ROOT / "tests/style/notation", "")
    style = Stylesheet(style.preamble + MORE, r"\newcommand{\palette}{dark}")
    return Words(style, TOLD, LABELS, "en", lambda label: "@@a/b/index.html" if label == "fig:a/b" else None)


def html(words, tex):
    return words.html([Text(tex, "line/chapter.tex:7")])[0]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"Plain -- words: 5\,\% of \emph{it}.", "Plain – words: 5\u2006% of <em>it</em>."),
        (r"\enquote{So} and ``so''.", "“So” and “so”."),
        (r"\term{a} \pair{b} \pair [c]{d}.", "<em>a</em> one and <em>b</em> c and <em>d</em>."),
        (r"\pink{a \emph{b}}", '<span class="pink">a <em>b</em></span>'),
        (r"\code{a_b} \index{no}x", "<code>a_b</code> x"),
        (r"\figref{a/b}, \Figref{a/b}", '<a href="@@a/b/index.html">figure\u00a01.2</a>, <a href="@@a/b/index.html">Figure\u00a01.2</a>'),
        (r"\tabref{a/t} \eqref {eq:e}", "Tafel\u00a04 (1.1)"),
        (r"\val {a/b}; \val [percent]{a/b}", "1\u2006234,5; 12\u2006%"),
        (r"\citep{gauss1809} \citet[p.~3]{gauss1809}", '<span class="citation">(Gauß, 1809)</span> <span class="citation">Gauß (1809, p. 3)</span>'),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        (r"A funnel\footnote{Or a \emph{bay}.} deep.", "A funnel\u00a0(Or a <em>bay</em>.) deep."),
        ("", ""),
    ],
)  # fmt: skip
def test_words_are_those_of_the_book(words, tex, expected):
    assert html(words, tex).replace("p.\u00a03", "p. 3") == expected


def test_many_are_read_at_once(words):
    assert words.html([Text(tex, "x:1") for tex in ("a", r"\emph{b}", "", "$x$")])[:3] == ["a", "<em>b</em>", ""]


def test_formulas_are_mathml_with_classes(words):
    page = html(words, r"$\pink{\vect{x}}^2 = \val{a/b}$ and \val [sci]{a/b}")
    assert '<msup><mi class="pink">𝒙</mi>' in page and "<script" not in page and page.count("<math") == 2
    assert text_of(page) == "x2=1234,5 and 2⋅103"


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"a \nosuch{b}", r"does not know \nosuch"),
        (r"$\nosuch$", r"$\nosuch$"),
        (r"\figref{a/none}", "no label 'fig:a/none'"),
        (r"\val{a/none}", "no value 'a/none'"),
        (r"\endless", "without end"),
    ],
)
def test_what_nobody_knows_is_told_with_its_line(words, tex, said):
    with pytest.raises(AuthorError) as told:
        html(words, tex)
    assert str(told.value).startswith("line/chapter.tex:7: ") and said in str(told.value)


def test_quotes_are_the_languages(words):
    german = Words(words.style, TOLD, LABELS, "de", words.address)
    assert html(german, r"\enquote{a \enquote*{b}}") == "„a ‚b‘“"
