"""After somebody has answered: a reminder when they fall silent, a word to whoever comes on call meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from accounts.models import User
from alerts.models.page import Page
from alerts.paging import wording
from alerts.paging.reasons import Reason
from alerts.paging.taking import take
from alerts.paging.telling import PAGING, said, tell_people
from alerts.paging.whom import Whom, holder, of_step, one
from events.actors import MACHINES
from events.command import Tell, command
from incidents.models import Incident
from oncall import who

# So often a page that is acknowledged is looked at: a change of shift may be planned at any time.
LOOK: Final = timedelta(seconds=60)


def attend(page: Page, now: datetime) -> bool:
    """Look after a page that is acknowledged. Return whether somebody was told."""
    with command(PAGING, now=now) as tell:
        incident = take(page, Page.State.ACKNOWLEDGED, tell)
        if incident is None:
            return False
        page.next_at = now + LOOK if _is_worth_it(page) else None
        _hand_over(incident, page, tell)
        _remind(incident, page, tell)
        page.save()
        if not tell.events:
            tell.nothing()
        return bool(tell.events)


def _is_worth_it(page: Page) -> bool:
    return bool(page.plan.remind_after) or any(_schedules(page))


def _hand_over(incident: Incident, page: Page, tell: Tell) -> None:
    """Tell whom a shift has passed to since it was acknowledged: each once, and nobody who knows of it."""
    knows = set(page.paged.filter(user__isnull=False).values_list("user_id", flat=True))
    has_it = holder(incident)
    knows |= {has_it.pk} if has_it else set()
    come = {user.pk: user for user in _newcomers(page, tell.now) if user.pk not in knows}
    if come:
        whom = Whom(list(come.values()))
        note = wording.handed_over(said(whom))
        tell_people(incident, whom, tell, reason=Reason.HANDOVER, note=note, page=page)


def _newcomers(page: Page, now: datetime) -> Iterator[User]:
    """Yield who is on call now by a schedule that was paged, and was not before; note it on the page, unsaved."""
    answered = page.ended_at or now
    for schedule in _schedules(page):
        before = page.on_call.get(schedule)
        if before is None:
            before = _ids(_by(schedule, answered))
        present = _by(schedule, now)
        # Nobody on call takes nothing over, and gives nothing away.
        page.on_call[schedule] = _ids(present) if present else before
        yield from (user for user in present if str(user.pk) not in before)


def _remind(incident: Incident, page: Page, tell: Tell) -> None:
    """Remind whoever has it when nobody has said anything for as long as the policy allows."""
    after = page.plan.remind_after
    if not after or tell.now - _last_word(incident) < after:
        return
    has_it = holder(incident)
    whom = one(has_it) if has_it else of_step(page.plan.steps[0], tell.now) if page.plan.steps else Whom()
    note = wording.reminded(said(whom), after) if whom else wording.not_told(whom.whys)
    tell_people(incident, whom, tell, reason=Reason.REMINDER, note=note, page=page)


def _last_word(incident: Incident) -> datetime:
    """Return when a person, or a reminder, last spoke on the incident."""
    words = incident.updates.exclude(author_kind__in=MACHINES).order_by("-number")
    spoken = words.values_list("created_at", flat=True).first() or incident.created_at
    reminders = incident.paged.filter(reason=Reason.REMINDER).order_by("-number")
    return max(spoken, reminders.values_list("at", flat=True).first() or spoken)


def _schedules(page: Page) -> Iterator[str]:
    """Yield the schedules of the steps that have fired."""
    reached = set(page.paged.filter(step__isnull=False).values_list("step", flat=True))
    for number, step in enumerate(page.plan.steps):
        if number in reached:
            yield from (target["schedule"] for target in step.targets if "schedule" in target)


def _by(schedule: str, at: datetime) -> list[User]:
    return who.resolve({"schedule": schedule}, at).users


def _ids(users: list[User]) -> list[str]:
    return [str(user.pk) for user in users]
