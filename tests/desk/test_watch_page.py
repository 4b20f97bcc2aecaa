"""The page of the watch in a real browser: it shows what is saved, errors and their end, and what an author does to it."""

import http.client
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import warnings
from contextlib import closing
from itertools import pairwise

import psutil
import pytest

from conftest import MINIMAL, awaited
from pipeline.engine.server import POSSIBLE
from pipeline.setup.needs import BROWSERS
from processes import processes

BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not BROWSER, reason="no Chromium: `sh pipeline/setup/setup.sh browser` installs it"),
    pytest.mark.skipif(not POSSIBLE, reason="no process stays here"),
]
WAIT = 90_000  # ms, on a machine that does much else
IMAGES = "main figure.page img"
PREVIEW = "main figure.preview img"
SETTLED = (
    r"() => /^(seen [\d.]+ s after it was saved|all is shown)$/.test(document.getElementById('status').textContent)"
)
LEFT = ("pipeline.watch", "pipeline.build", "pipeline.engine.warm", "pipeline.engine.server", "pdflatex")
SIZES = [(1440, 900), (800, 1000)]


class Watch:
    """A watch of a project's book, which may be ended and begun again at the same address."""

    def __init__(self, project):
        self.project, self.port = project, "0"
        self.begin()

    def begin(self):
        command = [sys.executable, "-X", "utf8", "-m", "pipeline.watch", "line-net", "--book", str(MINIMAL)]
        self.process = subprocess.Popen(
            [*command, "--port", self.port],
            cwd=self.project.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())
        self.address, self.port = found[0], found[1]

    def end(self):
        """The exit status after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        self.process.stdout.close()
        return self.process.wait(60)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright  # only where there is a browser

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def watch(built, tmp_path_factory):
    watch = Watch(built.copy(tmp_path_factory.mktemp("watched")))
    yield watch
    if watch.process.poll() is None:
        watch.end()


@pytest.fixture
def project(watch):
    """The project that is watched; its book is put back after each test."""
    folder = watch.project.root / MINIMAL
    files = {
        file: file.read_bytes() for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts
    }
    yield watch.project
    for file in [file for file in folder.rglob("*.j2") if file not in files]:
        file.unlink()
    other = {file: content for file, content in files.items() if not file.is_file() or file.read_bytes() != content}
    known = {change for change, _ in listed(watch)} if other else set()
    for file, content in other.items():
        file.write_bytes(content)
    names = {str(file.relative_to(watch.project.root)) for file in other}
    awaited(lambda: not names or names <= {name for change, name in listed(watch) if change not in known})


@pytest.fixture
def page(browser, watch, project):
    """The watch's page, settled upon a figure; what goes wrong in it fails the test."""
    faults = []
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(WAIT)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    assert page.request.post(f"{watch.address}turn", data='{"name": "line-net"}').ok
    page.goto(watch.address)
    page.wait_for_function("() => document.title.startsWith('line-net')")
    settled(page)
    yield page
    page.close()
    assert faults == []


def listed(watch):
    """{(when, file)} of the changes that the watch tells of."""
    connection = http.client.HTTPConnection("127.0.0.1", int(watch.port), timeout=30)
    connection.request("GET", "/events")
    with closing(connection):
        told = next(line for line in connection.getresponse() if line.startswith(b"data: "))
    return {(change["time"], file["file"]) for change in json.loads(told[6:])["changes"] for file in change["files"]}


def settled(page):
    page.wait_for_function(f"() => document.querySelectorAll('{IMAGES}').length == 2")
    page.wait_for_function(SETTLED)


def sources(page):
    return page.eval_on_selector_all(IMAGES, "all => all.map(one => one.src)")


def other(page, before):
    """Waits until all pictures are others than before."""
    page.wait_for_function(
        f"before => {{ const all = [...document.querySelectorAll('{IMAGES}')];"
        "return all.length == before.length && all.every((one, k) => one.src != before[k] && one.complete); }",
        arg=before,
        polling=10,
    )


def saved(project, page, name, old, new):
    """Saves an edit, and waits until it can be seen; returns how many seconds that took."""
    before, began = sources(page), time.monotonic()
    project.edit(name, old, new)
    other(page, before)
    return time.monotonic() - began


def test_a_saved_template_is_seen_within_a_second(project, page):
    places, took = ["left=of x", *[f"above={k}mm of x" for k in range(11, 21)]], []
    saved(project, page, "line/net.tex.j2", "above=of x", places[0])
    for old, new in pairwise(places):
        settled(page)
        took.append(saved(project, page, "line/net.tex.j2", old, new))
    median, load = statistics.median(took), os.getloadavg()[0]
    warnings.warn(
        f"watch: a saved template is seen after {median:.2f} s, the median of ten; load {load:.1f}", stacklevel=1
    )
    assert median < max(1, 1.5 * load)  # a machine that does nothing else has a load of less than one
    assert page.locator("#changes li").count() == 11


def test_an_error_is_shown_by_its_line_and_goes_when_it_is_mended(project, page):
    project.edit("line/net.tex.j2", "above=of x", "abov=of x")
    page.wait_for_selector("#faults .fault")
    assert page.inner_text("#faults .where") == f"{MINIMAL}/line/net.tex.j2:6"
    assert page.get_attribute("#faults a", "href") == f"vscode://file{project.root}/{MINIMAL}/line/net.tex.j2:6"
    assert "there is no key 'abov'" in page.inner_text("#faults .said")
    assert "grayscale" in page.eval_on_selector(IMAGES, "one => getComputedStyle(one).filter")  # the last good one
    page.reload()
    page.wait_for_selector("#faults .fault")
    project.edit("line/net.tex.j2", "abov=of x", "left=of x")
    page.wait_for_selector("#faults .fault", state="detached")
    settled(page)
    assert not page.eval_on_selector("main", "one => one.classList.contains('stale')")


def turn(page, watch, name):
    assert page.request.post(f"{watch.address}turn", data=json.dumps({"name": name})).ok
    page.wait_for_function(f"() => document.title.startsWith('{name} ')")
    settled(page)


def test_a_preview_does_not_wait_for_tex_nor_fails_with_it(project, watch, page):
    turn(page, watch, "line-fit")
    before = page.get_attribute(PREVIEW, "src")
    project.edit("line/fit.tex.j2", "\\begin{axis}", "\\begin{axsi}")
    page.wait_for_selector("#faults .fault")
    project.edit("line/fit.py", "torch.linspace(-1", "torch.linspace(-0.5")
    page.wait_for_function(f"before => !document.querySelector('{PREVIEW}').src.endsWith(before)", arg=before)
    page.wait_for_function("() => /last good/.test(document.getElementById('status').textContent)")
    grey = "one => getComputedStyle(one).filter.includes('grayscale')"
    assert page.eval_on_selector(IMAGES, grey) and not page.eval_on_selector(PREVIEW, grey)


def test_a_click_opens_what_draws_the_picture(watch, page):
    turn(page, watch, "line-fit")
    for kind, file in (("page", "fit.tex.j2"), ("preview", "fit.py")):
        assert page.get_attribute(f"main figure.{kind} a", "href").endswith(f"/{MINIMAL}/line/{file}:1")


def test_a_figure_that_is_renamed_or_removed_is_told(project, watch, page):
    folder = project.root / MINIMAL / "line"
    (folder / "net.tex.j2").rename(folder / "mesh.tex.j2")
    page.wait_for_function("() => document.title.startsWith('line-mesh')")
    assert page.inner_text("#notice") == "line-net is gone, and line-mesh is new."
    settled(page)
    (folder / "mesh.tex.j2").unlink()
    page.wait_for_selector("#faults .fault")
    assert page.inner_text("#faults .said") == "the figure 'line-mesh' is gone: the book has it no longer"
    assert "mesh.tex.j2 (gone)" in page.inner_text("#changes li:last-child")
    page.reload()
    page.wait_for_selector("#faults .fault")


def test_all_files_that_are_saved_at_once_are_listed(project, page):
    before = sources(page)
    for name, old, new in (("fit", "\\begin{axis}", "\\begin{axis} "), ("net", "above=of x", "left=of x")):
        project.edit(f"line/{name}.tex.j2", old, new)
    other(page, before)
    assert page.inner_text("#changes li:last-child span") == "line/net.tex.j2:6, line/fit.tex.j2:2"


def test_of_one_edition_there_is_nothing_to_choose(project, watch, page):
    assert page.is_visible("#views")
    project.edit("book.yaml", "chapters: [line]", "chapters: [line]\neditions: [light]")
    page.wait_for_selector("#views", state="hidden")
    page.wait_for_function(f"() => document.querySelectorAll('{IMAGES}').length == 1")


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("name", ["line", "line-fit"])
def test_what_fits_is_whole(watch, page, name, width, height):
    page.set_viewport_size({"width": width, "height": height})
    turn(page, watch, name)
    assert page.inner_text("#scale") == "fit"
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight).length"
    assert page.locator("main .view").count() >= 2 and page.eval_on_selector_all("main .view", cut) == 0
    high = page.eval_on_selector_all("main .view", "all => Math.max(...all.map(one => one.offsetHeight))")
    assert high < height - page.locator("header").bounding_box()["height"]


def test_a_book_that_cannot_be_read_is_an_error_too(project, page):
    project.edit("book.yaml", "chapters: [line]", "chapters: [lnie]")
    page.wait_for_selector("#faults .fault")
    assert f"{MINIMAL}/book.yaml:" in page.inner_text("#faults .where")
    project.edit("book.yaml", "chapters: [lnie]", "chapters: [line]")
    page.wait_for_selector("#faults .fault", state="detached")


def test_it_survives_edits_of_the_preamble_and_of_a_model(project, page):
    project.write(
        "preamble.tex", project.path("preamble.tex").read_text(encoding="utf-8") + "\n\\colorlet{target}{red}\n"
    )
    page.wait_for_selector("#changes li:has-text('preamble.tex')")
    settled(page)
    before = sources(page)
    project.edit("line/models/regression.py", "lr=0.3", "lr=0.31")
    page.wait_for_function("() => document.title.startsWith('line-fit')")  # the figure that asks for it
    page.wait_for_selector("#stages tr:has-text('train')")
    page.wait_for_selector("main figure.preview img")
    other(page, before)
    page.wait_for_function("() => document.getElementById('findings').textContent.length > 12")


def test_a_chapters_text_shows_the_page_of_its_line(project, page):
    text = project.path("line/chapter.tex").read_text(encoding="utf-8")
    project.write("line/chapter.tex", text + "\n" + "\n\n".join(["\\newpage A page."] * 3) + "\n\nThe end of it all.\n")
    page.wait_for_function("() => document.getElementById('page').textContent.match(/^[2-9] of [3-9]$/)")
    settled(page)
    number = page.inner_text("#page")
    page.keyboard.press("PageUp")
    page.wait_for_function("before => document.getElementById('page').textContent != before", arg=number)


def test_scroll_and_zoom_stay_and_type_stays_sharp(project, page):
    page.set_viewport_size({"width": 800, "height": 500})
    for _ in range(12):
        page.keyboard.press("+")
    assert page.inner_text("#scale") == "400 %"
    box = page.eval_on_selector(IMAGES, "one => [one.clientWidth, one.naturalWidth, one.src]")
    assert box[0] > 3.9 * box[1] * 0.9
    answer = page.request.get(box[2])
    assert answer.headers["content-type"].startswith("image/svg+xml") and b"<svg" in answer.body()
    view = "main figure.page .view"
    page.eval_on_selector(view, "one => one.scrollTo(20, 10)")
    page.wait_for_function(
        "() => [...document.querySelectorAll('main figure.page .view')].every(one => one.scrollLeft > 10)"
    )
    place = page.eval_on_selector(view, "one => [one.scrollLeft, one.scrollTop]")
    saved(project, page, "line/net.tex.j2", "above=of x", "above=12mm of x")
    assert page.eval_on_selector(view, "one => [one.scrollLeft, one.scrollTop]") == place
    page.reload()
    settled(page)
    assert page.inner_text("#scale") == "400 %"


def test_editions_lie_under_a_slider(page):
    page.keyboard.press("s")
    page.wait_for_selector(".compare img + img")
    page.locator("input[type=range]").fill("20")
    assert "20%" in page.eval_on_selector(".compare img + img", "one => getComputedStyle(one).clipPath")
    page.keyboard.press("3")
    page.wait_for_function(f"() => document.querySelectorAll('{IMAGES}').length == 1")
    page.keyboard.press("1")
    settled(page)


def test_a_second_tab_and_a_lost_connection(project, browser, watch, page):
    second = browser.new_page()
    second.set_default_timeout(WAIT)
    second.goto(watch.address)
    settled(second)
    saved(project, page, "line/net.tex.j2", "above=of x", "left=of x")
    second.wait_for_function("src => document.querySelector('main img').src == src", arg=sources(page)[0])
    second.close()
    watch.end()
    page.wait_for_selector("#lost")
    watch.begin()
    page.wait_for_selector("#lost", state="hidden")
    settled(page)
    saved(project, page, "line/net.tex.j2", "left=of x", "right=of x")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_it_fits_the_window(project, page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    saved(project, page, "line/net.tex.j2", "above=of x", "left=of x")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(
        "() => [...document.querySelectorAll('button, input, a[href]')].every(one => one.textContent || one.title || one.labels?.length || one.ariaLabel)"
    )


def test_the_earlier_changes_can_be_looked_at(project, page):
    saved(project, page, "line/net.tex.j2", "above=of x", "left=of x")
    settled(page)
    old = sources(page)
    saved(project, page, "line/net.tex.j2", "left=of x", "right=of x")
    settled(page)
    new = sources(page)
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"old => document.querySelector('{IMAGES}').src == old", arg=old[0])
    assert page.is_visible("#past")
    page.keyboard.press("Escape")
    page.wait_for_function(f"now => document.querySelector('{IMAGES}').src == now", arg=new[0])


def test_a_second_watch_says_where_the_first_is(project, watch):
    done = project.run("pipeline.watch", "--book", MINIMAL)
    assert done.returncode == 1 and f"is being watched already: {watch.address}" in done.stderr


def asked(watch, path="/", method="GET", **headers):
    """The status and the headers of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", int(watch.port), timeout=30)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body="{}" if method == "POST" else None, headers=names)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders())


def test_strangers_are_refused_and_nothing_else_is_served(watch, project):
    assert asked(watch)[0] == asked(watch, Host=f"localhost:{watch.port}")[0] == 200
    assert asked(watch, Host="evil.example")[0] == 400
    assert asked(watch, Origin="http://evil.example")[0] == asked(watch, Sec_Fetch_Site="cross-site")[0] == 403
    assert asked(watch, "/turn", "POST", Origin="null")[0] == 403
    for path in (
        "/../book.yaml",
        "/picture/..%2f..%2fetc%2fpasswd",
        "/picture//etc/passwd",
        "/page/page.js",
        "/Snakefile",
    ):
        assert asked(watch, path)[0] == 404, path
    assert asked(watch, "/turn", "POST")[0] == 200
    assert "default-src 'none'" in asked(watch)[1]["content-security-policy"]
    listens = [one for one in psutil.Process(watch.process.pid).net_connections() if one.status == psutil.CONN_LISTEN]
    assert [one.laddr.ip for one in listens] == ["127.0.0.1"]


def test_ctrl_c_leaves_nothing_running_and_nothing_locked(project, watch):
    project.edit(
        "line/fit.py",
        "def tables(regression):\n",
        "def tables(regression):\n    import time; open('began', 'w'); time.sleep(60)\n",
    )
    awaited((project.root / "began").exists)
    assert watch.end() == 0
    awaited(lambda: not [p for name in LEFT for p in processes(project.root, name)], 20)
    project.edit("line/fit.py", "    import time; open('began', 'w'); time.sleep(60)\n", "")
    assert "another" not in project.make("line-fit").stderr
