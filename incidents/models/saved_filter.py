"""A filter of a list that somebody comes back to, kept under a name."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Self
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.roles import Role
from events.actors import Actor
from events.command import Tell, command
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock
from events.text import one_line
from services.models.saving import put, save, values

# A row of links longer than this is no shortcut any more.
MOST: Final = 20
SHARING: Final = "Only operators and admins share a filter with everybody here."


class NotYours(Refused):
    """The filter is somebody else's."""

    code = "not_yours"


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    """Finds saved filters."""

    def of(self, user: User) -> Self:
        """Return those that somebody sees: their own, and those that are shared."""
        return self.filter(Q(user=user) | Q(shared=True)).select_related("user")


class SavedFilter(models.Model):
    """``query`` is what stands behind the question mark of the list's address."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60, validators=[one_line])
    query = models.CharField(max_length=1000)
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(editable=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_filter_name_once",
                violation_error_message="You have a filter of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(
        cls, user: User, *, by: Actor, name: str, query: str, shared: bool = False, now: datetime | None = None
    ) -> Self:
        """Keep a filter for ``user``. Raises ``ValidationError`` by field."""
        if not query:
            raise ValidationError("Nothing is filtered. Choose what to show first, then save it.")
        _refuse_sharing(user, shared=shared)
        with command(by, now=now) as tell:
            if cls.objects.filter(user=user).count() >= MOST:
                raise ValidationError(f"You have {MOST} filters already. Delete one first.")
            kept = cls(user=user, name=name, query=query, shared=shared, created_at=tell.now)
            kept.full_clean()
            save(kept, insert=True)
            kept._tell(tell, Kind.FILTER_SAVED, after=values(kept, ("name", "query", "shared")))
        return kept

    def change(self, user: User, *, by: Actor, name: str, shared: bool, now: datetime | None = None) -> None:
        """Rename or share it. Raises ``Refused`` for another's, ``ValidationError`` by field."""
        _refuse_sharing(user, shared=shared and not self.shared)
        with command(by, now=now) as tell:
            lock(self)
            self._refuse_other(user)
            before = put(self, {"name": name, "shared": shared})
            if not before:
                tell.nothing()
                return
            self.full_clean()
            save(self)
            self._tell(tell, Kind.FILTER_CHANGED, before=before, after=values(self, before))

    def remove(self, user: User, *, by: Actor, now: datetime | None = None) -> None:
        """Delete it. Raises ``Refused`` unless it is the user's, or shared and the user an operator."""
        with command(by, now=now) as tell:
            lock(self)
            if not (self.shared and user.has_role(Role.OPERATOR)):
                self._refuse_other(user)
            self._tell(tell, Kind.FILTER_DELETED, before=values(self, ("name", "query", "shared")))
            self.delete()

    def _refuse_other(self, user: User) -> None:
        if self.user_id != user.pk:
            raise NotYours(f"This filter is {self.user}'s. Save one of your own.")

    def _tell(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        tell(kind, subject=("filter", self.id, self.name), **detail)


def _refuse_sharing(user: User, *, shared: bool) -> None:
    if shared and not user.has_role(Role.OPERATOR):
        raise ValidationError({"shared": SHARING})
