"""How long to wait before the next try. Pure: ``luck`` is a number from 0 to 1, so that not all come back at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from notifications.kinds import Lane

# In seconds, after the first, the second … try that failed. All together some two days.
DELAYS: Final[Sequence[float]] = (
    *(10, 30, 120, 300, 900),
    *(1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400),
)
MOST_ATTEMPTS: Final = len(DELAYS) + 1
# What calls somebody in comes again sooner, and for a day: by then others have been called.
OF_PAGES: Final[Sequence[float]] = (5, 10, 20, 30, 60, 120, *[300] * 11, *[900] * 8, *[3600] * 21)
# How far luck moves a wait, to both sides.
JITTER: Final = 0.2
# Nobody may make us wait for longer.
LONGEST: Final = 86_400.0
# A way that is shut: in seconds, after the first, the second … time that it turned us away.
RESTS: Final[Sequence[float]] = (5, 10, 20, 40, 60, 120, 300)


def delays_of(lane: str) -> Sequence[float]:
    """Return what is waited between the tries of a message of this lane."""
    return OF_PAGES if lane == Lane.PAGE else DELAYS


def delay(
    attempts: int, luck: float, retry_after: float | None = None, *, delays: Sequence[float] = DELAYS
) -> float | None:
    """Return the seconds until the next try after so many; ``None`` when it is time to give up.

    What the other side asked for is waited at least.
    """
    if attempts > len(delays):
        return None
    own = _jittered(delays[max(attempts, 1) - 1], luck)
    return max(own, min(retry_after or 0.0, LONGEST))


def rest(failures: int, luck: float, asked: float | None = None) -> float:
    """Return the seconds for which a way rests that has turned us away so often in a row."""
    own = _jittered(RESTS[min(failures, len(RESTS)) - 1], luck)
    return max(own, min(asked or 0.0, LONGEST))


def _jittered(seconds: float, luck: float) -> float:
    return seconds * (1 - JITTER + 2 * JITTER * luck)
