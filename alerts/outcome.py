"""What became of one signal."""

from __future__ import annotations

from dataclasses import dataclass

from alerts.models import Alert
from alerts.signal import Rejected, Signal
from alerts.states import Result


@dataclass(slots=True)
class Outcome:
    """The result of one signal; ``reason`` is the sentence that says why, where there is something to say."""

    item: Signal | Rejected
    result: Result
    reason: str = ""
    alert: Alert | None = None
