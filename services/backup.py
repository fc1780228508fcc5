"""The catalogue in a backup: raw check results stay at home, their sums by the hour and the day go along."""

from __future__ import annotations

from events.sections import Secret, Section
from services.models.beat import new_token
from services.probes.secrets import without_secrets

_TOKEN = Secret(fresh=new_token, loss="{count} heartbeats have a new address; jobs that report must call that one.")
_OPTIONS = Secret(
    open_part=lambda row: without_secrets(row.kind, row.options),
    off={"enabled": False, "next_check_at": None},
    loss="{count} heartbeats are switched off, because the secrets that they ask with are not in the file.",
)
_CHANGE = ("service", "component", "at", "old", "new", "old_rule", "rule", "message", "source")

SECTIONS = [
    Section("groups", "services.Group"),
    Section("services", "services.Service"),
    Section("components", "services.Component"),
    Section(
        "heartbeats",
        "services.Heartbeat",
        left_out=("lease_until", "lease_token"),
        secrets={"token": _TOKEN, "options": _OPTIONS},
    ),
    Section("status_changes", "services.StatusChange", key=_CHANGE),
    Section("check_sums", "services.CheckRollup", key=("component", "period", "start")),
    Section("maintenance_series", "services.MaintenanceSeries"),
    Section("maintenance", "services.Maintenance"),
    Section("maintenance_updates", "services.MaintenanceUpdate"),
    Section("sla_breaches", "services.SlaBreach"),
]
