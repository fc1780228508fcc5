"""How many streams may be open, of one address and in all."""

from __future__ import annotations

from collections import Counter


class Places:
    """Counts in this process's memory; used in the event loop alone."""

    def __init__(self, *, per_address: int, at_once: int) -> None:
        self.per_address = per_address
        self.at_once = at_once
        self.taken: Counter[str] = Counter()
        self.in_all = 0

    def take(self, address: str) -> bool:
        """Take one for ``address``; False when there is none."""
        if self.in_all >= self.at_once or self.taken[address] >= self.per_address:
            return False
        self.in_all += 1
        self.taken[address] += 1
        return True

    def leave(self, address: str) -> None:
        """Give one back."""
        self.in_all -= 1
        self.taken[address] -= 1
        if not self.taken[address]:
            del self.taken[address]
