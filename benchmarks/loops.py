"""The bare loops that the engine is held against: the client alone, nothing claimed, judged or kept."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

AT_ONCE = 100
# Calls of each timing; small counts are called over and over.
CALLS = 4_000


def bare(url: str, count: int) -> float:
    """Return the calls a second and core of aiohttp alone: a new connection each, the answer read, nothing kept."""
    import aiohttp

    async def loop() -> float:
        connector = aiohttp.TCPConnector(force_close=True, limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:

            async def call() -> None:
                async with session.get(url) as answer:
                    await answer.read()

            return await timed(call, count)

    return asyncio.run(loop())


def own(url: str, count: int) -> float:
    """Return the calls a second and core of the guarded client alone."""
    from services.probes import equipped
    from services.probes.reach import guard

    async def loop() -> float:
        async with equipped(guard()) as tools:

            async def call() -> None:
                await tools.http.fetch("GET", url)

            return await timed(call, count)

    return asyncio.run(loop())


async def timed(call: Callable[[], Awaitable[None]], count: int) -> float:
    """Return the calls a second and core: as many together as there are components, ``AT_ONCE`` at a time."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with slots:
            await call()

    async def together() -> None:
        await asyncio.gather(*(one() for _ in range(count)))

    await together()
    rounds, began = max(1, CALLS // count), time.process_time()
    for _ in range(rounds):
        await together()
    return rounds * count / (time.process_time() - began)
