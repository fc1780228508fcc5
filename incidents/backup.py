"""Incidents in a backup, with what was said and what they did to services."""

from events.sections import Section

SECTIONS = [
    Section("incidents", "incidents.Incident"),
    Section("incident_templates", "incidents.IncidentTemplate"),
    Section("saved_filters", "incidents.SavedFilter"),
    Section("incident_updates", "incidents.Update"),
    Section("affected_services", "incidents.Affected", key=("incident", "service")),
    Section("postmortems", "incidents.Postmortem"),
    Section("action_items", "incidents.ActionItem"),
    Section("outages", "incidents.Outage", key=("incident", "component", "since")),
]
