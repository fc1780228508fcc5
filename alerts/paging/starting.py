"""How pages begin: with a snapshot, so that a policy edited in the middle changes no page that runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from alerts.models.page import NAME, Page
from alerts.paging import wording
from alerts.paging.apart import apart
from alerts.paging.waking import ring_after_commit
from events.command import Tell
from incidents.models import Incident
from oncall import who
from oncall.models import EscalationPolicy, Team

# Of a page for whoever the policies say, once they can be read; until then for the admins.
OWED: Final = {"name": "Whoever is to be paged", "team": "", "steps": [], "repeat": 0, "remind_after": 0, "owed": True}


def start(incident: Incident, policies: Iterable[EscalationPolicy], tell: Tell) -> list[Page]:
    """Begin a page for each policy that has had none since the incident was last opened, due now.

    The caller holds the incident.
    """
    pages = pages_of(incident, policies, tell.now)
    Page.objects.bulk_create(pages)
    if pages:
        ring_after_commit()
    return pages


def pages_of(incident: Incident, policies: Iterable[EscalationPolicy], now: datetime) -> list[Page]:
    """Return the pages that would begin now, unsaved: for each policy that has none yet."""
    begun = set(incident.pages.present().values_list("policy_id", flat=True))
    return [_page(incident, policy, now) for policy in policies if policy.pk not in begun]


def start_matching(incident: Incident, tell: Tell) -> None:
    """Begin the pages of all policies that count for the incident now.

    Whatever is wrong with these, the incident stands: then a page is owed.
    """
    if not apart(lambda: begin_matching(incident, tell), incident, tell):
        apart(lambda: _owe(incident, tell), incident, tell)


def begin_matching(incident: Incident, tell: Tell) -> None:
    """Do the same, and raise what is wrong."""
    start(incident, who.policies_for(incident.service_ids(), incident.severity, tell.now), tell)


def policies_by_hand(incident: Incident, team: Team | None, now: datetime) -> Sequence[EscalationPolicy]:
    """Return the policies that somebody means who wants people now: those that count, else those that might.

    Whoever asks by hand is not stopped by hours or by a severity; who names a team means that team.
    """
    services = incident.service_ids()
    meant = [one for one in who.policies_for(services, incident.severity, now) if team in (None, one.team)]
    if meant:
        return meant
    rows = EscalationPolicy.objects.filter(enabled=True).select_related("team").prefetch_related("services")
    rows = rows if team is None else rows.filter(team=team)
    return sorted((row for row in rows if team or _covers(row, services)), key=lambda row: _rank(row, services))[:1]


def _owe(incident: Incident, tell: Tell) -> None:
    """Keep in a row of its own that people have to be paged: what fires it looks for them again."""
    Page.objects.create(incident=incident, snapshot=OWED, next_at=tell.now, started_at=tell.now)
    incident.note(tell, wording.OWED)
    ring_after_commit()


def _covers(policy: EscalationPolicy, services: Sequence[object]) -> bool:
    return policy.is_for({str(service) for service in services})


def _rank(policy: EscalationPolicy, services: Sequence[object]) -> tuple[bool, bool, int, str]:
    return not _covers(policy, services), policy.every_service, policy.position, policy.name


def _page(incident: Incident, policy: EscalationPolicy, now: datetime) -> Page:
    return Page(
        incident=incident,
        policy=policy,
        team_name=policy.team.name[:NAME] if policy.team else "",
        snapshot=_snapshot(policy),
        next_at=now,
        started_at=now,
    )


def _snapshot(policy: EscalationPolicy) -> dict[str, Any]:
    return {
        "name": policy.name,
        "team": str(policy.team_id or ""),
        "steps": policy.steps,
        "repeat": policy.repeat,
        "remind_after": policy.remind_after,
    }
