"""The log in a backup."""

from events.sections import Section

SECTIONS = [Section("events", "events.Event", fixed=True)]
