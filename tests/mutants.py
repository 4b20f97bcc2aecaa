"""How many wrong programs a book's own tests notice: each of its modules is made wrong in one place after another.

    python tests/mutants.py [--book book] [--jobs 2] [--into docs/trust.md] [chapter/module …]

Tests are collected once. Each mutant gets a process of its own, forked from there, in which its module is imported as it
has been made wrong, and in which those tests run that reach the place, until one fails; nothing is trained or built anew.
`built` tests look at what the last build has made, which no mutant changes, and are left out. What survives and changes
no digit of any table of any figure is equivalent: it is listed, and not counted.
"""

import argparse
import ast
import importlib
import importlib.machinery
import os
import platform
import re
import sys
import time
from collections import defaultdict
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from forks import in_parallel
from mutations import mutants, mutated, name

sys.path.insert(0, str(Path(__file__).parents[1]))  # where `pipeline` is

TOO_LONG = 4, 5  # a mutant's tests may take so many times as long as without it, and some seconds
CONTROL = "as it is"
START, END = "<!-- mutants -->", "<!-- /mutants -->"


def modules(book):
    """The book's Python files, but for its tests."""
    return sorted(path for path in book.rglob("*.py") if "tests" not in path.relative_to(book).parts)


def preload(book):
    """Imports what the book and its tests import from elsewhere: each fork then has it."""
    for path in book.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            for each in names:
                if each.split(".")[0] not in ("book", "tests"):
                    with suppress(ImportError):
                        importlib.import_module(each)
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)


def run(items, stop=True):
    """{test: (whether it passed, seconds of the processor)}, up to the first that fails."""
    found = {}
    for item, after in zip(items, [*items[1:], None], strict=False):
        start = time.process_time()
        reports = runtestprotocol(item, log=False, nextitem=after)
        passed = not any(report.failed for report in reports)
        found[item.nodeid] = passed, time.process_time() - start
        if stop and not passed:
            break
    return found


def traced(work, book):
    """(what work() returns, {(file, line)} of the book that it has run)."""
    lines, inside = set(), f"{book}{os.sep}"

    def line(frame, event, _):
        lines.add((frame.f_code.co_filename, frame.f_lineno))
        return line

    sys.settrace(lambda frame, *_: line if frame.f_code.co_filename.startswith(inside) else None)
    try:
        return work(), lines
    finally:
        sys.settrace(None)


def infect(path, number):
    """From now on a module is imported with its mutant of that number in it; None: as it is."""
    healthy = importlib.machinery.SourceFileLoader.get_code
    tree = mutated(path.read_bytes(), number)

    def get_code(loader, fullname):
        if os.path.realpath(loader.path) == str(path):
            return compile(tree, str(path), "exec")
        return healthy(loader, fullname)

    importlib.machinery.SourceFileLoader.get_code = get_code


def tables(book, number=None, path=None):
    """{figure: its tables as text} of those that can be computed of what is built; a word where that fails."""
    from pipeline.project.book import Book
    from pipeline.tables import compute

    if path:
        infect(path, number)
    opened, found = Book(book), {}
    for figure in opened.computed:
        if path is None or str(path) in map(os.path.realpath, opened.sources(opened.find(figure).code)):
            try:
                results, values = compute(opened, opened.find(figure))
                found[figure] = {name: table.dump() for name, table in results.items()} | {"values": values.dump()}
            except Exception as error:
                found[figure] = type(error).__name__
    return found


class Mutants:
    """The plugin that does it, once the tests are collected."""

    def __init__(self, options):
        self.options, self.book = options, Path(options.book).resolve()
        self.killed, self.survived, self.equivalent = defaultdict(list), defaultdict(list), defaultdict(list)
        self.unsound = []

    def chosen(self):
        paths = {str(path.relative_to(self.book).with_suffix("")): path for path in modules(self.book)}
        return {stem: path for stem, path in paths.items() if not self.options.modules or stem in self.options.modules}

    def baseline(self, items):
        """{(file, line): tests that run it}, {test: seconds}: each test by itself, so that what it imports counts as its."""
        reach, seconds = defaultdict(set), {}
        tasks = [(item.nodeid, lambda item=item: traced(lambda: run([item]), self.book), 600) for item in items]
        for test, answer in in_parallel(self.options.jobs, tasks):
            passed, lines = answer[0][test] if answer else (False, 0), answer[1] if answer else ()
            if not passed[0]:
                self.unsound.append(test)
            seconds[test] = passed[1]
            for place in lines:
                reach[place].add(test)
        return reach, seconds

    def pytest_runtestloop(self, session):
        preload(self.book)
        items = {item.nodeid: item for item in session.items}
        reach, seconds = self.baseline(items.values())
        if self.unsound:
            sys.exit("these tests fail already: " + ", ".join(self.unsound))
        start = time.monotonic()
        places = []
        for stem, path in self.chosen().items():
            all_tests = set().union(*(tests for (file, _), tests in reach.items() if file == str(path)))
            places.append((stem, path, None, CONTROL, all_tests))
            for number, (node, other, place) in enumerate(mutants(ast.parse(path.read_bytes()))):
                tests = set().union(*(reach[str(path), line] for line in place.lines))
                places.append((stem, path, number, name(node, other, stem), tests))

        def work(path, number, tests):
            infect(path, number)
            return all(passed for passed, _ in run([items[test] for test in sorted(tests, key=seconds.get)]).values())

        tasks = [
            ((stem, path, number, text), lambda p=path, n=number, t=tests: work(p, n, t),
             TOO_LONG[0] * sum(seconds[test] for test in tests) + TOO_LONG[1])
            for stem, path, number, text, tests in places
        ]  # fmt: skip
        left = []
        for count, (key, alive) in enumerate(in_parallel(self.options.jobs, tasks), 1):
            if key[3] == CONTROL and not alive:
                sys.exit(f"{key[0]}: its tests fail though nothing is wrong")
            if key[3] != CONTROL:
                (left if alive else self.killed[key[0]]).append(key if alive else key[3])
            if alive and key[3] != CONTROL:
                print(f"{count} of {len(tasks)}: {key[3]} survives", flush=True)
        self.sort_out(left)
        print(self.report(time.monotonic() - start))
        if self.options.into:
            write_into(Path(self.options.into), self.report(time.monotonic() - start))
        return True

    def sort_out(self, left):
        """Which of the survivors change no digit of any table."""
        tasks = [(None, lambda: traced(lambda: tables(self.book), self.book), 600)] if left else []
        found = dict(in_parallel(1, tasks)).get(None)
        known, run_by = found or ({}, set())
        tasks = [(key, lambda key=key: tables(self.book, key[2], key[1]), 120) for key in left]
        for (stem, path, number, text), computed in in_parallel(self.options.jobs, tasks):
            same = computed and all(isinstance(t, dict) and known.get(figure) == t for figure, t in computed.items())
            place = next(p for k, (_, _, p) in enumerate(mutants(ast.parse(path.read_bytes()))) if k == number)
            drawn = any((str(path), line) in run_by for line in place.lines)
            (self.equivalent if same and drawn else self.survived)[stem].append(text)

    def report(self, seconds):
        """Markdown: the shares, and who survived."""
        rows, all_killed, all_counted = [], 0, 0
        for stem in sorted({*self.killed, *self.survived, *self.equivalent}):
            killed, alive, same = (len(each[stem]) for each in (self.killed, self.survived, self.equivalent))
            all_killed, all_counted = all_killed + killed, all_counted + killed + alive
            rows.append(f"| {stem} | {killed + alive} | {killed} | {share(killed, killed + alive)} | {same} |")
        total = f"| **all** | {all_counted} | {all_killed} | **{share(all_killed, all_counted)}** | {sum(map(len, self.equivalent.values()))} |"
        lines = [
            f"`make mutants` on {date.today():%-d %B %Y}, {seconds / 60:.0f} minutes with {self.options.jobs} processes on {machine()}:",
            "",
            "| module | mutants | noticed | share | equivalent |",
            "| --- | ---: | ---: | ---: | ---: |",
            *rows,
            total,
            "",
            *listing("Not noticed:", self.survived),
            *listing("Equivalent, as no digit of any table changes:", self.equivalent),
        ]
        return "\n".join(lines)


def share(part, whole):
    return f"{100 * part / whole:.0f} %" if whole else "–"


def listing(title, found):
    lines = [line for stem in sorted(found) for line in sorted(found[stem])]
    return [title, "", "```text", *lines, "```", ""] if lines else []


def machine():
    """The kind of machine, as words."""
    with suppress(OSError):
        if model := re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8")):
            return f"{os.cpu_count()} cores of an {model[1]}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def write_into(path, report):
    """Puts a report where the last one stands in a page."""
    before, _, rest = path.read_text(encoding="utf-8").partition(START)
    path.write_text(f"{before}{START}\n{report}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--book", default="book", help="its folder")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes at a time")
    parser.add_argument("--tests", nargs="+", default=[], help="files of tests that are run, instead of all")
    parser.add_argument("--into", help="a page in which the report replaces the last one")
    parser.add_argument("modules", nargs="*", help="chapter/module: only these")
    options = parser.parse_args()
    chosen = ["-s", "-m", "not built", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-summary"]
    sys.exit(pytest.main([*chosen, *(options.tests or [f"{options.book}/tests"])], plugins=[Mutants(options)]))


if __name__ == "__main__":
    main()
