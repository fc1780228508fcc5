"""What the pages' answers share."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from events.errors import Refused


def tried(request: HttpRequest, verb: Callable[[], object]) -> bool:
    """Run ``verb`` and say whether it was done; a refusal becomes a message on the next page."""
    try:
        verb()
    except Refused as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        return True
    return False


def step(request: HttpRequest) -> int:
    """Return -1 for the button “up”, 1 for “down”."""
    return -1 if request.POST.get("direction") == "up" else 1


def back_to(view: str, *args: object, anchor: str = "") -> HttpResponseRedirect:
    """Redirect to a page, to the place on it that was acted on."""
    return HttpResponseRedirect(reverse(view, args=args) + (f"#{anchor}" if anchor else ""))
