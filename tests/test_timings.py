"""The last build as a page, and as JSON."""

import json
import re

import pytest

pytestmark = pytest.mark.slow  # builds


def test_the_last_build_is_shown_by_its_own_target(project):
    project.edit("line/net.tex.j2", "above=of x", "left=of x")
    project.make("line-net")
    diary = project.build / "diary.jsonl"
    before = diary.read_text(encoding="utf-8")
    said = project.make("timings").stdout
    assert diary.read_text(encoding="utf-8") == before  # the page is no build
    assert re.search(r"^3 jobs in .* s, 2 jobs at a time$", said, re.MULTILINE)
    assert re.search(r"^critical path: .*, to figure line/net \((dark|light)\)$", said, re.MULTILINE)
    page = (project.build / "timings.html").read_text(encoding="utf-8")
    assert page.count('title="figure line/net') == 2 and page.count('title="picture line/net') == 1
    assert "1 core" in page and "any number" in page

    project.make("timings")  # a second time: nothing keeps it from being run
    found = json.loads(project.run("pipeline.timings", "--book", project.folder, "--json").stdout)
    assert found["targets"] == ["line-net"] and found["cores"] == 2
    assert found["critical"][0]["job"] == "picture line/net"
    costs = found["subjects"]["line/net"]
    assert costs.keys() == {"picture", "figure"}
    one, most = (next(each["seconds"] for each in found["estimates"] if each["cores"] == n) for n in (1, None))
    assert one == pytest.approx(sum(costs.values()), abs=0.01)
    assert most <= found["seconds"] + 0.01 <= one + 1


def test_without_a_build_that_is_said(project):
    (project.build / "diary.jsonl").unlink(missing_ok=True)
    done = project.run("pipeline.timings", "--book", project.folder)
    assert done.returncode == 1 and "error: there has been no build yet" in done.stdout + done.stderr
