"""Writes what a book, a chapter, a figure or a model begins with, ready to be built.

  new book tea                      a book in the folder tea, in all editions, with a chapter and a figure
  new chapter milk                  a chapter, its text
  new figure milk/swirl --kind field   a figure of some kind: its module, its template
  new model milk/cooling            a model, to be trained

It says what to write next. What is there already is never written over.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.cli import STATUSES, Parser, opened
from pipeline.errors.author import UsageError
from pipeline.errors.hints import nearest
from pipeline.errors.telling import told_to_author
from pipeline.project.book import Book
from pipeline.project.config import RESERVED, read_config
from pipeline.project.environ import begin_again
from pipeline.project.names import NAME, proper
from pipeline.project.paths import canonical
from pipeline.scaffolds import Figure, kinds, roles, scaffold, write_all
from pipeline.style.stylesheet import ROLE

CHAPTER, FIGURE, KIND = "opening", "opening/swing", "curve"  # what a new book begins with


def checked(name: str, least: int, form: str, most: int | None = None) -> list[str]:
    """The words of a name that is joined by slashes. Raises a UsageError where it is none."""
    words = name.split("/")
    if not least <= len(words) <= (most or len(words)):
        raise UsageError(f"'{name}' is not such a name", f"it has the form {form}")
    if not all(NAME.fullmatch(word) for word in words):
        near = "/".join(word if NAME.fullmatch(word) else proper(word) for word in words)
        raise UsageError(f"'{name}': names are lower-case words joined by dashes", f"'{near}'")
    return words


def titled(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").strip().capitalize()


def built(root: Path, *targets: str) -> str:
    """The command that builds targets of a book."""
    return " ".join(["snakemake", *targets] + ["--config", f"book={root}"] * (root != Path("book")))


def chapter_of(name: str, form: str, root: Path) -> tuple[Book, str]:
    """(the book, the chapter) of a figure's or a model's name."""
    chapter, book = checked(name, 2, form)[0], opened(root)
    if chapter not in book.chapters:
        hint = nearest(chapter, book.chapters) or f"`python -m pipeline.new chapter {chapter}`"
        raise UsageError(f"there is no chapter '{chapter}' in {root}/book.yaml", hint)
    return book, chapter


# ---- Each writes, and returns the lines that say what is next ----


def book(name: str, kind: str, root: Path) -> list[str]:
    root = canonical(name)
    files = scaffold("book", root, title=titled(root.name), chapter=CHAPTER)
    own = [role for role, _ in ROLE.findall(files[Path("preamble.tex")])]
    figure = Figure.of(KIND, FIGURE, root, own)
    text = scaffold("chapter", root, chapter=CHAPTER, title=titled(CHAPTER))[Path("chapter.tex")]
    whole = {root / path: text for path, text in files.items()} | {root / CHAPTER / "chapter.tex": text + figure.sentence}
    write_all(whole | figure.files, lambda: Book(root))
    return [f"{root}/ is a book. Say in book.yaml what it is called and who writes it. Then:", "", f"  {built(root, 'all')}"]


def chapter(name: str, kind: str, root: Path) -> list[str]:
    checked(name, 1, "chapter", 1)
    if not (root / "book.yaml").is_file():
        opened(root)
    config = read_config(root / "book.yaml")
    if name in {*RESERVED, *config["editions"], *config["on_request"]}:
        raise UsageError(f"a chapter cannot be called '{name}': that is a target already", "another name")
    files = scaffold("chapter", root, chapter=name, title=titled(name))
    write_all({root / name / path: text for path, text in files.items()})
    listed = [*config["chapters"], *[name] * (name not in config["chapters"])]
    return [f"In {root}/book.yaml:", "", f"  chapters: [{', '.join(listed)}]"]


def figure(name: str, kind: str, root: Path) -> list[str]:
    if kind not in kinds(root):
        raise UsageError(f"there is no kind of figure '{kind}'", nearest(kind, kinds(root)) or ", ".join(kinds(root)))
    book, chapter = chapter_of(name, "chapter/figure", root)
    made = Figure.of(kind, name, root, roles(book.house, root))
    write_all(made.files, lambda: Book(root))
    target = Book(root).figures[name].target
    targets = [target] + [f"preview-{target}"] * (root / f"{name}.py" in made.files)
    meant = f"Its colours are roles of the book, {' and '.join(made.roles)}: name those that you mean." * bool(made.roles)
    sentence = [f"  {line}" for line in made.sentence.splitlines()]
    return [*([meant, ""] if meant else []), f"In {book.chapter_file(chapter)}:", "", *sentence, "", f"Then:\n\n  {built(root, *targets)}"]


def model(name: str, kind: str, root: Path) -> list[str]:
    *folders, stem = chapter_of(name, "chapter/model", root) and name.split("/")
    path = root.joinpath(folders[0], "models", *folders[1:], f"{stem}.py")
    write_all({path: text for text in scaffold("model", root).values()}, lambda: Book(root))
    return ["A figure of the chapter asks for it by the name of a parameter:", "", f"  def tables({stem.replace('-', '_')}):"]


THINGS = {"book": book, "chapter": chapter, "figure": figure, "model": model}


def reader(words: Sequence[str]) -> Parser:
    made = Parser("new", __doc__)
    made.add_argument("thing", metavar="THING", help=", ".join(THINGS))
    made.add_argument("name", metavar="NAME", help="a book's folder; chapter, chapter/figure or chapter/model")
    made.add_argument("--kind", default=KIND, help=f"of a figure (default: {KIND}): {', '.join(kinds(Path('book')))}")
    made.add_argument("--book", metavar="FOLDER", default="book", help="the book's folder (default: book)")
    made.epilog = STATUSES
    made.check(words)
    return made


def main() -> None:
    begin_again("-m", "pipeline.new", *sys.argv[1:])
    asked = reader(sys.argv[1:]).parse_args()
    root = canonical(asked.book)
    with told_to_author(root):
        if asked.thing not in THINGS:
            raise UsageError(f"there is no '{asked.thing}' to be made", nearest(asked.thing, THINGS) or ", ".join(THINGS))
        lines = THINGS[asked.thing](asked.name, asked.kind, root)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
