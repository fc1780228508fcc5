"""Telling people of an incident: the record, a note on its timeline, and one event that messages are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeAlias

from django.db.models import Max

from accounts.models import User
from alerts.models.page import NAME, Page, Paged
from alerts.paging import wording
from alerts.paging.course import Course
from alerts.paging.reasons import Reason
from alerts.paging.whom import Whom
from events.actors import Actor
from events.command import Tell
from events.kinds import Kind
from incidents.models import Incident
from oncall.reach import ways_of

PAGING = Actor("system", "paging", "On call")
# Steps that told nobody, with the reasons.
Passed: TypeAlias = Sequence[tuple[Course, Whom]]


def tell_people(
    incident: Incident,
    whom: Whom,
    tell: Tell,
    *,
    reason: Reason,
    note: str,
    page: Page | None = None,
    course: Course | None = None,
    passed: Passed = (),
    spared: Collection[User] = (),
) -> None:
    """Write down whom this tells, and why those of ``passed`` steps and others are not told; tell the log.

    Those of them who are ``spared`` have just been told: no message is made for them.

    The caller is inside a command and holds the incident. Nobody is told anything before it is committed.
    """
    note = wording.cut(note)
    lines = [Paged(reason=reason, **fields) for fields in _lines(whom, course, passed)]
    _record(incident, page, lines, tell)
    incident.note(tell, note)
    tell(
        Kind.ONCALL_PAGED,
        subject=incident.subject,
        services=incident.service_ids(),
        data={
            **_about(incident),
            **_place(page, course),
            **_whom(whom, spared),
            "reason": reason.value,
            "message": note,
        },
    )


def tell_of_page(incident: Incident, page: Page, kind: Kind, tell: Tell, note: str, passed: Passed = ()) -> None:
    """Tell something of a page that is no message to anybody on call, and leave it on the timeline."""
    note = wording.cut(note)
    _record(incident, page, [Paged(reason=Reason.STEP, **fields) for fields in _lines(Whom(), None, passed)], tell)
    incident.note(tell, note)
    data = {**_about(incident), **_place(page, None), "message": note}
    tell(kind, subject=incident.subject, services=incident.service_ids(), data=data)


def said(whom: Whom) -> str:
    """Return whom, and by which ways, as the timeline says it."""
    people = [(str(user), wording.called(way.kind for way in ways_of(user))) for user in whom.users]
    return wording.told(people, list(whom.channels.values()))


def _lines(whom: Whom, course: Course | None, passed: Passed) -> Iterator[dict[str, Any]]:
    for at, nobody in passed:
        yield {**_at(at), "why": " ".join(nobody.whys)[:500] or "The step names nobody."}
    for user in whom.users:
        yield {**_at(course), "user": user, "name": str(user)[:NAME]}
    for channel, name in whom.channels.items():
        yield {**_at(course), "channel": channel, "name": name[:NAME]}
    for why in whom.whys:
        yield {**_at(course), "why": why[:500]}


def _record(incident: Incident, page: Page | None, lines: Sequence[Paged], tell: Tell) -> None:
    # Not their count: what is old is forgotten.
    begun = incident.paged.aggregate(last=Max("number"))["last"] or 0
    for number, line in enumerate(lines, begun + 1):
        line.incident, line.page, line.at, line.number = incident, page, tell.now, number
    Paged.objects.bulk_create(lines)


def _about(incident: Incident) -> dict[str, Any]:
    return {"title": incident.title, "severity": incident.severity, "status": incident.status} | {
        "acknowledged": incident.acknowledged
    }


def _place(page: Page | None, course: Course | None) -> dict[str, Any]:
    if page is None:
        return {"page": None, "step": None, "steps": None, "round": None, "team": "", "policy": ""}
    return {
        "page": str(page.pk),
        "step": course.step + 1 if course else None,
        "steps": len(page.plan.steps),
        "round": course.round + 1 if course else None,
        "team": page.team_name,
        "policy": page.name,
    }


def _whom(whom: Whom, spared: Collection[User]) -> dict[str, Any]:
    return {
        "people": [str(user.pk) for user in whom.without(spared).users],
        "spared": [str(user.pk) for user in spared],
        "names": [str(user) for user in whom.users],
        "channels": list(whom.channels),
    }


def _at(course: Course | None) -> dict[str, int | None]:
    return {"step": course.step if course else None, "round": course.round if course else None}
