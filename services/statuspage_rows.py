"""Rows of Atlassian Statuspage's API v2 and of its webhooks, which say the same. Pure.

Every key is always there, in the order that strict clients expect. Times are texts as ``moment`` writes them, ids as
``short_id`` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

Row: TypeAlias = dict[str, Any]


def component(
    *,
    key: str,
    name: str,
    status: str,
    created_at: str | None,
    updated_at: str | None,
    page_id: str,
    position: int = 1,
    description: str | None = None,
    showcase: bool = True,
    start_date: str | None = None,
    group_id: str | None = None,
    group: bool = False,
) -> Row:
    """Return a service, or a group of them."""
    return {
        "id": key,
        "name": name,
        "status": status,
        "created_at": created_at,
        "updated_at": updated_at,
        "position": position,
        "description": description,
        "showcase": showcase,
        "start_date": start_date,
        "group_id": group_id,
        "page_id": page_id,
        "group": group,
        "only_show_if_degraded": False,
    }


def incident(
    *,
    key: str,
    name: str,
    status: str,
    created_at: str | None,
    updated_at: str | None,
    monitoring_at: str | None,
    resolved_at: str | None,
    impact: str,
    shortlink: str,
    started_at: str | None,
    page_id: str,
    incident_updates: Sequence[Row],
    components: Sequence[Row],
) -> Row:
    """Return an incident, or a window of maintenance but for its two times."""
    return {
        "id": key,
        "name": name,
        "status": status,
        "created_at": created_at,
        "updated_at": updated_at,
        "monitoring_at": monitoring_at,
        "resolved_at": resolved_at,
        "impact": impact,
        "shortlink": shortlink,
        "started_at": started_at,
        "page_id": page_id,
        "incident_updates": list(incident_updates),
        "components": list(components),
    }


def update(*, key: str, status: str, body: str, incident_id: str, at: str | None) -> Row:
    """Return what was said of an incident or a window, and when."""
    return {
        "id": key,
        "status": status,
        "body": body,
        "incident_id": incident_id,
        "created_at": at,
        "updated_at": at,
        "display_at": at,
        "affected_components": None,
        "deliver_notifications": True,
        "custom_tweet": None,
        "tweet_id": None,
    }
