"""A page: one run of an escalation policy for one incident, and whom it has told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from alerts.paging.course import Course, Plan, is_over, plan_of
from alerts.paging.reasons import Reason

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

NAME = 150


class PageQuerySet(models.QuerySet["Page"]):
    """Finds pages."""

    def running(self) -> Self:
        """Keep those that climb."""
        return self.filter(state=Page.State.RUNNING)

    def present(self) -> Self:
        """Leave out those of times that the incident was open before."""
        return self.exclude(state=Page.State.RESOLVED)


class Page(models.Model):
    """The row that keeps the promise: whatever a worker does, what is due stands in ``next_at``.

    ``snapshot`` is the policy as the page began: ``name``, ``team`` (id or empty), ``steps``, ``repeat``,
    ``remind_after``. ``step`` and ``round`` count from 0 and say what fires at ``next_at``; of a page that is
    acknowledged, ``next_at`` is when it looks next for silence and for a change of shift.
    """

    class State(models.TextChoices):
        """How it stands. It is stopped where somebody went on with the incident without acknowledging it."""

        RUNNING = "running"
        ACKNOWLEDGED = "acknowledged"
        RESOLVED = "resolved"
        UNANSWERED = "unanswered"
        STOPPED = "stopped"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    incident = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="pages")
    # No constraint: whoever deletes a policy at this very moment must not keep an incident from being declared.
    policy = models.ForeignKey(
        "oncall.EscalationPolicy", models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    team_name = models.CharField(max_length=NAME, blank=True)
    snapshot = models.JSONField()
    step = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    # Whether it waits for the end of a maintenance window, which is said once.
    held = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    # When a step fired last: its delay counts from here.
    fired_at = models.DateTimeField(null=True)
    fired = models.PositiveIntegerField(default=0)
    # When it stopped climbing.
    ended_at = models.DateTimeField(null=True)
    # Since it was acknowledged: who is on call by each schedule that was paged, ids by id.
    on_call = models.JSONField(default=dict)

    if TYPE_CHECKING:
        paged: RelatedManager[Paged]

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "policy"], condition=Q(state="running"), name="page_runs_once_a_policy"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "acknowledged", "resolved", "unanswered", "stopped"]),
                name="page_state_is_a_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(next_at__isnull=False), name="page_that_runs_is_due"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_at"], condition=Q(next_at__isnull=False), name="page_due"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"

    @property
    def name(self) -> str:
        """Return what the policy was called."""
        return str(self.snapshot["name"])

    @property
    def plan(self) -> Plan:
        """Return the steps that it climbs."""
        return plan_of(self.snapshot)

    @property
    def owed(self) -> bool:
        """Say whether the policies could not be read when it began."""
        return bool(self.snapshot.get("owed"))

    @property
    def course(self) -> Course:
        """Return what fires next."""
        return Course(self.step, self.round)

    @property
    def climbs(self) -> bool:
        """Say whether a step, and not only the word that nobody has answered, is to come."""
        return self.state == self.State.RUNNING and not is_over(self.plan, self.course)

    @cached_property
    def named_beside_others(self) -> str:
        """Return its name where the incident has pages by other policies, too; else empty: it need not be said."""
        others = Page.objects.present().filter(incident=self.incident_id).exclude(policy=self.policy_id)
        return self.name if others.exclude(pk=self.pk).exists() else ""

    def told_last(self) -> list[str]:
        """Return whom the last firing told."""
        lines = self.paged.filter(at=self.fired_at).exclude(name="") if self.fired_at else self.paged.none()
        return list(lines.values_list("name", flat=True))

    def put(self, course: Course) -> None:
        """Put what fires next on the row, unsaved."""
        self.step, self.round = course.step, course.round


class Paged(models.Model):
    """A line of the record: whom a page told, or why a step told nobody. Of an assignment there is no page."""

    incident = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="paged")
    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="paged")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    # Those of the page; null where no step fired.
    step = models.PositiveSmallIntegerField(null=True)
    round = models.PositiveSmallIntegerField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=NAME, blank=True)
    channel = models.CharField(max_length=36, blank=True)
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="paged_number_once")]

    def __str__(self) -> str:
        return self.name or self.why
