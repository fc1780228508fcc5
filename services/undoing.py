"""Taking back, for some seconds, the message about what was just posted."""

from __future__ import annotations

from django.contrib import messages

from accounts.access import ConsoleRequest
from events.errors import Refused
from services import announcements

TOO_LATE = "It is too late: the message is on its way."
DONE = "Nothing is sent. What you posted still stands on its page."


def undo(request: ConsoleRequest, subject: tuple[str, object]) -> None:
    """Take back what this person has just said of ``subject``, and say whether it was in time."""
    try:
        going = announcements.held(subject, by=request.actor)
        if going is None:
            raise Refused(TOO_LATE)
        announcements.withdraw(going.events, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, DONE)
