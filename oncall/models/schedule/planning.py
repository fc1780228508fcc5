"""Layers that are to be: whether they make sense, and who would be on call by them."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.models import User
from oncall import layers as written_layers
from oncall.final import Shift, final
from oncall.models.schedule.reading import Reading, covers
from oncall.written import Said, Wrong


class Planning(Reading):
    """What an edit would come to."""

    class Meta:
        abstract = True

    def preview(self, layers: object, timezone: str, start: datetime, end: datetime) -> list[Shift]:
        """Return who would be on call in ``[start, end)`` if these were its layers from ``start`` on.

        Changes nothing. Raises ``ValidationError`` for ``layers`` or ``timezone``.
        """
        return self.laid_over(self.planned(layers, timezone, start), timezone, start, end)

    def planned(self, layers: object, timezone: str, at: datetime) -> list[Said]:
        """Return layers as an edit at ``at`` would store them. Raises ``ValidationError`` like :meth:`preview`."""
        zone_was, self.timezone = self.timezone, timezone
        try:
            self.clean_fields(exclude={field.name for field in self._meta.fields} - {"timezone"})
            return self.handed_on(layers, zone_was, at)
        finally:
            self.timezone = zone_was

    def laid_over(self, layers: list[Said], timezone: str, start: datetime, end: datetime) -> list[Shift]:
        """Return who would be on call in ``[start, end)`` by planned layers and the overrides that stand."""
        standing = covers(self.overrides.filter(start__lt=end, end__gt=start))
        return final(written_layers.read(layers, timezone), standing, start, end)

    def handed_on(self, layers: object, zone_was: str, at: datetime) -> list[Said]:
        """Return layers as they are to be stored at ``at``; in the zone of before nobody loses their turn by it.

        Raises ``ValidationError``.
        """
        said = self.checked(layers)
        return written_layers.handed_on(self.layers, said, zone_was, at) if self.timezone == zone_was else said

    def checked(self, layers: object) -> list[Said]:
        """Return layers in the form in which they are stored; raises ``ValidationError``.

        Who is deactivated may stay, and not come in.
        """
        people = {str(pk) for pk in User.objects.filter(is_active=True).values_list("pk", flat=True)}
        people |= {person for layer in self.layers for person in layer["participants"]}
        try:
            return written_layers.checked(layers, people)
        except Wrong as wrong:
            raise ValidationError({"layers": str(wrong)}) from None
