"""PDF/X-1a:2003, what a press takes: the requirements that can be seen in a file (ISO 15930-4:2003, clause 6)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import pikepdf

from pipeline.pdf.document import Document
from pipeline.pdf.spaces import FAMILIES, space

ALLOWED = {"DeviceGray", "DeviceCMYK", "Separation", "DeviceN", "Pattern"}
PACKED = "/ObjStm", "/XRef"
BOXES = "/MediaBox", "/BleedBox", "/TrimBox"


def requirements(document: Document) -> Iterator[tuple[str, str | None]]:
    """(requirement, fault or None) of the book's PDF."""
    pdf, info, root = document.pdf, document.pdf.docinfo, document.pdf.Root
    streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
    yield "version", None if pdf.pdf_version <= "1.4" else f"PDF {pdf.pdf_version}, not 1.4 or less"
    packed = "/XRefStm" in pdf.trailer or any(thing.get("/Type") in PACKED for thing in [pdf.trailer, *streams])
    yield "structure", "has object or cross-reference streams" if packed else None
    yield "encryption", "is encrypted" if pdf.is_encrypted else None
    yield "identity", None if len(pdf.trailer.get("/ID", [])) == 2 else "no ID in the trailer"
    for key in ("Title", "CreationDate", "ModDate"):
        yield f"Info {key}", None if info.get(f"/{key}") else "missing"
    version = str(info.get("/GTS_PDFXVersion", ""))
    yield "Info GTS_PDFXVersion", None if version == "PDF/X-1a:2003" else f"'{version}', not PDF/X-1a:2003"
    yield "Info Trapped", None if info.get("/Trapped") in ("/True", "/False") else "neither True nor False"
    yield "output intent", intent(root)
    used = sorted(spaces(document) - ALLOWED)
    yield "colour", f"uses {', '.join(used)}" if used else None
    yield "transparency", transparency(document)
    yield "annotations", "has annotations" if any("/Annots" in page for page in pdf.pages) else None
    yield "actions", actions(root, pdf.pages)
    loose = [name for name, font in document.fonts if not embedded(font)]
    yield "fonts", f"{', '.join(loose)} not embedded" if loose else None
    yield "compression", "uses LZW" if any("/LZWDecode" in filters(stream) for stream in streams) else None
    yield "XObjects", "has PostScript or reference XObjects" if any(foreign(stream) for stream in streams) else None
    states = [state for resources in document.resources for state in resources.get("/ExtGState", {}).values()]
    yield "transfer functions", "has transfer functions" if any("/TR" in state for state in states) else None
    for number, page in enumerate(pdf.pages, 1):
        if "/TrimBox" not in page:
            yield "trim", f"page {number} has no TrimBox"
        elif "/ArtBox" in page:
            yield "trim", f"page {number} has both TrimBox and ArtBox"
        else:
            boxes = [tuple(map(float, page[name])) for name in BOXES if name in page]
            nested = all(covers(outer, inner) for outer, inner in pairwise(boxes))
            yield "trim", None if nested else f"page {number}'s boxes do not lie within one another"


def intent(root: Any) -> str | None:
    """What is wrong with the output intent: one of GTS_PDFX, with the profile of a CMYK press."""
    found = [intent for intent in root.get("/OutputIntents", []) if intent.get("/S") == "/GTS_PDFX"]
    if len(found) != 1:
        return f"{len(found)} of GTS_PDFX, not one"
    if not found[0].get("/OutputConditionIdentifier"):
        return "no OutputConditionIdentifier"
    if "/DestOutputProfile" not in found[0]:
        return "no DestOutputProfile"
    header = found[0].DestOutputProfile.read_bytes()[:40]
    kind, colour = header[12:16].decode(errors="replace"), header[16:20].decode(errors="replace").strip()
    return (
        None
        if (kind, colour, header[36:40]) == ("prtr", "CMYK", b"acsp")
        else f"its profile is '{kind}' of '{colour}', not a CMYK press's"
    )


def spaces(document: Document) -> set[str]:
    """Names of the colour spaces in use: of what is painted, and of images."""
    colours = {colour for _, item in document.paints() for colour in (item.colour, item.edge) if colour is not None}
    things = [thing for resources in document.resources for thing in resources.get("/XObject", {}).values()]
    images = [thing for thing in things if thing.get("/Subtype") == "/Image" and "/ColorSpace" in thing]
    shadings = [shading for resources in document.resources for shading in resources.get("/Shading", {}).values()]
    found = {colour if isinstance(colour, str) else FAMILIES.get(len(colour), "DeviceN") for colour in colours}
    return found | {space(thing.ColorSpace) for thing in images + shadings}


def transparency(document: Document) -> str | None:
    groups = any(page.group for page in document.pages) or any(item.group for _, item in document.placed())
    clear = groups or any(item.alpha < 1 or item.blend not in ("Normal", "Compatible") for _, item in document.paints())
    return "is used" if clear else None


def actions(root: Any, pages: Iterable[pikepdf.Page]) -> str | None:
    """Actions, scripts and files that the document carries."""
    names = [name for name in ("/AA", "/AcroForm") if name in root or any(name in page for page in pages)]
    names += [name for name in ("/JavaScript", "/EmbeddedFiles") if name in root.get("/Names", {})]
    names += ["/OpenAction"] if isinstance(root.get("/OpenAction"), pikepdf.Dictionary) else []
    return f"has {', '.join(name[1:] for name in names)}" if names else None


def embedded(font: Any) -> bool:
    """Whether a font's outlines are in the file."""
    descriptor = (font.DescendantFonts[0] if font.Subtype == "/Type0" else font).get("/FontDescriptor", {})
    return font.Subtype == "/Type3" or any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def filters(stream: Any) -> list[str]:
    given = stream.get("/Filter", [])
    return [str(name) for name in (given if isinstance(given, pikepdf.Array) else [given])]


def foreign(stream: Any) -> bool:
    return stream.get("/Subtype") == "/PS" or stream.get("/Subtype2") == "/PS" or "/Ref" in stream


def covers(outer: Sequence[float], inner: Sequence[float]) -> bool:
    return all(sign * (i - o) >= -0.01 for sign, o, i in zip((1, 1, -1, -1), outer, inner, strict=True))
