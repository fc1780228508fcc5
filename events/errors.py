"""What a verb raises when the rules say no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """A verb refused to act and changed nothing. The message is a sentence that a responder can act on.

    The API answers it with 409 and ``code``; the console shows the sentence.
    """

    code = "refused"


class Gone(Refused):
    """What the verb was to act on has been deleted meanwhile."""

    code = "gone"


class StaleEdit(Refused):
    """Somebody else has edited it since the editor read it. ``current`` holds the fields as they are now."""

    code = "stale_edit"

    def __init__(self, message: str, current: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.current = dict(current)
