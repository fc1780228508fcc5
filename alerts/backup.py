"""What machines reported, in a backup: signals as they came, and pages, stay at home."""

from events.sections import Section

SECTIONS = [
    Section("integrations", "alerts.Integration"),
    Section("correlations", "alerts.Correlation", fixed=True),
    Section("silences", "alerts.Silence"),
    Section("alerts", "alerts.Alert"),
]
