"""The columns of a channel and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models

from accounts.sealed import open_
from events.command import Tell
from events.kinds import Kind
from events.text import one_line
from notifications.kinds import Audience
from notifications.transports import signing
from notifications.transports.kinds import KINDS
from notifications.transports.secrets import MASK
from notifications.transports.transport import Transport

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from notifications.models.delivery import Delivery


class ChannelFields(models.Model):
    """The abstract base of the channel's aspects.

    ``kind`` names a module of ``notifications.transports``; ``options`` holds what it asks for, ``sealed`` the secret
    ones of them, and what it signs with. Empty filters let everything through.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(
        max_length=120,
        unique=True,
        validators=[one_line],
        error_messages={"unique": "Another channel has this name."},
    )
    kind = models.CharField(max_length=20)
    options = models.JSONField(default=dict, blank=True)
    sealed = models.TextField(blank=True)
    audience = models.CharField(
        max_length=10, choices=[(audience, audience) for audience in Audience], default=Audience.INTERNAL
    )
    event_kinds = models.JSONField(default=list, blank=True)
    services = models.ManyToManyField("services.Service", related_name="+", blank=True)
    # The least severity that is told; empty for all.
    severity = models.CharField(max_length=10, blank=True)
    enabled = models.BooleanField(default=True)
    off_because = models.CharField(max_length=300, blank=True)
    # Who switched it off; empty for nobody, because it kept failing.
    off_by = models.CharField(max_length=150, blank=True, db_default="")
    off_at = models.DateTimeField(null=True, blank=True)
    # When somebody had looked at that it was switched off by itself.
    off_seen_at = models.DateTimeField(null=True, blank=True)
    # Tries in vain since the last message that went through, since when, and why the last of them.
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    failing_because = models.CharField(max_length=300, blank=True, db_default="")
    # Of what admins say of it; each edit makes another.
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    if TYPE_CHECKING:
        deliveries: RelatedManager[Delivery]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def transport(self) -> Transport | None:
        """Return the module of its kind; ``None`` where this release has none."""
        return KINDS.get(self.kind)

    @property
    def kind_label(self) -> str:
        """Return the kind as people read it."""
        return self.transport.label if self.transport else self.kind

    @property
    def shown(self) -> dict[str, Any]:
        """Return its options with a mask in place of each secret that is set; what it signs with is left out."""
        options = self.transport.filled(self.options) if self.transport else self.options
        secret = {option.name for option in self.transport.options if option.secret} if self.transport else set()
        # Whether one is set is not worth opening it for: the dots keep what stands, nothing too.
        return {name: MASK if name in secret else value for name, value in options.items()}

    @property
    def place(self) -> str:
        """Return where it leads: an address, a chat, a number; of an address that is secret the host alone.

        Empty where it cannot be read. Raises nothing.
        """
        if self.transport is None:
            return ""
        where = self.transport.where
        if not any(option.name == where and option.secret for option in self.transport.options):
            return str(self.options.get(where, ""))
        try:
            return self.transport.target(self.address).removeprefix(f"{self.kind}:")
        except ValueError:
            return ""

    @property
    def address(self) -> str:
        """Return where it leads, secret or not. Raises ``Unopened``."""
        where = self.transport.where if self.transport else ""
        return str(self.options.get(where) or open_(self.sealed).get(where, ""))

    def has_words(self, kind: str) -> bool:
        """Say whether what it is sent has words for this kind of event."""
        return self.transport is None or self.transport.has_words(kind)

    @property
    def signing_secret(self) -> str:
        """Return what its messages are signed with; empty where they are not. Raises ``Unopened``."""
        return open_(self.sealed).get(signing.NOW, "")

    @property
    def is_broken(self) -> bool:
        """Say whether it was switched off by itself, because it took nothing."""
        return not self.enabled and bool(self.off_because) and not self.off_by

    @property
    def was_failing_long(self) -> bool:
        """Say whether it had been failing for a while when it was switched off, and not for one refusal at once."""
        return self.failing_since is not None and self.off_at is not None and self.off_at > self.failing_since

    @property
    def is_public(self) -> bool:
        """Say whether it is told only what the public page shows."""
        return self.audience == Audience.PUBLIC

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "channel", self.id, self.name

    def tell_of(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        """Tell an event about it. Channels are never public."""
        tell(kind, subject=self.subject, **detail)
