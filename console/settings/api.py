"""``/api/v1/settings`` and its logo."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import ADMIN
from accounts.api.problems import Problem
from accounts.api.serializers import LongTextField, StrictFields
from accounts.api.views import ApiView
from branding import rules
from branding.languages import CHOICES, LANGUAGES
from branding.models import Brand
from console.settings.parsers import PARSERS
from statuspage import face

_PICTURES = dict.fromkeys(("image/png", "image/jpeg", "image/webp", "application/octet-stream"), OpenApiTypes.BINARY)


class FooterLinkSerializer(StrictFields, serializers.Serializer[Any]):
    """A link of the footer."""

    url = serializers.CharField(max_length=rules.ADDRESS, help_text="https, http or mailto.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Name a field whose name every field has as an attribute."""
        return {"label": serializers.CharField(max_length=rules.LABEL), **super().get_fields()}


class SettingsSerializer(StrictFields, serializers.Serializer[Any]):
    """What this installation is called and looks like."""

    name = serializers.CharField(max_length=80)
    about = LongTextField(max_length=2000, allow_blank=True, help_text="Markdown, below the name on the public page.")
    homepage = serializers.CharField(max_length=rules.ADDRESS, allow_blank=True)
    support = serializers.CharField(max_length=rules.ADDRESS, allow_blank=True, help_text="https, http or mailto.")
    links = FooterLinkSerializer(many=True, help_text=f"At most {rules.MOST_LINKS}.")
    footer = LongTextField(max_length=2000, allow_blank=True, help_text="Markdown.")
    timezone = serializers.CharField(max_length=64, help_text="The IANA name of the zone that the page is written in.")
    language = serializers.ChoiceField(CHOICES, help_text="What the public page is in.")
    languages = serializers.ListField(
        child=serializers.ChoiceField(CHOICES),
        max_length=len(LANGUAGES),
        help_text="What it is in besides, each under an address of its own: /status/de.",
    )
    accent = serializers.CharField(max_length=7, allow_blank=True, help_text="#rrggbb; empty for ours.")
    version = serializers.IntegerField(required=False, help_text="The one that was read: an older one is refused, 409.")
    logo = serializers.CharField(read_only=True, allow_null=True, help_text="Its address on the public page.")
    updated_at = serializers.DateTimeField(read_only=True)


class Settings(ApiView):
    """The settings of the whole installation."""

    access = ADMIN
    refusals = ("409",)

    @extend_schema(responses=SettingsSerializer)
    def get(self, _request: Request) -> Response:
        """Return them."""
        return Response(_said(Brand.current()))

    @extend_schema(request=SettingsSerializer(partial=True), responses=SettingsSerializer)
    def patch(self, _request: Request) -> Response:
        """Change the fields that are named."""
        changes, brand = self.parse(SettingsSerializer, partial=True), Brand.current()
        if "links" in changes:
            changes["links"] = [dict(row) for row in changes["links"]]
        brand.edit(by=self.actor, version=changes.pop("version", None), changes=changes)
        return Response(_said(brand))


class Logo(ApiView):
    """The logo of the public page."""

    access = ADMIN
    parser_classes = PARSERS
    refusals = ("413",)

    @extend_schema(request=_PICTURES, responses=SettingsSerializer)
    def put(self, request: Request) -> Response:
        """Take a picture: PNG, JPEG or WebP, as the body or as the field ``logo`` of a form."""
        picture: Any = request.data
        if not isinstance(picture, bytes) or not picture:
            raise Problem(400, "Send the picture as the body, or in the field “logo” of a form.")
        brand = Brand.current()
        brand.set_logo(picture, by=self.actor)
        return Response(_said(brand))

    @extend_schema(request=None, responses={200: SettingsSerializer})
    def delete(self, _request: Request) -> Response:
        """Show the name again."""
        brand = Brand.current()
        brand.remove_logo(by=self.actor)
        return Response(_said(brand))


def _said(brand: Brand) -> dict[str, Any]:
    rest = {"version": brand.version, "logo": face.of(brand).logo or None, "updated_at": brand.updated_at}
    return dict(SettingsSerializer(brand.said() | rest).data)
