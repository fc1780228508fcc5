"""Where clients of Statuspage ask. Pure."""

STATUS = "/api/v2/status.json"
SUMMARY = "/api/v2/summary.json"
COMPONENTS = "/api/v2/components.json"
INCIDENTS = "/api/v2/incidents.json"
UNRESOLVED = "/api/v2/incidents/unresolved.json"
MAINTENANCES = "/api/v2/scheduled-maintenances.json"
UPCOMING = "/api/v2/scheduled-maintenances/upcoming.json"
ACTIVE = "/api/v2/scheduled-maintenances/active.json"

ALL = frozenset({STATUS, SUMMARY, COMPONENTS, INCIDENTS, UNRESOLVED, MAINTENANCES, UPCOMING, ACTIVE})
