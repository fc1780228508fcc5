"""The lines of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class Missing(RuntimeError):
    """A tool or a server that a benchmark needs is not here. The message says which."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. ``ratio`` or, where there is none, ``value`` is held against ``must`` and ``aim``."""

    name: str
    figure: str
    value: float
    must: float | None = None
    aim: float | None = None
    least: bool = False

    @property
    def missed(self) -> bool:
        """Say whether it is worse than it must be."""
        return self.must is not None and not self._reaches(self.must)

    @property
    def verdict(self) -> str:
        """Return ``aim``, ``must``, ``MISSED`` or nothing where there is no target."""
        if self.must is None:
            return ""
        return "MISSED" if self.missed else "aim" if self.aim is not None and self._reaches(self.aim) else "must"

    def _reaches(self, target: float) -> bool:
        return self.value >= target if self.least else self.value <= target


def table(lines: Sequence[Line]) -> str:
    """Return all lines, in columns."""
    head = ("", "figure", "value", "must", "aim", "reached")
    rows = [head, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _cells(line: Line) -> tuple[str, ...]:
    sign = "≥" if line.least else "≤"
    must, aim = (f"{sign} {target:g}" if target is not None else "" for target in (line.must, line.aim))
    return (
        line.name,
        line.figure,
        f"{line.value:.3g}" if line.must is not None or line.least else "",
        must,
        aim,
        line.verdict,
    )
