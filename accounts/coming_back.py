"""Where a button leads back to."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

FIELD: Final = "next"


def ours(there: str) -> str:
    """Return an address if it is one of ours; empty if it leads elsewhere."""
    return there if url_has_allowed_host_and_scheme(there, allowed_hosts=None) else ""


def came_from(request: HttpRequest) -> str:
    """Return the page of ours on which the button stood that was pressed; empty where it named none."""
    return ours(request.POST.get(FIELD, ""))
