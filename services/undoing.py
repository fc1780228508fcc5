"""Taking back, for some seconds, the message about what was just posted."""

from __future__ import annotations

from django.contrib import messages

from accounts.access import ConsoleRequest
from events.errors import Refused
from services import announcements
from services.announcements import Held
from services.templatetags.announcing import counted

# Of a number that no database has.
DIGITS = 19
DONE = "Nothing is sent. What you posted still stands on its page."


def undo(request: ConsoleRequest, subject: tuple[str, object]) -> None:
    """Take back what this person has just said of ``subject``, and say whether it was in time."""
    act = request.POST.get("act", "")
    try:
        announcements.withdraw(
            subject, by=request.actor, act=int(act) if act.isdecimal() and len(act) < DIGITS else None
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _said(announcements.held(subject, by=request.actor)))


def _said(others: list[Held]) -> str:
    """Return what is true now: what was posted just before or after goes on its way still."""
    if not others:
        return DONE
    still = "; ".join(f"“{each.label}” to {counted(each.recipients)}" for each in others)
    return f"That message is not sent. Still on its way: {still}."
