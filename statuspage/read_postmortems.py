"""The postmortems that the public may read, as views: one query, however many incidents."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from incidents import markdown
from incidents.models import Postmortem
from incidents.models.postmortem import TEXTS
from incidents.postmortems.export import HEADINGS
from statuspage.incident_view import PostmortemView


def of_incidents(keys: Collection[UUID]) -> dict[UUID, PostmortemView]:
    """Return the published ones by incident. Drafts, and what was published inside alone, are never read."""
    rows = Postmortem.objects.visible().filter(incident__in=keys)
    return {row.incident_id: _view(row, row.published_at) for row in rows if row.published_at is not None}


def _view(row: Postmortem, published_at: datetime) -> PostmortemView:
    texts = {name: str(getattr(row, name)) for name in TEXTS}
    written = [(HEADINGS[name], markdown.to_html(text)) for name, text in texts.items() if text.strip()]
    return PostmortemView(**texts, sections=tuple(written), published_at=published_at, edited_at=row.edited_at)
