"""Content streams: how their operators are read, and what goes wrong where they are hard to read."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

import tiny
from pipeline.errors.author import AuthorError
from pipeline.pdf.content import instructions, parsed, without_plain
from pipeline.pdf.interpreter import Interpreter
from pipeline.pdf.operators import NUMERIC, OTHER
from pipeline.pdf.spaces import picture
from tiny import page, paints

IMAGE = "BI /W 3 /H 3 /BPC 8 /CS /G ID {} EI"  # of nine bytes
SQUARE = "10 10 20 20 re f"


def names(content):
    with tiny.pdf(content) as pdf:
        return [name for _, name in instructions(pdf.pages[0])]


def colours(content, **resources):
    return [item.colour for item in paints(content, **resources)]


def widths(content, **resources):
    """Of type in the size 10, whose every letter is 5 wide."""
    return [item.box[2] - item.box[0] for item in paints(f"BT /F 10 Tf {content} ET", **resources)]


def test_operators_are_read_with_their_operands():
    content = "q 1 0 0 -1 .5 +2. cm[(a) -250.5(b)]TJ/F 9 Tf/P <</Alt (x) /N null>>BDC f* [3 2.5] 1 d % 0 0 m\n<4142>'"
    with tiny.pdf(content) as pdf:
        read = list(instructions(pdf.pages[0]))
    assert [name for _, name in read] == ["q", "cm", "TJ", "Tf", "BDC", "f*", "d", "'"]
    assert read[1][0] == [1, 0, 0, -1, 0.5, 2] and all(type(value) is float for value in read[1][0])
    assert [float(value) for value in read[6][0][0]] == [3, 2.5] and bytes(read[7][0][0]) == b"AB"
    assert float(read[2][0][0][1]) == -250.5 and read[3][0][0] == Name.F and read[4][0][1].Alt == "x"


PLAIN = "q 1 0 0 1 .5 -2. cm\n0.5 g\n+1 2 m 3 4 l h B\nQ\n"
MIXED = [
    (PLAIN, 1),
    (PLAIN + "/G gs " + PLAIN, 2),
    (PLAIN + "BT /F 9 Tf 1 0 Td [(a) -250 (b)] TJ ET " + PLAIN, 3),
    (f"({PLAIN}) Tj", 0),
    (f"((({PLAIN}) a) b) Tj {PLAIN}", 1),
    (f"(\\({PLAIN}\\)) Tj {PLAIN}", 1),
    (f"(((((({PLAIN}) a) b) c) d) e) Tj {PLAIN}", 0),  # it cannot be told where the string ends
    (f"% {PLAIN}", 1),  # up to the end of the line
    ("% ( a\n" + PLAIN, 1),
    ("0 0 % of a rectangle\n20 20 re f", 1),  # which begins before what looks like a plain instruction
    (PLAIN + "7 PlainRun", 0),
    (f"{PLAIN} {IMAGE.format('(q 1 0 m ')} {PLAIN}", 0),
    ("0 0 m\n1 1 l\nS", 1),
]


@pytest.mark.parametrize(("text", "runs"), MIXED)
def test_plain_instructions_are_what_pikepdf_reads(text, runs):
    """Runs of them are taken out, where it is sure that they are some, and read at once."""

    def told(read):
        return [
            (list(given) if name in NUMERIC else [*map(str, given)][name == "INLINE IMAGE" :], name)
            for given, name in read
        ]

    with tiny.pdf(text) as pdf:
        assert told(instructions(pdf.pages[0])) == told(parsed(text.encode(), pdf))
    assert len(without_plain(text.encode())[1]) == runs


@pytest.mark.parametrize("before", ["/F", "9 /F", "(a)", "<41>", "[1 2]", "true"])
def test_what_stands_before_a_plain_instruction_is_its_operand(before):
    for text in (f"{before} {PLAIN}", f"{PLAIN} {before}\n{PLAIN}"):
        with tiny.pdf(text) as pdf, pytest.raises(TypeError, match="not numeric"):
            list(instructions(pdf.pages[0]))


def test_each_operator_has_its_method():
    assert not NUMERIC.keys() & OTHER.keys()
    assert all(callable(getattr(Interpreter, name)) for name in (NUMERIC | OTHER).values())


def test_an_instruction_may_reach_from_one_part_of_a_page_to_the_next():
    with tiny.pdf("") as pdf:
        pdf.pages[0].Contents = Array([pdf.make_stream(part) for part in (b"1 0 0", b"rg 10 10 20", b"20 re f")])
        assert [name for _, name in instructions(pdf.pages[0])] == ["rg", "re", "f"]


def test_a_page_may_be_empty():
    assert names("") == names(" \n") == names("% nothing") == []
    with tiny.pdf("") as pdf:
        del pdf.pages[0].obj.Contents
        assert list(instructions(pdf.pages[0])) == []


@pytest.mark.parametrize(
    "data", ["(((((((((", "1 0 0 rg ", "Q f*xEIx ", "q EI \x01\x02\x03\x04", "<< [ (< <", "/A gs % ]"]
)
def test_what_looks_like_an_operator_within_an_image_is_none(data):
    content = f"q 10 0 0 10 50 50 cm {IMAGE.format(data)} Q {SQUARE}"
    assert names(content) == ["q", "cm", "INLINE IMAGE", "Q", "re", "f"]
    [image, square] = paints(content)
    assert (image.kind, image.colour, square.colour, square.box) == ("image", "DeviceGray", (0,), (10, 10, 30, 30))


def test_an_inline_image_can_be_looked_at_when_all_is_read():
    with tiny.pdf(IMAGE.format("@@@@~~~~~")) as pdf:
        [([image], _)] = list(instructions(pdf.pages[0]))
    shown, _ = picture(image)
    assert shown.getpixel((0, 0)) == (64, 64, 64) and shown.getpixel((2, 2)) == (126, 126, 126)


def test_states_are_nested():
    nested = f"0.1 g q 0.2 g q 0.3 g q Q {SQUARE} Q {SQUARE} Q {SQUARE}"
    assert colours(nested) == [(0.3,), (0.2,), (0.1,)]
    assert colours(f"Q 0.1 g q 0.2 g Q Q Q {SQUARE}") == [(0.1,)]  # one too many restores nothing
    assert colours("q " * 100 + f"0.5 g {SQUARE} " + "Q " * 100 + SQUARE) == [(0.5,), (0,)]


@pytest.mark.parametrize(
    ("string", "letters"),
    [
        ("(a(b)c)", 5),
        ("((((a))))", 7),
        (r"(\(\()", 2),
        (r"(\\)", 1),
        (r"(a\)b)", 3),
        (r"(\101\1011\7)", 4),
        ("(a\\\nb)", 2),
        ("(q 1 0 0 rg Q)", 12),
        ("(% a)", 3),
        ("<41 42\n4>", 3),
        ("<4(1>", None),
    ],
)
def test_strings_have_as_many_letters_as_they_say(string, letters):
    content = f"{string} Tj [{string} 100 {string}] TJ"
    if letters is None:
        with pytest.raises(AuthorError, match="content is damaged"):
            widths(content)
    else:
        every = {"F": lambda pdf: tiny.font(pdf, **{"/FirstChar": 0, "/Widths": Array([500] * 256)})}
        assert widths(content, Font=every) == pytest.approx([5 * letters, 10 * letters - 1])


def test_names_may_be_written_in_hexadecimal_digits():
    spot = Array([Name.Separation, Name("/Dark Gold"), Name.DeviceCMYK])
    spaces = {"A B": Name.DeviceRGB, "C(D": spot, "E": Name.DeviceCMYK}
    content = f"/A#20B cs 1 0 0 sc {SQUARE} /C#28D cs 1 sc {SQUARE} /#45 cs 0 0 0 1 sc {SQUARE}"
    assert colours(content, ColorSpace=spaces) == [(1, 0, 0), "Separation", (0, 0, 0, 1)]
    [half] = paints(f"/H#61lf gs {SQUARE}", ExtGState={"Half": Dictionary(ca=0.5)})
    assert half.alpha == 0.5


def test_a_form_has_its_own_resources_or_its_pages():
    """A name may mean one thing on the page, and another in a form."""

    def own(pdf):
        state = Dictionary(ExtGState=Dictionary(G=Dictionary(ca=0.25)), ColorSpace=Dictionary(C=Name.DeviceCMYK))
        return tiny.form(pdf, f"/G gs /C cs 0 0 0 1 sc {SQUARE}", Resources=state)

    def none(pdf):
        return tiny.form(pdf, f"/G gs /C cs 1 0 0 sc {SQUARE}")

    both = f"/G gs /C cs 0 1 0 sc {SQUARE}"
    shown = page(
        f"/Own Do /None Do {both}",
        XObject={"Own": own, "None": none},
        ExtGState={"G": Dictionary(ca=0.75)},
        ColorSpace={"C": Name.DeviceRGB},
    )
    assert [item.colour for item in shown.paints] == [(0, 0, 0, 1), (1, 0, 0), (0, 1, 0)]
    assert [item.alpha for item in shown.paints] == [0.25, 0.75, 0.75]


UNFINISHED = ["1 0 0", "(abc", "(abc) Tj (a(b)", "[1 2", "<< /A 1", "<4142", "/A", "BI /W 4", "BI /W 4 /H 2 ID abc"]


@pytest.mark.parametrize("end", UNFINISHED)
def test_content_that_ends_within_an_instruction_is_damaged(end):
    content = f"q {SQUARE} Q {end}"
    with pytest.raises(AuthorError, match="a page's or a form's content is damaged: "):
        page(content)
    with pytest.raises(AuthorError, match="content is damaged"):
        page("/X Do", XObject={"X": lambda pdf: tiny.form(pdf, content)})


def test_what_layers_hide_is_left_out():
    hidden = f"/Layer BMC\nq\n1 0 0 1 5 5 cm\n{SQUARE}\nQ\nEMC"
    assert names(f"0.5 g {hidden} {SQUARE} {hidden}\n/Layer BDC EMC") == ["g", "re", "f", "BDC", "EMC"]


def test_numbers_outside_of_reading_are_as_pikepdf_has_them():
    with tiny.pdf("[3 2.5] 1 d") as pdf:
        read = instructions(pdf.pages[0])
        next(read)
        mode = pikepdf.get_object_conversion_mode()
        assert list(Stream(pdf, b"", Given=Array([1])).Given) == [1] and mode == "implicit"
