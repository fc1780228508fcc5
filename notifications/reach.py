"""Where messages may go: operators' channels where checks may, outsiders' addresses to the public internet alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from outbound import Guard

# What is said to those who run this, and to strangers, who are told nothing of how it is set up.
FOR_CHANNELS: Final = "CHECK_PRIVATE_NETWORKS says which networks besides the public internet may be reached."
FOR_SUBSCRIBERS: Final = "SUBSCRIBER_NETWORKS says which networks besides the public internet may be reached."
FOR_STRANGERS: Final = "Give one that can be reached from the public internet."


def operators_guard() -> Guard:
    """Return the guard of what operators have set up (``CHECK_PRIVATE_NETWORKS``)."""
    return _guard(settings.CHECK_PRIVATE_NETWORKS, FOR_CHANNELS)


def outsiders_guard(advice: str = FOR_SUBSCRIBERS) -> Guard:
    """Return the guard of what outsiders have typed: no private network, unless ``SUBSCRIBER_NETWORKS`` names one."""
    return _guard(settings.SUBSCRIBER_NETWORKS, advice)


def _guard(networks: str, advice: str) -> Guard:
    from outbound import Guard, Networks

    return Guard(Networks.parse(networks), advice=advice)
