"""A postmortem as a file that a browser keeps."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils import timezone

from incidents.models import Postmortem
from incidents.models.postmortem import TEXTS
from incidents.postmortems.export import export
from incidents.postmortems.facts import record_of, tasks_of

MARKDOWN: Final = "text/markdown"


def file_of(postmortem: Postmortem) -> HttpResponse:
    """Return the answer that a browser keeps as a file."""
    now = timezone.now()
    text = export(
        record_of(postmortem.incident, now),
        {name: getattr(postmortem, name) for name in TEXTS},
        tasks_of(postmortem, now),
        published_at=postmortem.published_at,
        edited_at=postmortem.edited_at,
    )
    headers = {"Content-Disposition": f'attachment; filename="postmortem-{postmortem.incident_id}.md"'}
    return HttpResponse(text, content_type=f"{MARKDOWN}; charset=utf-8", headers=headers)
