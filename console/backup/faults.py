"""What is wrong with a file. Pure."""

from __future__ import annotations

from collections.abc import Sequence

# Nobody reads more than these of a file that is wrong throughout.
MOST_SAID = 20


class Unusable(ValueError):
    """A backup cannot be brought in; nothing has changed. ``faults`` says where and why, one sentence each."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults: Sequence[str] = faults


class Faults:
    """Gathers sentences, and stops the reading when there are enough."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, where: str, what: str) -> None:
        """Add one. Raises :class:`Unusable` when there are enough."""
        self.said.append(f"{where}: {what}")
        if len(self.said) >= MOST_SAID:
            raise Unusable(*self.said)

    def end(self) -> None:
        """Raise :class:`Unusable` where there was any."""
        if self.said:
            raise Unusable(*self.said)


def place(section: str, row: int, field: str = "") -> str:
    """Return where something stands: ``services, row 3, slug``."""
    return f"{section}, row {row}" + (f", {field}" if field else "")
