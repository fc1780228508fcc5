"""The lifecycle of a maintenance window as a table. Pure. ``docs/states.md`` is printed from here."""

from __future__ import annotations

from django.db.models import TextChoices

from events.errors import Refused


class Stage(TextChoices):
    """How far a window is."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


# Each move and the one stage from which it is made. Nothing leads out of the last two.
TRANSITIONS: dict[Stage, dict[str, Stage]] = {
    Stage.SCHEDULED: {"start": Stage.IN_PROGRESS, "cancel": Stage.CANCELLED},
    Stage.IN_PROGRESS: {"complete": Stage.COMPLETED},
    Stage.COMPLETED: {},
    Stage.CANCELLED: {},
}
# What moves nothing, and the stages in which it is allowed.
ALLOWED: dict[str, frozenset[Stage]] = {
    "edit": frozenset({Stage.SCHEDULED, Stage.IN_PROGRESS}),
    "extend": frozenset({Stage.SCHEDULED, Stage.IN_PROGRESS}),
    "post_update": frozenset(Stage),
}
OVER = frozenset({Stage.COMPLETED, Stage.CANCELLED})

# What readers are told of a move when nobody has written anything.
SENTENCES = {
    Stage.IN_PROGRESS: "The maintenance has started.",
    Stage.COMPLETED: "The maintenance is completed.",
    Stage.CANCELLED: "The maintenance is cancelled: it does not take place.",
}
_WHERE = {
    Stage.SCHEDULED: "has not started yet",
    Stage.IN_PROGRESS: "is under way already",
    Stage.COMPLETED: "is completed",
    Stage.CANCELLED: "was cancelled",
}
_ADVICE = {
    (Stage.SCHEDULED, "complete"): " Start it first, or cancel it.",
    (Stage.IN_PROGRESS, "cancel"): " Complete it instead: its time counts as maintenance.",
    (Stage.COMPLETED, "start"): " Plan another one.",
    (Stage.COMPLETED, "extend"): " Plan another one.",
    (Stage.CANCELLED, "start"): " Plan another one.",
}


class MoveDenied(Refused):
    """The table does not allow the move; nothing changed."""

    code = "transition_denied"

    def __init__(self, message: str, current: Stage) -> None:
        super().__init__(message)
        self.current = current


def move(current: Stage, verb: str) -> Stage:
    """Return where ``verb`` leads. Raises :class:`MoveDenied`."""
    if verb not in TRANSITIONS[current]:
        raise _denied(current, verb)
    return TRANSITIONS[current][verb]


def allow(current: Stage, verb: str) -> None:
    """Raise :class:`MoveDenied` unless ``verb`` is allowed now."""
    if current not in ALLOWED[verb]:
        raise _denied(current, verb)


def _denied(current: Stage, verb: str) -> MoveDenied:
    return MoveDenied(f"This maintenance {_WHERE[current]}.{_ADVICE.get((current, verb), '')}", current)
