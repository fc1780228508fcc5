"""Writing a postmortem, and its action items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.models import User
from events.text import one_line
from incidents.forms.both import both
from incidents.forms.fields import MarkdownField
from incidents.models import ActionItem, Postmortem
from incidents.models.postmortem import TEXTS
from services.forms.shared import SANE_DAYS


class PostmortemPublishForm(forms.Form):
    """Which version was looked at before it is published."""

    version = forms.IntegerField(min_value=1, required=False)


class PostmortemForm(forms.Form):
    """Its five texts. Each field remembers what was read, so that two editors' changes can be told apart."""

    summary = MarkdownField("Summary", "Markdown. What happened, for somebody who was not there.", rows=8)
    impact = MarkdownField("Impact", "Who noticed what, and for how long.", rows=6)
    root_cause = MarkdownField("Root cause", "Why it happened: what it took, not who.", rows=6)
    resolution = MarkdownField("Resolution", "What ended it.", rows=4)
    lessons = MarkdownField("Lessons", "What went well, what did not, where you were lucky.", rows=6)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(self, texts: Mapping[str, str], version: int | None, data: Any = None) -> None:
        super().__init__(data, initial={**texts, "version": version or ""})
        for name in TEXTS:
            self.fields[name].show_hidden_initial = True

    @classmethod
    def of(cls, postmortem: Postmortem, data: Any = None) -> PostmortemForm:
        """Return the form of a postmortem as it is."""
        return cls({name: getattr(postmortem, name) for name in TEXTS}, postmortem.version, data)

    @property
    def texts(self) -> dict[str, str]:
        """Return what is typed, by field."""
        return {name: self.cleaned_data[name] for name in TEXTS}

    def merged(self, postmortem: Postmortem) -> tuple[PostmortemForm, list[tuple[str, str, str]]]:
        """Return this form on top of what has been saved meanwhile, and where both changed."""
        data, differences = both(self, PostmortemForm.of(postmortem))
        return PostmortemForm.of(postmortem, data), differences


class ActionItemForm(forms.Form):
    """A task: what, who, until when."""

    title = forms.CharField(max_length=200, label="What is to be done", validators=[one_line])
    owner = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="Nobody yet", label="Who does it")
    due_date = forms.DateField(
        required=False,
        label="Due",
        help_text="Its owner is reminded once that day, UTC, is over.",
        validators=SANE_DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, item: ActionItem | None = None, data: Any = None) -> None:
        initial = {"title": item.title, "owner": item.owner_id, "due_date": item.due_date} if item else None
        super().__init__(data, initial=initial, auto_id="item_%s")
        whom: Any = self.fields["owner"]
        whom.queryset = User.objects.filter(is_active=True).order_by("name", "username")


class ActionItemFilterForm(forms.Form):
    """Which action items."""

    status = forms.ChoiceField(
        required=False, label="State", choices=[("", "Open"), ("overdue", "Overdue"), ("done", "Done")]
    )
    owner = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="Anybody", label="Owner")

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        whom: Any = self.fields["owner"]
        whom.queryset = User.objects.filter(is_active=True).order_by("name", "username")
