"""Components, groups, and statuses set by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from events.text import many_lines, one_line
from services.models import Component
from services.status import CHOICES

if TYPE_CHECKING:
    Choice = forms.ModelChoiceField[Component]
else:
    Choice = forms.ModelChoiceField


class ComponentChoice(Choice):
    """One of all components, named with their service."""

    def label_from_instance(self, obj: Component) -> str:
        """Return ``Service / Component``: names of components are told apart by it."""
        return f"{obj.service.name} / {obj.name}"


class ComponentForm(forms.Form):
    """A component."""

    name = forms.CharField(
        max_length=120, validators=[one_line], help_text="What it is: “PostgreSQL”, “Card provider”."
    )
    description = forms.CharField(
        max_length=2000, required=False, validators=[many_lines], widget=forms.Textarea(attrs={"rows": 3})
    )
    depends_on = ComponentChoice(
        Component.objects.none(),
        required=False,
        empty_label="Nothing",
        help_text="While that one is down, failures here open no incident. They are measured all the same.",
    )

    def __init__(self, *args: Any, component: Component | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Component.objects.exclude(pk=component.pk) if component else Component.objects.all()
        ordered = others.select_related("service").order_by("service__name", "service_id", "position", "name")
        self.fields["depends_on"].queryset = ordered  # type: ignore[attr-defined]  # it is a ModelChoiceField


class GroupForm(forms.Form):
    """A group."""

    name = forms.CharField(max_length=120, validators=[one_line])


class StatusForm(forms.Form):
    """A status set by hand; the empty choice takes it back."""

    status = forms.ChoiceField(choices=[], required=False)
    message = forms.CharField(
        max_length=5000, required=False, validators=[many_lines], widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, back: str, public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", back), *CHOICES]  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["message"].help_text = (
            "Goes into the history and onto the public page." if public else "Goes into the history."
        )

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return {"status": self.cleaned_data["status"] or None, "message": self.cleaned_data["message"]}
