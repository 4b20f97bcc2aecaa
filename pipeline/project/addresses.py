"""Where a book's figures and sources stand on the web, by what book.yaml says."""

from urllib.parse import quote, urlparse

from pipeline.project.book import Book

# How hosts of repositories call a file, and a commit.
HOSTS = {
    "github.com": ("blob/{commit}/{path}", "commit/{commit}"),
    "gitlab.com": ("-/blob/{commit}/{path}", "-/commit/{commit}"),
    "codeberg.org": ("src/commit/{commit}/{path}", "commit/{commit}"),
    "bitbucket.org": ("src/{commit}/{path}", "commits/{commit}"),
    "git.sr.ht": ("tree/{commit}/item/{path}", "commit/{commit}"),
}


def page(figure: str) -> str:
    """The page of a figure, from the gallery's address; a file in the gallery's folder where index.html ends it."""
    return f"{figure}/"


def part(chapter: str) -> str:
    """The same of a chapter, which is a part of the first page."""
    return f"#{chapter}"


def site(book: Book) -> str:
    """The gallery's address, with a slash at its end; '' where book.yaml gives none."""
    given = book.config.get("site", "").rstrip("/")
    return given and f"{given}/"


def repository(book: Book) -> str:
    return book.config.get("repository", "").rstrip("/")


def source(book: Book, commit: str, path: str) -> str:
    """A file's address as it is in a commit; '' where nobody knows it.

    path : from the repository's top.
    """
    own = book.config.get("source_address")
    where = own or f"{repository(book)}/{known(book)[0]}" if own or known(book)[0] else ""
    return where.format(commit=commit, path=quote(path)) if commit and path else ""


def commit_page(book: Book, commit: str) -> str:
    """A commit's address; '' where nobody knows it."""
    return f"{repository(book)}/{known(book)[1]}".format(commit=commit) if commit and known(book)[1] else ""


def known(book: Book) -> tuple[str, str]:
    return HOSTS.get(urlparse(repository(book)).hostname or "", ("", ""))
