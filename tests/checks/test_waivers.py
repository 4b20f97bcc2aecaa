"""What an author stands by, and what cannot be: waivers of no use, without a reason, or of what there is not."""

import pytest

from pipeline.checks.finding import Finding
from pipeline.checks.waivers import apply, read

ORIGINS = [f"line/roles.tex.j2:{k}" for k in range(10, 20)]
PROMISES = "lines", "type", "palette"
REASON = "{one lies above the other}"


def breaches():
    pair = Finding("a", "they differ in colour alone", figure="line/roles", about=("input/probe", "target"))
    return {"palette": [pair], "lines": [Finding("b", "a line of 0.1 pt", figure="line/roles")]}


def judged(source, edition="light"):
    """(what is left of the breaches, what is wrong with the waivers, the waivers)."""
    waivers, found = [*read("line/roles", source, ORIGINS, "line/roles.tex.j2")], breaches()
    loose = apply(waivers, edition, ["dark", "light", "print"], found, PROMISES)
    return {name for name, left in found.items() if left}, [finding.line for finding in loose], waivers


@pytest.mark.parametrize(
    ("waiver", "left"),
    [
        (rf"\waive{{palette: input, target}}{REASON}", {"lines"}),
        (rf"\waive{{palette: target, probe}}{REASON}", {"lines"}),
        (rf"\waive[light, dark]{{lines}}{REASON}", {"palette"}),
        (r"\waive {lines} {as thin as $\frac{1}{2}$ a hair}", {"palette"}),
    ],
)
def test_what_is_waived_is_no_breach(waiver, left):
    assert judged(f"\n\n{waiver}")[:2] == (left, [])


def test_a_waiver_is_told_with_its_reason():
    _, _, [waiver] = judged(rf"% \waive{{type}}{REASON}" + "\n" + rf"\waive{{palette: input, target}}{REASON}")
    assert waiver.record() == {
        "where": "line/roles.tex.j2:11",
        "figure": "line/roles",
        "what": "palette: input, target",
        "reason": "one lies above the other",
        "breaches": 1,
    }


@pytest.mark.parametrize(
    ("waiver", "said"),
    [
        (rf"\waive{{type}}{REASON}", "'type' is waived, and nothing breaks it here"),
        (
            rf"\waive{{palette: input, energy}}{REASON}",
            "'palette: energy, input' is waived, and nothing breaks it here",
        ),
        (rf"\waive{{palette}}{REASON}", "a waiver of the palette's that does not name two roles"),
        (r"\waive{lines}{ }", "a waiver without a reason"),
        (rf"\waive{{line}}{REASON}", "a waiver of 'line', which no promise is called"),
        (rf"\waive[licht]{{lines}}{REASON}", "a waiver for 'licht', which is no edition"),
    ],
)
def test_a_waiver_that_waives_nothing_is_refused(waiver, said):
    left, loose, _ = judged(waiver)
    assert "palette" in left and loose == [f"line/roles.tex.j2:10: {said}"]


def test_a_waiver_for_other_editions_is_neither_of_use_nor_refused():
    assert judged(rf"\waive[dark, print]{{lines}}{REASON}")[:2] == ({"palette", "lines"}, [])
    assert judged(rf"\waive[dark]{{lines}}{REASON}", "dark")[:2] == ({"palette"}, [])
