"""Taking what somebody asks for, from the page and from the API alike."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from notifications.choice import Choice
from notifications.links import Reader
from notifications.models import Subscriber
from notifications.public.limits import admit, may_be_asked


def take(request: HttpRequest, reader: Reader, choice: Choice, keys: Mapping[str, str] | None = None) -> None:
    """Ask the address whether it wants this; ``keys`` are a browser's. Raises ``TooOften``, by the caller alone.

    Whether the address is new, asked already, subscribed, or has been asked too often: the caller sees no difference.
    """
    admit(request)
    if may_be_asked(reader):
        Subscriber.ask(reader, choice, keys=keys)
