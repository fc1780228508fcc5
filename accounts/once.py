"""A form that is sent twice acts once: a second click, a reload, a browser that sends again."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from accounts.access import ConsoleRequest
from accounts.models import StoredReply
from events.command import join

FIELD = "form_token"
# Among what is sent by a button that only shows what would happen. It changes nothing, so nothing of it is kept.
PREVIEW = "preview"
SAVED_ALREADY = "This was saved already and was not done a second time."
View = Callable[..., HttpResponse]


class ShownOnce(HttpResponse):
    """The answer to a form that has acted, with something in it that is kept nowhere.

    Who sends the form again is led to ``leads_to`` and told ``again``.
    """

    def __init__(self, page: str, *, leads_to: str, again: str) -> None:
        super().__init__(page)
        self.leads_to = leads_to
        self.again = again


class _NotDone(Exception):
    """Carries the answer of a refused form past the transaction that it must not commit."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def new_token() -> str:
    """Return the hidden text that tells one rendering of a form from the next."""
    return secrets.token_urlsafe(16)


def once(view: View) -> View:
    """Let a POST of the same form with the same content act once; the second is led where the first was.

    The mark is written in the transaction of the change, so there is no change without it. Two at the same instant meet
    at the mark's unique key: the database lets the second wait for the first.
    """

    @wraps(view)
    def run(request: ConsoleRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method != "POST" or not request.POST.get(FIELD) or PREVIEW in request.POST:
            return view(request, *args, **kwargs)
        try:
            return _answered(request) or _run(request, lambda: view(request, *args, **kwargs))
        except IntegrityError:
            answer = _answered(request)
            if answer is None:
                raise
            return answer

    return run


def _run(request: ConsoleRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        with join():
            row = StoredReply.objects.create(**_call(request), lease_until=timezone.now())
            response = view()
            if isinstance(response, ShownOnce):
                row.answer(HTTPStatus.FOUND, {"Location": response.leads_to}, response.again)
            elif response.status_code == HTTPStatus.FOUND:
                row.answer(HTTPStatus.FOUND, {"Location": response["Location"]}, SAVED_ALREADY)
            else:
                raise _NotDone(response)
    except _NotDone as refused:
        return refused.response
    return response


def _answered(request: ConsoleRequest) -> HttpResponse | None:
    row = StoredReply.objects.filter(**_call(request), status=HTTPStatus.FOUND).first()
    if row is None:
        return None
    messages.info(request, row.body)
    return HttpResponseRedirect(row.headers["Location"])


def _call(request: ConsoleRequest) -> dict[str, str]:
    token = request.POST[FIELD]
    said = sorted((name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken")
    digest = hashlib.sha256(repr(said).encode()).hexdigest()
    # What was typed is part of the key: who goes back and sends something else means something else.
    key = f"form:{hashlib.sha256(token.encode()).hexdigest()[:32]}:{digest}"
    return {"caller": f"user:{request.user.pk}", "route": f"POST {request.path}", "key": key, "digest": digest}
