"""A postmortem as one Markdown file with all that belongs to it. For people here: it names them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_noop

from incidents.postmortems.record import Entry, Record, Suffered, Task, escaped, in_a_line, moment
from services.lengths import duration

HEADINGS = {
    "summary": gettext_noop("Summary"),
    "impact": gettext_noop("Impact"),
    "root_cause": gettext_noop("Root cause"),
    "resolution": gettext_noop("Resolution"),
    "lessons": gettext_noop("Lessons"),
}


def export(
    record: Record,
    texts: Mapping[str, str],
    tasks: Sequence[Task],
    *,
    published_at: datetime | None = None,
    edited_at: datetime | None = None,
) -> str:
    """Return the file."""
    return "\n".join(
        [
            f"# Postmortem: {escaped(record.title)}",
            "",
            *_facts(record, published_at, edited_at),
            *_sections(texts),
            *_section("Timeline", map(_entry, record.entries)),
            *_section("Action items", map(_task, tasks)),
        ]
    )


def _facts(record: Record, published_at: datetime | None, edited_at: datetime | None) -> Iterator[str]:
    stands = f"published on {moment(published_at)}" if published_at else "a draft"
    yield f"- Postmortem: {stands}" + (f", edited on {moment(edited_at)}" if edited_at else "")
    yield f"- Severity: {record.severity.short} {record.severity}"
    yield f"- Who sees the incident: {'the public' if record.public else 'people here alone'}"
    yield f"- Began: {moment(record.began)}"
    yield f"- Resolved: {moment(record.ended)} after {duration(record.lasted)}" if record.ended else "- Still open"
    yield f"- Services: {', '.join(map(_service, record.services)) or 'none named'}"
    yield f"- Responders: {', '.join(map(escaped, record.responders)) or 'nobody'}"
    yield ""


def _sections(texts: Mapping[str, str]) -> Iterator[str]:
    for name, heading in HEADINGS.items():
        yield from (f"## {heading}", "", texts[name].strip() or "Nothing is written here.", "")


def _section(heading: str, lines: Iterator[str]) -> Iterator[str]:
    yield from (f"## {heading}", "")
    yield from list(lines) or ["None."]
    yield ""


def _service(one: Suffered) -> str:
    return f"{escaped(one.name)} ({one.impact.label.lower()}, {one.minutes} min of downtime)"


def _entry(one: Entry) -> str:
    note = "" if one.public else " (internal)"
    return f"- {moment(one.at)}, {one.stage}, {escaped(one.author)}{note}: {in_a_line(one.said) or 'nothing said'}"


def _task(one: Task) -> str:
    until = f"due {one.due.isoformat()}{', overdue' if one.overdue else ''}" if one.due else "no due date"
    return f"- [{'x' if one.done else ' '}] {escaped(one.title)} ({escaped(one.owner) or 'nobody has it'}, {until})"
