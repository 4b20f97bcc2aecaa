"""Prints what makes a shell complete targets and names: bash, zsh or fish.

In bash, and in zsh after compinit: source <(python -m pipeline.completion bash). In fish: python -m pipeline.completion
fish | source. Names are those of the book that is typed; --book says which one they are of where none is.
"""

import re
import sys
from pathlib import Path

from pipeline.engine.targets import COMMON
from pipeline.project.paths import usual

HOME = Path(__file__).parent
SCAFFOLDS = HOME.parent / "templates/new"
PYTHON = "$([ -x .venv/bin/python ] && echo .venv/bin/python || echo python3)"
ASK = "-m pipeline.completion words @book"
BASH = f"""_book_words() {{
  [ -f pipeline/completion.py ] && [ -f Snakefile ] || return
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$("{PYTHON}" {ASK} "${{COMP_WORDS[@]:0:COMP_CWORD+1}}" 2>/dev/null)" -- "$2"))
}}
complete -o bashdefault -o default -F _book_words snakemake python python3
"""
ZSH = f"""_book_words() {{
  [[ -f pipeline/completion.py && -f Snakefile ]] || {{ _default; return }}
  local -a found
  found=(${{(f)"$("{PYTHON}" {ASK} "${{words[@]:0:$CURRENT}}" 2>/dev/null)"}})
  (( $#found )) && compadd -a found || _default
}}
compdef _book_words snakemake python python3
"""
FISH = """function _book_words
  test -f pipeline/completion.py; and test -f Snakefile; or return
  set -l python python3
  test -x .venv/bin/python; and set python .venv/bin/python
  $python -m pipeline.completion words @book (commandline -opc) (commandline -ct) 2>/dev/null
end
for command in snakemake python python3
  complete -c $command -a '(_book_words)'
end
"""
SHELLS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def book_of(words: list[str], otherwise: str) -> Path:
    """The folder that --config book=… or --book names; bash hands over `=` as a word of its own."""
    found = re.search(r"(?:^| )(?:--book(?:=| )|book=)(\S+)", re.sub(" ?= ?", "=", " ".join(words[:-1])))
    return Path(found[1] if found else otherwise or usual())


def names(root: Path) -> tuple[list[str], list[str], list[str]]:
    """(chapters, editions, figures' templates) of a book: the same that Book knows, without what Book checks."""
    import yaml  # the rest of this module is the standard library's

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    config = yaml.load((root / "book.yaml").read_text(encoding="utf-8"), loader)
    editions = [*config.get("editions", ["dark", "light"]), *config.get("on_request", [])]
    chapters = config.get("chapters", [])
    inside = [path.relative_to(root) for chapter in chapters for path in (root / chapter).rglob("*.tex.j2")]
    shown = sorted(str(path) for path in inside if not any(part.startswith(".") for part in path.parts))
    return chapters, editions, shown


def targets(root: Path) -> list[str]:
    """All that `snakemake --list` shows of a book."""
    chapters, editions, templates = names(root)
    figures = [template.removesuffix(".tex.j2") for template in templates]
    computed = [figure for figure in figures if (root / f"{figure}.py").is_file()]
    drawn = [figure.replace("/", "-") for figure in figures]
    previews = [f"preview-{figure.replace('/', '-')}" for figure in computed]
    moving = (f for f in computed if "\ndef frames(" in (root / f"{f}.py").read_text(encoding="utf-8", errors="ignore"))
    films = [f"frames-{figure.replace('/', '-')}" for figure in moving]
    talks = [f"talk-{path.stem}" for path in sorted((root / "slides").glob("*.tex")) if "slides" not in chapters]
    notebooks = [f"notebook-{chapter}" for chapter in chapters]
    return [*COMMON, *chapters, *editions, *drawn, *previews, *films, *notebooks, *talks]


def commands() -> list[str]:
    """pipeline.…: all that can be run."""
    runnable = (path.stem for path in HOME.glob("[!_]*.py") if "\nif __name__ ==" in path.read_text(encoding="utf-8"))
    return sorted(f"pipeline.{name}" for name in runnable)


def folders(place: Path) -> list[str]:
    """Names of the folders in another."""
    return sorted(path.name for path in place.glob("*/") if path.is_dir())


def words(typed: list[str], otherwise: str) -> list[str]:
    """What may stand in the place of the last of these words."""
    command, *rest = typed
    before = rest[-2] if len(rest) > 1 else ""
    of_python = "python" in Path(command).name
    if of_python and (rest[:1] != ["-m"] or len(rest) < 2):
        return []
    if of_python and len(rest) == 2:
        return commands()
    if of_python and not rest[1].startswith("pipeline"):
        return []
    root = book_of(rest, otherwise)
    if of_python and rest[1] == "pipeline.new":
        if len(rest) == 3:
            return folders(SCAFFOLDS)
        if before == "--kind":
            return folders(SCAFFOLDS / "figure") + folders(root / "templates/new/figure")
    if before == "--edition":
        return names(root)[1]
    if before == "--book" or (before == "=" and rest[-3] == "book") or rest[-1].startswith("book="):
        there = [
            str(path.parent) for path in sorted(Path().glob("*/book.yaml")) + sorted(Path().glob("*/*/*/book.yaml"))
        ]
        return [f"book={name}" if rest[-1].startswith("book=") else name for name in there]
    return targets(root)


def main() -> None:
    asked, *rest = sys.argv[1:] or ["--help"]
    if asked == "words":
        try:
            print("\n".join(words(rest[1:], rest[0])))
        except (OSError, ValueError, LookupError, AttributeError):
            sys.exit(1)  # a shell completes nothing where there is no book, or none that can be read
        return
    from pipeline.cli import FOLDER, STATUSES, Parser, command_of, refuse  # slow to import

    parser = Parser("completion", __doc__)
    parser.add_argument("shell", metavar="SHELL", help=", ".join(SHELLS))
    parser.add_argument("--book", metavar="FOLDER", default="", help=FOLDER)
    parser.epilog = f"example:\n  {command_of('completion')} bash\n\n{STATUSES}"
    parser.check(sys.argv[1:])
    given = parser.parse_args()
    if given.shell not in SHELLS:
        refuse("completion", f"there is no '{given.shell}' here", f"one of {', '.join(SHELLS)}")
    print(SHELLS[given.shell].replace("@book", f"'{given.book}'"), end="")


if __name__ == "__main__":
    main()
