"""Text of any shape: what LaTeX and packages draw by themselves keeps each edition's promises, unasked."""

import json

import pikepdf
import pytest

from conftest import MINIMAL
from pipeline.figure import figure
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page
from pipeline.picture import picture
from pipeline.project.book import Book

EDITIONS = ("dark", "light", "print", "proof")
PREAMBLE = r"""
\usepackage{cancel}
\fortext{%
  \usepackage[normalem]{ulem}\usepackage{amsthm,answers,longtable,fancyvrb,mdframed,listings,tabularray}
  \usepackage[breakable,skins,theorems]{tcolorbox}
  \newtheorem{theorem}{Theorem}[chapter]
  \theoremstyle{definition}
  \newtheorem{definition}{Definition}[chapter]
  \newtheorem{exercise}{Exercise}[chapter]
  \Newassociation{solution}{Solution}{answers}
  \newtcolorbox{remark}[1]{breakable, title={#1}}
  \newtcbtheorem{law}{Law}{}{law}
}
"""
BOOK = r"""\frontmatter
\bookcover
\tableofcontents*
\listoffigures*
\mainmatter
\Opensolutionfile{answers}[answers]
\chapters
\Closesolutionfile{answers}
\chapter{Answers}
\input{answers}
\references
"""
CHAPTER = r"""
\section{Said and shown}
\epigraph{All that is shown is not all that is said.}{A reader}
\begin{definition}[Line]\label{def:line}
  A \emph{line} \uline{has} \sout{had} $y = ax + b$.\footnote{Of one variable; $\sqrt{a}$, $\frac{a}{b}$ and $\overline{x}$ may stand here, too.}
\end{definition}
\begin{theorem}
  Two points have one line.
\end{theorem}
\begin{proof}
  By two equations\marginpar{\footnotesize\raggedright two of a kind} \citep[see][p.~7]{gauss1809}, and by definition~\ref{def:line}.
\end{proof}
\begin{proof}[Another proof]
  \[ \boxed{y_1 - y_2 = a(x_1 - x_2)} \qedhere \]
\end{proof}
\begin{exercise}
  How long is it?
  \begin{solution}
  It is $\sqrt{x^2+y^2}$.
  \end{solution}
\end{exercise}
\begin{quotation}
  What is quoted at length stands between the margins, and nothing else is done to it, here or there.
\end{quotation}
\begin{description}
  \item[Slope] what it rises by
  \item[Offset] where it begins
\end{description}
\begin{enumerate}
  \item One.
  \begin{itemize}
    \item A half, \fbox{framed}, \fcolorbox{red}{white}{coloured}, \framebox[3cm]{wide}, \underline{underlined}, \textsc{Small Caps}.
    \item \textbf{Another}: \url{https://example.org/line}, \href{https://example.org}{a link}.
  \end{itemize}
\end{enumerate}

\section{Maths}
\begin{align}
  x_{1,2} &= -\frac p2 \pm \sqrt{\frac{p^2}{4} - q}, &
  \sqrt[3]{1+\sqrt{1+\sqrt{1+x}}} &\leq \cfrac{1}{1+\cfrac{1}{1+x}},\\
  \lvert x\rvert &= \begin{cases} x & \text{if } x \geq 0,\\ -x & \text{otherwise,}\end{cases} &
  e^{-\sqrt{\frac12}} &\neq 2^{\sqrt{2}^{\sqrt 3}} + \cancel{x}.
\end{align}
\[ \begin{pmatrix} a & b\\ c & d\end{pmatrix} \begin{bmatrix} \hat x\\ \widehat{xyz}\end{bmatrix}
   = \overline{z + \underline{w}} + \overbrace{a+b}^{n} + \underbrace{c+d}_{m} + \overrightarrow{AB} + \widetilde{abc} + \vec{v}
   + \left.\frac{\partial f}{\partial x}\right|_{0} + \xrightarrow[n\to\infty]{p} + \left\lVert v \right\rVert \]
\[ \left(\begin{array}{cc|c} 1 & 2 & 3\\ \hline 4 & 5 & 6\end{array}\right), \quad
   \begin{array}{r} 12\\ 34\\ \cline{1-1} 46\end{array}, \quad \tfrac12, \binom{n}{k}, {\textstyle\sqrt{\frac{a}{b}}},
   \scriptstyle \sqrt{a}, \scriptscriptstyle \sqrt{a} \]
\[ 13\,\begin{array}[b]{@{}r@{}} 949\\ \hline
   \big)\begin{array}[t]{@{}l@{}} 12345\\ \underline{117}\\ \phantom{0}64\end{array}\end{array} \]
In the text $\sqrt 2$, $\frac{1}{2}$, $\bm{\sqrt{x}}$ and \emph{$\sqrt2$}. {\footnotesize $\sqrt 2$, $\frac12$.} {\Large $\sqrt 2$, $\frac12$.}

\section{Boxes}
\begin{remark}{What breaks}
  It breaks where the page does. \textcolor{black}{Black on what?} \colorbox{white}{White behind.}
  \tcblower
  \newcount\lines \loop\ifnum\lines<60 \advance\lines 1 Line \the\lines.\par\repeat
\end{remark}
\begin{law}{Of lines}{first}
  It is law~\ref{law:first}.
\end{law}
\begin{tcolorbox}[enhanced, colback=black!5, colframe=black, title=As the manual has it]
  Black and white by name.
  \tcblower
  Below.
\end{tcolorbox}
\begin{tcolorbox}[colback=red!5!white, colframe=red!75!black, title=As everyone has it]
  Red.
\end{tcolorbox}
\begin{lstlisting}[language=Python, frame=single, caption={A loop}, numbers=left, backgroundcolor=\color{black!10}]
for k in range(3):  # three times
    print("a line", k)
\end{lstlisting}
\begin{lstlisting}[language=C, frame=tb, keywordstyle=\color{blue}, backgroundcolor=\color{white}]
int main(void) { return 0; }
\end{lstlisting}
\begin{verbatim}
verbatim & all % of it
\end{verbatim}
\begin{Verbatim}[frame=single]
Verbatim & all % of it
\end{Verbatim}
\begin{framed}
  Framed by the class.
\end{framed}
\begin{shaded}
  Shaded by the class.
\end{shaded}
\begin{mdframed}
  Framed by a package.
\end{mdframed}
\begin{table}
  \caption{Rules}
  \begin{tabular}{@{}lll@{}}
    \toprule A & \multicolumn{2}{c}{B}\\ \cmidrule(l){2-3} a & b & c\\ \midrule 1 & 2 & 3\\ \bottomrule
  \end{tabular}
  \qquad
  \begin{tabular}{|l|r|} \hline A & B\\ \hline\hline 1 & 2\\ \cline{2-2} 3 & 4\\ \hline\end{tabular}
  \qquad
  \begin{tblr}{hlines,vlines} A & B\\ 1 & 2\end{tblr}
\end{table}
\begin{longtable}{l|l} A & B\\ \hline \endhead 1 & 2\\ \hline 3 & 4\end{longtable}
\begin{minipage}{5cm}
  A minipage\footnote{with a note of its own.} and a rule \rule{1cm}{1pt}, a line to fill in \hrulefill.
\end{minipage}
\setlength{\unitlength}{1mm}\begin{picture}(20,10)\line(1,1){10}\put(10,5){\circle{6}}\put(0,0){\line(1,0){20}}\end{picture}
\begin{center}
  \begin{tikzpicture}
    \draw (0,0) -- (2,1) node[right] {a line}; \draw[dashed,->,very thin] (0,0) rectangle (1,1);
    \begin{pgfonlayer}{background}\draw (0,0) circle (3mm);\end{pgfonlayer}
  \end{tikzpicture}
\end{center}
"""


BARS = r"""((= Bars

Fractions in several sizes. =))
\begin{tabular}{@{}l@{}}
  {\footnotesize $\frac{a}{b} \overline{x} \underline{y} \sqrt{c}$}\\ $\dfrac{a}{b}^{\frac{c}{d}} \displaystyle\frac{\frac ab}{c}$\\
  {\Large $\frac{a}{b}$}\\ \boldmath$\frac{a}{b}$
\end{tabular}
"""
COMPUTER_MODERN = r"""
\DeclareSymbolFont{letters}{OML}{cmm}{m}{it}\DeclareSymbolFont{largesymbols}{OMX}{cmex}{m}{n}\DeclareSymbolFont{symbols}{OMS}{cmsy}{m}{n}
"""


@pytest.mark.parametrize("fonts", ["", COMPUTER_MODERN], ids=["house", "computer-modern"])
def test_the_bars_of_fractions_are_no_thinner_than_the_editions_thinnest_whatever_the_font(project, book, fonts):
    preamble = project.path("preamble.tex").read_text(encoding="utf-8")
    project.write("preamble.tex", preamble + fonts)
    project.write("line/bars.tex.j2", BARS)
    book = Book(MINIMAL)
    picture(book, "line/bars")
    figure(book, "line/bars", "light")
    with pikepdf.open(book.figure("light", "line/bars")) as pdf:
        painted = Page(pdf.pages[0]).paints
        faces = {name for name, _ in Document("", None, pdf, []).fonts}
    widths = [item.width for item in painted if item.width is not None]
    assert len(widths) == 9 and min(widths) >= 0.499
    assert any("CMEX" in name or "CMMI" in name for name in faces) == bool(fonts)


@pytest.mark.long  # four books
def test_what_packages_draw_by_themselves_keeps_the_promises_of_all_editions(project):
    project.edit("preamble.tex", "% This book's", PREAMBLE + "% This book's")
    project.write("book.tex", BOOK)
    chapter = project.path("line/chapter.tex")
    chapter.write_text(chapter.read_text(encoding="utf-8") + CHAPTER, encoding="utf-8")
    said = project.make("preflight", "print", "proof").stderr
    assert "to mend" not in said
    for edition in EDITIONS:
        report = json.loads((project.root / f"build/{MINIMAL}/preflight/{edition}.json").read_text(encoding="utf-8"))
        assert [line for promise in report["promises"] for line in promise["breaches"]] == []
