"""``/api/v1/api-keys``: make, list and revoke keys."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import ADMIN
from accounts.api.serializers import StrictFields
from accounts.api.views import ApiViewSet
from accounts.models import ApiKey
from accounts.models.api_key import STATES
from accounts.roles import SCOPE_CHOICES


class ApiKeySerializer(serializers.ModelSerializer[ApiKey]):
    """A key without its secret."""

    scopes = serializers.ListField(child=serializers.ChoiceField(SCOPE_CHOICES))
    state = serializers.SerializerMethodField()

    class Meta:
        model = ApiKey
        fields = ["id", "name", "prefix", "scopes", "owner", "state", "created_by"]
        fields += ["created_at", "expires_at", "last_used_at", "revoked_at"]
        read_only_fields = fields

    @extend_schema_field({"type": "string", "enum": STATES})
    def get_state(self, key: ApiKey) -> str:
        """Return ``active``, ``expired``, ``revoked``, or ``suspended`` while its owner is deactivated."""
        return key.state(timezone.now())


class NewApiKeySerializer(ApiKeySerializer):
    """A key with its secret, shown in this one answer; null when the answer is given again."""

    key = serializers.CharField(read_only=True, allow_null=True)

    class Meta(ApiKeySerializer.Meta):
        fields = [*ApiKeySerializer.Meta.fields, "key"]
        read_only_fields = fields


class ApiKeyInput(StrictFields, serializers.ModelSerializer[ApiKey]):
    """What a new key needs."""

    scopes = serializers.ListField(child=serializers.ChoiceField(SCOPE_CHOICES), allow_empty=False)

    class Meta:
        model = ApiKey
        fields = ["name", "scopes", "expires_at"]


class ApiKeyViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[ApiKey]):
    """Keys of scripts."""

    queryset = ApiKey.objects.select_related("owner")
    serializer_class = ApiKeySerializer
    search_fields = ["name", "prefix"]
    ordering_fields = ["name", "created_at", "expires_at", "last_used_at"]
    access = ADMIN
    shown_once = ("key",)

    @extend_schema(request=ApiKeyInput, responses={201: NewApiKeySerializer})
    def create(self, _request: Request) -> Response:
        """Make a key. The answer holds its secret, once."""
        key, text = ApiKey.create(by=self.actor, **self.parse(ApiKeyInput))
        return Response({**ApiKeySerializer(key).data, "key": text}, status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Revoke a key. Its row stays, so that the log can still be read."""
        self.get_object().revoke(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)
