"""What an admin types about the brand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from branding.languages import CHOICES, LANGUAGES
from branding.logo import LARGEST
from branding.models import Brand
from branding.rules import MOST_LINKS, footer_links
from branding.zones import zones
from services.views.editing import words

_MARKDOWN: Final = "Markdown: emphasis, lists and links; no pictures."


class LinksField(forms.CharField):
    """Links as lines: the label, a space, the address."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        """Return what stands in the field."""
        return value if isinstance(value, str) else "\n".join(f"{row['label']} {row['url']}" for row in value or ())

    def clean(self, value: Any) -> list[dict[str, str]]:
        """Return the rows. Raises ``ValidationError`` with the line that is wrong."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        rows = [_row(line) for line in lines]
        footer_links(rows)
        return rows


class BrandForm(forms.ModelForm):  # type: ignore[type-arg]  # its base takes no argument while Django runs
    """The texts, links, time zone and colour."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    links = LinksField(
        required=False,
        label="Links of the footer",
        help_text=f"One a line: the label, a space, the address. At most {MOST_LINKS}.",
    )
    timezone = forms.ChoiceField(
        label="Time zone",
        choices=lambda: [(zone, zone.replace("_", " ")) for zone in sorted(zones())],
        help_text="In which the public page is written. Browsers show each reader their own; days are counted in UTC.",
    )

    language = forms.ChoiceField(
        label="Language",
        choices=CHOICES,
        help_text="Of what the public page itself says. What you write stays as it is, and so does the console.",
    )
    languages = forms.MultipleChoiceField(
        label="Further languages",
        required=False,
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each has its own address, such as /status/de, and the page links to it.",
    )

    class Meta:
        model = Brand
        fields = Brand.EDITABLE
        labels = {"about": "About", "homepage": "Website", "footer": "Text of the footer", "accent": "Accent colour"}
        help_texts = {
            "name": "As it stands in the title of the public page, in mails, feeds and chats: “Acme Status”.",
            "about": f"Below the name on the public page. {_MARKDOWN}",
            "homepage": "Where your customers know you: https://…",
            "support": "Where readers get help: https://… or mailto:…",
            "footer": f"An imprint, say. {_MARKDOWN}",
            "accent": "Of links and buttons on the public page, as #rrggbb. Where it cannot be read, the nearest shade "
            "that can is taken.",
        }
        widgets = {
            "about": forms.Textarea(attrs={"rows": 3}),
            "footer": forms.Textarea(attrs={"rows": 3}),
            "accent": forms.TextInput(attrs={"placeholder": "#0f766e", "spellcheck": "false"}),
        }

    @property
    def changes(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return {name: self.cleaned_data[name] for name in Brand.EDITABLE}

    def differences(self, current: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        """Return where what was saved meanwhile is not what was typed: label, theirs, mine."""
        shown = ((name, _shown(name, current[name]), _shown(name, mine)) for name, mine in self.changes.items())
        rows = [(str(self[name].label), words(theirs), words(mine)) for name, theirs, mine in shown]
        return [row for row in rows if row[1] != row[2]]


class LogoForm(forms.Form):
    """A picture."""

    logo = forms.FileField(
        label="Picture",
        help_text=f"PNG, JPEG or WebP, at most {LARGEST // 1024} KB. It should be readable on white and on dark.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def data_of_file(self) -> bytes:
        """Return the file, no further than the verb needs to know that it is too large."""
        return bytes(self.cleaned_data["logo"].read(LARGEST + 1))


def _shown(name: str, value: Any) -> Any:
    """Return a value as it is compared by eye."""
    if name == "languages":
        return ", ".join(LANGUAGES[code].name for code in value)
    return LinksField().prepare_value(value) if name == "links" else value


def _row(line: str) -> dict[str, str]:
    label, _, url = line.rpartition(" ")
    if not label:
        raise ValidationError(f"“{line[:60]}” has no label and address: write “Help https://example.com/help”.")
    return {"label": label.strip(), "url": url}
