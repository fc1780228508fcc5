"""``/api/v1/incidents/{id}/postmortem`` and what hangs on it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.problems import Problem
from accounts.api.views import ApiView
from events.errors import StaleEdit
from incidents.api import postmortem_json as bodies
from incidents.api.postmortem_json import PostmortemSerializer
from incidents.models import Incident, Postmortem
from incidents.postmortems.draft import draft
from incidents.postmortems.facts import record_of
from incidents.postmortems.file import MARKDOWN, file_of

REFUSALS = ("404", "409")


def postmortem_of(pk: UUID) -> Postmortem:
    """Return the postmortem of an incident; 404 where there is none of either."""
    incident = get_object_or_404(Incident, pk=pk)
    found = Postmortem.objects.filter(incident=incident).first()
    if found is None:
        raise Problem(404, "This incident has no postmortem yet. POST it to draft one.")
    found.incident = incident
    return found


class IncidentPostmortem(ApiView):
    """The postmortem of an incident."""

    refusals = REFUSALS

    @extend_schema(responses=PostmortemSerializer)
    def get(self, _request: Request, pk: UUID) -> Response:
        """Return it, draft or published."""
        return Response(PostmortemSerializer(postmortem_of(pk)).data)

    @extend_schema(request=bodies.PostmortemInput, responses={201: PostmortemSerializer})
    def post(self, _request: Request, pk: UUID) -> Response:  # type: ignore[override]  # the base wraps what stands here
        """Draft it, from what is known of the incident and from what is said here."""
        incident = get_object_or_404(Incident, pk=pk)
        said = self.parse(bodies.PostmortemInput)
        texts = draft(record_of(incident, timezone.now())) | said
        made = Postmortem.draft(incident, by=self.actor, texts=texts)
        return Response(PostmortemSerializer(made).data, status.HTTP_201_CREATED)

    @extend_schema(request=bodies.PostmortemPatch, responses=PostmortemSerializer)
    def patch(self, _request: Request, pk: UUID) -> Response:
        """Change its texts. Once it is published readers see that it was edited."""
        found = postmortem_of(pk)
        changes = self.parse(bodies.PostmortemPatch, partial=True)
        version = changes.pop("version", None)
        try:
            found.edit(by=self.actor, changes=changes, version=version)
        except StaleEdit as error:
            now = PostmortemSerializer(postmortem_of(pk)).data
            raise Problem(409, str(error), code=error.code, more={"current": now}) from None
        return Response(PostmortemSerializer(found).data)


class PostmortemPublish(ApiView):
    """Publishing it."""

    refusals = REFUSALS

    @extend_schema(request=bodies.PublishInput, responses=PostmortemSerializer)
    def post(self, _request: Request, pk: UUID) -> Response:  # type: ignore[override]  # the base wraps what stands here
        """Show it to the public and tell those who follow the incident; of an internal incident inside alone."""
        found = postmortem_of(pk)
        found.publish(by=self.actor, **self.parse(bodies.PublishInput))
        return Response(PostmortemSerializer(found).data)


class PostmortemExport(ApiView):
    """The whole of it as a file."""

    refusals = ("404",)

    @extend_schema(responses={(200, MARKDOWN): OpenApiTypes.STR})
    def get(self, _request: Request, pk: UUID) -> HttpResponse:
        """Return it as Markdown with its timeline and its action items; it names people and private services."""
        return file_of(postmortem_of(pk))
