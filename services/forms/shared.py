"""What forms of several apps share: a text in Markdown, public or internal, services by group, days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from events.text import many_lines
from services.models import Service

LONG = 20_000
# Far enough from both ends of time to be reckoned with.
SANE_DAYS = [MinValueValidator(date(1971, 1, 1)), MaxValueValidator(date(2999, 12, 30))]


class MarkdownField(forms.CharField):
    """A text of many lines; browsers end them in two characters, rows hold one."""

    default_validators = [many_lines]

    def __init__(self, label: str, help_text: str = "", *, rows: int = 4, required: bool = False) -> None:
        area = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, help_text=help_text, max_length=LONG, required=required, widget=area)

    def to_python(self, value: Any) -> str:
        """Return the text."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")


def visibility(public: str, internal: str) -> forms.TypedChoiceField:
    """Return the choice between public and internal."""
    return forms.TypedChoiceField(
        label="Who sees it",
        choices=[("yes", f"Public: {public}"), ("no", f"Internal: {internal}")],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )


@dataclass(frozen=True, slots=True)
class ServiceGroup:
    """A heading and the services under it."""

    name: str
    services: list[Service]


def catalogue() -> list[ServiceGroup]:
    """Return all services by group, in the order of the page; one query."""
    services = Service.objects.select_related("group")
    return [ServiceGroup(name, list(rows)) for name, rows in _grouped(services)]


def _grouped(services: Iterable[Service]) -> Iterable[tuple[str, Iterable[Service]]]:
    return groupby(services, key=lambda service: service.group.name if service.group else "Without a group")
