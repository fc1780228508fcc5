"""An action item: what somebody does so that an incident does not come again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, Self
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts.models import User
from events.actors import CLOCK, Actor
from events.command import Tell, command
from events.kinds import Kind
from events.locking import lock
from events.text import one_line
from incidents.models.postmortem import Postmortem

CHANGEABLE: Final = ("title", "owner", "due_date")


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    """Finds action items."""

    def open(self) -> Self:
        """Leave out the done ones."""
        return self.filter(status=ActionItem.Status.OPEN)

    def overdue(self, now: datetime) -> Self:
        """Keep the open ones whose day is over, UTC; the query that :meth:`ActionItem.is_overdue` answers."""
        return self.open().filter(due_date__lt=today(now))

    def soonest_first(self) -> Self:
        """Order them by when they are due; those without a day come last."""
        return self.order_by(models.F("due_date").asc(nulls_last=True), "created_at", "id")


class ActionItem(models.Model):
    """A corrective task of a postmortem, with an owner and a day by which it is done. For people here alone."""

    class Status(models.TextChoices):
        """Whether it is done."""

        OPEN = "open"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    postmortem = models.ForeignKey(Postmortem, models.CASCADE, related_name="action_items")
    title = models.CharField(max_length=200, validators=[one_line])
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    due_date = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    # The day that its owner was reminded of: another day or another owner is reminded of anew.
    reminded_of = models.DateField(null=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["status", "due_date"], name="action_item_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="done", done_at__isnull=False) | Q(status="open", done_at__isnull=True),
                name="action_item_done_exactly_when_done_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        """Say whether it is done."""
        return self.status == self.Status.DONE

    def is_overdue(self, now: datetime) -> bool:
        """Say whether it is open and its day is over, UTC."""
        return not self.is_done and self.due_date is not None and self.due_date < today(now)

    @classmethod
    def add(
        cls,
        postmortem: Postmortem,
        *,
        by: Actor,
        title: str,
        owner: User | None = None,
        due_date: date | None = None,
        now: datetime | None = None,
    ) -> Self:
        """Add a task. Raises ``ValidationError`` by field."""
        _refuse_gone(owner)
        with command(by, now=now) as tell:
            lock(postmortem)
            item = cls(postmortem=postmortem, title=title, owner=owner, due_date=due_date)
            item.created_at = item.updated_at = tell.now
            item.full_clean()
            item.save(force_insert=True)
            item._tell(tell, Kind.ACTION_ITEM_ADDED, after=item._said(CHANGEABLE))
        return item

    def change(self, *, by: Actor, changes: Mapping[str, Any], now: datetime | None = None) -> None:
        """Change the title, the owner or the day. Another owner or day is reminded of anew."""
        with command(by, now=now) as tell:
            lock(self)
            names = [name for name, value in changes.items() if getattr(self, name) != value]
            if not names:
                tell.nothing()
                return
            if "owner" in names:
                _refuse_gone(changes["owner"])
            before = self._said(names)
            for name in names:
                setattr(self, name, changes[name])
            if {"owner", "due_date"} & set(names):
                self.reminded_of = None
            self._keep(tell, Kind.ACTION_ITEM_CHANGED, before=before, after=self._said(names))

    def finish(self, *, by: Actor, now: datetime | None = None) -> None:
        """Say that it is done. A second time changes nothing."""
        self._turn(self.Status.DONE, Kind.ACTION_ITEM_DONE, by, now)

    def reopen(self, *, by: Actor, now: datetime | None = None) -> None:
        """Say that it is not done after all; a day that is past is reminded of anew."""
        self._turn(self.Status.OPEN, Kind.ACTION_ITEM_REOPENED, by, now)

    def remove(self, *, by: Actor, now: datetime | None = None) -> None:
        """Take it off the list."""
        with command(by, now=now) as tell:
            lock(self)
            self._tell(tell, Kind.ACTION_ITEM_REMOVED, before=self._said((*CHANGEABLE, "status")))
            self.delete()

    def remind(self, *, now: datetime) -> None:
        """Tell once that its day is over. Says nothing of what is done, or has another day by now."""
        with command(CLOCK, now=now) as tell:
            lock(self)
            if not self.is_overdue(now) or self.reminded_of == self.due_date:
                tell.nothing()
                return
            self.reminded_of = self.due_date
            self.save(update_fields=["reminded_of"])
            self._tell(tell, Kind.ACTION_ITEM_OVERDUE)

    def _turn(self, status: ActionItem.Status, kind: Kind, by: Actor, now: datetime | None) -> None:
        with command(by, now=now) as tell:
            lock(self)
            if self.status == status:
                tell.nothing()
                return
            before, self.status = self.status, status
            self.done_at = tell.now if self.is_done else None
            self.reminded_of = None
            self._keep(tell, kind, before={"status": before}, after={"status": status})

    def _keep(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        self.updated_at = tell.now
        self.full_clean()
        self.save()
        self._tell(tell, kind, **detail)

    def _tell(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        incident = self.postmortem.incident
        data = {
            "incident": str(incident.pk),
            "incident_title": incident.title,
            "owner": str(self.owner_id) if self.owner_id else None,
            "due_date": self.due_date,
        }
        tell(kind, subject=("action_item", self.id, self.title), data=data, **detail)

    def _said(self, names: Any) -> dict[str, Any]:
        """Return fields as the log holds them: an owner by name."""
        return {name: _word(getattr(self, name)) for name in names}


def today(now: datetime) -> date:
    """Return the day, UTC, by which action items are late or not."""
    return now.astimezone(UTC).date()


def _word(value: object) -> object:
    return str(value) if isinstance(value, User) else value


def _refuse_gone(owner: User | None) -> None:
    if owner is not None and not owner.is_active:
        raise ValidationError({"owner": f"{owner} is deactivated. Choose somebody else."})
