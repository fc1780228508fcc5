"""``/api/v1/groups``."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import ApiViewSet
from services.api.serializers import GroupSerializer, OrderInput
from services.models import Group


class GroupViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[Group]):
    """The headings under which services stand."""

    queryset = Group.objects.prefetch_related("services")
    serializer_class = GroupSerializer
    search_fields = ["name"]
    ordering_fields = ["name", "position"]

    @extend_schema(responses={201: GroupSerializer})
    def create(self, _request: Request) -> Response:
        """Make a group, last unless a position is given."""
        return self.created(Group.add(by=self.actor, **self.parse(GroupSerializer)))

    def update(self, _request: Request, **_: str) -> Response:
        """Replace a group; its place stays unless it is named."""
        return self._edit(partial=False)

    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change the fields that are named."""
        return self._edit(partial=True)

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Delete a group; its services stay, without one."""
        self.get_object().remove(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=OrderInput, responses=OrderInput)
    @action(detail=False, methods=["post"])
    def order(self, _request: Request) -> Response:
        """Put the groups into an order; all of them must be named."""
        order = self.parse(OrderInput)["order"]
        Group.reorder(order, by=self.actor)
        return Response({"order": order})

    def _edit(self, *, partial: bool) -> Response:
        group = self.get_object()
        group.edit(by=self.actor, changes=self.parse(GroupSerializer, partial=partial))
        return self.reply(self.get_object())
