"""What preflight finds: planted breaches, one a test, and nothing where all is well."""

import gc
import json
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

import tiny
from conftest import MINIMAL
from pipeline.checks.palette import Palette
from pipeline.preflight import preflight, uncollected

GENERATE = pikepdf.ObjectStreamMode.generate
PAPER = "1 g 0 0 100 100 re f "
FIT_TEMPLATE = f"{MINIMAL}/line/fit.tex.j2"
PRINT = r"""\input{\bookdir/editions/light}
\renewcommand{\colourmodel}{cmyk}
\renewcommand{\inkprofile}{FOGRA39L_coated.icc}
\renewcommand{\mostink}{300}
\renewcommand{\bleed}{3mm}
\renewcommand{\links}{none}
\renewcommand{\standard}{PDF/X-1a:2003}
"""


@pytest.fixture
def swap(book, project):
    """Puts hand-made PDFs in the place of what is built, and runs preflight: (breaches, report)."""
    project.write("editions/print.tex", PRINT)
    for built in (*project.build.glob("book-*.pdf"), *project.build.glob("places/*.json")):
        built.unlink()

    def check(content, edition="light", figure="line/fit", size=(100, 100), **resources):
        for name in ("line/net", "line/fit"):
            made = tiny.pdf(PAPER + (content if name == figure else ""), size, **resources)
            (project.root / book.figure(edition, name)).parent.mkdir(parents=True, exist_ok=True)
            made.save(project.root / book.figure(edition, name))
        return judged(book, edition)

    return check


def judged(book, edition):
    """(breaches, {promise: its record}) of preflight."""
    preflight(book, edition)
    report = json.loads((book.build / f"preflight/{edition}.json").read_text(encoding="utf-8"))
    breaches = [breach["line"] for promise in report["promises"] for breach in promise["breaches"]]
    page = (book.build / f"preflight/{edition}.html").read_text(encoding="utf-8")
    assert ("all promises are kept" in page) == (not breaches)
    return breaches, {promise["name"]: promise for promise in report["promises"]}


def not_of_colours(breaches):
    """Those that do not say that the planted colour is none of the book's."""
    return [breach for breach in breaches if "no colour of the book's" not in breach]


TYPE = "0 g BT /F 10 Tf 20 20 Td (abc) Tj ET "


def tick(axis, x, label="a"):
    """A tick's label, as the stylesheet marks it."""
    return f"/Tick <</Axis ({axis})>> BDC 0 g BT /F 10 Tf {x} 20 Td ({label}) Tj ET EMC "


BREACHES = [
    ("light", "0 G 0.2 w 10 10 m 90 10 l S 10 20 m 90 20 l S", "a line of 0.20 pt at (50, 10) pt; at least 0.50 pt (2 objects)"),
    ("light", "0 g 0 G 0.1 w 50 50 m 54 50 l 52 54 l h B", "the outline of a mark of 0.10 pt at (52, 52) pt; at least 0.50 pt"),
    ("light", "0 g BT /F 5 Tf 20 20 Td (abc) Tj ET", "type of 5.0 pt at (24, 21) pt; at least 7.0 pt"),
    ("light", "/Dim gs 0 g 10 10 40 40 re f", "an area with 40% opacity at (30, 30) pt; none"),
    ("light", "/Mix gs 0 g 10 10 40 40 re f", "an area with blending Multiply at (30, 30) pt; none"),
    ("light", "/Soft gs 0 g 10 10 40 40 re f", "an area with blending soft mask at (30, 30) pt; none"),
    ("light", "/Group Do", "a transparency group at (50, 50) pt; none"),
    ("light", "1 1 0.6 RG 1 w 10 10 m 90 10 l S", "a line in #FFFF99 on #FFFFFF at 1.05:1 at (50, 10) pt; at least 3.0:1"),
    ("dark", "0.9 1 0.9 rg 50 50 m 54 50 l 52 54 l h f", "a mark in #E6FFE6 on #FFFFFF at 1.06:1 at (52, 52) pt; at least 3.0:1"),
    ("dark", "0.6 g BT /F 10 Tf 20 20 Td (abc) Tj ET", "type 'abc' in #999999 on #FFFFFF at 2.85:1 at (28, 23) pt; at least 4.5:1"),
    ("light", "0.5804 g BT /F 10 Tf 20 20 Td (a{c) Tj ET", "type 'a{c' in grid, #949494 on #FFFFFF at 3.03:1 at (28, 23) pt; at least 4.5:1"),
    ("dark", tick("1 x", 20) + tick("1 x", 60), "a label of the x axis reads as another one does at (60, 20) pt; no two alike on an axis; the axis's key `labels may repeat` allows it"),
    ("dark", "0 0 0 1 k 10 10 40 40 re f", "an area in DeviceCMYK at (30, 30) pt; DeviceGray or DeviceRGB alone"),
    ("light", "0 g BT /Loose 10 Tf 20 20 Td (abc) Tj ET", "Tiny is not embedded; embedded, and none of Type 3"),
    ("light", "0 g BT /Bitmap 10 Tf 20 20 Td (abc) Tj ET", "an unnamed font is of Type 3; embedded, and none of Type 3"),
    ("dark", "0 0 0 1 k 10 10 40 40 re f /Spot cs 1 scn 60 60 20 20 re f", "an area in Separation at (70, 70) pt; DeviceGray or DeviceRGB alone"),
    ("print", "1 0 0 rg 10 10 40 40 re f", "an area in DeviceRGB at (30, 30) pt; DeviceGray or DeviceCMYK alone"),
    ("print", "1 1 0.8 0.5 k 10 10 40 40 re f", "an area of 330 % ink at (30, 30) pt; at most 300 %"),
    ("print", "/I Do", "an image in DeviceRGB at (1, 1) pt; DeviceGray or DeviceCMYK alone"),
]  # fmt: skip


RESOURCES = {
    "ExtGState": {
        "Dim": Dictionary(ca=0.4),
        "Mix": Dictionary(BM=Name.Multiply),
        "Soft": Dictionary(SMask=Dictionary(S=Name.Alpha)),
    },
    "ColorSpace": {"Spot": Array([Name.Separation, Name.Spot, Name.DeviceGray, Dictionary(FunctionType=2, N=1)])},
    "XObject": {"Group": partial(tiny.form, content="", Group=Dictionary(S=Name.Transparency)), "I": tiny.image},
}
FONTS = {
    "F": tiny.font,
    "Loose": partial(tiny.font, embedded=False),
    "Bitmap": lambda pdf: pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            FirstChar=97,
            Widths=Array([500] * 3),
        )
    ),
}


@pytest.mark.parametrize(("edition", "content", "breach"), BREACHES, ids=[breach[2] for breach in BREACHES])
def test_a_planted_breach_is_found(swap, book, edition, content, breach):
    fonts = {name: font for name, font in FONTS.items() if name == "F" or f"/{name} " in content}
    breaches, _ = swap(content, edition, Font=fonts, **RESOURCES)
    assert f"{FIT_TEMPLATE}: {breach}" in breaches
    assert not [line for line in breaches if "line/net" in line and " font" not in line and "embedded" not in line]


@pytest.mark.parametrize("edition", ["dark", "light"])
def test_a_clean_figure_breaks_nothing_and_the_report_says_what_was_looked_at(swap, edition):
    line, mark = "0.4 G 0.51 w 10 10 m 90 10 l S", "50 50 m 54 50 l 52 54 l h f"
    breaches, kept = swap(f"{TYPE} {line} {mark}", edition, Font={"F": tiny.font})
    assert breaches == []
    found = {name: (promise["checked"], promise["extreme"]) for name, promise in kept.items()}
    assert (
        found["lines"] == (1, "0.51 pt")
        and found["type"] == (1, "10.0 pt")
        and found["contrast of type"] == (1, "21.00:1")
    )
    assert found["contrast of lines, marks and areas"] == (2, "5.74:1") and found["fonts"] == (2, "Type1")
    assert found["colour spaces"] == (5, "DeviceGray") and found["descriptions"] == (0, None)
    assert ("transparency" in kept) == (edition == "light")


def test_labels_of_other_axes_may_be_alike_and_one_tick_may_be_asked_for_twice(swap):
    labels = tick("1 x", 20) + tick("1 x", 20) + tick("1 x", 60, "b") + tick("1 y", 80) + tick("2 x", 40)
    breaches, kept = swap(labels, "dark", Font={"F": tiny.font})
    assert breaches == [] and kept["tick labels"]["checked"] == 5


def test_in_printing_inks_the_press_is_asked_too(swap):
    breaches, kept = swap("1 0 1 0.5 k 10 10 40 40 re f 0 0 0 1 K 1 w 60 10 m 60 90 l S", "print")
    assert not_of_colours(breaches) == []
    assert (
        kept["ink as written"]["extreme"] == kept["ink as printed"]["extreme"] == "250 %"
        and kept["ink as printed"]["checked"] == 2
    )


def test_ink_is_weighed_by_ghostscript_as_well(swap, book):
    over = "/Over gs 1 0 0 0 k 10 10 40 40 re f 0 1 1 0.5 k 10 10 40 40 re f"  # overprinted, the inks add up
    breaches, _ = swap(over, "print", ExtGState={"Over": Dictionary(OP=True, op=True, OPM=1)})
    assert f"{FIT_TEMPLATE}: 350 % ink; at most 300 %" in breaches


def test_inks_are_seen_through_the_profile(swap):
    breaches, _ = swap("0 0 1 0 K 1 w 10 10 m 90 10 l S", "print")
    assert len(not_of_colours(breaches)) == 1 and "a line in C0 M0 Y100 K0 on #FFFFFF at 1." in breaches[0]


# ---- The book ----


@pytest.fixture
def pages(swap, book):
    """Puts a book in place of the built one: fits(content of its page, figure's Alt, change(pdf)) → (breaches,
    promises)."""

    def check(place, edition="light", change=lambda pdf: None, **entries):
        swap(tiny.SQUARE, edition)  # as line/fit
        forms = {"Fit": partial(tiny.form, content=PAPER + tiny.SQUARE, **entries)}
        made = tiny.pdf("1 g 0 0 200 200 re f " + place, size=(200, 200), XObject=forms)
        made.docinfo["/Title"], made.docinfo["/Author"] = "A title", "An author"
        with made.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("A chapter", 0))
        made.pages[0].Annots = Array(
            [made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9])))]
        )
        change(made)
        made.save(book.pdf(edition))
        return judged(book, edition)

    return check


FIT = "/Span <</Alt (A line.)>> BDC q 1 0 0 1 50 50 cm /Fit Do Q EMC"


def test_a_book_that_keeps_its_promises(pages):
    breaches, kept = pages(FIT)
    assert breaches == [] and kept["descriptions"]["extreme"] == "7 characters" and kept["scale"]["checked"] == 1


@pytest.mark.parametrize(
    ("place", "breach"),
    [
        ("/Fit Do", "page 1: line/fit has no alt text at (50, 50) pt; an alt text for each figure in the book"),
        (
            "/Span <</Alt ( )>> BDC /Fit Do EMC",
            "page 1: line/fit has no alt text at (50, 50) pt; an alt text for each figure in the book",
        ),
        (
            FIT.replace("1 0 0 1", "0.9 0 0 0.9"),
            "page 1: line/fit is scaled by 0.900 at (95, 95) pt; figures at their own size",
        ),
        (FIT + " 0 G 0.2 w 0 9 m 9 9 l S", "page 1: a line of 0.20 pt at (5, 9) pt; at least 0.50 pt"),
    ],
)
def test_a_breach_on_a_page(pages, book, place, breach):
    breaches, _ = pages(place)
    assert breaches == [f"{book.pdf('light')}, {breach}"]


def test_a_figure_is_gone_through_once(pages, book):
    breaches, kept = pages(FIT)
    assert kept["colour spaces"]["checked"] == 4 and breaches == []  # three papers and one square


def test_what_a_reader_expects_to_find(pages, book):
    def bare(pdf):
        del pdf.pages[0].Annots, pdf.Root.Outlines, pdf.docinfo["/Title"], pdf.docinfo["/Author"]

    breaches, _ = pages(FIT, change=bare)
    wanted = "; links, bookmarks, title and author"
    assert breaches == [
        f"{book.pdf('light')}: has no {what}{wanted}" for what in ("links", "bookmarks", "title", "author")
    ]


def framed(pdf, bleed=8.504, **others):
    pdf.pages[0].TrimBox = Array([20, 20, 180, 180])
    pdf.pages[0].BleedBox = Array([20 - bleed, 20 - bleed, 180 + bleed, 180 + bleed])


@pytest.mark.parametrize(
    ("change", "breach"),
    [
        (framed, None),
        (lambda pdf: None, ", page 1: no BleedBox or TrimBox"),
        (partial(framed, bleed=5), ", page 1: a bleed of 5.02 pt"),
    ],
)
def test_boxes_of_the_press(pages, book, change, breach):
    breaches, _ = pages(FIT, "print", change)
    mine = [line for line in breaches if "; trim, and a bleed of 8.54 pt" in line]
    assert mine == ([f"{book.pdf('print')}{breach}; trim, and a bleed of 8.54 pt around it"] if breach else [])
    assert f"{book.pdf('print')}: has links; neither links nor bookmarks nor provenance" in breaches


# ---- The minimal book, as it is built ----


@pytest.mark.parametrize("edition", ["dark", "light"])
def test_the_minimal_book_keeps_its_promises(book, edition):
    breaches, kept = judged(book, edition)
    assert breaches == []
    assert (
        kept["scale"]["checked"] == 2
        and kept["type"]["checked"] > 50
        and kept["contrast of lines, marks and areas"]["checked"] > 60
    )


def test_equal_builds_give_equal_reports(book):
    reports = []
    for _ in range(2):
        judged(book, "dark")
        reports.append([(book.build / f"preflight/dark.{kind}").read_bytes() for kind in ("json", "html")])
    assert reports[0] == reports[1]


def test_cycles_are_looked_for_again_when_all_is_read():
    with pytest.raises(KeyError), uncollected():
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_breach_is_to_be_mended_at_the_figures_template(project, swap, book):
    swap(BREACHES[0][1])
    asked = ("pipeline.preflight", "--edition", "light", "--book", MINIMAL)
    assert project.run(*asked).returncode == 1 and project.run(*asked, "--lenient").returncode == 0
    done = project.run("pipeline.mend", "--edition", "light", "--book", MINIMAL)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {FIT_TEMPLATE}: {BREACHES[0][2]}\n  figure  line/fit (light)\n  try     ")


# ---- One bad figure costs one entry ----


def test_a_damaged_stream_costs_one_entry_and_the_rest_is_checked(book):
    whole = judged(book, "light")[1]["type"]["checked"]
    with tiny.pdf("0 G 0.2 w 10 10 m 90 10 l S (a string that does not end Tj") as made:
        made.save(book.figure("light", "line/fit"))
    breaches, kept = judged(book, "light")
    assert len(breaches) == 1 and breaches[0].startswith(
        f"{FIT_TEMPLATE}: {book.figure('light', 'line/fit')} could not be looked at: "
    )
    assert "content is damaged" in breaches[0] and whole / 2 < kept["type"]["checked"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda book: open(book.figure("light", "line/fit"), "wb").close(), "it is damaged"),
        (lambda book: Path(book.figure("light", "line/fit")).unlink(), "it is not there"),
        (lambda book: Path(book.picture("line/fit")).unlink(), "fit.tex is not there"),
    ],
    ids=["empty", "no-figure", "no-picture"],
)
def test_a_file_that_is_not_there_costs_one_entry(book, spoil, said):
    spoil(book)
    breaches, kept = judged(book, "light")
    assert len(breaches) == 1 and breaches[0].startswith(f"{FIT_TEMPLATE}: ") and said in breaches[0]
    assert kept["scale"]["checked"] >= 1


def test_a_fault_of_preflights_own_is_an_entry_too_and_the_log_has_it_whole(book, monkeypatch, capsys):
    def fails(page, *_):
        raise KeyError("unforeseen")

    monkeypatch.setattr("pipeline.pdf.page.Page.put", fails)
    breaches, _ = judged(book, "light")
    assert any(line.startswith(f"{FIT_TEMPLATE}: ") and "KeyError: 'unforeseen'" in line for line in breaches)
    assert "Traceback" in capsys.readouterr().err


def test_mixes_whose_shares_tex_knows_are_read(book):
    source = r"\foreach \k in {10,30,90} \fill[target!\k!paper] (0,0) circle (1);"
    palette = Palette(book, "light")
    blue = palette.meant["target"]
    known = palette.tints(palette.plain(source))
    for share in (0.1, 0.3, 0.9, 1):
        mix = tuple(share * v + 1 - share for v in palette.components["target"])
        assert known.meaning(mix) == blue
    assert known.meaning((1.0, 1.0, 1.0)) is None and known.meaning((0.5, 0.9, 0.1)) is None


# ---- The page, and links ----


def test_what_runs_off_the_page_is_told(pages, swap, book):
    line = "0 G 1 w 50 10 m 50 700 l S"
    breaches, _ = swap(line, "dark")
    assert breaches == [f"{FIT_TEMPLATE}: a line runs off the page by 602 pt at (50, 356) pt; nothing runs off it"]
    breaches, _ = swap("BT /F 10 Tf 120 20 Td (abc) Tj ET", "dark", Font={"F": tiny.font})
    assert len(breaches) == 1 and "type lies beyond the page" in breaches[0]
    breaches, _ = pages(FIT + " 0 G 1 w 50 10 m 50 700 l S")
    assert breaches == [
        f"{book.pdf('light')}, page 1: a line runs off the page by 502 pt at (50, 356) pt; nothing runs off it"
    ]
    breaches, _ = pages(FIT.replace("50 50 cm", "150 50 cm"))
    assert len(breaches) == 1 and "line/fit runs off the page by 50 pt" in breaches[0]


@pytest.mark.parametrize(
    ("targets", "missing"), [(["page.1", "chapter.1"], ["bookmarks"]), (["page.1"], []), ([], ["links", "bookmarks"])]
)
def test_a_book_with_nothing_to_link_needs_no_links(pages, book, targets, missing):
    def bare(pdf):
        del pdf.pages[0].Annots, pdf.Root.Outlines
        tree = pikepdf.NameTree.new(pdf)
        for target in targets:
            tree[target] = Array([pdf.pages[0].obj, Name.Fit])
        if targets:
            pdf.Root.Names = Dictionary(Dests=tree.obj)

    breaches, _ = pages(FIT, change=bare)
    assert [line.partition(": has no ")[2].partition(";")[0] for line in breaches] == missing


# ---- Notes ----


NEAR = TYPE + "0 G 0.6 w 5 19.3 m 95 19.3 l S "


def test_a_note_is_told_and_fails_nothing(swap, book, project):
    breaches, kept = swap(NEAR, "dark", Font={"F": tiny.font})
    [note] = kept["room"]["notes"]
    assert breaches == [] and kept["room"]["breaches"] == []
    assert note["line"].startswith(f"{FIT_TEMPLATE}: 'abc' is 0.4 pt from a line at (28, 23) pt; ")
    page = (book.build / "preflight/dark.html").read_text(encoding="utf-8")
    assert 'href="#notes"' in page and "is 0.4 pt from a line" in page
    done = project.run("pipeline.preflight", "--edition", "dark", "--book", MINIMAL)
    assert done.returncode == 0 and ", 0 to mend, " in done.stdout and " to consider: see " in done.stdout


def test_a_note_may_be_waived(swap, book):
    picture = Path(book.picture("line/fit"))
    picture.write_text("\\waive{room}{it stands on a line}\n" + picture.read_text(encoding="utf-8"), encoding="utf-8")
    breaches, kept = swap(NEAR, "dark", Font={"F": tiny.font})
    assert breaches == [] and kept["room"]["notes"] == [] and kept["waivers"]["checked"] == 1


def test_a_colour_is_called_by_its_role_or_what_it_is_mixed_of(book, tmp_path):
    palette, picture = Palette(book, "light"), tmp_path / "picture.tex"
    picture.write_text("\\draw[target, fill=target!50!paper] (0, 0);", encoding="utf-8")
    colours = palette.components["target"], palette.mix("target", "!50!paper"), (0.123, 0.4, 0.9), "Separation"
    assert [palette.called(str(picture), colour) for colour in colours] == ["target", "a mix of target", None, None]
