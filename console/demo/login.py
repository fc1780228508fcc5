"""How to sign in to the demo: printed once, and kept in a file that only its owner reads."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = "demo-login.txt"


@dataclass(frozen=True, slots=True)
class Login:
    """Passwords by username, and the text of an API key."""

    passwords: Mapping[str, str]
    api_key: str

    def __str__(self) -> str:
        lines = [f"Demo login    {username} / {password}" for username, password in self.passwords.items()]
        return "\n".join([*lines, f"Demo API key  {self.api_key}"])

    def keep(self, folder: Path) -> Path:
        """Write it to ``folder``, readable by its owner alone. Return the path."""
        path = folder / FILE
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{self}\n")
        return path
