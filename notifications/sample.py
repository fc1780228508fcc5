"""Words that no event began: a test of a channel, and a note that somebody wrote. Pure."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Final

from incidents.markdown import to_html, to_text
from notifications.transports.outcome import Words

TEST: Final = "CHANNEL_TEST"
NOTE: Final = "NOTE"
_SHORT: Final = 280
_INCIDENT: Final = "00000000-0000-4000-8000-000000000000"


def trial(channel: str, by: str, url: str, now: datetime) -> Words:
    """Return what a test says: which channel it was, who asked for it, and that nothing happened.

    Its facts have the shape of an incident, so that a receiver can be built against it; its id belongs to none.
    """
    subject = f"{channel} works"
    said = f"{by} sent this test from OpStatus to “{channel}”. Nothing has happened, and nobody else was told."
    update = {
        "id": None,
        "message": said,
        "status": "investigating",
        "public": False,
        "author": by,
        "estimated_resolution": None,
        "created_at": now,
    }
    incident = {
        "id": _INCIDENT,
        "title": subject,
        "severity": "low",
        "status": "investigating",
        "public": False,
        "services": [{"id": _INCIDENT, "name": "Example", "impact": "degraded"}],
        "created_at": now,
        "resolved_at": None,
        "updates": [update],
    }
    return Words(
        kind=TEST,
        subject=subject,
        text=f"{said}\n\n{url}\n",
        html=f'<p>{escape(said)}</p><p class="onward"><a href="{escape(url)}">Open the channel</a></p>',
        short=f"{subject}. {said} {url}",
        facts={"title": subject, "url": url, "incident": incident, "update": update},
        at=now,
    )


def note(title: str, message: str, now: datetime) -> Words:
    """Return the words of a note; ``message`` is Markdown."""
    plain = " ".join(to_text(message).split())
    cut = plain if len(plain) <= _SHORT else f"{plain[: _SHORT - 1].rstrip()}…"
    return Words(
        kind=NOTE,
        subject=title,
        text=f"{message.strip()}\n",
        html=f'<div class="said">{to_html(message)}</div>',
        short=f"{title}. {cut}".strip(),
        facts={"title": title, "message": message},
        at=now,
    )
