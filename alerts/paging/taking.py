"""Taking a page that is due: its incident and the page are locked, in this order, and looked at again."""

from __future__ import annotations

from alerts.models.page import Page
from events.command import Tell
from events.locking import lock
from incidents.models import Incident


def take(page: Page, state: Page.State, tell: Tell) -> Incident | None:
    """Hold a page that is in this state and due still, and return its incident, held too.

    ``None``, with nothing told, where somebody holds the incident at this moment, has answered, or was quicker.
    """
    incident = None if _is_held(page.incident) else hold(page)
    if incident is None or page.state != state or page.next_at is None or page.next_at > tell.now:
        tell.nothing()
        return None
    return incident


def hold(page: Page) -> Incident:
    """Lock the incident of a page, then the page, however long that takes, and return the incident."""
    incident = page.incident
    lock(incident)
    lock(page)
    return incident


def _is_held(incident: Incident) -> bool:
    """Say whether somebody holds it at this moment; else the caller does from now on.

    The clock does not wait for one incident, which a frozen process may hold for a minute: the others have their turn.
    """
    free = Incident.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=incident.pk)
    return not free.values_list("pk", flat=True)
