"""The published store: finished bytes by path, numbered by generation."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Generation(models.Model):
    """The one row that says which generation is the newest. Whoever publishes holds its lock.

    ``store`` names this store: a process or a disk that holds another one's bytes must read everything anew.
    ``event`` is the last event that went into the bytes, ``release`` the code that made them, ``rendered_at`` the
    instant that they show and ``due_at`` the next at which the clock alone changes them.
    """

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    store = models.UUIDField(default=uuid4)
    number = models.BigIntegerField(default=0)
    event = models.BigIntegerField(default=0)
    release = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)
    rendered_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"generation {self.number}"


class Published(models.Model):
    """What one address answers. A row that is ``gone`` tells every process to forget the path.

    ``path`` holds the canonical query where the address has one. ``gzip`` and ``brotli`` are empty where compressing
    gains nothing. ``ahead`` says that the publisher keeps it current; the others were rendered when somebody asked.
    """

    path = models.CharField(max_length=300, primary_key=True)
    content_type = models.CharField(max_length=80)
    body = models.BinaryField()
    gzip = models.BinaryField(default=bytes)
    brotli = models.BinaryField(default=bytes)
    etag = models.CharField(max_length=40)
    generation = models.BigIntegerField(db_index=True)
    ahead = models.BooleanField(default=True)
    gone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.path} ({self.generation})"


class Copy(models.Model):
    """A place that holds a copy of the public page for other web servers, who writes it, and what came of that.

    Whoever writes holds the lease: ``token`` until ``held_until``. ``confirmed_at`` is when the copy was last brought
    up to date or found so, ``trouble`` what went wrong since ``failing_since``.
    """

    place = models.CharField(max_length=400, primary_key=True)
    token = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.place
