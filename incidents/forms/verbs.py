"""The forms on an incident's page, one a verb."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.utils import timezone

from accounts.models import User
from incidents.forms.fields import LocalTimeField, MarkdownField, visibility
from incidents.lifecycle import REOPENED, SENTENCES, TRANSITIONS, IncidentStatus
from incidents.models import Incident, IncidentTemplate
from incidents.models.answering import ABLE

NOTE = "a note for responders."
SOON = [("", "Not promised"), ("15", "In 15 minutes"), ("30", "In 30 minutes"), ("60", "In an hour")]
STATUSES = [(status.value, status.capitalize()) for status in IncidentStatus]


class VerbForm(forms.Form):
    """The base: a form that stands on the page of an incident beside others, so its ids begin with its verb."""

    verb: ClassVar[str]

    def __init__(self, _incident: Incident, _user: User, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{self.verb}_%s")


class AcknowledgeForm(VerbForm):
    """Nothing to fill in."""

    verb = "acknowledge"


class PromiseForm(VerbForm):
    """By when readers hear next: in so many minutes, or at a time."""

    verb = "promise"
    next_update_in = forms.ChoiceField(choices=SOON, required=False, label="Next update")
    next_update_by = LocalTimeField(required=False, label="Or by")

    def __init__(self, incident: Incident, user: User, data: Any = None) -> None:
        super().__init__(incident, user, data)
        cast("LocalTimeField", self.fields["next_update_by"]).tell_zone(user.timezone)

    def clean(self) -> dict[str, Any]:
        """Put one instant in place of the two fields."""
        said = self.cleaned_data
        if minutes := said.pop("next_update_in", ""):
            if said.get("next_update_by"):
                self.add_error("next_update_by", "Choose minutes or a time, not both.")
            said["next_update_by"] = timezone.now() + timedelta(minutes=int(minutes))
        return said


class UpdateForm(PromiseForm):
    """What is new."""

    verb = "update"
    message = MarkdownField("What is new", "Markdown.", required=True)
    public = visibility("it goes onto the public page at once.", NOTE)
    status = forms.ChoiceField(choices=STATUSES, required=False)
    estimated_resolution = LocalTimeField(required=False, label="Expected to be resolved by")
    happened_at = LocalTimeField(required=False, label="When it happened, if added later")
    field_order = ("message", "public", "status", "estimated_resolution")

    def __init__(self, incident: Incident, user: User, data: Any = None) -> None:
        super().__init__(incident, user, data)
        cast("LocalTimeField", self.fields["estimated_resolution"]).tell_zone(user.timezone)
        happened = cast("LocalTimeField", self.fields["happened_at"])
        happened.tell_zone(user.timezone)
        happened.help_text = (
            f"Readers see the time, and that it was added later. It moves nothing. {happened.help_text}"
        )
        self.fields["message"].widget.attrs |= {"data-key": "p", "data-key-label": "Post an update"}
        self._offer_moves(incident.stage)
        if not incident.public:
            self.fields["public"] = visibility("shown as soon as the incident is public.", NOTE)

    @property
    def is_note(self) -> bool:
        """Say whether it is for responders alone, as far as it is filled in."""
        return bool(self["public"].value() == "no")

    def suggest(self, move: IncidentStatus) -> None:
        """Begin with a move. What is true of it a person writes; an example shows how."""
        self.initial = {"status": move}
        self.fields["message"].widget.attrs["placeholder"] = f"For example: {SENTENCES[move]}"

    def begin(self, template: IncidentTemplate, message: str) -> None:
        """Begin with a template, and with where it leads if that is a move."""
        select = cast("forms.Select", self.fields["status"].widget)
        leads = template.status if template.status in dict(select.choices) else ""
        self.initial = {**self.initial, "message": message, **({"status": leads} if leads else {})}

    def _offer_moves(self, stage: IncidentStatus) -> None:
        """Offer legal moves, but read any: one that has become illegal meanwhile is refused with its reason."""
        select = cast("forms.Select", self.fields["status"].widget)
        legal = [(status, word) for status, word in STATUSES if status in TRANSITIONS[stage]]
        select.choices = [("", f"Stays {stage}"), *legal]


class AssignForm(VerbForm):
    """To whom."""

    verb = "assign"
    user = forms.ModelChoiceField(User.objects.able_to(ABLE), required=False, empty_label="Nobody", label="Who has it")

    def __init__(self, incident: Incident, user: User, data: Any = None) -> None:
        super().__init__(incident, user, data)
        self.initial = {"user": incident.assignee_id}


class ResolveForm(VerbForm):
    """What was found, what was done."""

    verb = "resolve"
    message = MarkdownField(
        "What to tell the public", f"Markdown. Left empty, it says “{SENTENCES[IncidentStatus.RESOLVED]}”", rows=3
    )
    root_cause = MarkdownField("Root cause", "Stays internal: for the record and the postmortem.", rows=2)
    resolution = MarkdownField("Resolution", "Stays internal: what ended it.", rows=2)

    def __init__(self, incident: Incident, user: User, data: Any = None) -> None:
        super().__init__(incident, user, data)
        self.initial = {"root_cause": incident.root_cause, "resolution": incident.resolution}


class ReopenForm(VerbForm):
    """Why."""

    verb = "reopen"
    message = MarkdownField("Why it is open again", f"Markdown. Left empty, it says “{SENTENCES[REOPENED]}”", rows=2)


FORMS: tuple[type[VerbForm], ...] = (
    AcknowledgeForm,
    UpdateForm,
    AssignForm,
    ResolveForm,
    ReopenForm,
    PromiseForm,
)
