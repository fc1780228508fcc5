"""Who looks at calls to the outside: nobody, unless the process names somebody at its start."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field


@dataclass(slots=True)
class Call:
    """A call under way: what is said to the called besides, and what it answered, 0 before it has."""

    headers: dict[str, str] = field(default_factory=dict)
    status: int = 0


def _nobody(_method: str, _host: str, _port: int) -> AbstractContextManager[Call]:
    return nullcontext(Call())


Watch = Callable[[str, str, int], AbstractContextManager[Call]]
watch: Watch = _nobody
