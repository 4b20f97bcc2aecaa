"""Does all that a document tells its reader to do, and says where that does not go as it says.

Usage: python tests/documents/run.py README.md docs/guide.md --in /tmp/reader

The documents are read in this order in one copy of the project, which is made where the folder is not there yet.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from clone import ROOT, clone
from doing import do
from steps import Fault, Piece, Shell, Skipped, Step, read


def told(step: Step) -> str:
    """A step in a few words."""
    match step:
        case Shell():
            return "; ".join(command.text.splitlines()[0] for command in step.commands)
        case Piece():
            return f"{step.path}" if step.how == "whole" else f"{step.path}, {step.how} {step.words}".rstrip()
        case Skipped():
            return f"not run: {step.reason}"


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="+", type=Path, help="Markdown files")
    parser.add_argument("--in", dest="folder", type=Path, help="the copy (default: one that is thrown away)")
    parser.add_argument("--built", type=Path, default=ROOT, help="where the book is built already (default: here)")
    parser.add_argument("--begin", type=int, default=0, metavar="LINE", help="leave out what stands above this line")
    parser.add_argument("--keep-going", action="store_true", help="go on after a fault")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as room:
        root = (asked.folder or Path(room, "reader")).resolve()
        if not root.exists():
            clone(root, asked.built)
        elif not (root / "Snakefile").is_file():
            parser.error(f"{root} is there, and is no copy of the project")
        return sum(follow(document, root, asked.begin, asked.keep_going) for document in asked.documents) > 0


def follow(document: Path, root: Path, begin: int, keep_going: bool) -> int:
    """The number of faults in a document; each is told."""
    try:
        steps = [step for step in read(document.read_text(encoding="utf-8")) if step.line >= begin]
    except Fault as fault:
        tell(document, fault)
        return 1
    faults = 0
    for step in steps:
        start = time.monotonic()
        try:
            [*do([step], root)]
        except Fault as fault:
            tell(document, fault)
            faults += 1
            if not keep_going:
                break
        else:
            print(f"{document}:{step.line}  {time.monotonic() - start:.1f} s  {told(step)}", flush=True)
    return faults


def tell(document: Path, fault: Fault, lines: int = 40) -> None:
    """Prints a fault, with the end of what was printed."""
    print(f"{document}:{fault.line}: {fault.message}", file=sys.stderr)
    for line in fault.printed.splitlines()[-lines:]:
        print(f"    {line}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
