"""From the log to words: reads the rows that an event speaks of, as its audience may know them.

``words_of(event, audience)`` is all that the fan-out asks for.
"""

from notifications.telling.event import words_of

__all__ = ["words_of"]
