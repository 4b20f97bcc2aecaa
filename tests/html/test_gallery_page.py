"""The gallery in a real browser, opened from the disk: themes, search, keys, weights, and nothing that keeps people out."""

import json
import re
import shutil
import time
import warnings
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.slow
PAGES = ["index.html", "line/fit/index.html", "line/deep/hidden/index.html", "line/fit.py.html", "errata.html"]
NAMES = ".figures > li:not([hidden])"


def pictures(page):
    """The names of the pictures that were asked for."""
    return {Path(urlparse(url).path).name for url in page.asked if url.endswith((".svg", ".webp"))}


def named(page):
    return page.eval_on_selector_all(NAMES, "all => all.map(one => one.id)")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("width", [360, 1440])
def test_nobody_is_kept_out(opened, path, theme, width):
    page = opened(path, width, theme)
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
    found = Axe().run(page, options={"preload": False}).response
    told = [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]
    assert told == [] and len(found["passes"]) > 10
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("theme", "other"), [("dark", "light"), ("light", "dark")])
def test_only_the_pictures_of_the_theme_are_loaded_and_a_choice_is_remembered(opened, theme, other):
    page = opened(theme=theme)
    assert pictures(page) and all(name.startswith(theme) for name in pictures(page))
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != paper
    chosen = "all => [...document.querySelectorAll('picture img')].every(one => one.currentSrc.includes(all))"
    page.wait_for_function(chosen, arg=f"{other}.")
    shown = page.eval_on_selector_all("picture img", "all => all.map(one => one.currentSrc)")
    assert shown and all(Path(src).name.startswith(other) for src in shown)
    again = opened("line/net/index.html", context=page.context)
    assert pictures(again) == {f"{other}.svg"}
    assert again.inner_text("#theme") == theme.capitalize()


def test_each_page_has_an_address_of_its_own(gallery):
    told = {}
    for page in PAGES:
        text = (gallery.build / "gallery" / page).read_text(encoding="utf-8")
        told[page] = re.search(r'rel="canonical" href="https://example.org/figures/([^"]*)"', text)[1]
    assert told == {page: page.removesuffix("index.html") for page in PAGES}


def test_errata_are_printed_as_they_stand(gallery):
    text = (gallery.build / "gallery/errata.html").read_text(encoding="utf-8")
    assert "left out: 5\u00a0% of <em>all</em>." in text or "left out: 5 % of <em>all</em>." in text


def test_pictures_further_down_wait(opened, gallery, tmp_path):
    """Figures of many: what is not near the window is not loaded."""
    home = shutil.copytree(gallery.build / "gallery", tmp_path / "gallery")
    text = (home / "index.html").read_text(encoding="utf-8")
    section = text[text.index("<section") : text.index("</main>")]
    longer = text.replace(section, section + '<div style="height: 9000px"></div>' + section)
    (home / "index.html").write_text(longer, encoding="utf-8")
    page = opened(folder=home)
    complete = page.eval_on_selector_all("picture img", "all => all.map(one => one.complete && one.naturalWidth > 0)")
    assert complete[: len(complete) // 2] == [True] * (len(complete) // 2) and not any(complete[len(complete) // 2 :])


def test_one_finds_by_name_title_and_text(opened):
    page = opened()
    assert len(named(page)) == 3 and page.inner_text("#hits") == "3 figures"
    for typed, expected in [
        ("line/fit", ["line/fit", "line/net"]),  # the caption of the second names the first
        ("hidden", ["line/deep/hidden"]),
        ("GAUSS'S", ["line/net", "line/deep/hidden"]),
        ("fifty hand", ["line/fit"]),
        ("nowhere", []),
    ]:
        page.fill("#query", typed)
        if typed == "line/fit":
            assert "line/fit" in named(page)
        else:
            assert named(page) == expected, typed
    assert page.inner_text("#hits") == "No figure has these words" and not page.is_visible("section")
    page.fill("#query", "hand")
    assert "hand" in page.inner_text("#line\\/fit .hit mark")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert named(page) == ["line/fit"] and page.input_value("#query") == "hand"


def test_keys(opened):
    page = opened()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.type("predictor")
    page.keyboard.press("Escape")
    assert page.input_value("#query") == "" and len(named(page)) == 3
    at = "document.activeElement.parentElement.id"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(at) == "line/net"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(at) == "line/fit"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url("**/line/net/index.html")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/line/fit/index.html")
    page.keyboard.press("Escape")
    page.wait_for_url("**/gallery/index.html")
    page.keyboard.press("/")
    page.keyboard.type("fifty")
    page.keyboard.press("Enter")
    page.wait_for_url("**/line/fit/index.html")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_moves_while_a_page_loads(opened, path, width):
    page = opened(path, width)
    shifts = """() => new Promise(done => { let sum = 0;
      new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value }))
        .observe({type: "layout-shift", buffered: true});
      setTimeout(() => done(sum), 300) })"""
    assert page.evaluate(shifts) < 0.01  # fonts of other widths may come late


def test_it_can_be_read_without_scripts(opened):
    page = opened(java_script_enabled=False)
    assert page.locator("picture img").count() == 3
    assert not page.is_visible("#search") and not page.is_visible("#theme")


def test_links_lead_somewhere(gallery, opened):
    home = (gallery.build / "gallery").resolve()
    for path in sorted(home.rglob("*.html")):
        page = opened(str(path.relative_to(home)))
        links = page.eval_on_selector_all(
            "[href], [src], [srcset]",
            "all => all.map(one => one.href || one.src || new URL(one.srcset, document.baseURI).href)",
        )
        for url in links:
            if url.startswith("file:"):
                file = Path(unquote(urlparse(url).path))
                assert file.is_file() and file.is_relative_to(home), (path, url)
                if urlparse(url).fragment and file == path:
                    assert page.evaluate("id => !!document.getElementById(id)", urlparse(url).fragment)
        raw = page.eval_on_selector_all(
            "a, link, script, img, source",
            "all => all.map(one => one.getAttribute('href') || one.getAttribute('src') || '')",
        )
        assert not [link for link in raw if link.startswith(("/", "file:"))]
        page.close()


def test_print_is_light_and_has_no_controls(opened):
    page = opened(theme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.is_visible(".bar")


def test_the_first_screen_is_light_enough(opened, gallery):
    page = opened()
    page.evaluate("document.fonts.ready")
    size = sum(Path(unquote(urlparse(url).path)).stat().st_size for url in page.asked if url.startswith("file:"))
    print(f"first screen and what lies near it: {size / 1000:.0f} kB")
    assert size < 500_000


@pytest.mark.long
def test_two_hundred_figures(opened, gallery, tmp_path):
    """The pages of a large book are light, and a search in them is quick."""
    project = gallery.copy(tmp_path / "large")
    told = project.build / "captions/dark.json"
    said = json.loads(told.read_text(encoding="utf-8"))
    words = "The energy of each answer, from low to high, as the predictor has it, and what training makes of it. " * 4
    for k in range(200):
        name = f"line/copy{k}"
        drawn = project.path("line/net.tex.j2").read_text(encoding="utf-8")
        project.write(f"{name}.tex.j2", drawn.replace("A linear predictor", f"A predictor, number {k}"))
        for theme in ("dark", "light"):
            for folder, endings in (("figures", (".pdf", ".json")), ("web/figures", (".svg", ".webp", ".png"))):
                for ending in endings:
                    file = project.build / folder / theme / f"line/net{ending}"
                    shutil.copyfile(file, file.with_name(f"copy{k}{ending}"))
        number = {"kind": "figure", "number": f"1.{k + 3}", "where": ""}
        said["figures"][name] = number | {"caption": rf"{words} Here $\vx_{{{k}}}$ is seen at {k * 7919}."}
    told.write_text(json.dumps(said), encoding="utf-8")
    began = time.monotonic()
    done = project.run("pipeline.gallery", "--book", project.folder)
    assert done.returncode == 0, done.stderr
    home, took = project.build / "gallery", time.monotonic() - began
    page = opened(folder=home)
    shown = sum(Path(unquote(urlparse(url).path)).stat().st_size for url in page.asked if url.startswith("file:"))
    whole = sum(file.stat().st_size for file in home.rglob("*") if file.is_file())
    quick = page.evaluate("""() => { const input = document.getElementById('query'), took = [];
      for (const typed of ['e', 'en', 'energy', 'energy 7919', '1425420']) { const began = performance.now();
        input.value = typed; input.dispatchEvent(new Event('input')); document.body.offsetHeight; took.push(performance.now() - began) }
      return Math.max(...took) }""")
    warnings.warn(
        f"gallery of 203 figures: {took:.1f} s, {whole / 1e6:.1f} MB, first screen {shown / 1e3:.0f} kB, index "
        f"{(home / 'index.html').stat().st_size / 1e3:.0f} kB, a search {quick:.0f} ms",
        stacklevel=1,
    )
    assert named(page) == ["line/copy180"] and shown < 500_000 and quick < 150
    assert (home / "index.html").stat().st_size < 250_000


def test_maths_is_there_in_colour(opened):
    page = opened("line/net/index.html", theme="light")
    colour = "one => getComputedStyle(one).color"
    ink = page.evaluate("getComputedStyle(document.documentElement).color")
    pink = page.eval_on_selector(".caption math .pink", colour)
    assert pink != ink and page.eval_on_selector(".caption math .pink + *", colour) == pink  # its index, too
    words = page.inner_text(".caption")
    assert "see figure 1.2 and (1.1); a slope" in words.replace("\xa0", " ") and "Gauss (1809)" in words


def test_json_of_the_search_is_a_classic_script(gallery):
    text = (gallery.build / "gallery/figures.js").read_text(encoding="utf-8")
    assert [name for name, _ in json.loads(text.removeprefix("var FIGURES = "))] == [
        "line/net",
        "line/fit",
        "line/deep/hidden",
    ]


# Films --------------------------------------------------------------------------------------------------------------
moving = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="no ffmpeg, which makes films")
FILM = "document.querySelector('video')"


@moving
@pytest.mark.parametrize(("theme", "other"), [("dark", "light"), ("light", "dark")])
def test_a_film_plays_in_the_theme(opened, theme, other):
    page = opened("line/fit/index.html", theme=theme)
    page.wait_for_function(f"{FILM}.currentTime > 0.2 && !{FILM}.paused")
    assert page.evaluate(f"{FILM}.currentSrc").endswith(f"/{theme}.mp4")
    assert page.evaluate(f"{FILM}.muted && {FILM}.loop && {FILM}.controls && {FILM}.playsInline")
    page.click("#theme")
    page.wait_for_function(f"{FILM}.currentSrc.endsWith('/{other}.mp4') && {FILM}.currentTime > 0.2 && !{FILM}.paused")


@moving
def test_a_reader_who_asks_for_less_motion_sees_the_still(opened):
    page = opened("line/fit/index.html", reduced_motion="reduce")
    page.wait_for_timeout(700)
    assert page.evaluate(f"{FILM}.paused && {FILM}.currentTime === 0 && {FILM}.readyState === 0")
    assert pictures(page) >= {"still-dark.svg"} and not any(url.endswith(".mp4") for url in page.asked)
    page.evaluate(f"{FILM}.play()")
    page.wait_for_function(f"{FILM}.currentTime > 0.2")


@moving
def test_a_film_out_of_view_rests_and_a_pause_is_the_readers(opened):
    page = opened("line/fit/index.html", width=360)
    page.wait_for_function(f"!{FILM}.paused")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function(f"{FILM}.paused")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function(f"!{FILM}.paused")
    page.evaluate(f"{FILM}.pause()")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(300)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(300)
    assert page.evaluate(f"{FILM}.paused")


@moving
@pytest.mark.parametrize("width", [360, 1440])
def test_the_film_lies_upon_its_still(opened, width):
    page = opened("line/fit/index.html", width)
    box = "one => { const box = one.getBoundingClientRect(); return [box.x, box.y, box.width, box.height].map(Math.round) }"
    (x, y, wide, high), (*at, all_) = (page.eval_on_selector(f".film {name}", box) for name in ("img", "video"))
    assert [x, y, wide] == at and 70 < all_ - high < 90  # the browser's controls are below
    page.wait_for_function(f"{FILM}.readyState > 1")
    assert abs(page.evaluate(f"{FILM}.videoWidth / {FILM}.videoHeight") - wide / high) < 0.01


@moving
def test_what_moves_is_marked_told_and_offered(opened):
    page = opened()
    assert page.eval_on_selector_all(".moves", "all => all.map(one => one.closest('li').id)") == ["line/fit"]
    page.fill("#query", "heap")
    assert named(page) == ["line/fit"]
    page = opened("line/fit/index.html")
    assert page.get_attribute("video", "aria-label") == "Film: The points fly apart"
    assert "They begin on a heap" in page.inner_text("#film")
    assert page.locator("a[href='dark.mp4']").count() == page.locator("a[href='light.mp4']").count() == 1
    page.emulate_media(media="print")
    assert not page.is_visible("video") and page.is_visible(".film img")
