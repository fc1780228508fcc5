"""What is said of maintenance: a function for each kind of event of a window. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from events.kinds import Kind
from notifications.transports.outcome import Words
from notifications.wording.clock import moment, stretch
from notifications.wording.facts import Place, Said, WindowFacts
from notifications.wording.payload import of_window
from notifications.wording.sheet import Sheet

Times = tuple[datetime, datetime]


def scheduled(window: WindowFacts, said: Said, place: Place) -> Words:
    """Return the words for a window that stands in the plan; of a series they say how it goes on."""
    rows = [("Repeats", window.repeats)] if window.repeats else []
    return _sheet(Kind.MAINTENANCE_SCHEDULED, window, said, place, "Planned maintenance", rows=rows).words()


def changed(window: WindowFacts, said: Said, place: Place, before: Times | None, what: str = "") -> Words:
    """Return the words for a window that moved away from ``before``, or of which something else was edited."""
    if before is None:
        rows = [("Changed", what)] if what else []
        return _sheet(Kind.MAINTENANCE_CHANGED, window, said, place, "Maintenance edited", rows=rows).words()
    lead = "The planned time has changed." if before[0] != window.start else "It takes until another time than planned."
    rows = [("Before", stretch(*before, window.timezone))]
    return _sheet(Kind.MAINTENANCE_CHANGED, window, said, place, "Maintenance moved", lead=lead, rows=rows).words()


def reminder(window: WindowFacts, said: Said, place: Place) -> Words:
    """Return the words for a window that begins soon."""
    lead = f"It begins at {moment(window.start, window.timezone)}."
    return _sheet(Kind.MAINTENANCE_REMINDER, window, said, place, "Maintenance begins soon", lead=lead).words()


def started(window: WindowFacts, said: Said, place: Place) -> Words:
    """Return the words for a window under way."""
    return _sheet(Kind.MAINTENANCE_STARTED, window, said, place, "Maintenance started").words()


def update_posted(window: WindowFacts, said: Said, place: Place) -> Words:
    """Return the words for something said about a window, or for a note among ourselves."""
    heading = "Note on maintenance" if said.internal else "Maintenance update"
    lead = "A note for colleagues; the public does not see it." if said.internal else ""
    return _sheet(Kind.MAINTENANCE_UPDATE_POSTED, window, said, place, heading, lead=lead).words()


def completed(window: WindowFacts, said: Said, place: Place) -> Words:
    """Return the words for a window that has ended."""
    return _sheet(Kind.MAINTENANCE_COMPLETED, window, said, place, "Maintenance completed").words()


def cancelled(window: WindowFacts, said: Said, place: Place) -> Words:
    """Return the words for a window that does not take place."""
    return _sheet(Kind.MAINTENANCE_CANCELLED, window, said, place, "Maintenance cancelled").words()


def appeared(window: WindowFacts, said: Said, place: Place) -> Words:
    """Return the words for a window that the public learns of only now."""
    return _sheet(Kind.MAINTENANCE_SCHEDULED, window, said, place, "Planned maintenance").words()


def thread(window_id: str) -> str:
    """Return what all messages of one window have in common."""
    return f"maintenance-{window_id}"


def _sheet(
    kind: Kind,
    window: WindowFacts,
    said: Said,
    place: Place,
    heading: str,
    lead: str = "",
    rows: Sequence[tuple[str, str]] = (),
) -> Sheet:
    marked = heading if window.public else f"Internal. {heading}"
    url = place.at(f"/status/maintenance/{window.id}", f"/console/maintenance/{window.id}/")
    return Sheet(
        kind=kind,
        heading=f"{marked}: {window.title}",
        at=said.at,
        lead=lead,
        message=said.message,
        rows=[*_standing(window), *rows, *_who(said)],
        link=("Read on, or add it to your calendar", url),
        thread=thread(window.id),
        services=[service.id for service in window.services],
        facts=of_window(window, said, url),
    )


def _standing(window: WindowFacts) -> Iterator[tuple[str, str]]:
    yield "When", stretch(window.start, window.end, window.timezone)
    if window.services:
        yield "Works on", ", ".join(service.name for service in window.services)


def _who(said: Said) -> Iterator[tuple[str, str]]:
    yield "Posted", f"{moment(said.at)} by {said.by}" if said.by else moment(said.at)
