"""What did not go through for good, until somebody has looked at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from django.urls import reverse

from notifications.models import Channel, Delivery

# So many channels are named; more than that have one cause, and their list says it.
NAMED: Final = 3


class Trouble(NamedTuple):
    """A sentence, and the page on which somebody looks at it and puts it right."""

    text: str
    url: str
    action: str


def troubles() -> list[Trouble]:
    """Return what nobody has looked at yet."""
    return [*_channels(), *_messages()]


def _channels() -> Iterator[Trouble]:
    unseen = Channel.objects.filter(enabled=False, off_by="", off_seen_at=None).exclude(off_because="")
    broken = list(unseen.order_by("name"))
    if len(broken) > NAMED:
        text = f"{len(broken)} channels were switched off, because they took nothing."
        yield Trouble(text, reverse("channels:list"), "See which")
        return
    for channel in broken:
        text = f"The channel {channel.name} was switched off: {channel.off_because}"
        yield Trouble(text, reverse("channels:detail", args=[channel.pk]), "Look at it")


def _messages() -> Iterator[Trouble]:
    count = Delivery.objects.unseen().count()
    if count:
        text = f"{count} messages failed and will not be tried again by themselves."
        if count == 1:
            text = "1 message failed and will not be tried again by itself."
        yield Trouble(text, f"{reverse('deliveries:list')}?status=unseen", "See which")
