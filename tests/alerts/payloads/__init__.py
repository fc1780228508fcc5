"""What machines sent, as it was recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def payload(name: str) -> Any:
    """Return the recorded body of this name."""
    return json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
