"""Who calls whom where imports may not point: dotted paths, part of the settings.

A lower part names a setting and calls what stands there, so that it knows nothing of the part that it calls.
"""

from __future__ import annotations

# In this order: who is on call is told before anything else is made.
EVENT_CONSUMERS: list[str] = [
    "notifications.paging.fanout.consume",
    "statuspage.publisher.consume",
    "notifications.fanout.consume",
]
# What a backup holds, in order of dependency: modules with a list of ``events.sections.Section``.
BACKUP_SECTIONS: list[str] = [
    f"{room}.backup"
    for room in ("branding", "accounts", "services", "incidents", "oncall", "alerts", "notifications", "events")
]
# And what it does not: what waits to be done, what came and went, what is made anew.
BACKUP_LEFT_OUT: list[str] = [
    *("accounts.SignInWait", "accounts.StoredReply", "accounts.Invitation"),
    *("events.Cursor", "services.CheckResult"),
    *("alerts.Page", "alerts.Paged", "alerts.RawSignal", "alerts.SignalTally", "alerts.PageTally"),
    *("notifications.Announcement", "notifications.Circuit", "notifications.Delivery", "notifications.Tally"),
    *("statuspage.Generation", "statuspage.Published", "statuspage.Copy"),
]
# Pages of docs/ that rooms above incidents print.
PRINTED_DOCS = {"backup.schema.json": "console.backup.schema.text"}
METRIC_COLLECTORS: list[str] = [
    f"{room}.metrics.collect"
    for room in (
        *("events", "services", "services.maintenance", "services.sla", "incidents"),
        *("alerts", "alerts.paging", "notifications", "statuspage"),
    )
]
# What is open on a service, as its page shows it: services know no incidents.
SERVICE_OPENINGS = "incidents.openings.on_service"
# Who is paged for a service, likewise.
SERVICE_PAGERS = "oncall.pagers.on_service"
# What the public page wears, for pages of others in its frame: notifications know no public page.
PUBLIC_FACE = "statuspage.face.shown"
# Who is sent what about a change, as forms show it before: services and incidents know no subscribers.
ANNOUNCEMENTS = "notifications.preview"
# The channels that a step of an escalation policy can name, and whether somebody can be reached at an address.
PAGING_CHANNELS = "notifications.paging.channels"
PAGING_ADDRESSES = "notifications.paging.typed.checked"
PAGING_TRIAL = "notifications.paging.trying.trial"
# Who acts on what happens to an incident, what its page shows besides, and the alerts that led to it: incidents know
# neither alerts nor who is on call.
INCIDENT_FOLLOWERS: list[str] = ["alerts.merging.follow", "alerts.paging.following.follow"]
INCIDENT_NEWS: list[str] = ["alerts.views.attached.alerts"]
INCIDENT_PANELS: list[str] = ["alerts.views.attached.paging"]
INCIDENT_NOTES: list[str] = ["alerts.views.attached.note"]
INCIDENT_VERBS: list[str] = ["alerts.views.attached.escalate"]
# What analytics count besides: the label, and what counts from one instant to another, of one service or of all.
ANALYTICS_COUNTS = [("Alerts suppressed all along", "alerts.counts.suppressed")]
INCIDENT_ALERTS = "alerts.shown.of_incident"
# Who acts, in the same transaction, on alerts that joined an incident.
ALERT_FOLLOWERS: list[str] = ["alerts.paging.joining.joined"]
# Our own parts, by the name that an internal heartbeat has as its target; each raises when it does not work.
INTERNAL_CHECKS = {
    "database": "config.parts.database",
    "cache": "config.parts.cached",
    "broker": "config.parts.broker",
    "worker": "config.parts.worker",
    "storage": "config.parts.storage",
    "mail": "config.parts.mail",
}
