"""Which variables a loop's next turn may still read, and which it assigns before it reads them: read in its source."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import FrameType

from pipeline.project.modules import tree_of

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclass
class Turn:
    """read : names that a turn may read as earlier turns left them; filled : those that an inner loop assigns first,
    unless it has no turn of its own; written : names that each turn has assigned at its end, whatever happens."""

    read: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)


def names(node: ast.AST, context: type[ast.expr_context]) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, context)}


def targets(statement: ast.stmt) -> set[str]:
    """Names that a simple statement assigns for certain."""
    found: list[ast.AST] = []
    if isinstance(statement, ast.Assign):
        found = [*statement.targets]
    elif isinstance(statement, ast.AnnAssign | ast.AugAssign) and statement.value:
        found = [statement.target]
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.split(".")[0] for alias in statement.names}
    bound = {statement.name} if isinstance(statement, ast.FunctionDef | ast.ClassDef) else set()
    return bound.union(*(names(node, ast.Store) for node in found))


def leaves(node: ast.AST) -> bool:
    """Whether a statement may end the turn."""
    return any(isinstance(each, ast.Break | ast.Continue | ast.Return) for each in ast.walk(node))


class Reader:
    """Follows the statements of one turn in their order."""

    def __init__(self) -> None:
        self.turn, self.left = Turn(), False

    def reads(self, found: Iterable[str], written: set[str], maybe: set[str]) -> None:
        for name in set(found) - written:
            (self.turn.filled if name in maybe else self.turn.read).add(name)

    def follow(self, body: Iterable[ast.stmt], written: set[str], maybe: set[str]) -> None:
        """Adds to `written` what statements assign for certain, to `maybe` what their loops assign."""
        for statement in body:
            self.follow_one(statement, written, maybe)
            self.left |= leaves(statement)
            if not self.left:
                self.turn.written |= written

    def follow_one(self, statement: ast.stmt, written: set[str], maybe: set[str]) -> None:
        match statement:
            case ast.With() if not any("suppress" in ast.unparse(item.context_expr) for item in statement.items):
                for item in statement.items:
                    self.reads(names(item.context_expr, ast.Load), written, maybe)
                    written |= names(item.optional_vars, ast.Store) if item.optional_vars else set()
                self.follow(statement.body, written, maybe)
            case ast.For():
                self.reads(names(statement.iter, ast.Load), written, maybe)
                inside = self.branch(statement.body, written | names(statement.target, ast.Store), maybe)
                self.branch(statement.orelse, written, maybe)
                maybe |= inside - written
            case ast.If():
                self.reads(names(statement.test, ast.Load), written, maybe)
                written |= self.branch(statement.body, written, maybe) & self.branch(statement.orelse, written, maybe)
            case ast.While() | ast.With() | ast.Try() | ast.TryStar() | ast.Match() | ast.AsyncFor() | ast.AsyncWith():
                self.reads(names(statement, ast.Load) | touched(statement), written, maybe)
            case _:
                self.reads(names(statement, ast.Load) | touched(statement), written, maybe)
                written |= targets(statement)

    def branch(self, body: Iterable[ast.stmt], written: set[str], maybe: set[str]) -> set[str]:
        """What statements that may not be run would have assigned."""
        before, self.turn.written = self.turn.written, set()
        inside = set(written)
        self.follow(body, inside, set(maybe))
        self.turn.written = before
        return inside


def touched(node: ast.AST) -> set[str]:
    """Names that are assigned by way of what they hold (n += 1), or deleted."""
    found = {n.target.id for n in ast.walk(node) if isinstance(n, ast.AugAssign) and isinstance(n.target, ast.Name)}
    return found | names(node, ast.Del)


def outside(node: ast.AST, loop: ast.For) -> Iterator[ast.AST]:
    """All nodes of a function but those of a loop."""
    yield node
    for child in ast.iter_child_nodes(node):
        if child is not loop:
            yield from outside(child, loop)


def read_later(function: ast.AST, loop: ast.For) -> Turn:
    """Which names a loop's next turn, or what follows the loop, may read as the last turn left them."""
    reader, written = Reader(), names(loop.target, ast.Store)
    maybe: set[str] = set()
    reader.turn.written |= written
    reader.follow(loop.body, written, maybe)
    turn = reader.turn
    for node in outside(function, loop):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in turn.written:
            (turn.filled if node.id in maybe else turn.read).add(node.id)
    turn.filled -= turn.read
    return turn


def loop_of(frame: FrameType) -> tuple[ast.AST, ast.For] | None:
    """(function, loop) where a frame stands at a loop's head; None where that is not certain."""
    found: list[tuple[ast.AST, ast.For]] = []

    def look(node: ast.AST, function: ast.AST) -> None:
        if isinstance(node, FUNCTIONS):
            function = node
        if isinstance(node, ast.For) and node.lineno <= frame.f_lineno <= (node.iter.end_lineno or node.lineno):
            found.append((function, node))
        for child in ast.iter_child_nodes(node):
            look(child, function)

    tree = tree_of(frame.f_code.co_filename)
    look(tree, tree)
    return found[0] if len(found) == 1 else None
