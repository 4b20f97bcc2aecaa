"""The page's server: on this machine alone, and nothing is served that the desk has not drawn itself."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline.desk.showing import Desk
from pipeline.desk.theme import theme
from pipeline.errors.author import AuthorError, UsageError

HOST, PORT, TRIES = "127.0.0.1", 8421, 20
PAGE = Path(__file__).parent / "page"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
STRICT = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
DRAWN = STRICT | {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
                  "Cache-Control": "private, max-age=31536000, immutable"}  # fmt: skip


class SameOrigin:
    """Refuses what another page in the author's browser asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", []))
        host, origin = headers.get(b"host", b""), headers.get(b"origin")
        strange = origin is not None and origin != b"http://" + host
        if strange or headers.get(b"sec-fetch-site", b"none") not in (b"none", b"same-origin"):
            await Response("refused", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def application(desk: Desk) -> Starlette:
    """What answers the page of a desk."""
    files = {f"/{path.name}": (path.read_bytes(), TYPES[path.suffix]) for path in PAGE.iterdir()}
    files["/"] = files.pop("/page.html")
    files["/theme.css"] = theme(desk.book).encode(), TYPES[".css"]

    async def file(request: Request) -> Response:
        content, kind = files[request.url.path]
        return Response(content, media_type=kind, headers=STRICT)

    async def events(request: Request) -> Response:
        async def stream() -> AsyncIterator[str]:
            yield "retry: 500\n\n"
            async for state in desk.states():
                yield f"data: {state}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream", headers=STRICT)

    async def picture(request: Request) -> Response:
        if not (found := desk.pictures.get(request.path_params["name"])):
            return Response("there is no such picture", 404, headers=STRICT)
        return Response(found[1], media_type=found[0], headers=DRAWN)

    async def turn(request: Request) -> Response:
        try:
            wanted: dict[str, Any] = await request.json()
            name, page = wanted.get("name"), wanted.get("page")
            await desk.turn(str(name) if name else None, int(page) if page else None)
        except UsageError as error:
            return JSONResponse({"error": str(error), "try": error.hint}, 404, headers=STRICT)
        except (ValueError, TypeError, AttributeError):
            return JSONResponse({"error": "that is no question"}, 400, headers=STRICT)
        return JSONResponse({}, headers=STRICT)

    routes = [Route(path, file) for path in files]
    routes += [
        Route("/events", events),
        Route("/picture/{name}", picture),
        Route("/turn", turn, methods=["POST"]),
    ]
    own = [Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"]), Middleware(SameOrigin)]
    return Starlette(routes=routes, middleware=own)


def listener(port: int | None) -> socket.socket:
    """A socket on this machine: at the port that is asked for, else at the first that is free."""
    for number in [port] if port is not None else [*range(PORT, PORT + TRIES), 0]:
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((HOST, number))
        except OSError:
            found.close()
            continue
        return found
    raise AuthorError(f"port {port} of this machine is taken", "without --port, a free one is found")


async def serve(desk: Desk, at: socket.socket) -> None:
    """Serves a desk until the author ends it; then all that it has begun ends, too."""
    settings = uvicorn.Config(application(desk), log_level="error", access_log=False, lifespan="off",
                              timeout_graceful_shutdown=1)  # fmt: skip
    server = uvicorn.Server(settings)
    work = asyncio.create_task(desk.run())
    closing = asyncio.create_task(closed(server, desk, work))
    try:
        await server.serve(sockets=[at])
    finally:
        await desk.close()
        work.cancel()
        await asyncio.gather(work, closing, return_exceptions=True)
    if not work.cancelled() and (error := work.exception()):
        raise error


async def closed(server: uvicorn.Server, desk: Desk, work: "asyncio.Task[None]") -> None:
    """Lets the pages go once the server is told to end, which would wait for them; ends it where the work fails."""
    while not server.should_exit and not work.done():
        await asyncio.sleep(0.05)
    server.should_exit = True
    await desk.close()
