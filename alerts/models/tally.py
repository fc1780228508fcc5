"""How many signals became what, and how many steps fired, of those whose rows are gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.db import models
from django.db.models import F

from alerts.models.page import NAME


class Sort(NamedTuple):
    """What signals are counted by: ``pace`` is the place of their time among the histogram's bounds."""

    severity: str
    result: str
    pace: int


class SignalTally(models.Model):
    """A sum that only grows, of signals that were pruned. Receiving never touches it, so nobody waits for its row."""

    severity = models.CharField(max_length=10, blank=True)
    result = models.CharField(max_length=12)
    pace = models.PositiveSmallIntegerField()
    count = models.PositiveBigIntegerField(default=0)
    milliseconds = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["severity", "result", "pace"], name="signal_tally_once")]

    def __str__(self) -> str:
        return f"{self.severity} {self.result}: {self.count}"

    @classmethod
    def add(cls, sums: Mapping[Sort, tuple[int, float]]) -> None:
        """Add counts and milliseconds of what is about to go, inside the transaction in which it goes."""
        for (severity, result, pace), (count, milliseconds) in sorted(sums.items()):
            row, _ = cls.objects.get_or_create(severity=severity, result=result, pace=pace)
            grown = {"count": F("count") + count, "milliseconds": F("milliseconds") + milliseconds}
            cls.objects.filter(pk=row.pk).update(**grown)


class PageTally(models.Model):
    """How many steps fired, by team, of pages that were pruned. It only grows."""

    team_name = models.CharField(max_length=NAME, blank=True, unique=True)
    fired = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.team_name}: {self.fired}"

    @classmethod
    def add(cls, sums: Mapping[str, int]) -> None:
        """Add the steps of pages that are about to go, inside the transaction in which they go."""
        for team, fired in sorted(sums.items()):
            row, _ = cls.objects.get_or_create(team_name=team)
            cls.objects.filter(pk=row.pk).update(fired=F("fired") + fired)
