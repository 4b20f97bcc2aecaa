"""What each thing has cost when it was made last, by diaries of several builds."""

import json

import pytest

from pipeline.engine import spent
from pipeline.engine.spent import NAME, keep


@pytest.fixture
def built(tmp_path):
    """Writes a diary after keeping the last: {file: (seconds, "end" or "fail")}, whose files are then there."""
    diary = tmp_path / "diary.jsonl"

    def build(**files):
        keep(diary)
        events = [{"event": "build", "time": 100.0, "cores": 2, "targets": ["all"], "jobs": len(files)}]
        for number, (name, (seconds, end)) in enumerate(files.items()):
            about = {"stage": "figure", "name": f"line/{name}", "edition": "dark", "input": [], "log": []}
            output = [str(tmp_path / name)]
            events += [{"event": "start", "time": 100.0, "job": number, **about, "output": output}]
            events += [{"event": end, "time": 100.0 + seconds, "job": number}] if end else []
            (tmp_path / name).touch()
        diary.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
        return diary

    return build


def costs(diary):
    return {job.name: round(job.took, 3) for job in spent.spent(diary, 2).jobs}


def test_each_thing_counts_as_it_was_made_last(built):
    assert costs(built(one=(5, "end"), two=(7, "end"))) == {"line/one": 5, "line/two": 7}
    built(one=(1, "end"))
    assert costs(built(one=(2, "end"))) == {"line/one": 2, "line/two": 7}


def test_what_failed_was_stopped_or_is_gone_does_not_count(built, tmp_path):
    built(one=(5, "end"), two=(7, "end"), three=(9, "end"))
    (tmp_path / "three").unlink()
    assert costs(built(one=(1, "fail"), two=(1, None))) == {"line/one": 5, "line/two": 7}


def test_half_a_line_of_a_killed_build_is_passed_over(built):
    diary = built(one=(5, "end"))
    with open(diary, "a", encoding="utf-8") as file:
        file.write('{"event": "st')
    assert costs(diary) == costs(built()) == {"line/one": 5}


def test_what_is_kept_stays_small(built, monkeypatch, tmp_path):
    monkeypatch.setattr(spent, "LARGE", 1000)
    for number in range(50):
        diary = built(one=(number, "end"), two=(number, "end"))
    assert (tmp_path / NAME).stat().st_size < 1500 and costs(diary) == {"line/one": 49, "line/two": 49}
    assert costs(tmp_path / "nothing/diary.jsonl") == {}
