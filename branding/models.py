"""The one row that says what this installation is called and looks like."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any, Self

from django.db import models
from django.utils import timezone as clock

from branding import DEFAULT_NAME, languages, rules
from branding.logo import drawn, is_png
from branding.zones import validate_timezone
from events.actors import Actor
from events.command import Tell, command
from events.errors import StaleEdit
from events.kinds import Kind
from events.locking import lock
from events.text import many_lines, one_line


class Brand(models.Model):
    """Without a row everything is as it is delivered: :meth:`current` says so."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    name = models.CharField(max_length=80, default=DEFAULT_NAME, validators=[one_line])
    about = models.TextField(blank=True, max_length=2000, validators=[many_lines])
    homepage = models.CharField(blank=True, max_length=rules.ADDRESS, validators=[rules.web_address])
    support = models.CharField(blank=True, max_length=rules.ADDRESS, validators=[rules.web_or_mail])
    # A list of ``{"label", "url"}``, in the order of the footer.
    links = models.JSONField(blank=True, default=list, validators=[rules.footer_links])
    footer = models.TextField(blank=True, max_length=2000, validators=[many_lines])
    timezone = models.CharField(max_length=64, default="UTC", validators=[validate_timezone])
    # The public page is in ``language``, and besides in each of ``languages``, a list of codes.
    language = models.CharField(
        max_length=8, default=languages.DEFAULT, db_default=languages.DEFAULT, validators=[languages.known]
    )
    languages = models.JSONField(
        blank=True, default=list, db_default=models.Value([], models.JSONField()), validators=[languages.several]
    )
    accent = models.CharField(blank=True, max_length=7, validators=[rules.colour])
    logo = models.BinaryField(blank=True, default=bytes, validators=[is_png])
    logo_width = models.PositiveSmallIntegerField(default=0, editable=False)
    logo_height = models.PositiveSmallIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_brand")]

    EDITABLE = (
        "name",
        "about",
        "homepage",
        "support",
        "links",
        "footer",
        "timezone",
        "language",
        "languages",
        "accent",
    )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Self:
        """Return what holds now; never saved by hand."""
        return cls.objects.filter(pk=cls.ONLY).first() or cls()

    @classmethod
    def name_now(cls) -> str:
        """Return the name alone, for whoever signs something with it."""
        return cls.objects.filter(pk=cls.ONLY).values_list("name", flat=True).first() or DEFAULT_NAME

    @property
    def logo_tag(self) -> str:
        """Return what names the bytes of the logo; empty without one."""
        return blake2b(bytes(self.logo), digest_size=12).hexdigest() if self.logo else ""

    def said(self) -> dict[str, Any]:
        """Return the fields of ``EDITABLE``."""
        return {name: getattr(self, name) for name in self.EDITABLE}

    def edit(
        self, *, by: Actor, changes: Mapping[str, Any], version: int | None = None, now: datetime | None = None
    ) -> None:
        """Change fields of ``EDITABLE``.

        ``version`` is the one that the editor read: raises ``StaleEdit`` if it is old. Raises ``ValidationError`` by
        field.
        """
        with command(by, now=now) as tell:
            self._hold()
            self._refuse_stale(version)
            before = {name: getattr(self, name) for name, new in changes.items() if getattr(self, name) != new}
            for name in before:
                setattr(self, name, changes[name])
            self._write(tell, before, {name: changes[name] for name in before})

    def set_logo(self, data: bytes, *, by: Actor, now: datetime | None = None) -> None:
        """Put another logo in the place of the one there is. Raises ``ValidationError`` for what is no picture."""
        logo = drawn(data)
        with command(by, now=now) as tell:
            self._hold()
            before = self.logo_tag
            self.logo, self.logo_width, self.logo_height = logo.png, logo.width, logo.height
            self._write(tell, *_changed(before, self.logo_tag))

    def remove_logo(self, *, by: Actor, now: datetime | None = None) -> None:
        """Show the name again."""
        with command(by, now=now) as tell:
            self._hold()
            before = self.logo_tag
            self.logo, self.logo_width, self.logo_height = b"", 0, 0
            self._write(tell, *_changed(before, ""))

    def _hold(self) -> None:
        type(self).objects.get_or_create(pk=self.ONLY)
        self._state.adding = False
        lock(self)

    def _refuse_stale(self, version: int | None) -> None:
        if version is not None and version != self.version:
            sentence = "The settings were changed by somebody else meanwhile."
            raise StaleEdit(sentence, self.said() | {"version": self.version})

    def _write(self, tell: Tell, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        if not before:
            tell.nothing()
            return
        self.version, self.updated_at = self.version + 1, tell.now
        self.full_clean()
        self.save()
        tell(Kind.BRAND_CHANGED, subject=("brand", self.pk, self.name), before=before, after=after)


def _changed(before: str, after: str) -> tuple[dict[str, str], dict[str, str]]:
    return ({"logo": before}, {"logo": after}) if before != after else ({}, {})
