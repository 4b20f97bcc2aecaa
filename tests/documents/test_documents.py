"""Whoever does what README, the guide, the page on editors and the how-to say, in this order, gets what they say."""

import pytest

from clone import clone
from conftest import ROOT
from doing import do
from steps import Fault, Skipped, read

DOCUMENTS = ("README.md", "docs/guide.md", "docs/editors.md", "docs/how-to.md")
NOT_RUN = 8  # at most, in all of them


def steps(name):
    try:
        return read((ROOT / name).read_text(encoding="utf-8"))
    except Fault as fault:
        pytest.fail(f"{name}:{fault.line}: {fault.message}")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_keeps_to_the_convention(name):
    assert steps(name)


def test_few_commands_are_not_run():
    """What another test runs is run."""
    skipped = [
        (name, step.line, step.reason)
        for name in DOCUMENTS
        for step in steps(name)
        if isinstance(step, Skipped) and not (ROOT / step.reason.split()[0]).is_file()
    ]
    assert len(skipped) <= NOT_RUN, skipped


@pytest.mark.long
@pytest.mark.parametrize("names", [DOCUMENTS[:3], DOCUMENTS[3:]])  # the how-to begins with a book of its own
def test_documents_do_what_they_say(names, tmp_path):
    clone(tmp_path / "reader")
    for name in names:
        try:
            [*do(steps(name), tmp_path / "reader")]
        except Fault as fault:
            pytest.fail(f"{name}:{fault.line}: {fault.message}\n{fault.printed}", pytrace=False)
