"""Taking back, for some seconds, the message about what was just posted."""

from __future__ import annotations

from django.contrib import messages

from accounts.access import ConsoleRequest
from events.errors import Refused
from services import announcements

DONE = "Nothing is sent. What you posted still stands on its page."


def undo(request: ConsoleRequest, subject: tuple[str, object]) -> None:
    """Take back what this person has just said of ``subject``, and say whether it was in time."""
    try:
        announcements.withdraw(subject, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, DONE)
