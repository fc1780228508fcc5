"""The clock of the published page."""

from celery import shared_task

from statuspage import publisher


@shared_task(name="statuspage.tasks.tick")
def tick() -> int:
    """Publish what time alone has changed: figures while something is down, the turn of the day."""
    return publisher.tick()
