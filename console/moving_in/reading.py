"""Where the documents come from: a file, or the page itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import outbound
from accounts.api.parsers import inspect_value
from console.backup.faults import Unusable
from outbound import Failure
from services.probes.reach import guard
from services.probes.tools import user_agent
from statuspage.v2 import addresses

# Those that hold everything between them; what is open comes first, because lists end after fifty.
DOCUMENTS: Final = (
    addresses.COMPONENTS,
    addresses.UNRESOLVED,
    addresses.INCIDENTS,
    addresses.ACTIVE,
    addresses.UPCOMING,
    addresses.MAINTENANCES,
)
LARGEST: Final = 32 * 1024 * 1024
_PATIENCE: Final = 60.0


def documents(where: str) -> list[Any]:
    """Return what a file or a page's address holds. Raises ``Unusable`` with a sentence."""
    if "://" not in where:
        return [_parsed(_read(Path(where)), where)]
    return list(_fetched(where.split("/api/v2")[0].rstrip("/")))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Unusable(f"{path} is larger than {LARGEST // 1024**2} MB.")
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}.") from error


def _fetched(base: str) -> Iterator[Any]:
    for address, body in zip(DOCUMENTS, asyncio.run(_fetch(base)), strict=True):
        yield _parsed(body, base + address)


async def _fetch(base: str) -> list[bytes]:
    async with outbound.client(guard(), user_agent=user_agent()) as http:
        return [await _ask(http, base + address) for address in DOCUMENTS]


async def _ask(http: outbound.Client, url: str) -> bytes:
    try:
        reply = await http.fetch("GET", url, limit=LARGEST, timeout=_PATIENCE)
    except Failure as failure:
        raise Unusable(f"{url} cannot be read: {failure.detail}") from failure
    if reply.status != 200:
        raise Unusable(f"{url} answered {reply.status}, so this is perhaps no page of Statuspage.")
    return reply.body


def _parsed(body: bytes, where: str) -> Any:
    try:
        found = json.loads(body)
        inspect_value(found, 0)
    except (ValueError, RecursionError) as error:
        raise Unusable(f"{where} is no JSON that can be used: {str(error)[:100]}") from None
    return found
