"""The bell: Redis tells every process that there is something new. It carries no news itself; the log does.

Ringing is one short try, listening connects again by itself, and both may fail: the log is read once a second anyway.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import structlog
from django.conf import settings

from events.rest import Rest

if TYPE_CHECKING:
    from redis import Redis

log = structlog.get_logger(__name__)

CHANNEL = "opstatus:events"
PATIENCE = 0.3
RECONNECT = 1.0
# A line that has been silent for so long is asked whether it still stands.
QUIET = 10.0


REDIS = Rest()


def ring() -> None:
    """Tell all processes, where there is a Redis. Never raises and never takes long."""
    if not settings.REDIS_URL or REDIS.holds():
        return
    try:
        with REDIS.trying(Exception):
            _ringer().publish(CHANNEL, b"")
    except Exception as error:  # noqa: BLE001 - whatever Redis' trouble is, the write has succeeded
        log.warning("streams_not_woken", error=str(error))


@cache
def _ringer() -> Redis:
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
    )


class Bell:
    """Hears the ringing of all processes that use the Redis at ``url``."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def listen(self, ring: Callable[[], None]) -> None:
        """Call ``ring`` at each ringing, and whenever the line stands again: something may have been missed."""
        from redis.exceptions import RedisError

        well = True
        while True:
            try:
                await self._hear(ring)
            except (RedisError, OSError) as error:
                if well:
                    log.warning("streams_without_redis", error=str(error) or "It did not answer in time.")
                well = False
            await asyncio.sleep(RECONNECT)

    async def _hear(self, ring: Callable[[], None]) -> None:
        """Listen until the line breaks. Raises ``RedisError`` or ``OSError``."""
        from redis.asyncio import Redis
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff

        # Its own limit for commands is a ``wait_for``, which loses an end that comes with the answer (see the hub).
        client = Redis.from_url(
            self.url, socket_connect_timeout=QUIET, socket_timeout=None, retry=Retry(NoBackoff(), 0)
        )
        async with client, client.pubsub() as line:
            async with asyncio.timeout(QUIET):
                await line.subscribe(CHANNEL)
            ring()
            asked = False
            while True:
                heard = await line.get_message(timeout=QUIET)
                if heard is None and asked:
                    raise ConnectionError("Redis has stopped answering.")
                if heard is None:
                    await line.ping()
                elif heard["type"] == "message":
                    ring()
                asked = heard is None
