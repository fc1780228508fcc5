"""Why the provider's word is not enough."""

from __future__ import annotations

from events.errors import Refused


class NotAdmitted(Refused):
    """Somebody came from the provider and is not let in. The sentence is shown to them, ``code`` told to the log."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
