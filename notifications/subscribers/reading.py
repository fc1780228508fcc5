"""Reads a list of addresses: CSV as spreadsheets write it, our own export, or a plain address on each line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from accounts.validators import zones
from notifications.addresses import UnusableAddress
from notifications.choice import Choice
from notifications.kinds import Mode, Scope, Way
from notifications.links import Reader
from notifications.typed import reader
from services.models import Service

MOST: Final = 10_000
# Of a line that is named.
SHOWN: Final = 80
ADDRESS: Final = ("address", "email", "email address", "e-mail", "url")
# What an export writes before a cell that a spreadsheet would take for a formula.
_GUARD: Final = "'"


class UnreadableList(ValueError):
    """The file is no list. The message is a sentence."""


@dataclass(slots=True)
class Read:
    """What stands on a list: whom, and of what; and for each line that cannot be taken in, the line and a sentence."""

    wanted: dict[Reader, Choice] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    repeated: int = 0

    def add(self, whose: Reader, choice: Choice) -> None:
        """Take in one; an address that stands there twice counts once, as it came first."""
        if whose in self.wanted:
            self.repeated += 1
        self.wanted.setdefault(whose, choice)


def read(content: bytes) -> Read:
    """Return what stands on the list; raises :class:`UnreadableList`.

    Columns are known by their heads: an address (``address``, ``email`` or ``url``), and if wanted ``services`` (slugs
    or names between semicolons), ``mode``, ``timezone``, ``digest_hour``. Others are passed over.
    """
    services = _known_services()
    found = Read()
    for line, cells in _records(content):
        try:
            found.add(_whose(cells), _choice(cells, services))
        except ValueError as error:
            found.faults.append(f"Line {line}, “{_shown(cells)}”: {error}")
    return found


def _shown(cells: Mapping[str, str]) -> str:
    """Return a line as it stood there, so that it is found again."""
    text = ", ".join(filter(None, cells.values()))
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _records(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each line that holds something with its number, its cells by column."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableList("The file is not UTF-8. Save it as “CSV UTF-8”.") from None
    lines = text.splitlines()
    rows = csv.reader(lines, delimiter=_delimiter(lines[0] if lines else ""), strict=True)
    head: Sequence[str] = ()
    try:
        for row in rows:
            cells = [_plain(cell) for cell in row]
            if rows.line_num > MOST + 1:
                raise UnreadableList(f"The list has more than {MOST} lines. Cut it in parts.")
            if not head:
                head = [cell.lower() for cell in cells]
                if _is_head(head):
                    continue
                head = ("address",)
            if any(cells):
                yield rows.line_num, dict(zip(head, cells, strict=False))
    except csv.Error:
        raise UnreadableList(f"Line {rows.line_num} is no CSV: look at its quotation marks.") from None


def _delimiter(line: str) -> str:
    return max((",", ";", "\t"), key=line.count)


def _is_head(cells: Sequence[str]) -> bool:
    return any(cell in ADDRESS for cell in cells)


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith(_GUARD) else cell


def _whose(cells: Mapping[str, str]) -> Reader:
    if cells.get("scope") == Scope.INCIDENT:
        raise UnusableAddress("Who follows one incident cannot be brought in by a list.")
    typed = next((cells[name] for name in ADDRESS if cells.get(name)), "")
    if not typed:
        raise UnusableAddress("There is no address.")
    way = Way.WEBHOOK if typed.lower().startswith(("http://", "https://")) else Way.EMAIL
    return reader(way, typed, inside=True)


def _choice(cells: Mapping[str, str], services: Mapping[str, Service]) -> Choice:
    zone, mode, hour = (cells.get(name, "") for name in ("timezone", "mode", "digest_hour"))
    if zone and zone not in zones():
        raise ValueError(f"“{zone[:60]}” is not a time zone.")
    if mode and mode not in [*Mode]:
        raise ValueError(f"“{mode[:60]}” is not one of {', '.join(Mode)}.")
    if hour and hour not in [str(number) for number in range(24)]:
        raise ValueError(f"“{hour[:60]}” is not an hour from 0 to 23.")
    chosen = [_service(name.strip(), services) for name in cells.get("services", "").split(";") if name.strip()]
    return Choice(chosen, None, Mode(mode or Mode.ALL), zone or "UTC", int(hour or 8))


def _service(name: str, services: Mapping[str, Service]) -> Service:
    found = services.get(name.lower())
    if found is None:
        raise ValueError(f"There is no public service “{name[:120]}”.")
    return found


def _known_services() -> dict[str, Service]:
    found = Service.objects.filter(public=True)
    return {key: service for service in found for key in (service.name.lower(), service.slug)}
