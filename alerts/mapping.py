"""From the labels of a monitoring system to our fields. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from incidents.lifecycle import Severity

_WORDS = {
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "error": Severity.HIGH,
    "page": Severity.HIGH,
    "medium": Severity.MEDIUM,
    "warning": Severity.MEDIUM,
    "low": Severity.LOW,
    "info": Severity.LOW,
}


def known_severity(word: str) -> Severity | None:
    """Return the severity that ``word`` means in any case, None for a word that we do not know."""
    return _WORDS.get(word.strip().lower())


def severity(word: str) -> Severity:
    """Return the severity that ``word`` means; medium for what we do not know."""
    return known_severity(word) or Severity.MEDIUM


def kept(labels: Mapping[str, str], ignored: Iterable[str]) -> dict[str, str]:
    """Return the labels that say something: neither empty nor to be ignored."""
    dropped = set(ignored)
    return {name: value for name, value in labels.items() if value and name not in dropped}


def service(labels: Mapping[str, str], order: Sequence[str]) -> str:
    """Return the name of the service: the first label of ``order`` that is there."""
    return next((labels[name] for name in order if labels.get(name)), "")


def message(labels: Mapping[str, str], annotations: Mapping[str, str]) -> str:
    """Return the sentence to show: the summary, else the description, else the alert's name."""
    said = (annotations.get("summary"), annotations.get("description"), labels.get("alertname"))
    return next((text for text in said if text), "Alert without a name")


def texts(said: Any, what: str) -> dict[str, str]:
    """Return a mapping of texts as one; numbers and the like become texts. Raises ``ValueError``."""
    if said is None:
        return {}
    if not isinstance(said, Mapping):
        raise ValueError(f"{what} must be an object of texts.")
    return {str(name): value if isinstance(value, str) else _text(value) for name, value in said.items()}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
