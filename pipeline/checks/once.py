"""What several promises ask of a page or a document is found once."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

Asked = TypeVar("Asked")
Found = TypeVar("Found")


def once(look: Callable[[Asked], Found]) -> Callable[[Asked], Found]:
    """Keeps what a function has found of a page or a document for as long as that is there."""
    known: WeakKeyDictionary[Asked, Found] = WeakKeyDictionary()

    @wraps(look)
    def found(asked: Asked) -> Found:
        if asked not in known:
            known[asked] = look(asked)
        return known[asked]

    return found
