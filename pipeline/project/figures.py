"""A figure: its template, its module, its title, what it shows, and the models that it asks for."""

import ast
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.project.modules import module, tree_of


@dataclass(frozen=True)
class Figure:
    """A template and, where the figure computes something, the module of the same stem beside it."""

    name: str  # "line/fit"
    template: Path
    module: Path | None
    among: frozenset[str] = frozenset()  # the names of the book's models

    @property
    def target(self) -> str:
        return self.name.replace("/", "-")

    @cached_property
    def written(self) -> str:
        """The module's docstring or, for a drawn figure, the template's first comment."""
        if self.module:
            found = module(self.module)
            return found.doc or ("" if found.functions else self.name)  # of one that does not parse its own job tells
        comment = re.match(r"\s*\(\(=(.*?)=\)\)", self.template.read_text(encoding="utf-8"), re.DOTALL)
        return comment[1].strip() if comment else ""

    @cached_property
    def untold(self) -> AuthorError | None:
        """What is wrong with the words that the figure begins with; its own job tells, and no other stops."""
        if not self.written:
            begin = 'the module with """Title."""' if self.module else "the template with ((= Title. =))"
            return AuthorError(f"{self.module or self.template}:1: the figure has no title", f"begin {begin}")
        if lost := re.search("[\a\b\v\f]", self.written):  # what Python makes of \alpha, \beta, \vx and \frac
            letter = {"\a": "a", "\b": "b", "\v": "v", "\f": "f"}[lost[0]]
            return AuthorError(
                rf"{self.module}:1: Python has taken \{letter} in the docstring for a sign of its own",
                'where it holds TeX, it begins r"""',
            )
        return None

    @property
    def description(self) -> str:
        """The title and, below it, what the figure shows; its name where these are not to be had."""
        return self.name if self.untold else self.written

    @property
    def title(self) -> str:
        return self.description.splitlines()[0].rstrip(".")

    @property
    def alt(self) -> str:
        """What the picture shows, in words: the description below the title, as one line."""
        return below(self.description)

    @property
    def code(self) -> Path:
        """The module of a computed figure."""
        if self.module is None:
            raise ValueError(f"{self.name} has no module")
        return self.module

    def defines(self, function: str) -> bool:
        """Whether the figure's module defines a function of that name."""
        return self.module is not None and function in module(self.module).functions

    @property
    def moves(self) -> bool:
        """Whether there is a film of it: its module has frames()."""
        return self.defines("frames")

    @cached_property
    def film(self) -> str:
        """What the film shows: the docstring of frames(), or the figure's title."""
        bodies = [node for node in tree_of(self.code).body if isinstance(node, ast.FunctionDef)]
        return next((ast.get_docstring(node) for node in bodies if node.name == "frames"), None) or self.title

    @property
    def film_title(self) -> str:
        return self.film.splitlines()[0].rstrip(".")

    @property
    def film_alt(self) -> str:
        """What the film shows, below its title, as one line."""
        return below(self.film)

    def asked(self, function: str) -> dict[str, str]:
        """{parameter of a function of the module: name of the trained model}, the chapter's own unless a default says
        otherwise."""
        if not self.module or not self.defines(function):
            return {}
        _, asked = module(self.module).functions[function]
        return {name: model(self.name, name, default, self.among) for name, default in asked.items()}

    @cached_property
    def models(self) -> dict[str, str]:
        """The same of tables()."""
        return self.asked("tables")


def below(description: str) -> str:
    """What stands below a description's first line, as one line."""
    return " ".join(description.partition("\n")[2].split())


def models_of(name: str, path: Path, among: Collection[str] = ()) -> dict[str, str]:
    """{parameter: name of the trained model} that a model's train(net, seed, …) asks for, as a figure does.

    A further parameter whose default is no string is the author's own. among : the names of the book's models.
    """
    _, asked = module(path).functions.get("train", (0, {}))
    further = list(asked.items())[2:]
    found = {parameter: model(name, parameter, default, among) for parameter, default in further}
    return {p: found[p] for p, default in further if default is None or is_string(default)}


def model(asking: str, parameter: str, default: str | None, among: Collection[str]) -> str:
    """The name of the model that a parameter asks for: of its own folder, or of one around it, or the only one of its
    chapter that is called so, unless its default says otherwise."""
    if default is not None:
        return literal(default)
    stem, (chapter, *folders) = parameter.replace("_", "-"), asking.split("/")[:-1]
    near = ["/".join([chapter, *folders[:k], stem]) for k in range(len(folders), -1, -1)]
    anywhere = [name for name in among if name.startswith(f"{chapter}/") and name.endswith(f"/{stem}")]
    return next((name for name in near if name in among), anywhere[0] if len(anywhere) == 1 else near[-1])


def literal(source: str) -> str:
    """The string that a piece of Python stands for; the piece itself where it is no string."""
    return ast.literal_eval(source) if is_string(source) else source


def is_string(source: str) -> bool:
    try:
        return isinstance(ast.literal_eval(source), str)
    except (ValueError, SyntaxError):
        return False
