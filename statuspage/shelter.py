"""The door that closes while the database is down: a 503 at once instead of a thread that hangs."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from structlog.contextvars import bound_contextvars

from accounts.api.problems import Problem, answer, problem_of
from statuspage.document import HTML
from statuspage.edge import App, Receive, Scope, Send
from statuspage.entry import base_headers

# These need no database, or say by themselves that it is away.
OPEN = ("/static/", "/health", "/metrics")
_OWN = {b"cache-control", b"vary"}


class Shelter:
    """Stands before ``app``. ``down`` says whether the database is; ``request_id`` turns an offered id into ours.

    ``machines`` returns the answer for an address of a format that is not ours, None for any other address.
    """

    def __init__(
        self,
        app: App,
        down: Callable[[], bool],
        request_id: Callable[[str], str],
        machines: Callable[[str], HttpResponse | None] = lambda _path: None,
    ) -> None:
        self.app = app
        self.down = down
        self.request_id = request_id
        self.machines = machines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 503."""
        if scope["type"] != "http" or not self.down() or scope["path"].startswith(OPEN):
            return await self.app(scope, receive, send)
        offered = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
        chosen = self.request_id(offered)
        with bound_contextvars(request_id=chosen):
            response = self.machines(scope["path"]) or unavailable(scope["path"])
        response["Cache-Control"] = "no-store"
        headers = [(name.lower().encode(), value.encode()) for name, value in response.items()]
        if response["Content-Type"].startswith("text/html"):
            headers += [header for header in base_headers(HTML)[1:] if header[0] not in _OWN]
        headers += [(b"x-request-id", chosen.encode()), (b"content-length", str(len(response.content)).encode())]
        await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else response.content
        await send({"type": "http.response.body", "body": body})
        return None


def unavailable(path: str) -> HttpResponse:
    """Return the 503: a problem for the API, a page for people."""
    problem = problem_of(OperationalError()) or Problem(503, "The database does not answer.")
    if path.startswith("/api/"):
        return answer(problem)
    return HttpResponse(render_to_string("503.html"), status=503, headers=problem.headers)
