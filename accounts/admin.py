"""Users and API keys as raw rows. What is changed here is told to the log too."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import ApiKey, User
from events.actors import Actor
from events.command import command, join
from events.errors import Refused
from events.kinds import Kind

if TYPE_CHECKING:
    BaseUserAdmin = DjangoUserAdmin[User]
    KeyAdmin = admin.ModelAdmin[ApiKey]
else:
    BaseUserAdmin, KeyAdmin = DjangoUserAdmin, admin.ModelAdmin

FIELDS = ["username", "name", "email", "role", "timezone", "is_active"]


# Roles say who may what; there are no groups.
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(BaseUserAdmin):
    """People. They are deactivated, never deleted: the log speaks of them."""

    list_display = ["username", "name", "email", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["username", "name", "email"]
    ordering = ["username"]
    filter_horizontal = ()
    readonly_fields = ["last_login", "created_at"]
    fieldsets = [(None, {"fields": ["password", *FIELDS, "last_login", "created_at"]})]
    add_fieldsets = [(None, {"fields": [*FIELDS[:4], "usable_password", "password1", "password2"]})]

    def has_delete_permission(self, _request: HttpRequest, _obj: User | None = None) -> bool:
        """Refuse."""
        return False

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Commit the row and its event together: Django opens a transaction further in."""
        if request.method != "POST":
            return super().add_view(request, *args, **kwargs)
        with join():
            return super().add_view(request, *args, **kwargs)

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Commit the row and its event together, as above; show the form again with what the verb refuses."""
        if request.method != "POST":
            return super().change_view(request, *args, **kwargs)
        try:
            with join():
                return super().change_view(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """Change a password and tell."""
        if request.method != "POST":
            return super().user_change_password(request, id, form_url)
        with command(request.user.actor) as tell:  # type: ignore[union-attr]  # only admins come here
            response = super().user_change_password(request, id, form_url)
            if response.status_code == HTTPStatus.FOUND:
                user = User.objects.get(pk=id)
                tell(Kind.USER_PASSWORD_CHANGED, subject=user.subject)
            else:
                tell.nothing()
        return response

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm[User], change: bool) -> None:  # noqa: FBT001
        """Save and tell."""
        changed = [name for name in form.changed_data if name in FIELDS]
        actor: Actor = request.user.actor  # type: ignore[union-attr]  # only admins come here
        if change:
            # The form has put its values on ``obj`` already; the verb tells what they were.
            user = User.objects.get(pk=obj.pk)
            user.change(by=actor, changes={name: form.cleaned_data[name] for name in changed})
            return
        with command(actor) as tell:
            super().save_model(request, obj, form, change)
            tell(Kind.USER_CREATED, subject=obj.subject, after={name: getattr(obj, name) for name in changed})


@admin.register(ApiKey)
class ApiKeyAdmin(KeyAdmin):
    """Keys, to read and to revoke. They are made in the console, where the secret is shown once."""

    list_display = ["name", "prefix", "scopes", "owner", "created_at", "expires_at", "last_used_at", "revoked_at"]
    search_fields = ["name", "prefix"]
    exclude = ["digest"]
    actions = ["revoke"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: ApiKey | None = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: ApiKey | None = None) -> bool:
        """Refuse."""
        return False

    @admin.action(description="Revoke the chosen keys", permissions=["view"])
    def revoke(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> None:
        """End the chosen keys."""
        for key in keys:
            key.revoke(by=request.user.actor)  # type: ignore[union-attr]  # only admins come here
