"""What happened in a day, in one message. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from notifications.transports.outcome import Words
from notifications.wording.clock import day, moment
from notifications.wording.facts import Place
from notifications.wording.sheet import Sheet, cut, one_line

KIND: Final = "DIGEST"
# Of each thing that was said; the page has the rest.
LINE: Final = 400
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|~!&"})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened: a heading as its own message had it, what was said as plain text, and its page.

    ``subject_type`` and ``subject_id`` are what it is about, ``event`` what began it in the log: who sends the digest
    looks whether that is public still, and was not taken back.
    """

    at: datetime
    heading: str
    said: str
    url: str
    subject_type: str = ""
    subject_id: str = ""
    event: int | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """Return it for receivers that read JSON."""
        said = {"at": self.at, "heading": self.heading, "message": self.said, "url": self.url}
        return said | {"subject_type": self.subject_type, "subject_id": self.subject_id, "event": self.event}

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        """Return what :attr:`facts` were made of, as a database gives them back."""
        at = facts["at"]
        return cls(
            datetime.fromisoformat(at) if isinstance(at, str) else at,
            facts["heading"],
            facts["message"],
            facts["url"],
            facts.get("subject_type", ""),
            facts.get("subject_id", ""),
            facts.get("event"),
        )


def digest(items: Sequence[Item], place: Place, zone: str, at: datetime) -> Words:
    """Return what happened until ``at``, oldest first, on the clock of ``zone``. There is no digest of nothing."""
    many = "1 update" if len(items) == 1 else f"{len(items)} updates"
    told = sorted(items, key=lambda item: item.at)
    heading = f"{place.name} on {day(at.astimezone(ZoneInfo(zone)))}: {many}"
    return Sheet(
        kind=KIND,
        heading=heading,
        at=at,
        lead="What has happened since your last summary:",
        message="\n\n".join(_block(item, zone) for item in told),
        plain="\n\n".join(_plain(item, zone) for item in told),
        link=("See how everything is now", place.at("/status", "/console/")),
        facts={
            "title": heading,
            "url": place.at("/status", "/console/"),
            "timezone": zone,
            "items": [item.facts for item in told],
        },
    ).words()


def _plain(item: Item, zone: str) -> str:
    parts = (one_line(item.heading), moment(item.at, zone), cut(one_line(item.said), LINE), item.url)
    return "\n".join(filter(None, parts))


def _block(item: Item, zone: str) -> str:
    """Return an item as Markdown; what it holds was plain text, and stays so."""
    said = cut(one_line(item.said), LINE).translate(_MARKS)
    parts = (f"**{one_line(item.heading).translate(_MARKS)}**", moment(item.at, zone), said, f"<{item.url}>")
    return "  \n".join(filter(None, parts))
