"""Links that open a file in the author's editor."""

import os
import re
from pathlib import Path
from urllib.parse import quote

from pipeline.errors.author import UsageError
from pipeline.errors.hints import nearest

VARIABLE = "WATCH_EDITOR"  # in the environment: what --editor would say
# Editors by name: {path} is a file's, from the top; {line} a line's number.
KNOWN = {
    "vscode": "vscode://file{path}:{line}",
    "vscodium": "vscodium://file{path}:{line}",
    "cursor": "cursor://file{path}:{line}",
    "zed": "zed://file{path}:{line}",
    "idea": "idea://open?file={path}&line={line}",
    "textmate": "txmt://open?url=file://{path}&line={line}",
    "emacs": "org-protocol://open-file?url=file://{path}&line={line}",
}
FORBIDDEN = {"javascript", "data", "vbscript", "blob"}  # what a browser would run


def chosen(editor: str | None) -> str:
    """The link of an editor by its name, or as it is given. Raises a UsageError for what is none."""
    word = editor or os.environ.get(VARIABLE) or "vscode"
    if word in KNOWN:
        return KNOWN[word]
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", word, re.IGNORECASE)
    if not scheme or scheme[1].lower() in FORBIDDEN or "{path}" not in word:
        hint = nearest(word, KNOWN) or "a link such as vscode://file{path}:{line}"
        raise UsageError(f"the editor '{word}' is no link to a file, and none that is known", hint)
    return word


def link(editor: str, file: str, line: int) -> str:
    return editor.replace("{path}", quote(str(Path(file).absolute()))).replace("{line}", str(line))
