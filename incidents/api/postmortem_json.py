"""What the API says and takes of postmortems and action items."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from accounts.api.serializers import LongTextField, StrictFields
from accounts.models import User
from incidents.api.input import QUIET
from incidents.models import ActionItem, Postmortem


class ActionItemSerializer(serializers.ModelSerializer[ActionItem]):
    """A task; ``owner`` is the id of a user or null. It is overdue when it is open and its day, UTC, is over."""

    incident = serializers.UUIDField(source="postmortem.incident_id", read_only=True)
    incident_title = serializers.CharField(source="postmortem.incident.title", read_only=True)
    owner = serializers.UUIDField(source="owner_id", allow_null=True, read_only=True)
    owner_name = serializers.SerializerMethodField()
    status = serializers.ChoiceField(choices=ActionItem.Status.choices, read_only=True)
    overdue = serializers.SerializerMethodField()

    class Meta:
        model = ActionItem
        fields = ["id", "incident", "incident_title", "title", "owner", "owner_name", "due_date", "status", "overdue"]
        fields += ["done_at", "created_at", "updated_at"]
        read_only_fields = fields

    def get_owner_name(self, item: ActionItem) -> str | None:
        """Return how people call who has it."""
        return str(item.owner) if item.owner else None

    def get_overdue(self, item: ActionItem) -> bool:
        """Return whether its day is over and it is not done."""
        return item.is_overdue(timezone.now())


class PostmortemSerializer(serializers.ModelSerializer[Postmortem]):
    """A postmortem with its action items. ``public``: published for the public, and not inside alone."""

    incident = serializers.UUIDField(source="incident_id", read_only=True)
    status = serializers.ChoiceField(choices=Postmortem.Status.choices, read_only=True)
    action_items = serializers.SerializerMethodField()

    class Meta:
        model = Postmortem
        fields = ["id", "incident", "summary", "impact", "root_cause", "resolution", "lessons", "status", "public"]
        fields += ["published_at", "edited_at", "drafted_by", "created_at", "updated_at", "version", "action_items"]
        read_only_fields = fields

    def get_action_items(self, postmortem: Postmortem) -> list[dict[str, Any]]:
        """Return the tasks in the order in which they were added."""
        rows = postmortem.action_items.select_related("owner", "postmortem__incident")
        return [dict(row) for row in ActionItemSerializer(rows, many=True).data]


class PostmortemInput(StrictFields, serializers.Serializer[Any]):
    """Texts in Markdown. What a new draft does not say is filled in from what is known of the incident."""

    let_through = tuple(PostmortemSerializer.Meta.fields)

    summary = LongTextField(allow_blank=True, required=False)
    impact = LongTextField(allow_blank=True, required=False)
    root_cause = LongTextField(allow_blank=True, required=False)
    resolution = LongTextField(allow_blank=True, required=False)
    lessons = LongTextField(allow_blank=True, required=False)


class PostmortemPatch(PostmortemInput):
    """Changes of a postmortem; ``version`` refuses an old edit."""

    version = serializers.IntegerField(min_value=1, required=False)


class PublishInput(StrictFields, serializers.Serializer[Any]):
    """How to publish."""

    quiet = serializers.BooleanField(required=False, help_text=QUIET)
    version = serializers.IntegerField(
        min_value=1, required=False, help_text="The version that was read; 409 `stale_edit` when it is old."
    )


class ActionItemInput(StrictFields, serializers.Serializer[Any]):
    """A new task."""

    let_through = tuple(ActionItemSerializer.Meta.fields)

    title = serializers.CharField(max_length=200)
    owner = serializers.PrimaryKeyRelatedField(queryset=User.objects.all(), allow_null=True, required=False)
    due_date = serializers.DateField(allow_null=True, required=False)


class ActionItemPatch(ActionItemInput):
    """Changes of a task; ``status`` says that it is done, or not after all."""

    status = serializers.ChoiceField(choices=ActionItem.Status.choices)
