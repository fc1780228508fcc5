"""How bad something is, as plain words: on-call duty knows no incidents. Pure."""

from __future__ import annotations

# Worst first.
SEVERITIES = ("critical", "high", "medium", "low")
CHOICES = [(severity, f"SEV{number}") for number, severity in enumerate(SEVERITIES, 1)]


def reaches(severity: str, least: str) -> bool:
    """Say whether ``severity`` is at least as bad as ``least``; empty asks for nothing."""
    return not least or SEVERITIES.index(severity) <= SEVERITIES.index(least)
