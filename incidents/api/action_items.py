"""``/api/v1/action-items``, and those of one postmortem."""

from __future__ import annotations

from uuid import UUID

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import status
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import ApiViewSet
from events.command import join
from incidents.api import postmortem_json as bodies
from incidents.api.postmortem_json import ActionItemSerializer
from incidents.api.postmortems import postmortem_of
from incidents.models import ActionItem


class ActionItemFilters(django_filters.FilterSet):  # type: ignore[misc]  # it ships no types
    """``overdue`` keeps the open ones whose day is over, or with ``false`` all others."""

    status = django_filters.ChoiceFilter(choices=ActionItem.Status.choices)
    owner = django_filters.UUIDFilter()
    incident = django_filters.UUIDFilter(field_name="postmortem__incident")
    overdue = django_filters.TypedChoiceFilter(
        choices=[("true", "Overdue"), ("false", "Not overdue")],
        coerce=lambda word: word == "true",
        empty_value=None,
        method="by_day",
    )

    class Meta:
        model = ActionItem
        fields = ["status", "owner", "incident", "overdue"]

    @extend_schema_field(bool)
    def by_day(self, items: QuerySet[ActionItem], _name: str, wanted: bool) -> QuerySet[ActionItem]:  # noqa: FBT001
        """Return those whose day is over, or the others."""
        late = ActionItem.objects.overdue(timezone.now()).values("pk")
        return items.filter(pk__in=late) if wanted else items.exclude(pk__in=late)


@extend_schema_view(list=extend_schema(responses=ActionItemSerializer(many=True)))
class ActionItemViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[ActionItem]):
    """All action items, the soonest due first."""

    queryset = ActionItem.objects.soonest_first().select_related("owner", "postmortem__incident")
    serializer_class = ActionItemSerializer
    filterset_class = ActionItemFilters
    search_fields = ["title"]
    ordering_fields = ["due_date", "created_at", "updated_at", "title"]
    http_method_names = ["get", "head", "options", "patch", "delete"]

    @extend_schema(request=bodies.ActionItemPatch, responses=ActionItemSerializer)
    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change it, or say that it is done, or both: all of it or nothing."""
        item = self.get_object()
        changes = self.parse(bodies.ActionItemPatch, partial=True)
        turn = changes.pop("status", None)
        with join():
            if changes:
                item.change(by=self.actor, changes=changes)
            if turn is not None:
                (item.finish if turn == ActionItem.Status.DONE else item.reopen)(by=self.actor)
        return self.reply(item)

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Take it off the list."""
        self.get_object().remove(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PostmortemActionItems(ApiViewSet[ActionItem]):
    """The action items of one postmortem."""

    queryset = ActionItem.objects.select_related("owner", "postmortem__incident")
    serializer_class = ActionItemSerializer
    refusals = ("404",)

    @extend_schema(operation_id="incidents_postmortem_action_items_list", responses=ActionItemSerializer(many=True))
    def list(self, _request: Request, pk: UUID) -> Response:
        """List them in the order in which they were added."""
        return self.page(self.get_queryset().filter(postmortem=postmortem_of(pk)), ActionItemSerializer)

    @extend_schema(request=bodies.ActionItemInput, responses={201: ActionItemSerializer})
    def create(self, _request: Request, pk: UUID) -> Response:
        """Add one."""
        item = ActionItem.add(postmortem_of(pk), by=self.actor, **self.parse(bodies.ActionItemInput))
        response = self.reply(item, status.HTTP_201_CREATED)
        response["Location"] = f"/api/v1/action-items/{item.pk}"
        return response
