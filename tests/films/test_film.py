"""Films of a small book: one axis, equal bytes, what is made again, and what is said where there can be none."""

import json
import re
import shutil
import subprocess

import pytest

from conftest import Project
from pipeline import film as stage
from pipeline.errors.author import AuthorError
from pipeline.films import encoder
from pipeline.project.book import Book

needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="no ffmpeg, which makes films")
pytestmark = [pytest.mark.slow, needs_ffmpeg]


@pytest.fixture
def filmed(gallery, tmp_path, monkeypatch):
    """A copy of the project of the gallery, whose figure line/fit has a film, to edit."""
    project = gallery.copy(tmp_path / "project")
    monkeypatch.chdir(project.root)
    return project


def words(pdf, page):
    """[(word, its box)] of a page."""
    done = subprocess.run(
        ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), pdf, "-"], capture_output=True, encoding="utf-8"
    )
    return re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', done.stdout)


def test_ticks_stand_still_while_the_data_grow(gallery):
    """The template leaves its limits to PGFPlots, and each frame has other data."""
    pdf = gallery.build / "films/dark/line/fit.pdf"
    pages = [words(pdf, page) for page in range(1, 5)]
    assert len(pages[0]) > 6 and all(page == pages[0] for page in pages)
    assert {"100", "−100"} & {word for *_, word in pages[0]}  # room for the last frame's data
    sizes = subprocess.run(["pdfinfo", "-l", "9", pdf], capture_output=True, encoding="utf-8").stdout
    assert len(set(re.findall(r"Page .*size: +(.*)", sizes))) == 1


def test_frames_of_their_own_would_not(gallery, monkeypatch):
    """The planted fault: without what they have in common, the axes are not the same."""
    monkeypatch.chdir(gallery.root)
    logs = json.loads((gallery.build / "films/dark/line/fit/kept.json").read_text(encoding="utf-8"))["logs"]
    first = [stage.told(next(iter(log.values()))) for log in logs.values()]
    last = [stage.told([*log.values()][-1]) for log in logs.values()]
    assert stage.apart(first) == {1} and stage.common(first)
    assert not stage.apart(last) and not [*stage.moved(last)]


def test_what_the_film_is(gallery):
    path = gallery.build / "films/light/line/fit.mp4"
    asked = "stream=codec_name,pix_fmt,width,height,nb_frames,color_space,color_range:format_tags=title"
    done = subprocess.run(["ffprobe", "-v", "error", "-show_entries", asked, "-of", "json", path], capture_output=True)
    told = json.loads(done.stdout)
    (stream,) = told["streams"]
    assert (stream["codec_name"], stream["pix_fmt"]) == ("h264", "yuv420p")
    assert stream["width"] % 2 == stream["height"] % 2 == 0 and stream["color_space"] == "bt709"
    assert int(stream["nb_frames"]) == 4 + 2 * 5  # both ends stay for half a second, of ten frames a second
    assert told["format"]["tags"]["title"] == "The points fly apart"
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")  # it plays before all of it is there


def test_equal_frames_give_equal_bytes(filmed):
    book = Book(filmed.folder)
    films = [filmed.root / made("dark", "line/fit") for made in (book.film, book.still)]
    before = [film.read_bytes() for film in films]
    for film in films:
        film.unlink()
    shutil.rmtree(films[0].with_suffix(""))
    stage.film(book, "line/fit", "dark")
    assert [film.read_bytes() for film in films] == before


def test_frames_that_are_as_they_were_are_not_drawn_again(filmed, monkeypatch):
    book, drawn = Book(filmed.folder), []
    compile_picture = stage.compile_picture

    def counted(book, edition, source, *more, **options):
        drawn.append(source.stem)
        return compile_picture(book, edition, source, *more, **options)

    monkeypatch.setattr(stage, "compile_picture", counted)
    before = (filmed.root / book.film("dark", "line/fit")).read_bytes()
    stage.film(book, "line/fit", "dark")
    assert drawn == [] and (filmed.root / book.film("dark", "line/fit")).read_bytes() == before
    reads = json.loads((filmed.build / "films/dark/line/fit.reads").read_text(encoding="utf-8"))
    table = filmed.build / "frames/line/fit/0002/line.dat"
    table.write_text(table.read_text(encoding="utf-8").replace("-1 ", "-0.9 "), encoding="utf-8")
    stage.film(Book(filmed.folder), "line/fit", "dark")
    assert {*drawn} == {"0002"}
    assert json.loads((filmed.build / "films/dark/line/fit.reads").read_text(encoding="utf-8")) == reads


def test_what_is_made_again(filmed: Project):
    both = {"film line/fit (dark)", "film line/fit (light)"}
    assert filmed.jobs("frames-line-fit") == set()
    filmed.edit("line/fit.tex.j2", "big points=target", "points=target")
    assert filmed.jobs("frames-line-fit") == both
    filmed.edit("line/fit.tex.j2", "points=target", "big points=target")
    filmed.edit("line/fit.py", "3**k", "2**k")
    assert filmed.jobs("frames-line-fit") == both | {"compute the frames of line/fit", "compute line/fit"}
    filmed.make("line-fit")
    assert filmed.jobs("line-fit") == set()
    filmed.make("frames")
    assert filmed.jobs("frames") == set()


def test_what_frames_may_not_yield(filmed):
    text = filmed.path("line/fit.py").read_text(encoding="utf-8")
    head = text[: text.index("    printed = ")]
    for k, (body, said) in enumerate(
        {
            "    return None": "frames() returns nothing",
        }.items()
    ):
        name = f"line/wrong{k}"
        filmed.write(f"{name}.py", head + body + "\n")
        filmed.write(f"{name}.tex.j2", "x")
        assert said in filmed.run("pipeline.frames", name, "--book", filmed.folder).stderr
    filmed.write("line/fast.py", text.replace("FRAMES_PER_SECOND, HOLD = 10", "FRAMES_PER_SECOND, HOLD = 1000"))
    filmed.write("line/fast.tex.j2", "x")
    done = filmed.run("pipeline.frames", "line/fast", "--book", filmed.folder)
    assert done.returncode == 1 and "FRAMES_PER_SECOND is 1000" in done.stderr


def test_without_ffmpeg_one_is_told_what_to_install(filmed, monkeypatch):
    book = Book(filmed.folder)
    monkeypatch.setattr(encoder, "PROGRAM", "no-such-program")
    with pytest.raises(AuthorError, match="which is not installed") as caught:
        stage.film(book, "line/fit", "dark")
    assert "ffmpeg" in caught.value.hint
    from pipeline.html.themes import films, made_of

    assert films(book) == [] and not any(path.endswith(".mp4") for path in made_of(book))


def test_they_are_listed(filmed):
    listed = filmed.run("snakemake", "--list", "--config", f"book={filmed.folder}").stdout
    assert "frames-line-fit (film: The points fly apart)" in listed and "\nframes (" in listed
