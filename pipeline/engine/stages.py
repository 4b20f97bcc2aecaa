"""The commands that there are: modules on top of pipeline/ that can be run, stages in the order of a figure's way."""

import ast
from pathlib import Path

from pipeline.project.modules import module, tree_of

STAGES = (
    "train",
    "tables",
    "picture",
    "inks",
    "format",
    "figure",
    "frames",
    "film",
    "preview",
    "contents",
    "chapter",
    "book",
    "talk",
    "preflight",
    "mend",
    "web",
    "svg",
    "gallery",
    "notebook",
)
HOME = Path(__file__).parents[1]


def runnable(path: Path) -> bool:
    """Whether a Python file does something when it is run: whether it asks for its name."""
    tests = (ast.unparse(node.test) for node in tree_of(path).body if isinstance(node, ast.If))
    return "__name__ == '__main__'" in tests


def tools() -> list[str]:
    """What people type besides the stages, by name."""
    return sorted(path.stem for path in HOME.glob("[!_]*.py") if path.stem not in STAGES and runnable(path))


def line(command: str) -> str:
    """What a command does, in the first line of its docstring."""
    return (module(HOME / f"{command}.py").doc or "").partition("\n")[0]


def options(command: str) -> list[str]:
    """What a command's file gives to cli.run()."""
    calls = (node for node in ast.walk(tree_of(HOME / f"{command}.py")) if isinstance(node, ast.Call))
    return [
        str(each.value)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "run"
        for each in call.args[2:]
        if isinstance(each, ast.Constant)
    ]
