"""A figure: its template, its module, its title, what it shows, and the models that it asks for."""

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.project.imports import function, syntax_tree


@dataclass(frozen=True)
class Figure:
    """A template and, where the figure computes something, the module of the same stem beside it."""

    name: str  # "spiral/energy"
    template: Path
    module: Path | None

    @property
    def target(self):
        return self.name.replace("/", "-")

    @cached_property
    def description(self):
        """The module's docstring or, for a drawn figure, the template's first comment."""
        if self.module:
            tree = syntax_tree(self.module)
            text = ast.get_docstring(tree) if tree.body else self.name
        else:
            comment = re.match(r"\s*\(\(=(.*?)=\)\)", self.template.read_text(encoding="utf-8"), re.DOTALL)
            text = comment and comment[1].strip()
        if not text:
            where = self.module or self.template
            raise AuthorError(f"{where}:1: the figure has no title", f"begin with a {'docstring' if self.module else 'comment ((= … =))'}")
        return text

    @property
    def title(self):
        return self.description.splitlines()[0].rstrip(".")

    @property
    def alt(self):
        """What the picture shows, in words: the description below the title, as one line."""
        return " ".join(self.description.split("\n", 1)[1].split()) if "\n" in self.description else ""

    def function(self, name):
        """The syntax tree of one of the module's functions, or None."""
        if self.module is None:
            return None
        return function(self.module, name)

    @cached_property
    def models(self):
        """{parameter of tables(): name of the trained model}, chapter's own unless a default says otherwise."""
        function = self.function("tables")
        if function is None:
            return {}
        chapter = self.name.split("/")[0]
        names, defaults = [a.arg for a in function.args.args], function.args.defaults
        asked = {n: f"{chapter}/{n.replace('_', '-')}" for n in names}
        for name, default in zip(names[::-1], defaults[::-1], strict=False):  # defaults belong to the last names
            asked[name] = default.value if isinstance(getattr(default, "value", None), str) else ast.unparse(default)
        return asked
