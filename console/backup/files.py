"""Files of backups on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def keep(path: Path, lines: Iterable[str]) -> None:
    """Write the lines to ``path``, readable by the owner alone: the whole of them, or nothing."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
