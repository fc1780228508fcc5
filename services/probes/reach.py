"""Where checks may go, as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from outbound import Guard


def guard() -> Guard:
    """Return the guard of all checks: ``CHECK_PRIVATE_NETWORKS`` names the private networks that they may reach."""
    from outbound import Guard, Networks

    return Guard(Networks.parse(settings.CHECK_PRIVATE_NETWORKS))
