"""The forms on a window's page, one a verb."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms

from services.forms.shared import MarkdownField, visibility
from services.forms.wall_time import WallTimeField
from services.maintenance.lifecycle import SENTENCES, Stage
from services.maintenance.wall import instant, wall
from services.models import Maintenance


class VerbForm(forms.Form):
    """The base: a form that stands on the page of a window beside others, so its ids begin with its verb."""

    verb: ClassVar[str]

    def __init__(self, window: Maintenance, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{self.verb}_%s")
        self.window = window


class StartForm(VerbForm):
    """What is said with it."""

    verb = "start"
    message = MarkdownField("What to say", f"Markdown. Left empty, it says “{SENTENCES[Stage.IN_PROGRESS]}”", rows=2)


class CompleteForm(VerbForm):
    """What is said with it."""

    verb = "complete"
    message = MarkdownField("What to say", f"Markdown. Left empty, it says “{SENTENCES[Stage.COMPLETED]}”", rows=2)


class ExtendForm(VerbForm):
    """Until when."""

    verb = "extend"
    until = WallTimeField(label="Until")
    message = MarkdownField("Why it takes longer", "Markdown. Left empty, it says until when.", rows=2)

    def __init__(self, window: Maintenance, data: Any = None) -> None:
        super().__init__(window, data)
        self.fields["until"].help_text = f"On the clock of {window.timezone}."
        self.initial = {"until": wall(window.scheduled_end, window.zone)}

    def clean_until(self) -> datetime:
        """Return the instant."""
        return instant(self.cleaned_data["until"], ZoneInfo(self.window.timezone), last=True)


class CancelForm(VerbForm):
    """Why, and whether all later ones are meant."""

    verb = "cancel"
    message = MarkdownField("Why", f"Markdown. Left empty, it says “{SENTENCES[Stage.CANCELLED]}”", rows=2)
    later = forms.BooleanField(required=False, label="All later ones of the series, too")

    def __init__(self, window: Maintenance, data: Any = None) -> None:
        super().__init__(window, data)
        if window.series_id is None:
            del self.fields["later"]


class UpdateForm(VerbForm):
    """What is new."""

    verb = "update"
    message = MarkdownField("What is new", "Markdown.", required=True)
    public = visibility("it goes onto the public page at once.", "a note among ourselves.")


FORMS: tuple[type[VerbForm], ...] = (StartForm, CompleteForm, ExtendForm, CancelForm, UpdateForm)
