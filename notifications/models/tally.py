"""How many deliveries ended how, of those whose rows say it no longer."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.db.models import F


class Tally(models.Model):
    """A sum that only grows. What is counted elsewhere is the rows that still stand; both together never fall."""

    transport = models.CharField(max_length=20)
    status = models.CharField(max_length=10)
    # Whether somebody was called in by it.
    paged = models.BooleanField(default=False, db_default=False)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transport", "status", "paged"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.transport} {self.status}: {self.count}"

    @classmethod
    def add(cls, counts: Mapping[tuple[str, str, bool], int]) -> None:
        """Add what is about to go, by transport, status and ``paged``, inside the transaction in which it goes."""
        for (transport, status, paged), count in sorted(counts.items()):
            one, _ = cls.objects.get_or_create(transport=transport, status=status, paged=paged)
            cls.objects.filter(pk=one.pk).update(count=F("count") + count)
