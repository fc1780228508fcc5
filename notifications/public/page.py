"""The pages of subscribing: no request goes into them, so no session, no cookie and no person either."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol, Self

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.module_loading import import_string


class Face(Protocol):
    """The brand as the public sees it, in one of its languages."""

    @property
    def base(self) -> str:
        """Return what its pages stand below."""

    def within(self, code: str) -> Self | None:
        """Return the same in the language that an address says; ``None`` where that is not offered."""

    def spoken(self) -> AbstractContextManager[None]:
        """Return the stretch of code in which words are in its language."""

    def versions(self, address: str) -> list[tuple[Any, str]]:
        """Return where a page stands in each language; nothing where there is no choice."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The face that is shown to a visitor, and where the page stands in the main language."""

    face: Face
    here: str

    def page(self, template: str, *, status: int = 200, **context: object) -> HttpResponse:
        """Return a page of this folder; its address may be a secret, so nobody keeps it."""
        said = {"brand": self.face, "versions": self.face.versions(self.here), **context}
        response = HttpResponse(render_to_string(f"notifications/public/{template}.html", said), status=status)
        response["Cache-Control"] = "no-store, private"
        return response

    def at(self, path: str) -> str:
        """Return the address of a page in the language of this one."""
        return f"{self.face.base}/{path}"


def visited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view speak the language that its address says: what is not offered is not there."""

    @wraps(view)
    def spoken(request: HttpRequest, language: str = "", **parameters: Any) -> HttpResponse:
        face: Face | None = import_string(settings.PUBLIC_FACE)().within(language)
        if face is None:
            raise Http404
        base = face.base.removesuffix(f"/{language}") if language else face.base
        with face.spoken():
            return view(request, Visit(face, base + request.path.removeprefix(face.base)), **parameters)

    return spoken
