"""``/api/v1/users``: who there is, to assign incidents to."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from accounts.api.permissions import Access
from accounts.api.views import ApiViewSet
from accounts.models import User
from accounts.roles import Role


class UserSerializer(serializers.ModelSerializer[User]):
    """A person, as everybody inside may see them."""

    class Meta:
        model = User
        fields = ["id", "username", "name"]
        read_only_fields = fields


class UserViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[User]):
    """The people who can sign in."""

    queryset = User.objects.filter(is_active=True)
    serializer_class = UserSerializer
    search_fields = ["username", "name"]
    ordering_fields = ["username", "name"]
    access = Access(read=Role.VIEWER, write=Role.ADMIN)
