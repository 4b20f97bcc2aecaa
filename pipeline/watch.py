"""Shows on a page of this machine what you are editing, as it is made.

Whenever a file is saved, what became stale is built, and the page shows it: a figure in its editions and by Matplotlib,
or the page of the text that was touched. Ctrl-C ends it.
"""

import asyncio
import signal
import sys
from webbrowser import open_new_tab

from filelock import FileLock, Timeout

from pipeline.cli import run
from pipeline.desk.builds import leave
from pipeline.desk.editor import chosen
from pipeline.desk.server import HOST, listener, serve
from pipeline.desk.showing import Desk
from pipeline.desk.subjects import called, printed
from pipeline.errors.author import AuthorError
from pipeline.files import write
from pipeline.project.book import Book
from pipeline.project.environ import settle


def watch(book: Book, subject: str | None, editor: str | None, port: str | None, show: bool) -> int:
    """Serves the page until it is interrupted."""
    shown, link = called(book, subject) if subject else None, chosen(editor)
    if shown and shown.page and not printed(book):
        print(f"the book is not built yet: once it is, its page {shown.page} is shown, or its last")
    if port is not None and not (port.isdigit() and int(port) < 65536):
        raise AuthorError(f"--port {port}: a port is a number up to 65535", "without it, or as 0, a free one is found")
    settle()
    book.build.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(book.build / "watch.lock", timeout=0), book.build / "watch.holder"
    try:
        lock.acquire()
    except Timeout:
        where = holder.read_text(encoding="utf-8") if holder.is_file() else "somewhere"
        raise AuthorError(f"{book.root} is being watched already: {where}", "end that one, or look there") from None
    with lock, listener(int(port) if port else None) as at:
        address = f"http://{HOST}:{at.getsockname()[1]}/"
        write(holder, address)
        print(f"watching {book.root}: {address}  (Ctrl-C ends it)", flush=True)
        if show:
            open_new_tab(address)
        desk = Desk(book, shown, link)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)  # as Ctrl-C
        try:
            asyncio.run(serve(desk, at))
        except KeyboardInterrupt:
            pass
        finally:
            holder.unlink(missing_ok=True)
            leave(desk.builder.stays)
    print("\nended", file=sys.stderr)
    return 0


if __name__ == "__main__":
    run(watch, __doc__, "subject", "editor", "open", "port")
