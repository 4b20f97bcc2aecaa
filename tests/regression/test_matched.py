"""Pages are known by what is on them: one that is put in changes no other."""

import pytest

from pipeline.regression.pages import covered, drawn, matched, read


def build(built):
    return built.build / "book-dark.pdf"


@pytest.fixture(scope="module")
def known(built):
    return read(build(built))


def test_a_page_has_its_label_and_its_words(known):
    labels = [page.label for page in known]
    assert "4" in labels and len(known) >= 4  # the cover is counted
    assert any("line" in word.lower() for word, _ in known[labels.index("4")].words)


def test_equal_books_are_matched_page_by_page(known):
    assert matched(known, known) == [(k, k) for k in range(len(known))]


@pytest.mark.parametrize("at", [0, 2, -1])
def test_a_page_that_is_put_in_moves_the_others(known, at):
    at %= len(known)
    without = [*known[:at], *known[at + 1 :]]
    others = [(k, k - (k > at)) for k in range(len(known)) if k != at]
    assert sorted(matched(without, known), key=str) == sorted([*((b, a) for a, b in others), (None, at)], key=str)
    assert sorted(matched(known, without), key=str) == sorted([*others, (at, None)], key=str)


def test_nothing_is_matched_with_nothing(known):
    assert matched([], known) == [(None, k) for k in range(len(known))]
    assert matched(known, []) == [(k, None) for k in range(len(known))]
    assert matched([], []) == []


def test_pages_that_have_nothing_in_common_are_two(built, known):
    other = [page for page in known if page.label == "4"]
    assert matched(known[:1], other) in ([(0, None), (None, 0)], [(None, 0), (0, None)])


def test_the_line_of_the_page_number_is_its_furniture(known):
    page = next(page for page in known if page.furniture())
    tops = {round(box[1]) for box in page.furniture()}
    assert max(tops) - min(tops) < 12  # one line
    assert page.label in [word for word, box in page.words if box in page.furniture()]


def test_what_is_covered_is_paper(built, known):
    place = known[0].words[0][1]
    picture = drawn(build(built))
    shown = covered(picture, [place])
    box = [round(v * 110 / 72) for v in place]
    assert len(shown.crop(box).getcolors()) == 1 and len(picture.crop(box).getcolors()) > 1
