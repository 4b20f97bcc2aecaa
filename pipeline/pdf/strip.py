"""A figure's PDF is a picture: what a viewer would run, follow or fetch is no part of it."""

from pathlib import Path

from pipeline.errors.author import AuthorError

CATALOG = {"/Type", "/Pages"}
PAGE = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Group"}
ELSEWHERE = {"/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/Alternates"}  # of a stream: what lies in another file


def strip(path: str | Path, about: str) -> list[str]:
    """Leaves of a PDF its one page and what that shows, and returns the names of what is taken out.

    AuthorError, beginning with `about`, where there is not one page. A PDF that has nothing else stays as it is, byte
    by byte.
    """
    import pikepdf  # 30 ms, which the build's server has spent

    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        if len(pdf.pages) != 1:
            raise AuthorError(
                f"{about}: the figure has {len(pdf.pages)} pages",
                "a figure is one picture, and its frame makes the page",
            )
        streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        holders = [(pdf.Root, set(pdf.Root.keys()) - CATALOG), (pdf.pages[0].obj, set(pdf.pages[0].obj.keys()) - PAGE)]
        holders += [(stream, ELSEWHERE & set(stream.keys())) for stream in streams]
        for thing, names in holders:
            for name in names:
                del thing[name]
        if taken := sorted(set().union(*(names for _, names in holders))):
            pdf.save(path, deterministic_id=True)
    return taken


def describe(path: str | Path, **entries: str) -> None:
    """Writes into a PDF's information dictionary: strings, each in hexadecimal digits."""
    import pikepdf

    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for name, digits in entries.items():
            pdf.docinfo[f"/{name}"] = pikepdf.String(bytes.fromhex(digits))
        pdf.save(path, deterministic_id=True)
