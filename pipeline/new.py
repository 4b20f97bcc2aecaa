"""Writes what a book, a chapter, a figure or a model begins with, ready to be built.

  book tea                        a book in the folder tea, in all editions, with a chapter and a figure
  chapter milk                    a chapter
  figure milk/swirl --kind field  a figure of some kind
  model milk/mixing               a model that is trained

It says what to write next. What is there already is never written over.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from shlex import quote
from textwrap import indent

from pipeline.cli import FOLDER, STATUSES, Parser, command_of, opened
from pipeline.errors.author import UsageError
from pipeline.errors.hints import nearest
from pipeline.errors.telling import told_to_author
from pipeline.project.book import Book
from pipeline.project.config import RESERVED, read_config
from pipeline.project.environ import begin_again
from pipeline.project.names import NAME, proper
from pipeline.project.paths import canonical, usual
from pipeline.scaffolds import Figure, kinds, roles, scaffold, write_all
from pipeline.style.stylesheet import ROLE

CHAPTER, FIGURE, KIND = "opening", "opening/swing", "curve"  # what a new book begins with
Next = list[tuple[str, str]]  # [(what to do, the lines that are written or typed)]


def words_of(name: str, form: str) -> list[str]:
    """The words of a name of the form chapter or chapter/…; UsageError where it is none, or none of the kind."""
    words, least = name.split("/"), len(form.split("/"))
    if len(words) < least or (least == 1 and len(words) > 1):
        raise UsageError(f"'{name}' does not name such a thing", f"it has the form {form}")
    if not all(NAME.fullmatch(word) for word in words):
        raise UsageError(f"'{name}': names are lower-case words joined by dashes", f"'{'/'.join(map(proper, words))}'")
    return words


def in_chapter(name: str, form: str, root: Path) -> tuple[Book, list[str]]:
    """(the book, the words of a name in one of its chapters)."""
    words, book = words_of(name, form), opened(root)
    if words[0] not in book.chapters:
        if (root / words[0]).is_dir():
            hint = f"chapters: [{', '.join([*book.chapters, words[0]])}]"
        else:
            making = f"`{command_of('new')} chapter {words[0]}{of_book(root)}`"
            hint = nearest(words[0], book.chapters) or making
        raise UsageError(f"there is no chapter '{words[0]}' in {root}/book.yaml", hint)
    return book, words


def titled(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").strip().capitalize()


def of_book(root: Path) -> str:
    """What is typed after a command for a book that is not in book/."""
    return "" if root == Path(usual()) else f" --book {quote(str(root))}"


def building(root: Path, *targets: str) -> str:
    """The command that builds targets of a book."""
    return " ".join(["snakemake", *targets] + ["--config", quote(f"book={root}")] * (root != Path(usual())))


# ---- Each writes a thing, and says what is next ----


def new_book(name: str, kind: str, root: Path) -> Next:
    root = canonical(name)
    files = scaffold("book", root, title=titled(root.name), chapter=CHAPTER)
    figure = Figure.of(KIND, FIGURE, root, [role for role, _ in ROLE.findall(files[Path("preamble.tex")])])
    text = scaffold("chapter", root, chapter=CHAPTER, title=titled(CHAPTER))
    files |= {CHAPTER / path: chapter + figure.sentence for path, chapter in text.items()}
    write_all({root / path: text for path, text in files.items()} | figure.files, lambda: Book(root))
    return [(f"Say in {root}/book.yaml what it is called, and who writes it. Then:", building(root, "all"))]


def new_chapter(name: str, kind: str, root: Path) -> Next:
    words_of(name, "chapter")
    if not (root / "book.yaml").is_file():
        opened(root)  # it says so
    config = read_config(root / "book.yaml")
    if name in {*RESERVED, *config["editions"], *config["on_request"]}:
        raise UsageError(f"a chapter cannot be called '{name}': that is a target already")
    files = scaffold("chapter", root, chapter=name, title=titled(name))
    write_all({root / name / path: text for path, text in files.items()})
    chapters = dict.fromkeys([*config["chapters"], name])
    return [(f"Write in {root}/book.yaml:", f"chapters: [{', '.join(chapters)}]")]


def new_figure(name: str, kind: str, root: Path) -> Next:
    if kind not in (known := kinds(root)):
        raise UsageError(f"there is no kind of figure '{kind}'", nearest(kind, known) or ", ".join(known))
    book, (chapter, *_) = in_chapter(name, "chapter/figure", root)
    made = Figure.of(kind, name, root, roles(book.house, root))
    write_all(made.files, lambda: Book(root))
    target = Book(root).figures[name].target
    drawn = [target, f"preview-{target}"] if Book(root).figures[name].module else [target]
    first = f"It is drawn in {' and '.join(made.roles)}, the first of the book's roles: name those that you mean."
    meant = [(first, "")]
    shown = (f"Write in {book.chapter_file(chapter)}:", made.sentence)
    return [*(meant if made.roles else []), shown, ("Then:", building(root, *drawn))]


def new_model(name: str, kind: str, root: Path) -> Next:
    _, (chapter, *folders, stem) = in_chapter(name, "chapter/model", root)
    home = root.joinpath(chapter, "models", *folders)
    files = scaffold("model", root)
    write_all({home / f"{stem}{path.suffix}": text for path, text in files.items()}, lambda: Book(root))
    return [("A figure of the chapter asks for it by a parameter:", f"def tables({stem.replace('-', '_')}):")]


THINGS: dict[str, Callable[[str, str, Path], Next]] = {
    "book": new_book, "chapter": new_chapter, "figure": new_figure, "model": new_model,
}  # fmt: skip


def reader() -> Parser:
    """The parser of the command line."""
    made = Parser("new", __doc__)
    made.add_argument("thing", metavar="THING", help=", ".join(THINGS))
    made.add_argument("name", metavar="NAME", help="a book's folder; chapter, chapter/figure or chapter/model")
    made.add_argument("--kind", default=KIND, help=f"of a figure (default: {KIND}): {', '.join(kinds(Path(usual())))}")
    made.add_argument("--book", metavar="FOLDER", default=usual(), help=FOLDER)
    made.epilog = f"example:\n  {command_of('new')} book mine\n\n{STATUSES}"
    return made


def main() -> None:
    begin_again("-m", "pipeline.new", *sys.argv[1:])
    parser = reader()
    parser.check(sys.argv[1:])
    asked = parser.parse_args()
    root = canonical(asked.book)
    with told_to_author(root):
        if asked.thing not in THINGS:
            hint = nearest(asked.thing, THINGS) or ", ".join(THINGS)
            raise UsageError(f"nothing is called '{asked.thing}' that can be new", hint)
        then = THINGS[asked.thing](asked.name, asked.kind, root)
    print("\n\n".join(f"{what}\n\n{indent(lines.rstrip(), '  ')}".rstrip() for what, lines in then))


if __name__ == "__main__":
    main()
