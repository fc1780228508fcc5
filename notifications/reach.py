"""Where messages may go: operators' channels where checks may, outsiders' addresses to the public internet alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from outbound import Guard


def operators_guard() -> Guard:
    """Return the guard of what operators have set up (``CHECK_PRIVATE_NETWORKS``)."""
    return _guard(settings.CHECK_PRIVATE_NETWORKS)


def outsiders_guard() -> Guard:
    """Return the guard of what outsiders have typed: no private network, unless ``SUBSCRIBER_NETWORKS`` names one."""
    return _guard(settings.SUBSCRIBER_NETWORKS)


def _guard(networks: str) -> Guard:
    from outbound import Guard, Networks

    return Guard(Networks.parse(networks))
