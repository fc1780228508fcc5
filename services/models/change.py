"""The change history of statuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

from events.command import Tell
from events.kinds import Kind
from events.text import many_lines
from services.status import CHOICES, Status

if TYPE_CHECKING:
    from services.models.component import Component
    from services.models.service import Service


class Source(models.TextChoices):
    """What moved a status."""

    MANUAL = "manual"
    HEARTBEAT = "heartbeat"
    INCIDENT = "incident"
    MAINTENANCE = "maintenance"


class Rule(models.TextChoices):
    """How time counts in uptime."""

    COUNTED = "counted"
    MAINTENANCE = "maintenance"
    NO_DATA = "no_data", "No data"


def effective(status: str, rule: str) -> Status | None:
    """Return what uptime takes a status for under a rule; ``None`` is "no data", as before a birth."""
    if not status or rule == Rule.NO_DATA:
        return None
    return Status.MAINTENANCE if rule == Rule.MAINTENANCE else Status(status)


class StatusChange(models.Model):
    """A service, or one of its components, turned from ``old`` to ``new``, or its time counts differently from here on.

    Never edited. The first row of each has an empty ``old``: its birth. What lies before it is "no data". Where only
    the rule changed, ``old`` and ``new`` are the same.
    """

    id = models.BigAutoField(primary_key=True)
    service = models.ForeignKey("services.Service", models.CASCADE, related_name="status_changes")
    component = models.ForeignKey("services.Component", models.CASCADE, null=True, related_name="status_changes")
    old = models.CharField(max_length=20, choices=CHOICES, blank=True)
    new = models.CharField(max_length=20, choices=CHOICES)
    old_rule = models.CharField(max_length=12, choices=Rule.choices, default=Rule.COUNTED)
    rule = models.CharField(max_length=12, choices=Rule.choices, default=Rule.COUNTED)
    message = models.TextField(blank=True, max_length=5000, validators=[many_lines])
    source = models.CharField(max_length=20, choices=Source.choices)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["service", "component", "at"], name="change_of_service"),
            models.Index(fields=["at"], name="change_at"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(new__in=[*Status]), name="change_new_is_a_status"),
            models.CheckConstraint(condition=models.Q(old__in=["", *Status]), name="change_old_is_a_status"),
            models.CheckConstraint(condition=models.Q(rule__in=Rule.values), name="change_rule_is_a_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.old or 'new'} → {self.new}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a row that stands is never written again."""
        if not self._state.adding:
            raise TypeError("A status change is never edited.")
        super().save(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class Before:
    """How a service or component stood before it turned."""

    status: Status
    rule: str


def record(
    tell: Tell,
    service: Service,
    old: Before | None,
    source: str,
    message: str = "",
    component: Component | None = None,
) -> None:
    """Write the row of a change that has just been made and, but for a birth (``old`` is ``None``), tell it."""
    thing = component or service
    change = StatusChange(
        service=service,
        component=component,
        old=old.status if old else "",
        new=thing.status,
        old_rule=old.rule if old else thing.rule,
        rule=thing.rule,
        message=message,
        source=source,
        actor_kind=tell.actor.kind,
        actor_id=tell.actor.id,
        actor_name=tell.actor.name,
        at=thing.status_since,
    )
    # The choices of the fields say what the constraints say, and asking the database first costs a query for each.
    change.full_clean(exclude=["service", "component"], validate_constraints=False)
    change.save()
    if old is not None:
        # What a check found out names targets and private services: it stands on the row and goes nowhere.
        said = {"message": message} if source in SPOKEN else {}
        tell(
            _KINDS[component is not None, old.status != thing.status],
            subject=thing.subject,
            public=service.public,
            services=[service.id],
            data={"old": old.status, "new": thing.status, "rule": thing.rule, "source": source, **said},
        )


# What people said with these they said to everybody who sees the status.
SPOKEN = {Source.MANUAL, Source.INCIDENT}
# By whether it is a component, and whether its status changed or only how its time counts.
_KINDS = {
    (False, True): Kind.SERVICE_STATUS_CHANGED,
    (False, False): Kind.SERVICE_COUNTING_CHANGED,
    (True, True): Kind.COMPONENT_STATUS_CHANGED,
    (True, False): Kind.COMPONENT_COUNTING_CHANGED,
}
