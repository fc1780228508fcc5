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
    looks whether that is public still, and was not taken back. ``title`` and ``status`` are the subject's, as they are
    when the digest is made.
    """

    at: datetime
    heading: str
    said: str
    url: str
    subject_type: str = ""
    subject_id: str = ""
    event: int | None = None
    title: str = ""
    status: str = ""

    @property
    def subject(self) -> tuple[str, str]:
        """Return what it stands with; what is about nothing that is known stands alone."""
        return (self.subject_type, self.subject_id) if self.subject_id else ("", f"{self.url} {self.heading}")

    @property
    def facts(self) -> dict[str, Any]:
        """Return it for receivers that read JSON."""
        said = {"at": self.at, "heading": self.heading, "message": self.said, "url": self.url}
        about = {"subject_type": self.subject_type, "subject_id": self.subject_id, "event": self.event}
        return said | about | {"title": self.title, "status": self.status}

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
            facts.get("title", ""),
            facts.get("status", ""),
        )


def digest(items: Sequence[Item], place: Place, zone: str, at: datetime) -> Words:
    """Return what happened until ``at``, oldest first, on the clock of ``zone``. There is no digest of nothing.

    What is about one incident or window stands together, with its status and its link once.
    """
    many = "1 update" if len(items) == 1 else f"{len(items)} updates"
    told = sorted(items, key=lambda item: item.at)
    heading = f"{place.name} on {day(at.astimezone(ZoneInfo(zone)))}: {many}"
    return Sheet(
        kind=KIND,
        heading=heading,
        at=at,
        lead="What has happened since your last summary:",
        message="\n\n".join(_block(items, zone) for items in _together(told)),
        plain="\n\n".join(_plain(items, zone) for items in _together(told)),
        link=("See how everything is now", place.at("/status", "/console/")),
        facts={
            "title": heading,
            "url": place.at("/status", "/console/"),
            "timezone": zone,
            "items": [item.facts for item in told],
        },
    ).words()


def _together(told: Sequence[Item]) -> list[list[Item]]:
    """Return the items of each subject together, the subject that began first before the others."""
    found: dict[tuple[str, str], list[Item]] = {}
    for item in told:
        found.setdefault(item.subject, []).append(item)
    return list(found.values())


def _plain(items: Sequence[Item], zone: str) -> str:
    heading, status = _headed(items)
    said = (": ".join(filter(None, (moment(item.at, zone), _said(item)))) for item in items)
    return "\n".join(filter(None, (heading, status, *said, items[-1].url)))


def _block(items: Sequence[Item], zone: str) -> str:
    """Return what is about one thing as Markdown; what it holds was plain text, and stays so."""
    heading, status = (text.translate(_MARKS) for text in _headed(items))
    said = (": ".join(filter(None, (moment(item.at, zone), _said(item).translate(_MARKS)))) for item in items)
    return "  \n".join(filter(None, (f"**{heading}**", status, *said, f"<{items[-1].url}>")))


def _headed(items: Sequence[Item]) -> tuple[str, str]:
    """Return what it is about, and how it stands now; where neither is known, the heading of the message."""
    last = items[-1]
    return one_line(last.title or last.heading), f"Now: {last.status}" if last.status else ""


def _said(item: Item) -> str:
    """Return what happened, without the title that stands above, and what was said."""
    what = one_line(item.heading).removesuffix(f": {one_line(item.title)}") if item.title else ""
    said = cut(one_line(item.said), LINE)
    return f"{what}. {said}".removesuffix(". ") if what else said
