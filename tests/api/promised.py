"""The addresses and fields that callers rely on. A name here is never taken away; others may be added."""

from __future__ import annotations

# Under /api/v1/, by method.
ADDRESSES = {
    "services": "GET POST",
    "services/{id}": "GET PUT PATCH DELETE",
    "services/{id}/status": "POST",
    "services/{id}/uptime": "GET",
    "services/{id}/analytics": "GET",
    "services/{id}/components": "GET POST",
    "components/{id}": "GET PUT PATCH DELETE",
    "components/{id}/status": "POST",
    "components/{id}/heartbeat": "POST DELETE",
    "components/{id}/check": "POST",
    "components/{id}/latency": "GET",
    "health-check": "POST",
    "groups": "GET POST",
    "groups/{id}": "GET",
    "incidents": "GET POST",
    "incidents/{id}": "GET PATCH",
    "incidents/{id}/updates": "GET POST",
    "incidents/{id}/transition": "POST",
    "incidents/{id}/acknowledge": "POST",
    "incidents/{id}/assign": "POST",
    "incidents/{id}/resolve": "POST",
    "incidents/{id}/reopen": "POST",
    "incidents/{id}/metrics": "GET",
    "incidents/analytics": "GET",
    "incidents/{id}/postmortem": "GET POST PATCH",
    "incidents/{id}/postmortem/publish": "POST",
    "incidents/{id}/postmortem/export": "GET",
    "incidents/{id}/postmortem/action-items": "GET POST",
    "action-items/{id}": "PATCH DELETE",
    "incident-templates": "GET POST",
    "incident-templates/{id}": "GET PATCH DELETE",
    "maintenance": "GET POST",
    "maintenance/{id}": "GET",
    "maintenance/{id}/start": "POST",
    "maintenance/{id}/complete": "POST",
    "maintenance/{id}/cancel": "POST",
    "alerts": "GET POST",
    "alerts/{id}": "GET",
    "teams": "GET POST",
    "schedules": "GET POST",
    "schedules/{id}": "GET",
    "schedules/{id}/overrides": "GET POST",
    "schedules/{id}/shifts": "GET",
    "oncall/current": "GET",
    "escalation-policies": "GET POST",
    "escalate": "POST",
    "notify": "POST",
    "notifications": "GET",
    "notifications/{id}/retry": "POST",
    "channels": "GET POST",
    "channels/{id}/test": "POST",
    "subscribers": "GET POST",
    "subscribers/{id}": "DELETE",
    "audit": "GET",
    "status-changes": "GET",
    "analytics": "GET",
    "sla/reports": "GET",
    "sla/breaches": "GET",
    "sla/breaches/{id}/acknowledge": "POST",
    "export": "GET",
    "export/logs": "GET",
    "import": "POST",
    "api-keys": "GET POST",
    "api-keys/{id}": "DELETE",
    "users": "GET POST",
    "users/{id}": "PATCH",
}
# In the formats of other products, which their own documents describe.
DROP_IN = ("/api/v1/alerts/alertmanager", "/api/v2/alerts", "/v2/enqueue")
# By the address whose GET answers with them, or with a page of them.
FIELDS = {
    "services": "id slug name description url owner group position public sla_target status light manual_status"
    " components created_at updated_at",
    "components/{id}": "id service name description status light heartbeat created_at updated_at",
    "incidents": "id title body severity status response public services root_cause resolution assignee tags"
    " acknowledged_at resolved_at created_at updated_at version",
    "incidents/{id}": "id updates alerts metrics",
    "incidents/{id}/metrics": "mtta_seconds mttr_seconds",
    "incidents/{id}/updates": "id message status public author estimated_resolution created_at",
    "maintenance": "id title description services scheduled_start scheduled_end timezone recurrence status public"
    " created_at updated_at",
    "alerts": "id integration fingerprint service severity message labels annotations status count incident starts_at"
    " ends_at received_at last_received_at",
    "notifications": "id event recipient channel status attempts last_error next_attempt_at sent_at created_at",
    "subscribers": "id email url scope services incident mode status",
    "schedules": "id name team timezone layers",
    "schedules/{id}/overrides": "id user start end replaces",
    "users": "id username name email role timezone active",
    "incidents/{id}/postmortem": "summary impact root_cause resolution lessons status published_at",
    "incidents/{id}/postmortem/action-items": "id title owner due_date status",
}
HEARTBEAT = (
    "kind url interval timeout method expected_status keyword degraded_after down_after recover_after enabled"
    " last_checked_at last_latency_ms consecutive_failures next_check_at"
)
# What anybody may ask for on a page that has just been seeded; {service}, {incident} and {window} are shown there.
PUBLIC = {
    "/status": "",
    "/status/history": "",
    "/status/incidents/{incident}": "",
    "/status/services/{slug}": "",
    "/status/maintenance/{window}": "",
    "/status/subscribe": "",
    "/status/rss": "",
    "/status/rss?service={slug}": "",
    "/status/atom": "",
    "/status/calendar.ics": "",
    "/status/badge.svg": "",
    "/status/services/{slug}/badge.svg": "",
    "/status/widget.js": "",
    "/api/v1/status": "overall_status services recent_incidents scheduled_maintenance last_updated",
    "/api/v1/status/services/{service}": "service uptime",
    "/api/v1/status/incidents?days=30": "incidents period_days",
    "/api/v1/status/incidents/{incident}": "id title",
    "/api/v1/status/maintenance": "maintenance_windows",
    "/api/v1/status/rss": "",
    "/api/v2/summary.json": "page status components incidents scheduled_maintenances",
    "/api/v2/status.json": "page status",
    "/api/v2/components.json": "page components",
    "/api/v2/incidents.json": "page incidents",
    "/api/v2/incidents/unresolved.json": "page incidents",
    "/api/v2/scheduled-maintenances.json": "page scheduled_maintenances",
    "/api/v2/scheduled-maintenances/upcoming.json": "page scheduled_maintenances",
    "/api/v2/scheduled-maintenances/active.json": "page scheduled_maintenances",
    "/metrics": "",
    "/health/live": "",
    "/health/ready": "",
    "/healthz": "",
}
# One door each in the console; Django's admin beside them.
CONSOLE = (
    *("", "incidents/", "services/", "maintenance/", "alerts/", "oncall/", "subscribers/", "channels/", "deliveries/"),
    *("sla/", "analytics/", "activity/", "settings/"),
)
KINDS = (
    "INCIDENT_CREATED INCIDENT_UPDATED INCIDENT_STATUS_CHANGED INCIDENT_UPDATE_POSTED INCIDENT_ACKNOWLEDGED"
    " POSTMORTEM_PUBLISHED SERVICE_STATUS_CHANGED COMPONENT_STATUS_CHANGED MAINTENANCE_SCHEDULED MAINTENANCE_STARTED"
    " MAINTENANCE_COMPLETED MAINTENANCE_CANCELLED ALERT_RECEIVED ONCALL_PAGED"
)
METRICS = (
    "service_status service_sla_target service_uptime_24h component_status component_latency_ms"
    " component_consecutive_failures services_total components_total incidents_active incidents_total"
    " incidents_by_severity incidents_by_status maintenances_active maintenances_scheduled sla_breaches_unacknowledged"
    " alerts_received_total alerts_correlated_total alert_processing_seconds incidents_created_total"
    " incident_mtta_seconds incident_mttr_seconds oncall_notifications_sent_total escalations_total"
    " notifications_sent_total events_undispatched snapshot_age_seconds"
)
