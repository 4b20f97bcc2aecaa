"""What a text has sorted besides its index: glossaries, lists of symbols.
TeX writes them unsorted, makeindex sorts them, TeX reads them again.
"""

import re
from pathlib import Path

# What the package glossaries notes of each: the endings of what is read and of what was written.
GLOSSARY = re.compile(r"^\\@newglossary\{.+?\}\{.*?\}\{([\w-]+)\}\{([\w-]+)\}", re.MULTILINE)


def unsorted(aux: Path) -> list[tuple[str, str, str]]:
    """(ending of what TeX wrote, of what it reads, makeindex's style) of each list beside an .aux that has entries."""
    text = aux.read_text(encoding="utf-8", errors="replace")
    lists = [(wrote, reads, f"{aux.stem}.ist") for reads, wrote in GLOSSARY.findall(text)]
    lists = [*(lists or [("glo", "gls", "basic.gst")]), ("nlo", "nls", "nomencl.ist")]  # memoir's own; nomencl's
    files = {wrote: aux.with_suffix(f".{wrote}") for wrote, _, _ in lists}
    return [each for each in lists if files[each[0]].is_file() and files[each[0]].stat().st_size]


def rules(aux: Path) -> str:
    """How latexmk sorts them, in its own language; nothing where there are none."""
    code = ""
    for k, (wrote, reads, style) in enumerate(unsorted(aux)):
        path = "$_[0].ist" if style == f"{aux.stem}.ist" else style
        code += (
            f"add_cus_dep('{wrote}', '{reads}', 0, 'sort_{k}'); sub sort_{k} {{ return system('makeindex', '-q', "
            f'\'-s\', "{path}", \'-t\', "$_[0].ilg", \'-o\', "$_[0].{reads}", "$_[0].{wrote}"); }} '
        )
    return code
