"""Numbers that the text, a title or a template quotes."""

import json
from typing import Any

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.base import Numbers, array


class Values(dict[str, Any]):
    """Numbers by name, or lists of numbers, that the text, a title or a template quotes: Values(mean_loss=0.1).

    A name's underscores become dashes: the text quotes `mean-loss`.
    """

    def __init__(self, **values: Numbers) -> None:
        super().__init__({name.replace("_", "-"): array(value).tolist() for name, value in values.items()})

    def check(self, where: str) -> None:
        """Raises an AuthorError for what is not a finite number; its message begins with `where`."""
        for name, value in self.items():
            if array(value).dtype.kind not in "fiub":
                raise AuthorError(f"{where}: '{name}' is {value!r}; values are numbers, or lists of them")
            if not np.isfinite(array(value).astype(float)).all():
                raise AuthorError(f"{where}: '{name}' is {value}")

    def dump(self) -> str:
        """The values as JSON."""
        return json.dumps(self, indent=2) + "\n"
