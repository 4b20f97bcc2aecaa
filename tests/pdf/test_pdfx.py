"""PDF/X-1a: what a file for the press must have, and each thing that it may not."""

from functools import partial

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

import tiny
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page
from pipeline.pdf.pdfx import requirements


def press(content="0 0 0 1 k 10 10 40 40 re f", **resources):
    """A PDF as PDF/X-1a:2003 wants it."""
    pdf = tiny.pdf(content, **resources)
    header = bytearray(128)
    header[12:20], header[36:40] = b"prtrCMYK", b"acsp"
    profile = pdf.make_indirect(Stream(pdf, bytes(header), N=4))
    condition = {"/S": Name.GTS_PDFX, "/OutputConditionIdentifier": "FOGRA39", "/DestOutputProfile": profile}
    pdf.Root.OutputIntents = Array([Dictionary(condition)])
    given = {
        "Title": "A",
        "CreationDate": "D:2026",
        "ModDate": "D:2026",
        "GTS_PDFXVersion": "PDF/X-1a:2003",
        "Trapped": Name.False_,
    }
    for key, value in given.items():
        pdf.docinfo[f"/{key}"] = Name("/False") if key == "Trapped" else value
    pdf.pages[0].TrimBox = Array([10, 10, 90, 90])
    return pdf


def faults(pdf, path, **how):
    """Names and faults of the requirements that a saved PDF fails."""
    plain = {"force_version": "1.4", "object_stream_mode": pikepdf.ObjectStreamMode.disable, "compress_streams": False}
    pdf.save(path, **(plain | how))
    with pikepdf.open(path) as opened:
        document = Document(str(path), None, opened, [Page(page) for page in opened.pages])
        return [(name, fault) for name, fault in requirements(document) if fault]


def test_a_file_for_the_press_meets_the_standard(tmp_path):
    assert faults(press(), tmp_path / "press.pdf") == []


def change(key, value=None):
    """A change to the PDF's Info, its root or its only page, by the path of the entry."""

    def apply(pdf):
        place, name = key.split("/")
        holder = {"info": pdf.docinfo, "root": pdf.Root, "page": pdf.pages[0].obj, "intent": pdf.Root.OutputIntents[0]}[
            place
        ]
        if value is None:
            del holder[f"/{name}"]
        else:
            holder[f"/{name}"] = value

    return apply


def monitor(pdf):
    header = bytearray(128)
    header[12:20], header[36:40] = b"mntrRGB ", b"acsp"
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_indirect(Stream(pdf, bytes(header), N=3))


def squeezed(pdf):  # pikepdf leaves as it is what it cannot decode
    pdf.Root.Spare = pdf.make_indirect(Stream(pdf, b"not LZW", Filter=Name.LZWDecode))


@pytest.mark.parametrize(
    ("spoil", "name", "fault"),
    [
        (change("info/Title"), "Info Title", "missing"),
        (change("info/ModDate"), "Info ModDate", "missing"),
        (change("info/GTS_PDFXVersion", "PDF/X-3:2003"), "Info GTS_PDFXVersion", "'PDF/X-3:2003', not PDF/X-1a:2003"),
        (change("info/Trapped", Name.Unknown), "Info Trapped", "neither True nor False"),
        (change("root/OutputIntents"), "output intent", "0 of GTS_PDFX, not one"),
        (change("intent/OutputConditionIdentifier"), "output intent", "no OutputConditionIdentifier"),
        (change("intent/DestOutputProfile"), "output intent", "no DestOutputProfile"),
        (monitor, "output intent", "its profile is 'mntr' of 'RGB', not a CMYK press's"),
        (change("root/OpenAction", Dictionary(S=Name.GoTo)), "actions", "has OpenAction"),
        (
            change("root/Names", Dictionary(JavaScript=Dictionary(), EmbeddedFiles=Dictionary())),
            "actions",
            "has JavaScript, EmbeddedFiles",
        ),
        (change("page/AA", Dictionary()), "actions", "has AA"),
        (change("page/Annots", Array([])), "annotations", "has annotations"),
        (change("page/TrimBox"), "trim", "page 1 has no TrimBox"),
        (change("page/ArtBox", Array([10, 10, 90, 90])), "trim", "page 1 has both TrimBox and ArtBox"),
        (change("page/BleedBox", Array([20, 20, 80, 80])), "trim", "page 1's boxes do not lie within one another"),
        (change("page/Group", Dictionary(S=Name.Transparency)), "transparency", "is used"),
        (squeezed, "compression", "uses LZW"),
    ],
)
def test_each_requirement_of_the_standard(tmp_path, spoil, name, fault):
    pdf = press()
    spoil(pdf)
    assert faults(pdf, tmp_path / "press.pdf") == [(name, fault)]


@pytest.mark.parametrize(
    ("content", "resources", "name", "fault"),
    [
        ("1 0 0 rg 10 10 40 40 re f", {}, "colour", "uses DeviceRGB"),
        ("", {"XObject": {"I": tiny.image}}, "colour", "uses DeviceRGB"),
        ("/Dim gs 0 g 10 10 40 40 re f", {"ExtGState": {"Dim": Dictionary(ca=0.4)}}, "transparency", "is used"),
        ("", {"ExtGState": {"T": Dictionary(TR=Name.Identity)}}, "transfer functions", "has transfer functions"),
        ("", {"Font": {"F": partial(tiny.font, embedded=False)}}, "fonts", "Tiny not embedded"),
    ],
)
def test_what_may_not_be_painted_for_the_press(tmp_path, content, resources, name, fault):
    assert faults(press(content, **resources), tmp_path / "press.pdf") == [(name, fault)]


@pytest.mark.parametrize(
    ("how", "name", "fault"),
    [
        ({"force_version": "1.5"}, "version", "PDF 1.5, not 1.4 or less"),
        (
            {"force_version": "1.5", "object_stream_mode": pikepdf.ObjectStreamMode.generate},
            "structure",
            "has object or cross-reference streams",
        ),
        (
            {"force_version": "1.6", "encryption": pikepdf.Encryption(owner="a", user="", R=4)},
            "encryption",
            "is encrypted",
        ),
    ],
)
def test_how_a_file_for_the_press_is_written(tmp_path, how, name, fault):
    assert (name, fault) in faults(press(), tmp_path / "press.pdf", **how)
