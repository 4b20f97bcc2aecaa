"""What a build has cost, by diaries whose answers are plain, and by trying all orders of a few jobs."""

import json
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from pipeline.engine.costs import Build, Job, read
from pipeline.errors.author import AuthorError


def job(number: int, took: float, after: Sequence[int] = (), began: float = 0.0, stage: str = "figure") -> Job:
    inputs = frozenset(f"{one}.out" for one in after)
    return Job(number, stage, f"line/{number}", None, began, began + took, False, inputs, frozenset({f"{number}.out"}))


def build(*jobs: Job, cores: int = 2) -> Build:
    return Build(["all"], cores, 0.0, jobs)


# A long job, and beside it a chain of two that is longer.
FORK = build(job(1, 5), job(2, 2), job(3, 4, after=[2]))


def test_the_critical_path_is_the_longest_chain() -> None:
    assert [one.number for one in FORK.critical] == [2, 3]


def test_cores_share_what_does_not_wait() -> None:
    assert [FORK.on(cores) for cores in (1, 2, 9)] == [11, 6, 6]


def test_equal_jobs_fill_the_cores() -> None:
    equal = build(*(job(number, 2) for number in range(10)))
    assert [equal.on(cores) for cores in (1, 2, 3, 10, 20)] == [20, 10, 8, 2, 2]


def test_a_job_that_waits_for_two_begins_after_the_later() -> None:
    assert build(job(1, 3), job(2, 5), job(3, 1, after=[1, 2])).on(2) == 6


def shortest(jobs: Sequence[Job], cores: int) -> float:
    """The best of all orders in which jobs can be begun."""
    best = float("inf")
    for order in permutations(jobs):
        ends: dict[str, float] = {}
        free = [0.0] * cores
        for one in order:
            if not all(path in ends for path in one.input):
                break
            k = free.index(min(free))
            begin = max([free[k], *(ends[path] for path in one.input)])
            free[k] = begin + one.took
            ends |= dict.fromkeys(one.output, free[k])
        else:
            best = min(best, max(free))
    return best


@pytest.mark.parametrize("seed", range(20))
def test_no_estimate_is_better_than_the_best_or_worse_than_its_bound(seed: int) -> None:
    """Graham (1966): no order that leaves no core idle without need is worse than 2 - 1/cores times the best."""
    random = Random(seed)
    jobs = [job(k, random.randint(1, 9), [one for one in range(k) if random.random() < 0.4], began=k) for k in range(6)]
    for cores in (1, 2, 3):
        best, found = shortest(jobs, cores), build(*jobs).on(cores)
        assert best <= found <= (2 - 1 / cores) * best
    critical = sum(one.took for one in build(*jobs).critical)
    assert build(*jobs).on(6) == critical == shortest(jobs, 6)


def test_costs_stand_by_subject_and_stage_the_costliest_first() -> None:
    jobs = job(1, 1), job(2, 5), Job(3, "tables", "line/1", None, 0, 2, False, frozenset(), frozenset())
    assert list(build(*jobs).subjects().items()) == [("line/2", {"figure": 5}), ("line/1", {"figure": 1, "tables": 2})]


def test_what_ran_at_the_same_time_stands_in_rows_of_its_own() -> None:
    rows = build(job(1, 2), job(2, 3), job(3, 2, began=2)).rows()
    assert [[one.number for one in row] for row in rows] == [[1, 3], [2]]


def write(path: Path, *events: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    return path


def test_a_diary_is_read(tmp_path: Path) -> None:
    about = {"edition": "dark", "input": ["a"], "output": ["b"], "log": []}
    diary = write(
        tmp_path / "diary.jsonl",
        {"event": "build", "time": 100.0, "cores": 2, "targets": ["all"], "jobs": 3},
        {"event": "start", "time": 100.5, "job": 7, "stage": "figure", "name": "line/fit", **about},
        {"event": "start", "time": 100.6, "job": 8, "stage": "book", "name": None, **about},
        {"event": "start", "time": 100.7, "job": 9, "stage": "book", "name": None, **about},
        {"event": "fail", "time": 102.0, "job": 8},
        {"event": "end", "time": 102.5, "job": 7},
    )  # job 9 was stopped
    found = read(diary)
    assert [(str(one), round(one.took, 6), one.failed) for one in found.jobs] == [
        ("figure line/fit (dark)", 2.0, False),
        ("book (dark)", 1.4, True),
    ]
    assert (found.cores, found.took, found.jobs[1].subject) == (2, 2.0, "dark")


def test_where_there_was_no_build_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match="no build yet"):
        read(tmp_path / "diary.jsonl")
    empty = write(tmp_path / "diary.jsonl", {"event": "build", "time": 1.0, "cores": 2, "targets": ["all"], "jobs": 1})
    with pytest.raises(AuthorError, match="no job"):
        read(empty)
