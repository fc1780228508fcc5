"""What somebody who is called in is told. Pure.

It is read at night, on a telephone, by somebody who was asleep: what is wrong comes first, then the one link to press.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from typing import Any, Final

from alerts.paging.reasons import CALLS, Reason
from events.kinds import Kind
from incidents.markdown import to_text
from notifications.transports.outcome import Words
from notifications.wording.clock import moment
from notifications.wording.facts import IncidentFacts, Place
from notifications.wording.incidents import listed
from notifications.wording.payload import of_incident_alone
from notifications.wording.sheet import Sheet, cut, one_line

# Filled in for each recipient, when it is sent.
ACK_URL: Final = "{{ack_url}}"
# Alerts that are shown; the incident's page has them all.
SHOWN: Final = 5
# In characters, of what is known and of one alert.
KNOWN, ALERT = 500, 300
# Of title and services in the short form, and of all that stands before its link, which must not be cut off.
TITLE, SERVICES, BEFORE = 90, 60, 200
# What is known is left out where fewer are left for it.
LEAST = 20
_HEADINGS: Final = {
    Reason.STEP: "page",
    Reason.BY_HAND: "page",
    Reason.FALLBACK: "page",
    Reason.JOINED: "more alerts",
    Reason.REMINDER: "still open",
    Reason.HANDOVER: "handed over",
    Reason.ASSIGNED: "assigned to you",
}
_LEADS: Final = {
    Reason.STEP: "",
    Reason.BY_HAND: "{by} calls you in.",
    Reason.FALLBACK: "Nobody on call can be reached, so the admins are told.",
    Reason.JOINED: "You have this incident, and more alerts have joined it.",
    Reason.REMINDER: "You have this incident, and it has been quiet for a while. Post an update, or resolve it.",
    Reason.HANDOVER: "You are on call from now on, and this incident is open.",
    Reason.ASSIGNED: "{by} has given you this incident.",
}


@dataclass(frozen=True, slots=True)
class Call:
    """Who is called in and why. ``step`` and ``round`` count from 1, 0 for none; ``team`` may be empty.

    ``taken`` says that somebody had the incident already.
    """

    reason: Reason
    names: Sequence[str] = ()
    team: str = ""
    step: int = 0
    round: int = 0
    by: str = ""
    page: str = ""
    taken: bool = False

    @property
    def asks(self) -> bool:
        """Say whether somebody is looked for: as soon as one has it, nobody else need be told."""
        return self.reason in CALLS and not self.taken


def page(incident: IncidentFacts, call: Call, alerts: Sequence[str], place: Place, at: datetime) -> Words:
    """Return the words for those who are called in; ``alerts`` are the messages of machines, the newest first.

    The link to acknowledge is ``{{ack_url}}``; whoever has the incident already gets none.
    """
    url = place.at("", f"/console/incidents/{incident.id}/")
    more = ("Look at the incident", url)
    words = Sheet(
        kind=Kind.ONCALL_PAGED,
        heading=f"{_heading(incident, call)}: {incident.title}",
        at=at,
        lead=" ".join(_lead(call)),
        rows=list(_rows(incident, call, alerts)),
        link=("Acknowledge it", ACK_URL) if call.asks else more,
        more=more if call.asks else None,
        services=[service.id for service in incident.services],
        facts=_facts(incident, call, alerts, url),
    ).words()
    return replace(words, short=_short(incident, call, ACK_URL if call.asks else url))


def together(pages: Sequence[Words]) -> Words:
    """Return one message of several to one person: each whole, with its own link, under the name of the first."""
    first = pages[0]
    subject = f"{first.subject} (and {len(pages) - 1} more)"
    return replace(
        first,
        subject=subject,
        text="\n\n\n".join(f"{each.subject}\n\n{each.text.strip()}" for each in pages) + "\n",
        html="\n<hr>\n".join(f"<h2>{escape(each.subject)}</h2>\n{each.html}" for each in pages),
        short="\n".join(each.short for each in pages),
        facts={**first.facts, "title": subject, "pages": [dict(each.facts) for each in pages]},
        services=tuple(dict.fromkeys(key for each in pages for key in each.services)),
    )


def _lead(call: Call) -> Iterator[str]:
    if said := _LEADS[call.reason].format(by=call.by or "Somebody"):
        yield said
    if call.asks:
        yield "Nobody has this incident yet. Whoever acknowledges it ends all further pages."
    elif call.reason in CALLS:
        yield "Somebody has the incident already, and wants you too."


def _heading(incident: IncidentFacts, call: Call) -> str:
    return f"{incident.severity.short} {_HEADINGS[call.reason]}"


def _short(incident: IncidentFacts, call: Call, url: str) -> str:
    named = f" ({cut(', '.join(service.name for service in incident.services), SERVICES)})" if incident.services else ""
    told = f"{_heading(incident, call)}: {cut(one_line(incident.title), TITLE)}{named}."
    room = BEFORE - len(told)
    known = cut(_known(incident), room) if room >= LEAST else ""
    return " ".join(filter(None, (told, known, url)))


def _known(incident: IncidentFacts) -> str:
    """Return what is known as one line without marks."""
    return one_line(to_text(incident.body))


def _rows(incident: IncidentFacts, call: Call, alerts: Sequence[str]) -> Iterator[tuple[str, str]]:
    if known := cut(_known(incident), KNOWN):
        yield "What is known", known
    yield "Severity", f"{incident.severity.short} {incident.severity}"
    yield "Affects", listed(incident.services)
    yield "Since", moment(incident.created_at)
    for alert in alerts[:SHOWN]:
        yield "Alert", cut(one_line(alert), ALERT)
    if len(alerts) > SHOWN:
        yield "And", f"{len(alerts) - SHOWN} more alerts"
    if call.asks:
        yield "Paged", _who(call)


def _who(call: Call) -> str:
    """Return ``Ada, Ben (Payments, step 2, round 3)``: whoever reads it knows who else is awake."""
    round_ = f"round {call.round}" if call.round > 1 else ""
    step = f"step {call.step}" if call.step and call.reason is not Reason.FALLBACK else ""
    where = ", ".join(filter(None, (call.team, step, round_)))
    names = ", ".join(call.names) or "a channel"
    return f"{names} ({where})" if where else names


def _facts(incident: IncidentFacts, call: Call, alerts: Sequence[str], url: str) -> dict[str, Any]:
    told = {
        "id": call.page or None,
        "reason": call.reason,
        "team": call.team,
        "step": call.step or None,
        "round": call.round or None,
        "people": [*call.names],
        "taken": call.taken,
    }
    asks = {"ack_url": ACK_URL} if call.asks else {}
    return {
        "title": incident.title,
        "url": url,
        **asks,
        "page": told,
        "incident": of_incident_alone(incident),
        "alerts": [cut(one_line(alert), ALERT) for alert in alerts[:SHOWN]],
    }
