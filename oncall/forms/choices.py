"""Who and what can be chosen."""

from __future__ import annotations

from django import forms

from accounts.models import User
from accounts.validators import zones
from oncall import channels
from oncall.models import Schedule, Team

Choices = list[tuple[str, str]]


def people(*kept: str) -> Choices:
    """Return those who can be reached at all, by name; ``kept`` are ids of those who stay although deactivated."""
    rows = [user for user in User.objects.all() if user.is_active or str(user.pk) in kept]
    return sorted(((str(user.pk), _named(user)) for user in rows), key=lambda pair: pair[1].lower())


def names() -> dict[str, str]:
    """Return what all people are called, by id."""
    return {str(user.pk): str(user) for user in User.objects.all()}


def every_name() -> dict[str, str]:
    """Return what all targets of steps are called, by id."""
    schedules = {str(pk): name for pk, name in Schedule.objects.values_list("pk", "name")}
    return names() | schedules | channels.all_names()


def targets(*kept: str) -> list[tuple[str, Choices]]:
    """Return what a step can tell, by kind, each as ``kind:id``."""
    groups = {
        "schedule": (
            "Whoever is on call by",
            [(str(pk), name) for pk, name in Schedule.objects.values_list("pk", "name")],
        ),
        "user": ("People", people(*kept)),
        "channel": ("Channels", sorted(channels.all_names().items(), key=lambda pair: pair[1].lower())),
    }
    return [(label, [(f"{kind}:{pk}", name) for pk, name in found]) for kind, (label, found) in groups.items() if found]


def zone_field(help_text: str, *, required: bool = True) -> forms.ChoiceField:
    """Return the choice of a time zone."""
    found = [(zone, zone.replace("_", " ")) for zone in sorted(zones())]
    choices = found if required else [("", "Choose…"), *found]
    return forms.ChoiceField(label="Time zone", choices=choices, help_text=help_text, required=required)


def team_field() -> forms.ModelChoiceField[Team]:
    """Return the choice of a team, or none."""
    return forms.ModelChoiceField(Team.objects.all(), required=False, empty_label="No team")


def team_name(pk: str) -> str:
    """Return what a team is called; empty for none."""
    return str(Team.objects.filter(pk=pk).first() or "") if pk else ""


def _named(user: User) -> str:
    return str(user) if user.is_active else f"{user} (deactivated)"
