"""Several who act at one instant."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connections

from events.errors import Refused


def at_once(*verbs: Callable[[], object]) -> list[object]:
    """Run the verbs at one instant, each on a connection of its own. Return results and refusals."""
    start = Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> object:
        start.wait()
        try:
            return verb()
        except (Refused, ValidationError) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))
