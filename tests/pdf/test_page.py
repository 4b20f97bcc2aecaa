"""What content streams paint, and what it stands on."""

import gc
from functools import partial

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

import tiny
from pipeline.pdf.canvas import Canvas
from pipeline.pdf.page import PT, digest
from tiny import DISC, page, paints


@pytest.mark.parametrize(
    ("set_colour", "expected"),
    [
        ("0.5 {g}", (0.5,)),
        ("1 0 0 {rg}", (1, 0, 0)),
        ("0 1 0.5 0 {k}", (0, 1, 0.5, 0)),
        ("/DeviceCMYK {cs} 0 0 0 1 {sc}", (0, 0, 0, 1)),
        ("/DeviceRGB {cs} 0 1 0 {scn}", (0, 1, 0)),
        ("/Spot {cs} 0.5 {scn}", "Separation"),
        ("/Tints {cs} /P {scn}", "Pattern"),
        ("/Tints {cs} 1 0 0 /P {scn}", (1, 0, 0)),
        ("/Pattern {cs} /Blend {scn}", "DeviceCMYK"),
        ("1 0 0 {rg} q 0 {g} Q", (1, 0, 0)),
    ],
)
def test_colours_are_as_written(set_colour, expected):
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK)
    resources = {
        "ColorSpace": {
            "Spot": Array([Name.Separation, Name.Gold, Name.DeviceCMYK]),
            "Tints": Array([Name.Pattern, Name.DeviceRGB]),
        },
        "Pattern": {"P": Dictionary(PatternType=1), "Blend": Dictionary(PatternType=2, Shading=shading)},
    }
    names = {"g", "rg", "k", "cs", "sc", "scn"}
    [fill] = paints(set_colour.format(**{n: n for n in names}) + " 10 10 50 50 re f", **resources)
    [stroke] = paints(set_colour.format(**{n: n.upper() for n in names}) + " 10 10 50 50 re S", **resources)
    assert (fill.kind, fill.colour, stroke.kind, stroke.colour) == ("area", expected, "line", expected)


@pytest.mark.parametrize(
    ("content", "scale"),
    [
        ("", 1),
        ("2 0 0 2 0 0 cm", 2),
        ("0 0.5 -0.5 0 60 10 cm", 0.5),
        ("2 0 0 0.5 0 0 cm", 1),
        ("q 3 0 0 3 0 0 cm Q", 1),
        ("2 0 0 2 0 0 cm 0.5 0 0 0.5 0 0 cm", 1),
        ("/Thick gs 0.25 0 0 0.25 0 0 cm", 2),
    ],
)
def test_widths_and_dashes_follow_the_matrix(content, scale):
    [line] = paints(
        f"1 w [3 2] 0 d {content} 10 10 m 30 10 l S",
        ExtGState={"Thick": Dictionary(LW=8, D=Array([Array([24, 16]), 0]))},
    )
    assert line.width == pytest.approx(scale * PT) and line.dash == pytest.approx(
        (3 * scale * PT, 2 * scale * PT), abs=1e-3
    )


@pytest.mark.parametrize(
    ("content", "size"),
    [
        ("BT /F 10 Tf 10 10 Td (ab) Tj ET", 10),
        ("BT /F 5 Tf 2 0 0 3 10 10 Tm (ab) Tj ET", 15),
        ("0 2 -2 0 50 10 cm BT /F 5 Tf (ab) Tj ET", 10),
        ("BT /F 10 Tf 50 Tz 10 10 Td (ab) Tj ET", 10),
        ("2 0 0 2 0 0 cm BT /F 1 Tf 0.98 0 0 1 5 5 Tm [(a) -300 (b)] TJ ET", 2),
    ],
)
def test_type_follows_both_matrices(content, size):
    [text] = paints(content)
    assert text.kind == "text" and text.size == pytest.approx(size * PT)


def test_strings_advance():
    content = "BT /F 10 Tf 14 TL 10 50 Td (ab) Tj (c) Tj [(d) -1000 (e)] TJ T* (f) Tj (g) ' 2 1 (h i) \" 0 Ts 50 Tz (j) Tj 10 5 TD (k) Tj ET"
    boxes = [text.box for text in paints(content)]
    assert [box[0] for box in boxes] == pytest.approx([10, 20, 25, 10, 10, 10, 30, 20])
    assert [box[2] for box in boxes] == pytest.approx([20, 25, 45, 15, 15, 30, 33, 23])
    assert [box[1] + 2 for box in boxes] == pytest.approx([50, 50, 50, 36, 22, 8, 8, 13])


def test_invisible_type_and_spaces_are_no_objects():
    assert paints("BT /F 10 Tf 3 Tr (a) Tj 0 Tr (  ) Tj () Tj ET") == []
    [outlined] = paints("1 0 0 RG BT /F 10 Tf 1 Tr (a) Tj ET")
    assert outlined.colour == (1, 0, 0)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("50 50 " + DISC + " B", "mark"),
        ("50 50 " + DISC + " S", "mark"),
        ("50 50 m 54 50 l 52 54 l h f", "mark"),
        ("50 50 m 54 54 l 50 54 m 54 50 l S", "mark"),
        ("52 50 m 52 54 l 50 52 m 54 52 l S", "mark"),
        ("50 50 m 50 53 l S", "line"),
        ("50 50 m 50 53 l 55 50 m 55 53 l S", "line"),
        ("10 10 m 90 90 l S", "line"),
        ("10 10 m 90 10 90 90 10 90 c S", "line"),
        ("10 10 80 2 re f", "line"),
        ("10 10 2 80 re f", "line"),
        ("10 10 9 0.1 re f", "area"),
        ("10 10 80 20 re f", "area"),
        ("10 10 80 20 re B", "area"),
        ("50 50 4 4 re f*", "area"),
    ],
)
def test_kinds(content, kind):
    [item] = paints(content)
    assert item.kind == kind


def test_equal_marks_have_equal_shapes():
    disc, moved, hollow, cross = paints(
        f"50 50 {DISC} B q 1 0 0 1 20 13 cm 50 50 {DISC} B Q 50 50 {DISC} S 50 50 m 54 54 l 50 54 m 54 50 l S"
    )
    assert disc.shape == moved.shape and len({disc.shape, hollow.shape, cross.shape}) == 3


def test_patches_of_a_surface_are_areas():
    quad = "{0} {1} m {2} {1} l {2} {3} l {0} {3} l h B "
    mesh = "".join(quad.format(x, y, x + 4, y + 4) for x in (10, 14, 18) for y in (10, 14))
    assert {item.kind for item in paints(mesh)} == {"area"}
    apart = "".join(quad.format(x, 10, x + 4, 14) for x in (10, 20, 20, 30))  # two of them in one place
    assert {item.kind for item in paints(apart)} == {"mark"}


DIFFERENCES = {"/Encoding": Dictionary(Differences=Array([111, Name.x, Name.radicalbig]))}
ROOTS = {
    "Program": partial(tiny.font, program=b"%!\ndup 112 /radical put", charset="/radical"),
    "Encoding": partial(tiny.font, charset="/x/radicalbig", **DIFFERENCES),
    "Letters": tiny.font,
}


@pytest.mark.parametrize("stroke", ["[]0 d 0 J 0.3 w 0 0.15 m 20 0.15 l S", "0 0 20 1.2 re f"])
@pytest.mark.parametrize(
    ("font", "text", "at", "is_type"),
    [
        ("Program", "(xp)", "20 30", True),
        ("Encoding", "[(x) -100 (p)]", "21 30", True),
        ("Program", "(px)", "20 30", False),
        ("Letters", "(xp)", "20 30", False),
        ("Program", "(xp)", "20 31", False),
        ("Program", "(xp)", "24 30", False),
    ],
)
def test_the_bar_of_a_root_is_type_and_a_rule_behind_a_word_is_none(stroke, font, text, at, is_type):
    show = "TJ" if text[0] == "[" else "Tj"
    *_, rule = paints(f"BT /{font} 10 Tf 10 30 Td {text} {show} ET q 1 0 0 1 {at} cm {stroke} Q", Font=ROOTS)
    assert rule.kind == "line" and (rule.width is None) == is_type


def test_a_rule_along_an_area_of_its_colour_is_a_part_of_it():
    """As listings has them around code."""
    area, *rules = paints(
        "0.9 g 0.9 G 20 20 60 40 re f 18 20 2 40 re f 0.5 w 17.75 20 m 17.75 60 l S 0.5 g 80 20 2 40 re f 0.9 g 20 60 80 2 re f"
    )
    assert (area.kind, *(rule.kind for rule in rules)) == ("area", "area", "area", "line", "line")


def test_a_rules_width_is_its_thickness():
    [rule] = paints("10 10 80 2 re f")
    assert rule.width == pytest.approx(2 * PT)


def test_what_the_clip_hides_is_not_painted():
    assert [
        item.box[0] for item in paints("q 0 0 50 50 re W n 60 60 20 20 re f 10 10 20 20 re f Q 60 60 20 20 re f")
    ] == [10, 60]


def test_transparency():
    states = {
        "Half": Dictionary(ca=0.5),
        "Edge": Dictionary(CA=0.25),
        "Mix": Dictionary(BM=Name.Multiply),
        "Soft": Dictionary(SMask=Dictionary(S=Name.Alpha)),
    }
    square = "10 10 20 20 re"
    clear = f"q /Half gs {square} f /Edge gs {square} B BT /F 9 Tf 10 10 Td (a) Tj ET Q"
    items = paints(f"{clear} q /Mix gs {square} f Q q /Soft gs {square} f Q {square} f", ExtGState=states)
    assert [item.alpha for item in items] == [0.5, 0.25, 0.5, 1, 1, 1]
    assert [item.blend for item in items] == ["Normal"] * 3 + ["Multiply", "soft mask", "Normal"]


def test_forms_are_painted_in_place():
    def outer(pdf):
        inner = tiny.form(pdf, "1 w 0 0 m 10 0 l S 40 0 m 60 0 l S", box=(0, -1, 30, 1))
        return tiny.form(
            pdf, "/In Do", Matrix=Array([2, 0, 0, 2, 10, 10]), Resources=Dictionary(XObject=Dictionary(In=inner))
        )

    shown = page(
        "1 0 0 RG /Span <</Alt (Two lines)>> BDC q 1 0 0 1 5 0 cm /Out Do Q EMC /Out Do 1 w 0 50 m 9 50 l S",
        XObject={"Out": outer},
    )
    assert [item.box[:2] for item in shown.paints] == [(15, 10), (10, 10), (0, 50)]
    assert [item.width for item in shown.paints] == pytest.approx([2 * PT, 2 * PT, PT]) and shown.paints[0].colour == (
        1,
        0,
        0,
    )
    assert [(placed.alt, placed.matrix[4:]) for placed in shown.placed][::2] == [
        ("Two lines", (15, 10)),
        ("", (10, 10)),
    ]


def test_a_known_figure_is_placed_and_not_gone_through_again():
    with tiny.pdf(tiny.SQUARE) as figure:
        known = {digest(figure.pages[0]): "line/fit"}
    shown = page(
        "2 0 0 2 0 0 cm /X Do /Y Do",
        known,
        XObject={"X": partial(tiny.form, content=tiny.SQUARE), "Y": partial(tiny.form, content="0 g")},
    )
    assert (
        [placed.figure for placed in shown.placed] == ["line/fit", None]
        and shown.placed[0].matrix[0] == 2
        and shown.paints == []
    )


def test_images_and_shadings_are_looked_at():
    def image(pdf):
        base = Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String(bytes([0, 0, 0, 255, 0, 0]))])
        return Stream(pdf, b"\x40", Subtype=Name.Image, Width=2, Height=1, BitsPerComponent=1, ColorSpace=base)

    blend = Dictionary(FunctionType=2, C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Function=blend)
    inline = "q 10 0 0 10 0 60 cm BI /W 4 /H 4 /BPC 8 /CS /G ID " + 16 * "\x40" + " EI Q"
    type_on = "BT /F 8 Tf {} {} Td (abc) Tj ET".format
    shown = page(
        f"q 40 0 0 20 0 0 cm /I Do Q {type_on(28, 5)} {inline} {type_on(0, 62)} q 60 60 40 40 re W n /S sh Q {type_on(70, 70)}",
        XObject={"I": image},
        Shading={"S": shading},
    )
    looked = [item for item in shown.paints if item.kind != "text"]
    assert [(item.kind, item.colour) for item in looked] == [
        ("image", "DeviceRGB"),
        ("image", "DeviceGray"),
        ("shading", "DeviceRGB"),
    ]
    assert [item.behind for item in shown.paints if item.kind == "text"] == [(255, 0, 0), (64, 64, 64), (128, 0, 128)]


def test_a_page_that_has_been_seen_keeps_no_picture_of_itself():
    """A book of a thousand figures would have six gigabytes of them."""
    seen = page("0 g 10 10 50 50 re f")
    gc.collect()
    assert len(seen.paints) == 1 and not [thing for thing in gc.get_objects() if type(thing) is Canvas]


def test_a_line_is_seen_on_its_casing_and_the_casing_need_not_be_seen():
    field, line = "0.2 g 10 40 80 20 re f", "20 50 m 80 50 l S"
    cased, lonely, thin, other = (
        [item for item in paints(f"{field} {content}") if item.kind == "line"]
        for content in (
            f"0 G 2 w {line} 0.4 G 1 w {line}",
            f"0 G 2 w {line}",
            f"0 G 1.2 w {line} 0.4 G 1 w {line}",
            f"0 G 2 w {line} 0.4 G 1 w 20 51 m 80 51 l S",
        )
    )
    assert cased[0].contrast is None and cased[1].behind == (0, 0, 0)
    for casing in (lonely, thin, other):
        assert casing[0].contrast < 2
    assert all(lines[1].behind != (0, 0, 0) for lines in (thin, other))


def test_a_mark_is_seen_within_its_rim_if_that_is_broad_enough_to_be_seen():
    field, mark = "0.6 g 10 10 80 80 re f 0.45 g 1 G", "40 40 4 4 re B"
    rimmed, hairline, bare = (
        next(item for item in paints(f"{field} {content}") if item.kind == "mark")
        for content in (f"0.5 w {mark}", f"0.2 w {mark}", "40 40 4 4 re f")
    )
    assert rimmed.behind == (255, 255, 255) and rimmed.contrast > 4
    assert hairline.contrast < 3 and bare.contrast < hairline.contrast


def test_a_small_patch_beside_a_large_one_is_no_mark():
    small, large, apart = "10 10 5 5 re f", "15 10 m 40 0 l 40 30 l 15 15 l h f", "16 10 m 40 0 l 40 30 l 16 15 l h f"
    assert [item.kind for item in paints(f"0.5 g {small} {large}")] == ["area", "area"]
    assert [item.kind for item in paints(f"0.5 g {large} {small}")] == ["area", "area"]
    assert [item.kind for item in paints(f"0.5 g {small} {apart}")] == ["mark", "area"]
