"""Who did it. The log outlives users and keys, so an actor is three strings and no foreign key."""

from dataclasses import dataclass

# What OpStatus does by itself. A key is none of them: it speaks for whoever gave it to a script.
MACHINES = ("system", "clock")


@dataclass(frozen=True, slots=True)
class Actor:
    """The doer of a change.

    ``kind`` is one of ``user``, ``key``, ``system``, ``clock``; ``id`` the doer's id as text
    (empty for the system); ``name`` what people call it.
    """

    kind: str
    id: str = ""
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.kind

    @property
    def is_machine(self) -> bool:
        """Say whether nobody outside wanted it."""
        return self.kind in MACHINES


SYSTEM = Actor("system", "", "OpStatus")
CLOCK = Actor("clock", "", "OpStatus clock")
HEARTBEAT = Actor("system", "heartbeat", "Heartbeat")
