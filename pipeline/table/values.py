"""Numbers that the text, a title or a template quotes."""

import json
import re
from typing import Any

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.numbers import Numbers, array, gaps
from pipeline.table.refusals import refusal


class Values(dict[str, Any]):
    """Numbers by name, or lists of numbers, that the text, a title or a template quotes: Values(mean_loss=0.1).

    A name's underscores become dashes: the text quotes `mean-loss`.
    """

    def __init__(self, **values: Numbers) -> None:
        super().__init__({name.replace("_", "-"): array(value).tolist() for name, value in values.items()})

    def check(self, where: str) -> None:
        """Raises an AuthorError for what is not a finite number; its message begins with `where`."""
        for name, value in self.items():
            if odd := re.search(r"[\\{}$&#^~%\s]", name):
                raise AuthorError(f"{where}: a value cannot be called '{name}': TeX has {odd[0]!r} for itself")
            numbers = array(value)
            if bad := refusal(numbers):
                at, what, advice = bad
                place = f"[{', '.join(map(str, np.unravel_index(at, numbers.shape)))}]" if numbers.ndim else ""
                raise AuthorError(f"{where}: '{name}'{place} {what}", advice)
            if gaps(numbers).any():
                advice = "what is quoted must be there; `np.nanmean` and its like leave out gaps"
                raise AuthorError(f"{where}: '{name}' is {value}", advice)

    def dump(self) -> str:
        """The values as JSON."""
        return json.dumps(self, indent=2) + "\n"
