"""The copy of the public page in a place outside, brought to what is published by the same steps as the mirror."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from statuspage.document import JSON, Document
from statuspage.site import form
from statuspage.site.file import File, Place, PlaceRefused
from statuspage.site.lease import Lease
from statuspage.site.pages import Pages

# So often the copy is said to be true still; ``static/js/live.js`` knows after how long it is old.
EVERY = timedelta(seconds=60)
# Another process has said it not long ago.
LATELY = timedelta(seconds=50)


@dataclass(frozen=True, slots=True)
class AsOf:
    """Which generation of which store the copy holds, the sum of its tags, and until when it was known to be true."""

    store: str
    generation: int
    total: str
    at: datetime


class Site:
    """``doubted``: compare every file with what it should be, even where the place says that it is current."""

    def __init__(self, place: Place, name: str, *, doubted: bool = False) -> None:
        self.place = place
        self.name = name
        self._lease = Lease(name)
        self._torn = doubted
        self._pages = Pages()
        self._noted_at = datetime.min.replace(tzinfo=UTC)

    def as_of(self) -> AsOf | None:
        """Return what the place holds; ``None`` where nobody has written a copy."""
        try:
            held = json.loads(self.place.read(form.AS_OF))
            return AsOf(held["store"], held["generation"], held["sum"], datetime.fromisoformat(held["as_of"]))
        except (ValueError, KeyError, TypeError):
            return None

    def confirm(self, store: UUID, generation: int, at: datetime) -> bool:
        """Say now and then that the copy was true at ``at``. Return False where it lags behind."""
        if at - self._noted_at < EVERY:
            return True
        held = self.as_of()
        if held is None or held.store != str(store) or held.generation < generation:
            return False
        if held.generation == generation and at - held.at > LATELY:
            with self._lease.held(store, generation):
                self._note(store, generation, at)
        else:
            self._noted_at = held.at
        return True

    def change(
        self, store: UUID, before: int, generation: int, documents: Collection[Document], gone: Iterable[str]
    ) -> bool:
        """Take over what changed since ``before``, unless somebody has. Return False where it must be filled."""
        dropped = self._pages.forget(gone)
        self._pages.learn(documents)
        held = self.as_of()
        if self._torn or held is None or held.store != str(store) or held.generation < before:
            return False
        if held.generation < generation:
            with self._writing(store, generation):
                # First: on a full disk what was hidden goes, whatever becomes of the rest.
                self._remove(dropped)
                self._write(self._pages.files(documents))
        return True

    def fill(
        self,
        store: UUID,
        generation: int,
        documents: Collection[Document],
        *,
        doubted: bool = False,  # noqa: ARG002 - here the sum of the tags knows better
    ) -> None:
        """Hold these and nothing else."""
        self._pages.clear()
        self._pages.learn(documents)
        held = self.as_of()
        found = held and (held.store, held.generation, held.total)
        if not self._torn and found == (str(store), generation, self._pages.total()):
            return
        with self._writing(store, generation):
            self._settle_in()
            self._pages.anew()
            # What is hidden goes first; static files are known when all pages have been written.
            self._keep("status", "api")
            self._write(self._pages.files(documents))
            self._write([self._pages.missing()])
            self._keep(form.STATIC)

    def _settle_in(self) -> None:
        """Take the place, unless it is somebody else's."""
        self.place.settle()
        if self.place.read(form.AS_OF):
            return
        for folder in form.FOLDERS:
            if any(self.place.names(folder)):
                raise PlaceRefused(
                    f"{self.name} holds a folder “{folder}” that is not ours. Empty it, or name another."
                )
        self._say({"as_of": None})

    @contextmanager
    def _writing(self, store: UUID, generation: int) -> Iterator[None]:
        """Hold the lease. Whatever ends the writing before its time, the next compares every file."""
        with self._lease.held(store, generation):
            self._torn = True
            yield
            self._note(store, generation, timezone.now())
            self._torn = False

    def _write(self, files: Iterable[File]) -> None:
        for file in files:
            self._lease.renew()
            self.place.write(file)

    def _remove(self, names: Iterable[str]) -> None:
        for name in names:
            self._lease.renew()
            self.place.remove(name)

    def _keep(self, *folders: str) -> None:
        """Remove from our folders what is not in the copy."""
        ours = {*self._pages.names(), form.AS_OF}
        self._remove([name for folder in folders for name in self.place.names(folder) if name not in ours])

    def _note(self, store: UUID, generation: int, at: datetime) -> None:
        shown = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        self._say({"as_of": shown, "generation": generation, "store": str(store), "sum": self._pages.total()})
        self._noted_at = at

    def _say(self, what: dict[str, object]) -> None:
        self.place.write(File(form.AS_OF, JSON, json.dumps(what).encode()))
