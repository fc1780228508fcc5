"""Asks the system for the addresses of a name, without letting one slow answer hold up another."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from contextlib import suppress
from threading import BoundedSemaphore, Thread
from typing import Final

# The system cannot be told to give up, so a lookup that hangs keeps its thread after its caller has left.
MOST: Final = 500
_room = BoundedSemaphore(MOST)


class TooManyLookups(OSError):
    """So many name lookups hang that no further one is begun."""


async def look_up(name: str) -> Sequence[str]:
    """Return the addresses of ``name``, those to try first in front. Raises ``OSError``.

    Each has a thread of its own: a shared pool would be full of names whose servers are away, and a pool's threads are
    waited for when the process ends.
    """
    if not _room.acquire(blocking=False):
        raise TooManyLookups
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Sequence[str]] = loop.create_future()
    try:
        Thread(target=_ask, args=(name, loop, answer), name=f"look up {name}", daemon=True).start()
    except RuntimeError:
        _room.release()
        raise TooManyLookups from None
    return await answer


def _ask(name: str, loop: asyncio.AbstractEventLoop, answer: asyncio.Future[Sequence[str]]) -> None:
    found: Sequence[str] | Exception
    try:
        found = _system(name)
    except (OSError, UnicodeError) as error:
        found = error
    finally:
        _room.release()
    # The loop may have ended meanwhile.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(_tell, answer, found)


def _system(name: str) -> Sequence[str]:
    infos = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    # A zone is good for link-local addresses alone, which have no business here.
    return tuple(dict.fromkeys(str(sockaddr[0]).partition("%")[0] for *_, sockaddr in infos))


def _tell(answer: asyncio.Future[Sequence[str]], found: Sequence[str] | Exception) -> None:
    if answer.done():
        return
    if isinstance(found, Exception):
        answer.set_exception(found)
    else:
        answer.set_result(found)
