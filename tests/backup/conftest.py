"""Files of backups."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from console.backup.box import Box
from console.backup.writing import lines

Backup = Callable[..., BytesIO]


def backup(box: Box | None = None) -> BytesIO:
    """Return a backup of all that is here."""
    return BytesIO("".join(lines(box)).encode())


@pytest.fixture
def counted() -> Callable[[], dict[str, Any]]:
    """Return how many rows each section has."""
    from console.backup.tables import tables

    return lambda: {table.name: table.rows.count() for table in tables()}
