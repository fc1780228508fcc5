"""Their words, times and texts in ours. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any, Final, TypeVar

from console.backup.faults import Faults
from events.days import is_near
from incidents.lifecycle import IncidentStatus, Severity
from services.maintenance.lifecycle import Stage
from services.status import Status
from services.statuspage_words import component_status

Word = TypeVar("Word")

STATUSES: Final = {component_status(status): status for status in Status}
SEVERITIES: Final = {
    "critical": Severity.CRITICAL,
    "major": Severity.HIGH,
    "minor": Severity.MEDIUM,
    "none": Severity.LOW,
    "maintenance": Severity.LOW,
}
IMPACTS: Final = {
    **{word: severity.impact for word, severity in SEVERITIES.items()},
    "none": Status.OPERATIONAL,
    "maintenance": Status.MAINTENANCE,
}
INCIDENT: Final = {status.value: status for status in IncidentStatus} | {"postmortem": IncidentStatus.RESOLVED}
WINDOW: Final = {
    "scheduled": Stage.SCHEDULED,
    "in_progress": Stage.IN_PROGRESS,
    "verifying": Stage.IN_PROGRESS,
    "completed": Stage.COMPLETED,
}
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TAGS: Final = r"p|div|span|b|strong|i|em|u|ul|ol|li|small|code|h[1-6]"
_HTML: Final = re.compile(rf"<(?:/?(?:{_TAGS})(?:\s[^<>]*)?|br\s*/?|a\s[^<>]*|/a)>", re.IGNORECASE)
# Up to the next link and no further: a link that nobody closed must not be looked for through all that follows.
_LINK: Final = re.compile(
    r"""<a\s[^<>]{0,500}?href=["']([^"'<>]{0,2000})["'][^<>]{0,500}>((?:(?!<a\s|</a>).)*)</a>""",
    re.IGNORECASE | re.DOTALL,
)
_BREAK: Final = re.compile(r"<(?:br\s*/?|/p|/div|/li|/h[1-6])>", re.IGNORECASE)


class Words:
    """One foreign row, read field by field; what is wrong is said to ``faults`` with ``where`` it stands."""

    def __init__(self, row: Mapping[str, Any], where: str, faults: Faults, notes: list[str]) -> None:
        self.row, self.where = row, f"{where} “{_shown(row.get('name') or row.get('id'))}”"
        self._faults, self._notes = faults, notes

    def line(self, name: str, most: int) -> str:
        """Return a text of one line that is not empty; what is longer is cut, with a note."""
        text = " ".join(self._cleaned(name).split())
        if not text:
            self.say(f"its “{name}” is missing.")
        return self._cut(text, name, most)

    def text(self, name: str, most: int) -> str:
        """Return a text of many lines as Markdown; perhaps empty."""
        return self._cut(_markdown(self._cleaned(name)), name, most)

    def word(self, name: str, words: Mapping[str, Word], default: Word) -> Word:
        """Return what a word means in ours."""
        said = self.row.get(name)
        if isinstance(said, str) and said in words:
            return words[said]
        known = ", ".join(words)
        self.say(f"its “{name}” is “{_shown(said)}”. What can stand there is: {known}.")
        return default

    def at(self, *names: str) -> datetime:
        """Return the first of these instants that is there; one must be."""
        found = self.maybe(*names)
        if found is None:
            self.say(f"its “{names[0]}” is missing.")
        return found or datetime(2000, 1, 1, tzinfo=UTC)

    def maybe(self, *names: str) -> datetime | None:
        """Return the first of these instants that is there."""
        for name in names:
            if (said := self.row.get(name)) is not None:
                return self.instant(said, name)
        return None

    def list(self, name: str) -> list[Mapping[str, Any]]:
        """Return the objects of a list, which may be missing."""
        said = self.row.get(name)
        if said is not None and not isinstance(said, list):
            self.say(f"its “{name}” is no list.")
            return []
        return [one for one in said or [] if isinstance(one, dict)]

    def say(self, what: str) -> None:
        """Say what is wrong with it, once."""
        if f"{self.where}: {what}" not in self._faults.said:
            self._faults.say(self.where, what)

    def note(self, what: str) -> None:
        """Say what becomes of it that somebody should know."""
        self._notes.append(f"{self.where}: {what}")

    def instant(self, said: object, name: str = "created_at") -> datetime | None:
        """Return an instant; what is none is said."""
        try:
            found = datetime.fromisoformat(str(said))
            if found.tzinfo is None or not is_near(found):
                raise ValueError(said)
            return found.astimezone(UTC)
        except (ValueError, OverflowError):
            self.say(f"its “{name}”, “{_shown(said)}”, is no time with a zone.")
            return None

    def _cleaned(self, name: str) -> str:
        said = self.row.get(name)
        if said is not None and not isinstance(said, str):
            self.say(f"its “{name}” is no text.")
        return _FORBIDDEN.sub("", said.replace("\r\n", "\n")) if isinstance(said, str) else ""

    def _cut(self, text: str, name: str, most: int) -> str:
        if len(text) <= most:
            return text
        self.note(f"its “{name}” is cut to {most} characters.")
        return f"{text[: most - 1]}…"


def _markdown(text: str) -> str:
    """Return what was written as HTML as Markdown; anything else as it is."""
    if not _HTML.search(text):
        return text.strip()
    linked = _LINK.sub(lambda found: f"[{found[2]}]({found[1]})", text)
    return unescape(_HTML.sub("", _BREAK.sub("\n", linked))).strip()


def _shown(said: object) -> str:
    return " ".join(_FORBIDDEN.sub("", str(said)).split())[:60]
