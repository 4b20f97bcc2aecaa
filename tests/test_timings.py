"""What things cost as a page, and as JSON: each as it was made last."""

import json
import re

import pytest

pytestmark = pytest.mark.slow  # builds


def test_what_is_built_is_shown_by_its_own_target_each_thing_as_it_was_made_last(project):
    project.edit("line/net.tex.j2", "above=of x", "left=of x")
    project.make("line-net")
    diary = project.build / "diary.jsonl"
    before = diary.read_text(encoding="utf-8")
    said = project.make("timings").stdout
    assert diary.read_text(encoding="utf-8") == before  # the page is no build
    assert re.search(r"^the last build: 3 jobs in .* s$", said, re.MULTILINE)
    assert re.search(r"^what is built was made by \d\d+ jobs: .* with 2 jobs at a time$", said, re.MULTILINE)
    page = (project.build / "timings.html").read_text(encoding="utf-8")
    last = page[page.index('id="last"') :]
    assert last.count('title="figure line/net') == 2 and last.count('title="picture line/net') == 1
    assert 'title="figure line/fit' not in last and "<td>line/fit" in page
    assert "1 core" in page and "any number" in page

    project.make("timings")  # a second time: nothing keeps it from being run
    found = json.loads(project.run("pipeline.timings", "--book", project.folder, "--json").stdout)
    assert found["targets"] == ["line-net"] and (found["cores"], found["jobs"]) == (2, 3)
    costs = found["subjects"]
    assert costs["line/net"].keys() == {"picture", "figure"} and costs["line/fit"].keys() >= {"tables", "figure"}
    assert found["critical"][0]["job"].startswith("train") or len(found["critical"]) > 1
    one, most = (next(each["seconds"] for each in found["estimates"] if each["cores"] == n) for n in (1, None))
    assert one == pytest.approx(sum(sum(each.values()) for each in costs.values()), abs=0.1)
    assert most == pytest.approx(sum(each["seconds"] for each in found["critical"]), abs=0.01) and most <= one


def test_without_a_build_that_is_said(project):
    (project.build / "diary.jsonl").unlink(missing_ok=True)
    done = project.run("pipeline.timings", "--book", project.folder)
    assert done.returncode == 1 and "error: there has been no build yet" in done.stdout + done.stderr
