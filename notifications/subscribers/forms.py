"""The forms of operators: add one address, bring a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.errors import Refused
from notifications.links import Reader
from notifications.public.fields import email_field, url_field
from notifications.public.forms import ChoiceForm
from notifications.subscribers.reading import Read, UnreadableList, read

LARGEST = 2 * 1024 * 1024
VOUCHED = "I vouch for it: the owner has agreed to be sent these messages"


class AddForm(ChoiceForm):
    """One address and what it is told."""

    email = email_field(required=False)
    url = url_field(required=False, inside=True)
    vouched = forms.BooleanField(
        required=False, label=VOUCHED, help_text="It is told from now on. Without it we ask the address first."
    )

    def __init__(self, *args: Any, may_vouch: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_vouch:
            del self.fields["vouched"]

    def clean(self) -> dict[str, Any]:
        """Ask for one address."""
        said = self.cleaned_data
        if not self.errors.keys() & {"email", "url"} and bool(said.get("email")) == bool(said.get("url")):
            self.add_error("email", "Give an email address or a webhook, and one of them alone.")
        return said

    @property
    def reader(self) -> Reader:
        """Return whose address was given."""
        found: Reader = self.cleaned_data["email"] or self.cleaned_data["url"]
        return found

    def refuse(self, error: Refused) -> None:
        """Show what the verb refused."""
        self.add_error(None, str(error))


class ImportForm(forms.Form):
    """A list, as a file."""

    sheet = forms.FileField(
        label="CSV file",
        help_text="UTF-8, at most 2 MB and 10,000 lines. One column of addresses is enough.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )
    vouched = forms.BooleanField(
        required=False,
        label="I vouch for the list: everybody on it has agreed to be sent these messages",
        help_text="They are told from now on. Without it we ask each of them first. The log keeps who vouched.",
    )

    def clean_sheet(self) -> Read:
        """Return what stands on the list."""
        file = self.cleaned_data["sheet"]
        if file.size > LARGEST:
            raise ValidationError("The file is larger than 2 MB. Cut it in parts.")
        try:
            found = read(file.read())
        except UnreadableList as error:
            raise ValidationError(str(error)) from None
        if not found.wanted:
            raise ValidationError(f"Nothing on it can be taken in. {found.faults[0] if found.faults else ''}".strip())
        return found

    @property
    def source(self) -> str:
        """Return the file's name, as the log keeps it."""
        name = str(getattr(self.files.get("sheet"), "name", ""))
        return "".join(letter for letter in name if letter.isprintable())[:200]
