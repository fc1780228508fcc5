"""Who did it. The log outlives users and keys, so an actor is three strings and no foreign key."""

from dataclasses import dataclass

# What no person did: OpStatus by itself, and a key that belongs to nobody. A person's key speaks for that person.
MACHINES = ("system", "clock", "script")


@dataclass(frozen=True, slots=True)
class Actor:
    """The doer of a change.

    ``kind`` is one of ``user``, ``key`` (of a person), ``script`` (a key of nobody), ``system``, ``clock``; ``id`` the
    doer's id as text (empty for the system); ``name`` what people call it.
    """

    kind: str
    id: str = ""
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.kind

    @property
    def is_machine(self) -> bool:
        """Say whether no person stands behind it."""
        return self.kind in MACHINES


SYSTEM = Actor("system", "", "OpStatus")
CLOCK = Actor("clock", "", "OpStatus clock")
HEARTBEAT = Actor("system", "heartbeat", "Heartbeat")
