"""Measures the pipeline, one group after another, and writes RESULTS.md and results.svg: python -m benchmarks [--only
a,c]."""

import argparse
import importlib.util
import signal
import sys
import traceback
from pathlib import Path

from benchmarks import builds, growth, points, rivals
from benchmarks.measure import Failed, absent, load
from benchmarks.project import scratch
from benchmarks.report import GROUPS, report, table
from benchmarks.targets import target_rows

BUSY = 10  # per cent: with more, wall times are longer than they would be


def training(project, repeats, quick):
    """The rows of benchmarks/training.py."""
    if importlib.util.find_spec("benchmarks.training") is None:
        return [absent("training")]
    return importlib.import_module("benchmarks.training").measure(repeats)


MEASURES = {
    "a": lambda project, repeats, quick: builds.cold(project, repeats),
    "b": lambda project, repeats, quick: builds.recoloured(project, repeats),
    "c": lambda project, repeats, quick: builds.edited(project, repeats),
    "d": lambda project, repeats, quick: builds.unchanged(project, repeats),
    "e": lambda project, repeats, quick: points.measure(repeats),
    "f": lambda project, repeats, quick: growth.measure(repeats, quick),
    "g": rivals.measure,
    "h": training,
}


def arguments():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    named = "; ".join(f"{group}: {title}" for group, title in GROUPS.items())
    parser.add_argument("--only", default=",".join(GROUPS), help=f"groups, such as a,c: {named}")
    parser.add_argument("--repeats", type=int, default=5, help="runs of which the median is taken (default: 5)")
    parser.add_argument(
        "--quick", action="store_true", help="leave out the book of 1,000 figures and the rivals' synthetic book"
    )
    parser.add_argument(
        "--into", type=Path, help="folder for RESULTS.md and results.svg (default: benchmarks/, where all is measured)"
    )
    given = parser.parse_args()
    given.only = given.only.split(",")
    if unknown := set(given.only) - set(GROUPS):
        parser.error(f"there is no group {', '.join(sorted(unknown))}")
    return given


def measured(group, *given):
    """A group's rows; where it fails, a row that says so, and the error for whoever watches."""
    try:
        return MEASURES[group](*given)
    except (Failed, OSError, ArithmeticError, LookupError, ValueError) as error:
        traceback.print_exc()
        return [absent("failed", str(error).splitlines()[0])]


def main():
    given = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the scratch copy goes, too
    remarks, results = [], {}
    with scratch() as project:
        for group in sorted(given.only):
            if (percent := load()) > BUSY:
                remarks.append(
                    f"Before ({group}) others kept the machine {percent:.0f} % busy: wall times are too long."
                )
                print(f"warning: {remarks[-1]}", file=sys.stderr)
            results[group] = measured(group, project, given.repeats, given.quick)
            print(f"\n({group}) {GROUPS[group]}\n\n{table(results[group])}", flush=True)
    print(f"\n{table(list(target_rows(results)))}")
    into = given.into or (Path(__file__).parent if set(given.only) == set(GROUPS) and not given.quick else None)
    if into:
        from benchmarks.plot import plot

        into.mkdir(parents=True, exist_ok=True)
        (into / "RESULTS.md").write_text(report(results, remarks), encoding="utf-8")
        plot(results, into / "results.svg")


if __name__ == "__main__":
    main()
