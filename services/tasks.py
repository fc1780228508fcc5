"""What the clock asks of the catalogue."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from services import checks
from services.maintenance import clock
from services.models import CheckRollup
from services.models.watching import watch


@shared_task(name="services.tasks.watch_sla")
def watch_sla() -> int:
    """Record whose promise is broken, or nearly. Return of how many services."""
    return watch(timezone.now())


@shared_task(name="services.tasks.keep_maintenance")
def keep_maintenance() -> int:
    """Start, end and remind of windows, and keep series planned ahead. Return how much was due."""
    return clock.tick()


@shared_task(name="services.tasks.run_due_checks")
def run_due_checks() -> int:
    """Run the checks that are due, and those that become due meanwhile. Return how many gave a result."""
    return checks.run_due(_is_stopping)


@shared_task(name="services.tasks.sweep_checks")
def sweep_checks() -> int:
    """Make good what a killed worker, a stopped one or a clock put back has left. Return how much that was."""
    return checks.sweep(timezone.now())


@shared_task(name="services.tasks.sum_up_checks")
def sum_up_checks(period: str) -> int:
    """Sum results by hour or day. Return how many of them were looked at."""
    return checks.roll_up(CheckRollup.Period(period), timezone.now())


@shared_task(name="services.tasks.prune_checks")
def prune_checks() -> int:
    """Forget results that are older than was asked for. Return how many."""
    return checks.prune(timezone.now())


def _is_stopping() -> bool:
    """Say whether this worker has been asked to end; it may be an exit status, and 0 is one."""
    from celery.worker import state

    return state.should_stop is not None and state.should_stop is not False
