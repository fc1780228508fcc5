"""Who is on call, in a backup."""

from __future__ import annotations

import secrets

from events.sections import Secret, Section

_FEED = Secret(
    fresh=lambda: secrets.token_urlsafe(32), loss="{count} schedules have a new calendar address: subscribe to it anew."
)
_ADDRESS = Secret(
    sealed=True,
    off={"enabled": False, "verified_at": None},
    loss="{count} contact ways are switched off, because their addresses are not in the file: add them anew.",
)

SECTIONS = [
    Section("teams", "oncall.Team"),
    Section("schedules", "oncall.Schedule", secrets={"feed_token": _FEED}),
    Section("schedule_editions", "oncall.Edition", key=("schedule", "valid_from")),
    Section("overrides", "oncall.Override"),
    Section("escalation_policies", "oncall.EscalationPolicy"),
    Section("contact_ways", "oncall.ContactWay", secrets={"sealed": _ADDRESS}),
]
