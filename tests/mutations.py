"""What a mutant is: one place of a module's syntax tree, made wrong.

Left out is what cannot make a number wrong: text, what draws previews (functions that are given Matplotlib's axes: a
parameter is called `axes` or `ax`), imports, and annotations.
"""

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

DRAWS = {"axes", "ax"}
OPERATORS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr,
}  # fmt: skip
COMPARISONS = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
PAIRS = [
    ("min", "max"), ("amin", "amax"), ("argmin", "argmax"), ("minimum", "maximum"), ("sin", "cos"), ("sum", "mean"),
    ("std", "var"), ("any", "all"),
]  # fmt: skip
OTHERS = {a: b for pair in PAIRS for a, b in (pair, pair[::-1])} | {"logsumexp": "amax", "softmax": "log_softmax"}
DROPPED = {"exp", "log", "sqrt", "square", "abs", "tanh", "relu", "flip", "roll", "cumsum", "softplus"}  # f(x) → x
AXES = {"dim", "axis"}


@dataclass(frozen=True)
class Place:
    """Where a node hangs: in a field of its parent, in a list perhaps; lines: of the statement that it is a part of."""

    parent: ast.AST
    field: str
    index: int | None
    lines: range

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def places(node: ast.AST, lines: range = range(0), axis: bool = False) -> Iterator[tuple[ast.AST, Place, bool]]:
    """(node, its place, whether it names an axis) of all below a node that may be made wrong."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr | ast.Import | ast.ImportFrom):
                continue
            if isinstance(child, ast.FunctionDef | ast.Lambda) and DRAWS & {a.arg for a in child.args.args}:
                continue
            own = statement(child) if isinstance(child, ast.stmt) else lines
            names_axis = axis or (isinstance(node, ast.keyword) and node.arg in AXES)
            yield child, Place(node, field, index, own), names_axis
            yield from places(child, own, names_axis)


def statement(node: ast.stmt) -> range:
    """The lines of a statement; of one that holds others, those before them."""
    body = getattr(node, "body", None)
    end = max(node.lineno, body[0].lineno - 1) if body else node.end_lineno
    return range(node.lineno, end + 1)


def mutants(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.AST, Place]]:
    """(node, what stands in its stead, its place), in an order that depends on the tree alone."""
    for node, place, axis in places(tree):
        for other in axes(node, place.parent) if axis else variants(node):
            yield node, ast.copy_location(other, node), place


def axes(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """Another axis; a tuple of axes is left as it is."""
    if isinstance(parent, ast.keyword):
        if isinstance(node, ast.Constant):
            yield ast.Constant(1 - node.value)
        elif isinstance(node, ast.UnaryOp):
            yield ast.UnaryOp(ast.USub(), ast.Constant(3 - node.operand.value))


def variants(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int()):
            yield ast.Constant(node.value + 1)
        case ast.Constant(value=float()) if node.value:
            yield ast.Constant(1.1 * node.value)
        case ast.BinOp(op=op) if type(op) in OPERATORS and not text(node.left):
            yield changed(node, op=OPERATORS[type(op)]())
        case ast.AugAssign(op=op) if type(op) in OPERATORS:
            yield changed(node, op=OPERATORS[type(op)]())
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
            yield node.operand
        case ast.BoolOp():
            yield changed(node, op=ast.And() if isinstance(node.op, ast.Or) else ast.Or())
        case ast.Compare(ops=[op, *_]):
            yield changed(node, ops=[COMPARISONS[type(op)](), *node.ops[1:]])
        case ast.IfExp():
            yield changed(node, body=node.orelse, orelse=node.body)
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Call(func=ast.Name(id=name)) if name in OTHERS:
            yield changed(node, func=ast.Name(OTHERS[name], ast.Load()))
        case ast.Call(func=ast.Attribute(attr=name)):
            if name in OTHERS:
                yield changed(node, func=changed(node.func, attr=OTHERS[name]))
            if name in DROPPED:
                yield of_module(node) or node.func.value


def text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def of_module(call: ast.Call) -> ast.AST | None:
    """The argument of math.sqrt(x) and its like, which are no methods of x."""
    start = call.func.value
    while isinstance(start, ast.Attribute):
        start = start.value
    return call.args[0] if isinstance(start, ast.Name) and start.id in ("math", "torch", "np", "nn") else None


def changed(node: ast.AST, **fields: object) -> ast.AST:
    """A copy with other fields; what hangs below is shared."""
    return type(node)(**{name: getattr(node, name) for name in node._fields} | fields)


def name(node: ast.AST, other: ast.AST, path: str) -> str:
    """'file:line: this → that'."""
    was, now = (ast.unparse(ast.fix_missing_locations(deepcopy(each))).splitlines()[0] for each in (node, other))
    return f"{path}:{node.lineno}: {was} → {now}"


def mutated(source: bytes, number: int | None) -> ast.Module:
    """The tree of a module with its mutant of that number in it, or without one."""
    tree = ast.parse(source)
    if number is None:
        return tree
    for k, (_, other, place) in enumerate(mutants(tree)):
        if k == number:
            place.put(other)
            return ast.fix_missing_locations(tree)
    raise LookupError(f"there is no mutant {number}")
