"""What the kind of an event says by itself: the change that is the same each time, and why some change nothing. Pure.

Every kind is in one of the two tables, or is told with ``before`` and ``after`` (or ``old`` and ``new``) of its own;
``tests/events/test_every_change_says_what_it_was.py`` walks all that tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from events.kinds import Kind

_Fields = Mapping[str, Any]
_WORDS = "Nothing that stood is changed: words were added, and `data` has them."
_MESSAGE = "A message about something else; nothing is changed but that."
_TOLD = "People are told of something; `data` says who."
_SECRET = "What it was and is must be read nowhere."  # noqa: S105  # a reason, not a password
_SESSION = "A session, not a setting: nothing that stands is changed."
_REACH = "What happened to messages, not what anybody set; `data` says why."


def _switch(name: str, *, on: bool) -> tuple[_Fields, _Fields]:
    return {name: not on}, {name: on}


# Before and after, where the event does not say so itself.
IMPLIED: Final[Mapping[str, tuple[_Fields, _Fields]]] = {
    Kind.INCIDENT_ACKNOWLEDGED: _switch("acknowledged", on=True),
    Kind.MAINTENANCE_STARTED: ({"status": "scheduled"}, {"status": "in_progress"}),
    Kind.MAINTENANCE_COMPLETED: ({"status": "in_progress"}, {"status": "completed"}),
    Kind.MAINTENANCE_CANCELLED: ({"status": "scheduled"}, {"status": "cancelled"}),
    Kind.HEARTBEAT_RESUMED: _switch("paused", on=False),
    Kind.SLA_BREACH_ACKNOWLEDGED: _switch("acknowledged", on=True),
    Kind.ALERT_RECEIVED: ({}, {"status": "firing"}),
    Kind.ALERT_RESOLVED: ({"status": "firing"}, {"status": "resolved"}),
    Kind.ALERT_EXPIRED: ({"status": "firing"}, {"status": "expired"}),
    Kind.ALERT_ACKNOWLEDGED: _switch("acknowledged", on=True),
    Kind.DELIVERY_SEEN: _switch("seen", on=True),
    Kind.CHANNEL_SEEN: _switch("seen", on=True),
    Kind.CHANNEL_SWITCHED_OFF: _switch("enabled", on=False),
    Kind.CHANNEL_SWITCHED_ON: _switch("enabled", on=True),
    Kind.SUBSCRIBER_LEFT: _switch("subscribed", on=False),
    Kind.SUBSCRIBER_REMOVED: _switch("subscribed", on=False),
    Kind.SUBSCRIBER_STOPPED: _switch("subscribed", on=False),
    Kind.CONTACT_WAY_VERIFIED: _switch("verified", on=True),
    Kind.CONTACT_WAY_FAILING: _switch("failing", on=True),
    Kind.CONTACT_WAY_WORKS: _switch("failing", on=False),
    Kind.USER_INVITATION_WITHDRAWN: _switch("invited", on=False),
    Kind.USER_SECOND_FACTOR_ON: ({}, {"second_factor": True}),
    Kind.USER_SECOND_FACTOR_OFF: _switch("second_factor", on=False),
    Kind.USER_SECOND_FACTOR_RESET: _switch("second_factor", on=False),
    Kind.USER_IDENTITY_TIED: ({}, {"identity": True}),
    Kind.USER_IDENTITY_UNTIED: _switch("identity", on=False),
    Kind.API_KEY_REVOKED: _switch("revoked", on=True),
}
# Why a kind has neither.
WHY_NOT: Final[Mapping[str, str]] = {
    Kind.INCIDENT_UPDATE_POSTED: _WORDS,
    Kind.INCIDENT_UPDATE_DUE: "The clock reminds of a promise; `data` has it.",
    Kind.INCIDENT_UPDATE_OVERDUE: "The clock says that a promise is broken; `data` has it.",
    Kind.ACTION_ITEM_OVERDUE: "The clock reminds of a task; `data` has its day.",
    Kind.ONCALL_PAGED: _TOLD,
    Kind.ONCALL_HELD: _TOLD,
    Kind.ONCALL_UNREACHED: _TOLD,
    Kind.ONCALL_UNANSWERED: _TOLD,
    Kind.SLA_WARNING: "The clock records a figure; `data` has it.",
    Kind.SLA_BREACHED: "The clock records a figure; `data` has it.",
    Kind.SLA_RECOVERED: "The clock records a figure; `data` has it.",
    Kind.HEARTBEAT_TOKEN_ROTATED: _SECRET,
    Kind.MAINTENANCE_SCHEDULED: "A window is new: `data` has its times.",
    Kind.MAINTENANCE_REMINDER: _MESSAGE,
    Kind.MAINTENANCE_UPDATE_POSTED: _WORDS,
    Kind.ALERT_MOVED: "`data` has the incident that it was of.",
    Kind.MESSAGE_WITHDRAWN: _MESSAGE,
    Kind.MESSAGE_NOT_MADE: _MESSAGE,
    Kind.DELIVERY_RETRIED: _MESSAGE,
    Kind.SUBSCRIBERS_FORGOTTEN: "Addresses are gone and must not live on here; `data` has how many.",
    Kind.SUBSCRIBERS_IMPORTED: "Addresses are for the list alone; `data` has how many.",
    Kind.CHANNEL_SECRET_ROTATED: _SECRET,
    Kind.CHANNEL_TESTED: _MESSAGE,
    Kind.NOTE_SENT: _MESSAGE,
    Kind.CONTACT_WAY_ASKED: _MESSAGE,
    Kind.CONTACT_WAY_TESTED: _MESSAGE,
    Kind.USER_SIGNED_IN: _SESSION,
    Kind.USER_SIGN_IN_REFUSED: _SESSION,
    Kind.USER_SIGNED_OUT: _SESSION,
    Kind.USER_SESSIONS_ENDED: _SESSION,
    Kind.USER_PASSWORD_CHANGED: _SECRET,
    Kind.USER_RECOVERY_CODES_RENEWED: _SECRET,
    Kind.USER_RECOVERY_CODE_USED: _SECRET,
    Kind.BACKUP_IMPORTED: "Too much to be listed: `data` counts the rows.",
    Kind.DEMO_SEEDED: "Everything is new.",
}


def before_and_after(kind: str, data: _Fields, before: _Fields, after: _Fields) -> tuple[_Fields, _Fields]:
    """Return what an event says that was and is, or else what its kind says; empty where nothing is changed."""
    moved = ({"status": data["old"]}, {"status": data["new"]}) if {"old", "new"} <= data.keys() else ({}, {})
    was, now = moved if any(moved) else IMPLIED.get(kind, ({}, {}))
    return {**was, **before}, {**now, **after}
