"""Reading JSON from machines: what a database or a page could not hold is replaced, never a reason to lose an alert.

Pure.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from alerts.signal import Malformed

DEEPEST = 32
# NUL, which PostgreSQL cannot hold, and halves of characters.
_UNHOLDABLE = re.compile("[\x00\ud800-\udfff]")
# What is no text of a line: controls, breaks, and the two non-characters of XML.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


def load(body: bytes) -> Any:
    """Return the parsed body, cleaned. Raises ``Malformed`` for what is not JSON in UTF-8."""
    try:
        return held(json.loads(body.decode()))
    except UnicodeDecodeError:
        raise Malformed("The body is not UTF-8.") from None
    except RecursionError:
        raise Malformed("The body is nested too deeply.") from None
    except ValueError as error:
        raise Malformed(f"The body is not JSON: {error}.") from None


def held(value: Any, depth: int = 0) -> Any:
    """Return ``value`` as it can be stored: no NUL, no half characters, no endless numbers, no endless nesting."""
    if depth > DEEPEST:
        return "…"
    if isinstance(value, str):
        return _UNHOLDABLE.sub("\ufffd", value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {_UNHOLDABLE.sub("\ufffd", name): held(item, depth + 1) for name, item in value.items()}
    return [held(item, depth + 1) for item in value] if isinstance(value, list) else value


def line(text: str, most: int) -> str:
    """Return ``text`` as one line of at most ``most`` characters."""
    flat = " ".join(_UNPRINTABLE.sub(" ", text).split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"
