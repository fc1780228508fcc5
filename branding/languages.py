"""The languages that the public page can be in. Pure. ``docs/languages.md`` says how one is added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError

DEFAULT: Final = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code, which is part of addresses, and by its names in English and for those who speak it."""

    code: str
    english: str
    name: str
    direction: str = "ltr"

    def __str__(self) -> str:
        return self.name if self.name == self.english else f"{self.name} ({self.english})"


LANGUAGES: Final[Mapping[str, Language]] = {
    one.code: one
    for one in (
        Language(DEFAULT, "English", "English"),
        Language("de", "German", "Deutsch"),
        Language("es", "Spanish", "Español"),
        Language("fr", "French", "Français"),
        Language("ja", "Japanese", "日本語"),
        Language("ar", "Arabic", "العربية", "rtl"),
    )
}

CHOICES: Final = [(one.code, str(one)) for one in LANGUAGES.values()]
# What an address of the public page may begin with, as a part of a regular expression.
# The main language is said by nothing.
IN_ADDRESS: Final = f"(?:(?P<language>{'|'.join(LANGUAGES)})/)?"


def known(value: str) -> None:
    """Refuse a language that there are no words for; raises ``ValidationError``."""
    if value not in LANGUAGES:
        raise ValidationError(f"There is no such language here. Use one of: {', '.join(LANGUAGES)}.", code="language")


def several(value: Any) -> None:
    """Refuse what is not a list of languages, each once."""
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise ValidationError("Name languages by their codes, as a list.", code="languages")
    for code in value:
        known(code)
    if len(set(value)) < len(value):
        raise ValidationError("Name each language once.", code="languages")


def offered(main: str, further: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of what is offered, the main one first.

    A backup of a later release may name what is not known here; that is left out.
    """
    first = main if main in LANGUAGES else DEFAULT
    return (first, *(code for code in LANGUAGES if code in further and code != first))
