"""The public answers, described for the schema. :mod:`statuspage.shapes` writes them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from incidents.lifecycle import IncidentStatus, Severity
from services.maintenance.lifecycle import Stage
from services.models.change import Rule
from services.status import CHOICES, LIGHTS

Shape = serializers.Serializer[Any]
STAGES = [(stage.value, stage.value) for stage in IncidentStatus]
RULE = "How time counts now. Where it is no_data, the status is the last that was known."
SEVERITIES = [(severity.value, severity.short) for severity in Severity]


class UptimeShape(Shape):
    """Percent by period; null is "no data"."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Name fields that Python cannot."""
        return {f"{days}_days": serializers.FloatField(allow_null=True) for days in (30, 60, 90)}


class ServiceLineShape(Shape):
    """A service as the overview lists it."""

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    name = serializers.CharField()
    group = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(CHOICES)
    rule = serializers.ChoiceField(Rule.choices, help_text=RULE)
    light = serializers.ChoiceField(LIGHTS)
    uptime = UptimeShape()


class CheckedServiceShape(ServiceLineShape):
    """The same with its last check."""

    last_checked = serializers.DateTimeField(
        allow_null=True, help_text="To the minute, published by the clock. Null where nothing is checked."
    )


class AffectedShape(Shape):
    """A service that an incident affects."""

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    name = serializers.CharField()
    impact = serializers.ChoiceField(CHOICES)


class PublicUpdateShape(Shape):
    """What was said."""

    id = serializers.UUIDField()
    message = serializers.CharField()
    status = serializers.ChoiceField(STAGES)
    estimated_resolution = serializers.DateTimeField(
        allow_null=True, help_text="Null when nothing was promised, and once the promise stands no more."
    )
    happened_at = serializers.DateTimeField(
        allow_null=True, help_text="Of what was added later: when it happened. Null where it was said when it happened."
    )
    created_at = serializers.DateTimeField()


class PublicIncidentShape(Shape):
    """An incident with what was said about it, newest first."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    body = serializers.CharField()
    severity = serializers.ChoiceField(SEVERITIES)
    status = serializers.ChoiceField(STAGES)
    services = AffectedShape(many=True)
    started_at = serializers.DateTimeField(help_text="When it began; before `created_at` where that was said later.")
    created_at = serializers.DateTimeField()
    resolved_at = serializers.DateTimeField(allow_null=True)
    next_update_by = serializers.DateTimeField(
        allow_null=True, help_text="By when the next update was promised; null without a promise. It may be past."
    )
    updated_at = serializers.DateTimeField()
    updates = PublicUpdateShape(many=True)


class PostmortemOfShape(Shape):
    """The incident that a postmortem is of."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class PublicPostmortemShape(Shape):
    """A published postmortem; its texts are Markdown."""

    incident = PostmortemOfShape()
    summary = serializers.CharField()
    impact = serializers.CharField()
    root_cause = serializers.CharField()
    resolution = serializers.CharField()
    lessons = serializers.CharField()
    status = serializers.ChoiceField(["published"])
    published_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True, help_text="Null unless it was edited since.")


class NamedServiceShape(Shape):
    """A service that a window of maintenance names."""

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    name = serializers.CharField()


class WindowUpdateShape(Shape):
    """What was said about a window."""

    id = serializers.UUIDField()
    message = serializers.CharField()
    status = serializers.ChoiceField(Stage.choices)
    created_at = serializers.DateTimeField()


class PublicWindowShape(Shape):
    """A window of maintenance with what was said about it, newest first."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    description = serializers.CharField()
    status = serializers.ChoiceField(Stage.choices)
    services = NamedServiceShape(many=True)
    scheduled_start = serializers.DateTimeField()
    scheduled_end = serializers.DateTimeField()
    timezone = serializers.CharField(help_text="The zone in which it was planned; the times are UTC.")
    recurrence = serializers.CharField(help_text="The RRULE by which it came; empty for a single window.")
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    updates = WindowUpdateShape(many=True)


class FreshnessShape(Shape):
    """When checks last ran, to the minute, and whether they should have run since."""

    last_ran = serializers.DateTimeField(allow_null=True)
    overdue = serializers.BooleanField()


class PageShape(Shape):
    """Whose page it is."""

    name = serializers.CharField()
    url = serializers.URLField()
    time_zone = serializers.CharField(help_text="The IANA name of the zone that the page is written in.")


class StatusShape(Shape):
    """Everything public at a glance."""

    overall_status = serializers.ChoiceField(CHOICES)
    headline = serializers.CharField()
    services = CheckedServiceShape(many=True)
    recent_incidents = PublicIncidentShape(many=True)
    scheduled_maintenance = PublicWindowShape(many=True, help_text="Under way, and planned for the next 30 days.")
    last_updated = serializers.DateTimeField(allow_null=True, help_text="Null while nothing is published.")
    checks = FreshnessShape(allow_null=True, help_text="Null where nothing is checked.")
    page = PageShape()


class PublicComponentShape(Shape):
    """A component of a public service."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    status = serializers.ChoiceField(CHOICES)
    rule = serializers.ChoiceField(Rule.choices, help_text=RULE)
    light = serializers.ChoiceField(LIGHTS)


class ServiceDetailShape(ServiceLineShape):
    """A service with its components."""

    description = serializers.CharField()
    url = serializers.CharField()
    message = serializers.CharField()
    status_since = serializers.DateTimeField()
    components = PublicComponentShape(many=True)


class DaysShape(Shape):
    """Adjoining days of equal status."""

    first = serializers.DateField()
    last = serializers.DateField()
    status = serializers.ChoiceField(CHOICES, allow_null=True)
    down_seconds = serializers.IntegerField()


class PublicServiceShape(Shape):
    """One service."""

    service = ServiceDetailShape()
    uptime = UptimeShape()
    days = DaysShape(many=True)
    last_updated = serializers.DateTimeField()


class IncidentsShape(Shape):
    """The incidents of a period."""

    incidents = PublicIncidentShape(many=True)
    period_days = serializers.IntegerField()


class MaintenanceShape(Shape):
    """Maintenance that is under way, planned, or over since less than 90 days, in order of time."""

    maintenance_windows = PublicWindowShape(many=True)
