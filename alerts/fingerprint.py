"""What makes two signals speak of the same thing. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

_OFFSET, _PRIME, _MASK = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1


def own(service: str, severity: str, message: str, labels: Mapping[str, str]) -> str:
    """Return the fingerprint of our own format: SHA-256 of service, severity, message and sorted labels."""
    said = json.dumps([service, severity, message, sorted(labels.items())], separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def of_labels(labels: Mapping[str, str]) -> str:
    """Return the fingerprint that Prometheus and Alertmanager give: FNV-1a, 64 bits, 16 hexadecimal digits.

    Over the sorted labels: name, 0xFF, value, 0xFF.
    """
    found = _OFFSET
    for name, value in sorted(labels.items()):
        for byte in _bytes(name, value):
            found = ((found ^ byte) * _PRIME) & _MASK
    return f"{found:016x}"


def _bytes(name: str, value: str) -> bytes:
    return name.encode() + b"\xff" + value.encode() + b"\xff"
