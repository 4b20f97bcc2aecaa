r"""What an author would use instead: pictures inline, TikZ's `external`, standalone files with latexmk and make.

All get the same rendered pictures and tables, stylesheet and editions, and pdfTeX as it comes. They take turns in each
repeat, so that a drift of the machine hits all alike. `external` cannot do without shell escape.
"""

import shutil
from pathlib import Path

from benchmarks.books import EDIT, names
from benchmarks.builds import EDIT as OWN_EDIT
from benchmarks.builds import FIGURE
from benchmarks.measure import row, run
from benchmarks.project import scratch

EDITIONS = "dark", "light"
SYNTHETIC = 40, 1500  # figures, points of each plot
DOCUMENT = r"""\documentclass%(frame)s
\def\bookdir{%(book)s}\def\edition{%(edition)s}
\makeatletter\input{\bookdir/editions/\edition}\input{templates/press}\input{templates/maths-preamble}\makeatother
\setlength{\textwidth}{\measure}\setlength{\parindent}{0pt}\pagecolor{paper}%(library)s
\begin{document}\color{ink}
%(body)s
\end{document}
"""
LIBRARY = "\n\\usetikzlibrary{external}\\tikzexternalize[prefix=%s/]"
RULE = "%.pdf: %.tex $(wildcard templates/*.tex)\n\tlatexmk -norc -pdf -silent -output-directory=$(@D) $<\n"
PDFLATEX = "pdflatex", "-interaction=nonstopmode", "-halt-on-error"
PICTURE_EDIT = (
    "\\end{tikzpicture}",
    "\\path (current bounding box.center);\\end{tikzpicture}",
)  # as a text, another picture


class Rival:
    """A folder in which the project looks as it is, with pictures of its own, and a command an edition."""

    def __init__(self, project, name):
        self.project, self.folder, self.commands = project, project.folder / "rivals" / name, {}
        shutil.copytree(
            project.build / "pictures", self.folder / "pictures", ignore=shutil.ignore_patterns("*.json", "*.lines")
        )
        for shown in ("templates", "build", project.book.split("/")[0]):
            (self.folder / shown).symlink_to(project.folder / shown)
        self.pictures = [path.relative_to(self.folder) for path in sorted((self.folder / "pictures").rglob("*.tex"))]
        self.rules = RULE
        for edition in EDITIONS:
            (self.folder / edition).mkdir()
            self.commands[edition] = getattr(self, name)(edition)
        (self.folder / "Makefile").write_text(self.rules, encoding="utf-8")
        self.kept = set(self.folder.rglob("*"))

    def write(self, path, edition, body, frame="[10pt]{article}", library=""):
        given = {"book": self.project.book, "edition": edition, "body": body, "frame": frame, "library": library}
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(DOCUMENT % given, encoding="utf-8")

    def inline(self, edition, *options, library=""):
        body = "\n".join(rf"\input{{{picture}}}\clearpage" for picture in self.pictures)
        self.write(f"{edition}.tex", edition, body, library=library)
        return [*PDFLATEX, *options, f"{edition}.tex"]

    def external(self, edition):
        return self.inline(edition, "-shell-escape", library=LIBRARY % edition)

    def standalone(self, edition):
        made = []
        for picture in self.pictures:
            source = Path(edition, *picture.parts[1:])
            self.write(source, edition, rf"\input{{{picture}}}", "[border=0.75pt]{standalone}")
            made.append(str(source.with_suffix(".pdf")))
            self.rules += f"{made[-1]}: {picture}\n"
        return ["make", "-s", "-j2", *made]

    def begin(self):
        for path in set(self.folder.rglob("*")) - self.kept:
            path.unlink()

    def edit(self, chapter, stem):
        self.project.toggle(self.folder / "pictures" / chapter / f"{stem}.tex", *PICTURE_EDIT)

    def costs(self, *_):
        """{"dark", "both": Cost}"""
        dark, light = (run(self.commands[edition], self.folder) for edition in EDITIONS)
        return {"dark": dark, "both": dark + light}


class Own:
    """This pipeline, from the same point on."""

    def __init__(self, project, edit):
        self.project, self.how = project, edit

    def begin(self):
        self.project.remove("figures", "formats")

    def edit(self, chapter, stem):
        self.project.toggle(f"{self.project.book}/{chapter}/{stem}.tex.j2", *self.how)

    def costs(self, again, figures):
        """The same; `again` brings about for one what was done for both."""
        both = self.project.snakemake(*[name.replace("/", "-") for name in figures])
        again()
        folder = self.project.build.relative_to(self.project.folder) / "figures/dark"
        return {"dark": self.project.snakemake(*[f"{folder}/{name}.pdf" for name in figures]), "both": both}


def raced(project, repeats, chapter, stem, edit):
    """Rows of one book: each way's first time and its time after one edit, for one edition and both."""
    project.snakemake("figures")
    every = [
        str(path.relative_to(project.build / "pictures").with_suffix(""))
        for path in (project.build / "pictures").rglob("*.tex")
    ]
    ways = {name: Rival(project, name) for name in ("inline", "external", "standalone")} | {
        "this pipeline": Own(project, edit)
    }
    costs = {}
    for _ in range(repeats):
        for name, way in ways.items():
            way.begin()
            first = way.costs(way.begin, every)
            way.edit(chapter, stem)
            then = way.costs(lambda way=way: way.edit(chapter, stem), [f"{chapter}/{stem}"])
            for when, made in (("first", first), ("one edit", then)):
                for editions, cost in made.items():
                    costs.setdefault((when, editions, name), []).append(cost)
    return [
        row(f"{when}, {editions}: {name}", costs[when, editions, name])
        for when, editions, name in sorted(costs, key=order)
    ]


def order(key):
    return [("first", "one edit").index(key[0]), ("dark", "both").index(key[1])]


def measure(project, repeats, quick=False):
    """A round of all ways takes five minutes for this book, three for the synthetic one."""
    chapter, stem = FIGURE.split("-", 1)
    rows = [{"book": "this"} | cells for cells in raced(project, repeats, chapter, stem, OWN_EDIT[1:])]
    if quick:
        return rows
    figures, points = SYNTHETIC
    with scratch(figures, points) as synthetic:
        chapter, stem, _ = names(figures)[0]
        made = raced(synthetic, repeats, chapter, stem, EDIT)
    return rows + [{"book": f"{figures} figures of {points} points"} | cells for cells in made]
