"""The state once more, before somebody is called in: nobody is woken for what another has in hand, or what is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from accounts.models import User
from alerts.models import Page
from alerts.paging.reasons import CALLS, Reason
from events.kinds import Kind
from incidents.models import ActionItem, Incident
from notifications.kinds import Purpose
from notifications.models import Announcement
from notifications.models.addressing import PERSON, way_of
from notifications.paging.ways import unverified, usable
from oncall.reach import Way, may_answer

if TYPE_CHECKING:
    from notifications.sending.claiming import Claim

# What has ended it for those who have not been told yet. Of a page that nobody answered all are told.
_ENDED: Mapping[str, tuple[str, str]] = {
    Page.State.ACKNOWLEDGED: ("acknowledged", "Somebody has the incident by now."),
    Page.State.RESOLVED: ("resolved", "The incident is resolved."),
    Page.State.STOPPED: ("acknowledged", "Somebody has gone on with the incident by now."),
}


@dataclass(frozen=True, slots=True)
class Called:
    """What the rows say now of those whom some messages are for, and of what they are about."""

    people: Mapping[UUID, User] = field(default_factory=dict)
    incidents: Mapping[str, Incident] = field(default_factory=dict)
    # The state of pages, by id.
    pages: Mapping[str, str] = field(default_factory=dict)
    # The action items that some of them remind of.
    tasks: Mapping[str, ActionItem] = field(default_factory=dict)

    def objection(self, claim: Claim, announcement: Announcement) -> tuple[str, str] | None:
        """Return why a message is not sent, as a code and a sentence; ``None`` where nothing here says so."""
        over = self._over(claim, announcement) if claim.purpose == Purpose.PAGE else None
        if announcement.kind == Kind.ACTION_ITEM_OVERDUE:
            over = self._of_task(claim, self.tasks.get(announcement.subject_id))
        if announcement.kind == Kind.INCIDENT_UPDATE_DUE:
            over = self._of_promise(self.incidents.get(announcement.subject_id))
        return over or (self._of_person(claim) if is_to_person(claim) else None)

    def way(self, claim: Claim) -> Way | None:
        """Return the way by which it goes, as it is now; ``None`` where there is none any more."""
        user = self.people.get(claim.person_id) if claim.person_id else None
        if user is None:
            return None
        find = unverified if claim.purpose == Purpose.CONFIRMATION else usable
        found = find(user, way_of(claim.recipient))
        return found if found is not None and found.kind == claim.transport else None

    def _over(self, claim: Claim, announcement: Announcement) -> tuple[str, str] | None:
        incident, page = self.incidents.get(announcement.subject_id), page_in(announcement)
        if incident is None:
            return "gone_from_here", "The incident was deleted."
        if not incident.is_open:
            return _ENDED[Page.State.RESOLVED]
        if page.get("reason") == Reason.ASSIGNED and claim.person_id not in (None, incident.assignee_id):
            return "passed_on", "Somebody else was given the incident meanwhile."
        if page.get("reason") not in CALLS or page.get("taken"):
            return None
        if incident.acknowledged:
            return _ENDED[Page.State.ACKNOWLEDGED]
        return _ENDED.get(self.pages.get(str(page.get("id")), ""))

    def _of_task(self, claim: Claim, item: ActionItem | None) -> tuple[str, str] | None:
        if item is None:
            return "gone_from_here", "The action item was removed."
        if item.is_done:
            return "resolved", "The action item is done by now."
        if item.owner_id != claim.person_id:
            return "passed_on", "Somebody else has the action item by now."
        # Whoever sets another day sets back what was reminded of.
        return None if item.reminded_of else ("unwanted", "The action item is due on another day by now.")

    def _of_promise(self, incident: Incident | None) -> tuple[str, str] | None:
        if incident is None:
            return "gone_from_here", "The incident was deleted."
        if not incident.is_open:
            return _ENDED[Page.State.RESOLVED]
        # Whoever posts an update, or promises another time, sets back what was reminded of.
        return None if incident.next_update_reminded else ("unwanted", "The update was posted or put off by now.")

    def _of_person(self, claim: Claim) -> tuple[str, str] | None:
        user = self.people.get(claim.person_id) if claim.person_id else None
        if user is None:
            return "gone_from_here", "The account was deleted."
        if not user.is_active:
            return "switched_off", "The account is deactivated."
        if claim.purpose == Purpose.PAGE and not may_answer(user):
            return "switched_off", "The account is a viewer's by now, and could not acknowledge."
        if self.way(claim) is not None:
            return None
        if claim.purpose == Purpose.CONFIRMATION:
            return "confirmed", "The way to them was verified already, or removed."
        return "left", "This way to them was removed, is switched off, or is not verified."


def called(claims: Sequence[Claim], announcements: Mapping[UUID, Announcement]) -> Called:
    """Read what these claims speak of, in three queries for all of them; none where nobody is called in."""
    people = {each.person_id for each in claims if each.person_id is not None}
    calls = {each.announcement_id for each in claims if each.purpose == Purpose.PAGE}
    told = [each for key, each in announcements.items() if key in calls or each.kind == Kind.INCIDENT_UPDATE_DUE]
    incidents = Incident.objects.in_bulk({each.subject_id for each in told if each.subject_id}) if told else {}
    pages = Page.objects.in_bulk({page_in(each)["id"] for each in told if page_in(each).get("id")}) if told else {}
    late = {each.subject_id for each in announcements.values() if each.kind == Kind.ACTION_ITEM_OVERDUE}
    tasks = ActionItem.objects.in_bulk(late) if late else {}
    return Called(
        people=User.objects.prefetch_related("contact_ways").in_bulk(people) if people else {},
        incidents={str(key): row for key, row in incidents.items()},
        pages={str(key): row.state for key, row in pages.items()},
        tasks={str(key): row for key, row in tasks.items()},
    )


def page_in(announcement: Announcement) -> Mapping[str, Any]:
    """Return what an announcement says of its page."""
    found: Mapping[str, Any] = announcement.facts.get("page") or {}
    return found


def is_to_person(claim: Claim) -> bool:
    """Say whether it is for one of ours, who may be gone by now."""
    return claim.recipient.startswith(PERSON)
