"""``/api/v1/teams``."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import ApiViewSet
from oncall.api.output import TeamSerializer
from oncall.models import Team


class TeamViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[Team]):
    """Who answers for something together."""

    queryset = Team.objects.prefetch_related("members")
    serializer_class = TeamSerializer
    filterset_fields = ["members"]
    search_fields = ["name"]
    ordering_fields = ["name", "created_at"]

    @extend_schema(responses={201: TeamSerializer})
    def create(self, _request: Request) -> Response:
        """Make a team, with a slug of its name unless one is given."""
        return self.created(Team.add(by=self.actor, **self.parse(TeamSerializer)))

    def update(self, _request: Request, **_: str) -> Response:
        """Replace a team; its slug stays unless it is named."""
        return self._edit({"members": [], **self.parse(TeamSerializer)})

    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change the fields that are named."""
        return self._edit(self.parse(TeamSerializer, partial=True))

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Delete a team; its schedules and policies stay, without one."""
        self.get_object().remove(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _edit(self, changes: dict[str, object]) -> Response:
        self.get_object().edit(by=self.actor, changes=changes)
        return self.reply(self.get_object())
