"""What Prometheus and Alertmanager have in common: an alert is a set of labels. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alerts import fingerprint, mapping
from alerts.limits import FINGERPRINT
from alerts.signal import Action, Reading, Signal


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labels of an alert, read."""

    labels: dict[str, str]
    annotations: dict[str, str]
    fingerprint: str


def read(said: Mapping[str, Any], reading: Reading) -> Labelled:
    """Return labels without those that are dropped, and the fingerprint of what is left.

    The sender's own fingerprint holds while nothing was dropped. Raises ``ValueError``.
    """
    given = {name: value for name, value in mapping.texts(said.get("labels"), "labels").items() if value}
    labels = mapping.kept(given, reading.ignored_labels)
    theirs = said.get("fingerprint")
    known = isinstance(theirs, str) and 0 < len(theirs) <= FINGERPRINT and labels == given
    found = str(theirs) if known else fingerprint.of_labels(labels)
    return Labelled(labels, mapping.texts(said.get("annotations"), "annotations"), found)


def signal(
    read: Labelled,
    action: Action,
    reading: Reading,
    *,
    starts_at: datetime | None,
    ends_at: datetime | None = None,
    lease_until: datetime | None = None,
    links: tuple[Mapping[str, str], ...] = (),
    raw: Any = None,
) -> Signal:
    """Return the signal of such an alert."""
    return Signal(
        fingerprint=read.fingerprint,
        action=action,
        service=mapping.service(read.labels, reading.service_labels),
        severity=mapping.severity(read.labels.get("severity", "")),
        message=mapping.message(read.labels, read.annotations),
        labels=read.labels,
        annotations=read.annotations,
        links=links,
        starts_at=starts_at,
        ends_at=ends_at,
        lease_until=lease_until,
        raw=raw,
    )


def link(href: Any, text: str) -> tuple[Mapping[str, str], ...]:
    """Return a link to where it comes from, none where ``href`` is no address of the web."""
    if isinstance(href, str) and href.startswith(("http://", "https://")):
        return ({"href": href[:2000], "text": text},)
    return ()
