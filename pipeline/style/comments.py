"""TeX's comments, for all that read TeX as text."""

import re

# A % that an even number of backslashes stands before; these belong to the text.
COMMENT = re.compile(r"(?<!\\)(?P<text>(?:\\\\)*)%.*")


def without_comments(text: str) -> str:
    """A text without its comments; its lines stay what they were, so that their numbers hold."""
    return COMMENT.sub(r"\g<text>", text)
