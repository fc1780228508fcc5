"""The forms on an incident's page, one a verb."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms

from accounts.models import User
from incidents.forms.fields import LocalTimeField, MarkdownField, visibility
from incidents.lifecycle import REOPENED, SENTENCES, TRANSITIONS, IncidentStatus
from incidents.models import Incident
from incidents.models.answering import ABLE

NOTE = "a note for responders."
STATUSES = [(status.value, status.capitalize()) for status in IncidentStatus]


class VerbForm(forms.Form):
    """The base: a form that stands on the page of an incident beside others, so its ids begin with its verb."""

    verb: ClassVar[str]

    def __init__(self, _incident: Incident, _user: User, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{self.verb}_%s")


class AcknowledgeForm(VerbForm):
    """Nothing to fill in."""

    verb = "acknowledge"


class PublishForm(VerbForm):
    """Nothing to fill in."""

    verb = "publish"


class UpdateForm(VerbForm):
    """What is new."""

    verb = "update"
    message = MarkdownField("What is new", "Markdown.", required=True)
    public = visibility("it goes onto the public page at once.", NOTE)
    status = forms.ChoiceField(choices=STATUSES, required=False)
    estimated_resolution = LocalTimeField(required=False, label="Expected to be resolved by")

    def __init__(self, incident: Incident, user: User, data: Any = None) -> None:
        super().__init__(incident, user, data)
        cast("LocalTimeField", self.fields["estimated_resolution"]).tell_zone(user.timezone)
        self.fields["message"].widget.attrs |= {"data-key": "p", "data-key-label": "Post an update"}
        self._offer_moves(incident.stage)
        if not incident.public:
            self.fields["public"] = visibility("shown as soon as the incident is public.", NOTE)

    @property
    def is_note(self) -> bool:
        """Say whether it is for responders alone, as far as it is filled in."""
        return bool(self["public"].value() == "no")

    def suggest(self, move: IncidentStatus) -> None:
        """Begin with a move and its sentence, ready to be posted or rewritten."""
        self.initial = {"status": move, "message": SENTENCES[move]}

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
)
