"""Going on where a step has named people whom no message gets to: they are as good as nobody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from alerts.models.page import Page
from alerts.paging import wording
from alerts.paging.taking import hold
from alerts.paging.telling import PAGING, tell_of_page
from alerts.paging.waking import ring_after_commit
from events.command import command
from events.kinds import Kind


def go_on(page_id: UUID | str, fired_at: datetime, *, because: str, now: datetime) -> bool:
    """Let the next step of the round be due now, as all messages of the one that fired at ``fired_at`` were refused.

    Return whether it was done: not where the page has moved on, nor from round to round, or all of them would be gone
    in a moment.
    """
    page = Page.objects.select_related("incident").filter(pk=page_id).first()
    if page is None:
        return False
    with command(PAGING, now=now) as tell:
        incident = hold(page)
        waits = page.state == Page.State.RUNNING and page.next_at is not None and page.next_at > now
        if not waits or page.fired_at != fired_at or page.step == 0 or incident.acknowledged:
            tell.nothing()
            return False
        page.next_at = now
        page.save(update_fields=["next_at"])
        tell_of_page(incident, page, Kind.ONCALL_UNREACHED, tell, wording.unreached(because, page.named_beside_others))
        ring_after_commit()
    return True
