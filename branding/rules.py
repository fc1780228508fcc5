"""What the fields of a brand may hold. Each raises ``ValidationError`` with a sentence."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from branding.colour import is_colour
from events.text import one_line

MOST_LINKS: Final = 8
LABEL: Final = 60
ADDRESS: Final = 500
_MAIL: Final = "mailto:"
_web = URLValidator(schemes=["http", "https"])
_mail = EmailValidator()


def web_address(value: str) -> None:
    """Refuse what does not begin with http:// or https://."""
    try:
        _web(value)
    except ValidationError:
        raise ValidationError("Enter a whole address that begins with https:// or http://.", code="address") from None


def web_or_mail(value: str) -> None:
    """Take ``mailto:`` as well."""
    if not value.lower().startswith(_MAIL):
        _refuse_other(value)
        return
    try:
        one_line(value)
        _mail(value[len(_MAIL) :].partition("?")[0])
    except ValidationError:
        raise ValidationError("After mailto: stands one mail address.", code="address") from None


def colour(value: str) -> None:
    """Refuse what is not ``#rrggbb``."""
    if not is_colour(value.lower()):
        raise ValidationError("Write the colour as #rrggbb, such as #0f766e.", code="colour")


def footer_links(value: Any) -> None:
    """Refuse what is not a short list of ``{"label", "url"}``."""
    if not isinstance(value, list) or len(value) > MOST_LINKS:
        raise ValidationError(f"At most {MOST_LINKS} links fit into the footer.", code="links")
    for row in value:
        if not isinstance(row, dict) or row.keys() != {"label", "url"} or not all(map(_is_text, row.values())):
            raise ValidationError("A link has a label and a url, both texts.", code="links")
        _link(row["label"], row["url"])


def _link(label: str, url: str) -> None:
    if not label.strip() or len(label) > LABEL:
        raise ValidationError(f"The label of a link has 1 to {LABEL} characters.", code="links")
    if len(url) > ADDRESS:
        raise ValidationError(f"The address of “{label}” is longer than {ADDRESS} characters.", code="links")
    one_line(label)
    try:
        web_or_mail(url)
    except ValidationError as error:
        raise ValidationError(f"“{label}”: {error.messages[0]}", code="links") from None


def _refuse_other(value: str) -> None:
    try:
        web_address(value)
    except ValidationError:
        sentence = "Enter a whole address that begins with https://, http:// or mailto:."
        raise ValidationError(sentence, code="address") from None


def _is_text(value: object) -> bool:
    return isinstance(value, str)
