"""The brand in a backup, its logo as base64."""

from events.sections import Section

SECTIONS = [Section("brand", "branding.Brand")]
