"""A message in the shape that Atlassian Statuspage sends. Pure, but for the address of this installation.

What that format says of the page and of components as they are now is said here of the services that the message
names, as the message has them: a receiver shows what it is told, and asks the page's JSON for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from notifications.transports.outcome import Parcel
from services import statuspage_rows as rows
from services.status import Status, parse, worst
from services.statuspage_words import component_status, incident_impact, moment, short_id, standing

# It knows no window that does not take place.
_STAGE: Final = {"cancelled": "completed"}
_OVER: Final = frozenset({"resolved", "completed", "cancelled"})


def payload(parcel: Parcel) -> dict[str, Any] | None:
    """Return the message; ``None`` for what is neither an incident nor a window nor a change of status."""
    facts = parcel.words.facts
    about: dict[str, Any] | None = None
    if thing := facts.get("incident") or facts.get("maintenance"):
        about = {"incident": _incident(thing, facts)}
    elif "change" in facts:
        about = _component_change(facts, parcel)
    elif parcel.test:
        about = {"incident": _example(parcel)}
    return None if about is None else {"meta": _meta(parcel), "page": _page(facts), **about}


def _meta(parcel: Parcel) -> dict[str, str]:
    leave = parcel.leave_url or parcel.manage_url or f"{settings.SITE_URL}/status"
    return {
        "unsubscribe": leave,
        "documentation": f"{settings.SITE_URL}/status",
        "generated_at": str(_time(parcel.words.at)),
    }


def _page(facts: Mapping[str, Any]) -> dict[str, str]:
    # A message names some of all services: the others may well be well.
    indicator, description = standing([_worst_of_all(facts), Status.OPERATIONAL])
    return {"id": _page_id(), "status_indicator": indicator, "status_description": description}


def _page_id() -> str:
    return short_id(settings.SITE_URL)


def _worst_of_all(facts: Mapping[str, Any]) -> Status:
    """Return the worst that the message tells of."""
    if "change" in facts:
        return parse(str(facts["change"]["new"]))
    if window := facts.get("maintenance"):
        return Status.MAINTENANCE if window["status"] == "in_progress" else Status.OPERATIONAL
    incident = facts.get("incident") or {}
    return Status.OPERATIONAL if incident.get("status") in _OVER else _worst(incident.get("services", ()))


def _incident(thing: Mapping[str, Any], facts: Mapping[str, Any]) -> rows.Row:
    told = [facts["update"], *thing["updates"]] if not thing["updates"] else list(thing["updates"])
    began = _time(thing.get("created_at") or told[-1]["created_at"])
    over = _time(thing.get("resolved_at"))
    found = rows.incident(
        key=short_id(thing["id"]),
        name=thing["title"],
        status=_stage(thing["status"]),
        created_at=began,
        updated_at=_time(told[0]["created_at"]),
        monitoring_at=_first(told, "monitoring"),
        resolved_at=over or (_first(told, "completed") if "scheduled_start" in thing else None),
        impact=_impact(thing),
        shortlink=facts["url"],
        started_at=began,
        page_id=_page_id(),
        incident_updates=[_update(entry, thing) for entry in told],
        components=[_component(service, began) for service in thing["services"]],
    )
    if "scheduled_start" in thing:
        found |= {"scheduled_for": _time(thing["scheduled_start"]), "scheduled_until": _time(thing["scheduled_end"])}
    return found


def _example(parcel: Parcel) -> dict[str, Any]:
    """Return a test in the shape of an incident: the format knows nothing else that could be said of nothing."""
    words = parcel.words
    entry = {"id": None, "message": words.text.strip(), "status": "resolved", "created_at": words.at}
    thing = {"id": str(parcel.delivery), "title": words.subject, "status": "resolved", "services": (), "updates": ()}
    return _incident({**thing, "created_at": words.at, "resolved_at": words.at}, {**words.facts, "update": entry})


def _update(entry: Mapping[str, Any], thing: Mapping[str, Any]) -> rows.Row:
    at = _time(entry["created_at"])
    return rows.update(
        key=short_id(str(entry["id"] or f"{thing['id']} {at}")),
        status=_stage(entry["status"] or thing["status"]),
        body=entry["message"],
        incident_id=short_id(thing["id"]),
        at=at,
    )


def _component_change(facts: Mapping[str, Any], parcel: Parcel) -> dict[str, Any]:
    thing, change = facts.get("component") or facts["service"], facts["change"]
    at = _time(change["at"])
    return {
        "component": _component({**thing, "impact": change["new"]}, at),
        "component_update": {
            "id": short_id(str(parcel.delivery)),
            "component_id": short_id(thing["id"]),
            "old_status": component_status(parse(str(change["old"]))),
            "new_status": component_status(parse(str(change["new"]))),
            "created_at": at,
        },
    }


def _component(service: Mapping[str, Any], at: str | None) -> rows.Row:
    return rows.component(
        key=short_id(service["id"]),
        name=service["name"],
        status=component_status(parse(str(service.get("impact") or Status.OPERATIONAL))),
        created_at=at,
        updated_at=at,
        page_id=_page_id(),
    )


def _impact(thing: Mapping[str, Any]) -> str:
    return "maintenance" if "scheduled_start" in thing else incident_impact(_worst(thing["services"]))


def _worst(services: Sequence[Mapping[str, Any]]) -> Status:
    return worst(parse(str(service["impact"])) for service in services if service.get("impact"))


def _stage(status: str) -> str:
    return _STAGE.get(str(status), str(status))


def _first(told: Sequence[Mapping[str, Any]], status: str) -> str | None:
    """Return when it first came to a status; ``told`` is newest first."""
    return next((_time(entry["created_at"]) for entry in reversed(told) if entry["status"] == status), None)


def _time(at: datetime | str | None) -> str | None:
    """Return ISO 8601 with exactly three decimals; facts that were stored hold their times as text."""
    if at is None or at == "":
        return None
    return moment(datetime.fromisoformat(at) if isinstance(at, str) else at)
