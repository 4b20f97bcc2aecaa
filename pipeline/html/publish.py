"""The gallery's files: pages from templates, and what they link to."""

import json
import os
import shutil
from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from pipeline.files import beside, remove, whole
from pipeline.html import code, dressing, fonts
from pipeline.html.colours import css
from pipeline.html.errata import errata
from pipeline.html.site import HOME, Site, size
from pipeline.html.speech import spoken
from pipeline.html.words import text_of
from pipeline.project import addresses
from pipeline.project.book import Book
from pipeline.records.digest import digest_of, source_digest
from pipeline.style.stylesheet import Stylesheet

TEMPLATES = "page", "index", "figure", "code", "errata"
FACES = {
    "regular": ("Book",),
    "italic": ("Book", "font-style: italic; "),
    "bold": ("Book", "font-weight: 700; "),
    "maths": ("Maths",),
}
Files = dict[str, Path | str | bytes]  # {path in the site: the file that is copied there, or what stands in it}


def environment(site: Site) -> jinja2.Environment:
    """Jinja with the gallery's templates, the book's own first."""
    book = site.book
    names = [f"gallery/{name}.html.j2" for name in TEMPLATES]
    texts = {name: Path(book.template(name)).read_text(encoding="utf-8") for name in names}
    made = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        loader=jinja2.DictLoader(texts),
    )
    made.install_gettext_translations(site.speech, newstyle=True)  # type: ignore[attr-defined]
    made.filters["words"] = text_of
    made.tests["of_pipeline"] = lambda name: name.startswith("pipeline/")
    return made


def colours(site: Site) -> str:
    """The CSS of both themes, and of paper, which is light."""
    styles = {theme: Stylesheet.read(site.book.edition_file(edition)) for theme, edition in site.themes.items()}
    variables = css(styles)
    light = "".join(f"--{name}: {value}; " for name, value in styles["light"].colours.items())
    return f"{variables}@media print {{ :root, [data-theme] {{ color-scheme: light; {light}}} }}\n"


def faces(book: Book, pages: str) -> dict[str, Path]:
    """{name: WOFF2} of the site's fonts, for the letters of its pages; kept, for few edits ask for another letter."""
    kept = Path(book.build, "web/fonts")
    text = "".join(sorted({*pages, *fonts.LATIN}))
    maths = "".join(sorted({*"".join(part.partition("</math>")[0] for part in pages.split("<math")[1:])}))
    found = dict[str, Path]()
    for kind, make, letters in (("text", fonts.text, text), ("maths", fonts.maths, maths)):
        folder = (
            kept / f"{kind}-{digest_of([letters, source_digest(fonts.__file__), source_digest(dressing.__file__)])}"
        )
        if not folder.is_dir():
            for old in kept.glob(f"{kind}-*"):
                remove(old)
            with whole(folder) as aside:
                aside.mkdir()
                for name, data in make(letters).items():
                    (aside / f"{name}.woff2").write_bytes(data)
        found |= {file.name: file for file in sorted(folder.glob("*.woff2"))}
    return found


def in_css(files: Mapping[str, Path]) -> str:
    """Fonts as CSS that holds them: they are there when the page is, so that nothing moves; and Firefox takes none from
    another folder of the disk."""
    lines = ""
    for name, file in files.items():
        family, *more = FACES[Path(name).stem]
        data = b64encode(file.read_bytes()).decode()
        lines += f'@font-face {{ font-family: {family}; {"".join(more)}src: url("data:font/woff2;base64,{data}") }}\n'
    return lines


def files_of(site: Site) -> Files:
    """All that the site consists of."""
    book, made = site.book, environment(site)
    config = book.config
    address = addresses.site(book).rstrip("/")
    title = site.words.html([site.stated("title")])[0]
    common: dict[str, Any] = {
        "book": config,
        "title": Markup(title),
        "plain_title": book.plain(config["title"]),
        "author": book.plain(config["author"]),
        "language": site.language,
        "speech": spoken(site.speech, site.language[:2]),
        "address": address,
        "repository": addresses.repository(book),
        "commit": site.sources.there.commit,
        "commit_page": partial(addresses.commit_page, book),
        "in_repository": site.sources.address,
        "in_commit": lambda path: not site.sources.there.loose([path]),
        "themed": len({*site.themes.values()}) > 1,
        "downloads": [
            (Path(book.pdf(e)).name, e, size(Path(book.pdf(e)))) for e in book.editions
        ],
        "errata": errata(site),
    }  # fmt: skip

    def render(template: str, depth: int, **more: Any) -> str:
        root = "../" * depth
        text = made.get_template(f"gallery/{template}.html.j2").render(common | {"root": root, "depth": depth} | more)
        return text.replace(HOME, root)

    books = [Path(book.pdf(edition)) for edition in book.editions]
    found: Files = {file.name: file for file in [*books, *site.notebooks.values()]}
    pages, listed = site.pages, dict[str, str]()
    for k, page in enumerate(pages):
        chapter = next(each for each in site.chapters if each[0] == page.name.split("/")[0])
        around = {"before": pages[k - 1] if k else None, "after": pages[k + 1] if k + 1 < len(pages) else None}
        links = [(what, f"{root_of(book, path)}.html", path) for what, path in page.code]
        listed |= {name: path for _, name, path in links}
        found[page.address] = render("figure", page.depth, page=page, chapter=chapter, code=links, **around)
        found |= {f"{page.name}/{name}": file for name, file in page.files.items()}
    for name, path in listed.items():
        users = [page for page in pages if path in dict((p, w) for w, p in page.code)]
        lines = Markup(code.listing(Path(path)))
        found[name] = render(
            "code", name.count("/"), path=path, lines=lines, users=users, name=name.removesuffix(".html")
        )
    found["index.html"] = render("index", 0, chapters=site.chapters, count=len(pages))
    if common["errata"]:
        found["errata.html"] = render("errata", 0)
    texts = [[page.name, page.text] for page in pages]
    found["figures.js"] = f"var FIGURES = {json.dumps(texts, ensure_ascii=False, separators=(',', ':'))}\n"
    style, found["gallery.js"] = (
        Path(book.template(f"gallery/gallery.{kind}")).read_text(encoding="utf-8") for kind in ("css", "js")
    )
    pages_ = "".join(text for name, text in found.items() if isinstance(text, str) and name.endswith(".html"))
    found["gallery.css"] = f"{in_css(faces(book, pages_))}{colours(site)}{style}{code.css()}"
    return found


def root_of(book: Book, path: str) -> str:
    return str(Path(path).relative_to(book.root))


def published(folder: Path, files: Mapping[str, Path | str | bytes]) -> None:
    """Puts the files into a folder in place of what was there. What was built is linked: it costs no room, and whoever
    makes it anew replaces it."""
    aside, old = beside(folder), beside(folder)
    try:
        for name, content in files.items():
            file = aside / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Path):
                try:
                    os.link(content, file)
                except OSError:  # another disk, or one without links
                    shutil.copyfile(content, file)
            elif isinstance(content, str):
                file.write_text(content, encoding="utf-8")
            else:
                file.write_bytes(content)
        if folder.exists():
            os.replace(folder, old)
        os.replace(aside, folder)
    finally:
        remove(aside)
        remove(old)
