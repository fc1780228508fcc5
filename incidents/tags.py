"""The words by which incidents are found again."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError

from events.text import one_line

MOST, LONGEST = 20, 40


class AsWritten(json.JSONEncoder):
    """Keeps letters beyond ASCII as they are: SQLite stores JSON as text, and is searched as text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


def tags_are_words(value: object) -> None:
    """Refuse anything but a list of at most 20 short single lines."""
    if not isinstance(value, list) or len(value) > MOST:
        raise ValidationError(f"Must be a list of at most {MOST} tags.", code="tags")
    for tag in value:
        if not isinstance(tag, str) or not 0 < len(tag) <= LONGEST:
            raise ValidationError(f"Each tag is a text of 1 to {LONGEST} characters.", code="tags")
        one_line(tag)
