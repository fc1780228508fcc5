"""What one web process holds in memory: every published address, and how sure it is that they are current."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from statuspage import addresses, document, staleness
from statuspage.document import Document
from statuspage.entry import Entry
from statuspage.made import made_by

# The store is asked ten times a second; after five seconds without an answer the page says so.
PATIENCE = 5.0
DERIVED = 64
YEAR = f"{addresses.API_INCIDENTS}?days=365"


@dataclass(frozen=True, slots=True)
class Held:
    """One generation. Readers keep the one they began with; what is derived from it is remembered with it."""

    entries: dict[str, Entry] = field(default_factory=dict)
    derived: dict[tuple[int, date], Entry] = field(default_factory=dict)
    marked: dict[str, tuple[datetime | None, Entry]] = field(default_factory=dict)
    asked: dict[str, Entry] = field(default_factory=dict)


class Shelf:
    """Filled by one thread, read by the event loop."""

    def __init__(self) -> None:
        self.held = Held()
        self.confirmed_at: datetime | None = None
        self._fresh_until = 0.0

    def fill(self, documents: Iterable[Document]) -> None:
        """Hold these and nothing else."""
        self.held = Held({held.path: Entry(held) for held in documents})

    def change(self, documents: Iterable[Document], gone: Collection[str]) -> None:
        """Take over what changed and forget what is gone."""
        entries = self.held.entries | {held.path: Entry(held) for held in documents}
        for path in gone:
            entries.pop(path, None)
        self.held = Held(entries)

    def confirm(self, at: datetime) -> None:
        """Note that the store said at this instant that nothing is newer than what is held."""
        self.confirmed_at = at
        self._fresh_until = time.monotonic() + PATIENCE

    def recall(self, at: datetime) -> None:
        """Note when somebody last confirmed what was read from disk. It counts as stale."""
        self.confirmed_at = at

    @property
    def stale(self) -> bool:
        """Say whether what is held could not be confirmed for a while."""
        return time.monotonic() > self._fresh_until

    def age(self) -> float:
        """Return the seconds since what is held was last known to be current."""
        return max(0.0, (datetime.now(UTC) - self.confirmed_at).total_seconds()) if self.confirmed_at else 0.0

    def find(self, address: str) -> Entry | None:
        """Return the entry of a canonical address, derived from another where nobody rendered it ahead."""
        held = self.held
        entry = held.entries.get(address)
        if entry is None and address.startswith(addresses.API_INCIDENTS + "?days="):
            entry = _within(held, address.partition("=")[2])
        if entry is None and made_by(address):
            entry = _asked(held, address)
        return entry

    def marked(self, entry: Entry) -> Entry:
        """Return the entry as it is shown while stale; made once for each address and spell."""
        held, since = self.held, self.confirmed_at
        path = entry.document.path
        if made_by(path):
            # Words are free: as many as anybody thinks of.
            return staleness.mark(entry, since)
        found = held.marked.get(path)
        if found is None or found[0] != since:
            found = held.marked[path] = since, staleness.mark(entry, since)
        return found[1]


def _within(held: Held, days: str) -> Entry | None:
    """Cut the year's incidents to the last ``days``; remembered, because the same few are asked for."""
    whole = held.entries.get(YEAR)
    if whole is None or not (days.isascii() and days.isdigit() and len(days) < 4 and 1 <= int(days) <= 365):
        return None
    key = int(days), datetime.now(UTC).date()
    if key not in held.derived:
        if len(held.derived) >= DERIVED:
            held.derived.clear()
        held.derived[key] = Entry(within(whole.document, *key))
    return held.derived[key]


def _asked(held: Held, address: str) -> Entry | None:
    """Make what follows from a published document and a stranger's words; remembered, because few ask for much."""
    plain, make = held.entries.get(address.partition("?")[0]), made_by(address)
    if plain is None or make is None:
        return None
    if address not in held.asked:
        if len(held.asked) >= DERIVED:
            held.asked.clear()
        held.asked[address] = Entry(make(plain.document, address))
    return held.asked[address]


def within(year: Document, days: int, today: date) -> Document:
    """Return the incidents of ``year`` that are open or were declared in the last ``days``, today being one."""
    first = (today - timedelta(days=days - 1)).isoformat()
    whole = json.loads(year.body)
    kept = [row for row in whole["incidents"] if row["resolved_at"] is None or row["created_at"] >= first]
    body = json.dumps(whole | {"incidents": kept, "period_days": days}, ensure_ascii=False).encode()
    return document.document(f"{addresses.API_INCIDENTS}?days={days}", document.JSON, body)
