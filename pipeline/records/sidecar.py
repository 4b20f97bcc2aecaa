"""Records on disk, each beside the output that it is of, and in a figure's PDF."""

import json
from pathlib import Path
from typing import Any

from pipeline.files import write


def beside(output: str | Path) -> Path:
    return Path(output).with_suffix(".json")


def read(output: str | Path) -> dict[str, Any]:
    """What lies beside an output; nothing where nothing does."""
    return json.loads(beside(output).read_text(encoding="utf-8")) if beside(output).is_file() else {}


def keep(output: str | Path, record: dict[str, Any], **more: Any) -> None:
    write(beside(output), json.dumps({"record": record} | more, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def in_pdf(record: dict[str, Any]) -> str:
    """A record as the text of a PDF's string, in hexadecimal digits."""
    return json.dumps(record, sort_keys=True, separators=(",", ":")).encode().hex().upper()
