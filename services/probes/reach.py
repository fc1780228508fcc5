"""Where checks may go, as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from outbound import Guard

ADVICE: Final = "CHECK_PRIVATE_NETWORKS says which networks besides the public internet may be reached."


def guard() -> Guard:
    """Return the guard of all checks: ``CHECK_PRIVATE_NETWORKS`` names the private networks that they may reach."""
    from outbound import Guard, Networks

    return Guard(Networks.parse(settings.CHECK_PRIVATE_NETWORKS), advice=ADVICE)
