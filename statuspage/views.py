"""The public addresses behind the edge: what was not rendered ahead, and whoever asks Django directly."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from statuspage import addresses, ondemand
from statuspage.document import Document
from statuspage.entry import base_headers, caching


@login_not_required
@require_safe
def public(request: HttpRequest, **_: Any) -> HttpResponse:
    """Answer a public address. Private and missing things are not told apart."""
    document = ondemand.find(addresses.canonical(request.path, request.META.get("QUERY_STRING", "")))
    if document is None:
        raise Http404
    return answer(document)


def answer(document: Document) -> HttpResponse:
    """Return a document with the headers that the edge gives it."""
    response = HttpResponse(document.body, headers={"ETag": f'"{document.etag}"'})
    for name, value in base_headers(document.content_type, caching(document.path)):
        response[name.decode()] = value.decode()
    return response
