"""``/api/v1/users``: everybody inside sees who there is, to assign incidents to; admins see to people."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api.permissions import Access
from accounts.api.serializers import NothingInput, StrictFields
from accounts.api.views import ApiViewSet
from accounts.inviting import deliver
from accounts.losing import reset_second_factor
from accounts.models import Invitation, User
from accounts.roles import ROLE_CHOICES, Role

SEEN_BY_ALL = ("id", "username", "name")
# Whether a username is free the verb says, whatever the case of its letters.
_JUDGED_BY_THE_VERB: dict[str, Any] = {"username": {"validators": []}}


class UserFilters(django_filters.FilterSet):  # type: ignore[misc]  # it ships no types
    """Which people."""

    role = django_filters.ChoiceFilter(choices=ROLE_CHOICES)
    active = django_filters.BooleanFilter(field_name="is_active")


class UserSerializer(serializers.ModelSerializer[User]):
    """A person. Who is no admin reads `id`, `username` and `name` alone, of those who are active."""

    active = serializers.BooleanField(source="is_active")
    second_factor = serializers.BooleanField(
        source="has_second_factor", read_only=True, help_text="Whether signing in asks for a code, too."
    )
    invited_until = serializers.DateTimeField(
        source="invitation.expires_at", default=None, allow_null=True, help_text="While an invitation is open."
    )

    class Meta:
        model = User
        fields = [*SEEN_BY_ALL, "email", "role", "timezone", "active", "second_factor", "invited_until"]
        read_only_fields = fields

    def get_fields(self) -> dict[str, Any]:
        """Return what the caller may read."""
        fields = super().get_fields()
        if getattr(self.context.get("view"), "sees_all", True):
            return fields
        return {name: fields[name] for name in SEEN_BY_ALL}


class NewUserSerializer(UserSerializer):
    """A person, and the link of their invitation where no mail server sends it: shown once, null in a replay."""

    invitation_link = serializers.CharField(read_only=True, allow_null=True)

    class Meta(UserSerializer.Meta):
        fields = [*UserSerializer.Meta.fields, "invitation_link"]
        read_only_fields = fields


class UserChanges(StrictFields, serializers.ModelSerializer[User]):
    """What an admin may change; `active: false` ends sessions and stops keys at once."""

    active = serializers.BooleanField(source="is_active", required=False)

    class Meta:
        model = User
        fields = ["username", "name", "email", "role", "timezone", "active"]
        extra_kwargs: ClassVar = _JUDGED_BY_THE_VERB


class UserInput(StrictFields, serializers.ModelSerializer[User]):
    """A new person. Without a password they are invited by mail to choose one."""

    password = serializers.CharField(required=False, max_length=256, trim_whitespace=False, write_only=True)

    class Meta:
        model = User
        fields = ["username", "name", "email", "role", "timezone", "password"]
        extra_kwargs: ClassVar = _JUDGED_BY_THE_VERB


class UserViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[User]):
    """The people who can sign in. They are deactivated, never deleted: the log speaks of them."""

    queryset = User.objects.select_related("invitation", "second_factor")
    serializer_class = UserSerializer
    ordering_fields = ["username", "name"]
    access = Access(read=Role.VIEWER, write=Role.ADMIN)
    shown_once = ("invitation_link",)

    @property
    def sees_all(self) -> bool:
        """Say whether the caller is an admin; the schema is written for one."""
        return getattr(self, "swagger_fake_view", False) or self.role is Role.ADMIN

    @property
    def search_fields(self) -> list[str]:
        """Return where words are looked for: not in what the caller does not read."""
        return ["username", "name", "email"] if self.sees_all else ["username", "name"]

    @property
    def filterset_class(self) -> type[UserFilters] | None:
        """Return the filters, which tell of what admins alone read."""
        return UserFilters if self.sees_all else None

    def get_queryset(self) -> QuerySet[User]:
        """Leave the deactivated and the invited to admins."""
        people = super().get_queryset()
        return people if self.sees_all else people.filter(is_active=True)

    @extend_schema(request=UserInput, responses={201: NewUserSerializer})
    def create(self, _request: Request) -> Response:
        """Make somebody with a password, who can sign in, or invite them to choose one."""
        data = self.parse(UserInput)
        asked = {**data, "role": Role(data.get("role", Role.VIEWER))}
        if "password" in asked:
            return self._made(User.enrol(by=self.actor, **asked), "")
        invitation = Invitation.send(by=self.actor, **{"email": "", **asked})
        return self._made(invitation.user, deliver(invitation))

    @extend_schema(request=UserChanges, responses=UserSerializer)
    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change somebody, deactivate them or let them in again."""
        user = self.get_object()
        user.change(by=self.actor, changes=self.parse(UserChanges, partial=True))
        return self.reply(user)

    @extend_schema(request=NothingInput, responses=NewUserSerializer)
    @action(detail=True, methods=["post"])
    def invite(self, _request: Request, **_: str) -> Response:
        """Invite somebody once more who has no password yet; the link of before ends."""
        self.parse(NothingInput)
        invitation = Invitation.renew(self.get_object(), by=self.actor)
        return self._shown(invitation.user, deliver(invitation), status.HTTP_200_OK)

    @extend_schema(request=NothingInput, responses=UserSerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-invitation")
    def withdraw_invitation(self, _request: Request, **_: str) -> Response:
        """End an invitation; the account stays, deactivated."""
        self.parse(NothingInput)
        user = self.get_object()
        Invitation.withdraw(user, by=self.actor)
        return self.reply(User.objects.get(pk=user.pk))

    @extend_schema(request=NothingInput, responses=UserSerializer)
    @action(detail=True, methods=["post"], url_path="reset-second-factor")
    def reset_second_factor(self, _request: Request, **_: str) -> Response:
        """Take away the second factor of somebody who has lost it; their sessions end, and they are told by mail."""
        self.parse(NothingInput)
        user = self.get_object()
        reset_second_factor(user, by=self.actor)
        return self.reply(User.objects.get(pk=user.pk))

    def _made(self, user: User, link: str) -> Response:
        response = self._shown(user, link, status.HTTP_201_CREATED)
        response["Location"] = f"{self.request.path.rstrip('/')}/{user.pk}"
        return response

    def _shown(self, user: User, link: str, code: int) -> Response:
        data: BaseSerializer[Any] = self.get_serializer(user)
        return Response({**data.data, "invitation_link": link or None}, code)
