"""Text that the log, feeds, mail headers and calendars can all carry."""

import re

from django.core.exceptions import ValidationError

# C0 controls, DEL, C1 controls, lone surrogates and the two non-characters that XML 1.0 (5th ed., section 2.2) forbids.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# In characters: what a text of many lines may hold, everywhere.
LONG_TEXT = 20_000
_BREAKS = re.compile("[\r\n\t\u2028\u2029]")


def as_one_line(text: str) -> str:
    """Return what :func:`one_line` takes of a text whose writer cannot be asked for another."""
    return _FORBIDDEN.sub("", " ".join(text.split()))


def one_line(value: str) -> None:
    """Refuse line breaks and control characters: names go into mail headers and XML."""
    if _BREAKS.search(value):
        raise ValidationError("Must be a single line.", code="one_line")
    many_lines(value)


def many_lines(value: str) -> None:
    """Refuse control characters other than tab and line break."""
    if _FORBIDDEN.search(value):
        raise ValidationError("Holds a control character that cannot be stored.", code="control_character")
