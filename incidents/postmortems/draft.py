"""The draft of a postmortem, made of what is known. Pure.

It is written for its readers: of a public incident it names neither private services nor notes, and nobody by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidents.postmortems.record import Entry, Record, Suffered, escaped, in_a_line, moment
from services.lengths import duration


def draft(record: Record) -> dict[str, str]:
    """Return the texts of a new postmortem by field; lessons are for people to find."""
    return {
        "summary": "\n".join(_summary(record)),
        "impact": "\n".join(_impact(record)),
        "root_cause": record.root_cause,
        "resolution": record.resolution,
        "lessons": "",
    }


def shown_services(record: Record) -> list[Suffered]:
    """Return the services that readers may know of."""
    return [one for one in record.services if one.public or not record.public]


def _summary(record: Record) -> Iterator[str]:
    length = duration(record.lasted)
    lasts = f"It lasted {length}." if record.ended else f"It has lasted {length} so far."
    yield f"{escaped(record.title)}. It began on {moment(record.began)}. {lasts}"
    told = [one for one in record.entries if one.public and one.said.strip()]
    if told:
        yield ""
        yield from (_line(one) for one in told)


def _line(one: Entry) -> str:
    return f"- **{moment(one.at)}, {one.stage}:** {in_a_line(one.said)}"


def _impact(record: Record) -> Iterator[str]:
    services = shown_services(record)
    if not services:
        yield "No service is named."
        return
    yield "While it ran:"
    yield ""
    for one in services:
        counted = f"{one.minutes} min of downtime" if one.minutes else "no downtime"
        yield f"- **{escaped(one.name)}** ({one.impact.label.lower()}): {counted}"
