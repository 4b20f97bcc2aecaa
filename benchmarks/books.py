"""Books of any number of figures, made of the three in figures/. They train no nets: what grows is the pipeline's own
work."""

import shutil
from pathlib import Path

HERE = Path(__file__).parent
STYLE = HERE.parent / "tests/books/minimal"
KINDS = "scatter", "lines", "diagram"
CHAPTER = 50  # figures in one, at most
EDIT = r"height=0.4\measure", r"height=0.41\measure"  # of a plot's template: harmless, and can be seen
FRONT = "\\frontmatter\n\\bookcover\n\\tableofcontents*\n\\listoffigures*\n\\mainmatter\n\\chapters\n\\references\n"
REFERENCE = (
    "@book{gauss1809, author = {Gauss}, title = {Theoria motus}, "
    "publisher = {Perthes}, address = {Hamburg}, year = {1809}}\n"
)


def names(figures):
    """[(chapter, stem, kind)] of a book's figures."""
    digits = len(str(figures - 1))
    return [(f"part-{k // CHAPTER + 1}", f"{KINDS[k % 3]}-{k:0{digits}}", KINDS[k % 3]) for k in range(figures)]


def shown(name, kind):
    """The sentence that shows a figure, and quotes a value where it has one."""
    quoted = "" if kind == "diagram" else rf" has the mean \val[fixed, precision=2]{{{name}/mean}}, and"
    return rf"\Figref{{{name}}}{quoted} is one of many.\fig{{{name}}}{{One of many.}}" + "\n\n"


def make(folder, figures, editions=("dark", "light"), points=50):
    """Writes a book of so many figures, every plot of them of so many points."""
    folder = Path(folder)
    (folder / "editions").mkdir(parents=True)
    chapters = {}  # {name: text}
    for number, (chapter, stem, kind) in enumerate(names(figures)):
        (folder / chapter).mkdir(exist_ok=True)
        for suffix in (".py", ".tex.j2"):
            if (source := HERE / "figures" / f"{kind}{suffix}").is_file():
                text = source.read_text(encoding="utf-8").replace(f"{kind.title()} 0", f"{kind.title()} {number}")
                (folder / chapter / f"{stem}{suffix}").write_text(
                    text.replace("POINTS = 0, 50", f"POINTS = {number}, {points}"), encoding="utf-8"
                )
        text = chapters.setdefault(
            chapter, f"\\chapter{{{chapter.title()}}}\nLeast squares are old \\citep{{gauss1809}}.\n\n"
        )
        chapters[chapter] = text + shown(f"{chapter}/{stem}", kind)
    for chapter, text in chapters.items():
        (folder / chapter / "chapter.tex").write_text(text, encoding="utf-8")
    for style in ("preamble.tex", *(f"editions/{edition}.tex" for edition in editions)):
        shutil.copy(STYLE / style, folder / style)
    shutil.copy(HERE / "figures" / "data.py", folder)
    listed = f"chapters: [{', '.join(chapters)}]\neditions: [{', '.join(editions)}]\n"
    (folder / "book.yaml").write_text(
        f"title: A book of {figures} figures\nauthor: Nobody\nseed: 1\n{listed}", encoding="utf-8"
    )
    (folder / "book.tex").write_text(FRONT, encoding="utf-8")
    (folder / "references.bib").write_text(REFERENCE, encoding="utf-8")
