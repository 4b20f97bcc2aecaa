"""Tiny PDFs, written by hand."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from pipeline.pdf.page import Page

SQUARE = "0.2 0.4 0.6 rg 10 10 20 20 re f"
DISC = "m 52 51 51 52 50 52 c 49 52 48 51 48 50 c 48 49 49 48 50 48 c 51 48 52 49 52 50 c h"


def font(pdf, embedded=True, program=b"%!", charset="", **entries):
    """A font whose every letter is half as wide as its size."""
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name.Tiny, XHeight=400, Ascent=700, Descent=-200)
    descriptor.CharSet = pikepdf.String(charset)
    if embedded:
        descriptor.FontFile = Stream(pdf, program)
    given = {
        "Type": Name.Font,
        "Subtype": Name.Type1,
        "BaseFont": Name.Tiny,
        "FirstChar": 32,
        "Widths": Array([500] * 96),
    }
    return pdf.make_indirect(
        Dictionary({f"/{key}": value for key, value in given.items()} | entries | {"/FontDescriptor": descriptor})
    )


def form(pdf, content, box=(0, 0, 100, 100), **entries):
    return Stream(pdf, content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array(box), **entries)


def image(pdf):
    return Stream(pdf, bytes(3), Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceRGB)


def pdf(content, size=(100, 100), **resources):
    """A PDF of one page; resources: {kind: {name: function(pdf) or object}}."""
    made = pikepdf.new()
    made.add_blank_page(page_size=size)
    page = made.pages[0].obj
    for kind, things in ({"Font": {"F": font}} | resources).items():
        built = {f"/{name}": thing(made) if callable(thing) else thing for name, thing in things.items()}
        page.Resources[f"/{kind}"] = Dictionary(built)
    page.Contents = Stream(made, content.encode())
    return made


def page(content, known=(), **resources):
    """What preflight sees of such a PDF's page."""
    with pdf(content, **resources) as made:
        return Page(made.pages[0], known=known)


def paints(content, **resources):
    return page(content, **resources).paints
