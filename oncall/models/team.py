"""Teams: who answers for something together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.utils.text import slugify

from accounts.models import User
from events.actors import Actor
from events.command import Tell, command
from events.kinds import Kind
from events.locking import lock
from events.text import one_line
from services.models.saving import put, save, values
from services.models.slug import free_slug


class Team(models.Model):
    """People with a name. Who is on call for a team its schedules say, not who belongs to it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(
        max_length=120, unique=True, validators=[one_line], error_messages={"unique": "Another team has this name."}
    )
    slug = models.SlugField(max_length=80, unique=True, error_messages={"unique": "Another team has this slug."})
    members = models.ManyToManyField(User, related_name="teams", blank=True)
    created_at = models.DateTimeField(editable=False)

    EDITABLE = ("name", "slug")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "team", self.id, self.name

    @classmethod
    def add(
        cls, *, by: Actor, name: str, slug: str = "", members: Iterable[User] = (), now: datetime | None = None
    ) -> Self:
        """Make a team, with a slug of its name unless one is given. Raises ``ValidationError`` by field."""
        with command(by, now=now) as tell:
            team = cls(
                name=name, slug=slug or free_slug(cls.objects.all(), slugify(name) or "team"), created_at=tell.now
            )
            team.full_clean()
            save(team, insert=True)
            team.members.set(members)
            team._tell(tell, Kind.TEAM_CREATED, after={"name": name, "members": team.member_names()})
        return team

    def edit(self, *, by: Actor, changes: Mapping[str, Any], now: datetime | None = None) -> None:
        """Change fields of ``EDITABLE`` and ``members``, the whole set."""
        with command(by, now=now) as tell:
            lock(self)
            was = {"members": self.member_names()}
            before = put(self, {name: value for name, value in changes.items() if name in self.EDITABLE})
            self.full_clean()
            save(self)
            if "members" in changes:
                self.members.set(changes["members"])
            is_now = {"members": self.member_names()}
            if is_now == was:
                was, is_now = {}, {}
            if not before and not was:
                tell.nothing()
                return
            self._tell(tell, Kind.TEAM_CHANGED, before=before | was, after=values(self, before) | is_now)

    def remove(self, *, by: Actor, now: datetime | None = None) -> None:
        """Delete it. Its schedules and policies stay, without a team."""
        with command(by, now=now) as tell:
            lock(self)
            self._tell(tell, Kind.TEAM_DELETED, before={"name": self.name, "members": self.member_names()})
            self.delete()

    def member_names(self) -> list[str]:
        """Return what its members are called, in order."""
        return sorted(str(user) for user in self.members.all())

    def _tell(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        tell(kind, subject=self.subject, **detail)


def hold(team: Team | None) -> None:
    """Keep a team from being deleted meanwhile: PostgreSQL checks foreign keys at commit, too late for a sentence.

    Teams are locked before schedules and policies everywhere.
    """
    if team is not None:
        lock(team)
