"""What channels inside are told of the product itself: targets, channels, subscribers, and all the rest. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from events.kinds import Kind
from notifications.transports.outcome import Words
from notifications.wording.clock import moment
from notifications.wording.facts import Place
from notifications.wording.sheet import Sheet

# The heading, with the name of what it concerns, and the sentence. Kinds that are not here say their own sentence.
_SAYINGS: Final[dict[str, tuple[str, str]]] = {
    "SLA_WARNING": (
        "Downtime nearly used up: {name}",
        "{name} has used 80 % of the downtime that its target of {target} % allows.",
    ),
    "SLA_BREACHED": (
        "Target missed: {name}",
        "{name} was down for longer than its target of {target} % allows.",
    ),
    "SLA_RECOVERED": (
        "Target within reach again: {name}",
        "The rolling period of {name} holds less than 80 % of its allowance again.",
    ),
    "ONCALL_UNANSWERED": (
        "Nobody answered: {name}",
        "All whom “{policy}” names were paged, and nobody has the incident. Nobody else is paged by it.",
    ),
    "CHANNEL_SWITCHED_OFF": (
        "Channel switched off: {name}",
        "Messages to “{name}” kept failing, so nothing goes there until somebody switches it on again. {reason}",
    ),
    "CHANNEL_SWITCHED_ON": ("Channel switched on: {name}", "Messages go to “{name}” again."),
    "SUBSCRIBER_STOPPED": (
        "Address stopped: {name}",
        "{name} refuses our messages for good, so nothing is sent there any more.",
    ),
    "MESSAGE_NOT_MADE": (
        "Nobody was told: {name}",
        "The message about this could not be made, so nobody was told. It is a fault of ours: {because}",
    ),
    "MESSAGE_WITHDRAWN": ("Message taken back: {name}", "It was taken back before it went to anybody."),
}
_PAGES: Final = {
    "incident": "/console/incidents/{id}/",
    "action_item": "/console/incidents/action-items/{id}/",
    "service": "/console/services/{id}/",
    "channel": "/console/channels/",
    "subscriber": "/console/subscribers/",
    "announcement": "/console/deliveries/",
}


class _Known(dict[str, object]):
    """Says nothing of what is not known."""

    def __missing__(self, key: str) -> str:
        return ""


def operational(
    kind: Kind,
    subject: tuple[str, str, str],
    data: Mapping[str, Any],
    by: str,
    at: datetime,
    place: Place,
    changed: str = "",
) -> Words:
    """Return the words for an event of ours; ``subject`` is its type, id and name, ``changed`` a line of what moved."""
    what, key, name = subject
    heading, sentence = _SAYINGS.get(kind, ("{label}: {name}", "{about}"))
    known = _Known({**data, "name": name or what, "label": kind.label, "about": _about(kind)})
    url = f"{place.url}{_PAGES.get(what, '/console/activity/').format(id=key)}"
    rows = [("Changed", changed)] if changed else []
    return Sheet(
        kind=kind,
        heading=heading.format_map(known),
        at=at,
        lead=sentence.format_map(known).strip(),
        rows=[*rows, ("When", f"{moment(at)} by {by}" if by else moment(at))],
        link=("Open it in the console", url),
        facts={"title": name or what, "url": url, "subject": {"type": what, "id": key, "name": name}, "author": by},
    ).words()


def _about(kind: Kind) -> str:
    """Return what the kind says of itself, without what only readers of the log need."""
    return kind.about.removesuffix(" Never public.").partition("; `")[0].rstrip(".") + "."
