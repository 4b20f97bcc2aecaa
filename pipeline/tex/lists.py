"""What a text has sorted: its index, glossaries, lists of symbols.
TeX writes them unsorted, a program sorts them, TeX reads them again. An index is sorted in the order of the book's
language, by upmendex, which is makeindex with Unicode's collation; where it is not installed, and in lists whose
entries have keys of their own to be sorted by, by makeindex, for which Ä comes after Z.
"""

import re
import shutil
from pathlib import Path

from pipeline.setup.languages import told
from pipeline.tex.view import View

# What the package glossaries notes of each: the endings of what is read and of what was written.
GLOSSARY = re.compile(r"^\\@newglossary\{.+?\}\{.*?\}\{([\w-]+)\}\{([\w-]+)\}", re.MULTILINE)
STYLE = "generated.ist"  # where TeX works


def unsorted(aux: Path) -> list[tuple[str, str, str]]:
    """(ending of what TeX wrote, of what it reads, makeindex's style) of each list beside an .aux that has entries."""
    text = aux.read_text(encoding="utf-8", errors="replace")
    lists = [(wrote, reads, f"{aux.stem}.ist") for reads, wrote in GLOSSARY.findall(text)]
    lists = [*(lists or [("glo", "gls", "basic.gst")]), ("nlo", "nls", "nomencl.ist")]  # memoir's own; nomencl's
    files = {wrote: aux.with_suffix(f".{wrote}") for wrote, _, _ in lists}
    return [each for each in lists if files[each[0]].is_file() and files[each[0]].stat().st_size]


def index(seen: View, language: str) -> str:
    """How latexmk sorts indices, in its own language, Perl; in the order of a language, by babel's name."""
    if not shutil.which("upmendex"):
        return ""
    seen.write(STYLE, f'icu_locale "{told(language).get("tag.bcp47", "en")}"\n')
    # it takes an index without entries for a fault
    return f"$makeindex = 'if [ -s %S ]; then upmendex -q -s {STYLE} %O -o %D %S; else : > %D; fi'; "


def rules(aux: Path) -> str:
    """How it sorts the other lists, once TeX has said which there are; nothing where there are none."""
    code = ""
    for k, (wrote, reads, style) in enumerate(unsorted(aux)):
        path = "$_[0].ist" if style == f"{aux.stem}.ist" else style
        code += (
            f"add_cus_dep('{wrote}', '{reads}', 0, 'sort_{k}'); sub sort_{k} {{ return system('makeindex', '-q', "
            f'\'-s\', "{path}", \'-t\', "$_[0].ilg", \'-o\', "$_[0].{reads}", "$_[0].{wrote}"); }} '
        )
    return code
