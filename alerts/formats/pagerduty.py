"""PagerDuty's Events API, version 2. Pure."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from alerts import mapping, times
from alerts.limits import FINGERPRINT, MESSAGE
from alerts.signal import Action, Signal

SEVERITIES = ("critical", "error", "warning", "info")
PLACES = ("source", "component", "group", "class")


class InvalidEvent(ValueError):
    """An event that breaks the rules of the format; ``errors`` says each in a sentence."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__(" ".join(errors))
        self.errors = errors


def signal(event: Mapping[str, Any]) -> Signal:
    """Return what an event says. Raises ``InvalidEvent``."""
    errors = [*_wrong_envelope(event), *_wrong_payload(event)]
    if errors:
        raise InvalidEvent(errors)
    action = Action(event["event_action"])
    key = event.get("dedup_key") or uuid.uuid4().hex
    kept = {name: value for name, value in event.items() if name != "routing_key"}
    if action is not Action.TRIGGER:
        # Those of Alertmanager repeat the whole payload, those of client libraries have none.
        return Signal(fingerprint=key, action=action, raw=kept)
    return _trigger(key, event, event["payload"], kept)


def _trigger(key: str, event: Mapping[str, Any], payload: Mapping[str, Any], raw: Mapping[str, Any]) -> Signal:
    labels = {name: str(payload[name]) for name in PLACES if payload.get(name)}
    return Signal(
        fingerprint=key,
        action=Action.TRIGGER,
        service=labels.get("component") or labels["source"],
        severity=mapping.severity(payload["severity"]),
        message=payload["summary"],
        labels=labels,
        annotations=_details(payload.get("custom_details")),
        links=_links(event),
        starts_at=times.read(payload.get("timestamp"), "payload.timestamp"),
        raw=raw,
    )


def _details(said: Any) -> dict[str, str]:
    if not said:
        return {}
    if not isinstance(said, Mapping):
        return {"details": said if isinstance(said, str) else json.dumps(said)}
    return {str(name): value if isinstance(value, str) else json.dumps(value) for name, value in said.items()}


def _links(event: Mapping[str, Any]) -> list[dict[str, str]]:
    found = [(event.get("client_url"), event.get("client"))]
    found += [(item.get("href"), item.get("text")) for item in _objects(event.get("links"))]
    found += [(item.get("href") or item.get("src"), item.get("alt")) for item in _objects(event.get("images"))]
    return [
        {"href": href[:2000], "text": str(text or href)[:200]}
        for href, text in found
        if isinstance(href, str) and href.startswith(("http://", "https://"))
    ]


def _objects(said: Any) -> list[Mapping[str, Any]]:
    return [item for item in said if isinstance(item, Mapping)] if isinstance(said, list) else []


def _wrong_envelope(event: Mapping[str, Any]) -> list[str]:
    errors = []
    action, key = event.get("event_action"), event.get("dedup_key")
    if action not in list(Action):
        errors.append("'event_action' must be one of trigger, acknowledge, resolve")
    if not key and action in (Action.ACKNOWLEDGE, Action.RESOLVE):
        errors.append(f"'dedup_key' is missing: it says what to {action}")
    if key is not None and not (isinstance(key, str) and len(key) <= FINGERPRINT):
        errors.append(f"'dedup_key' must be a text of at most {FINGERPRINT} characters")
    return errors


def _wrong_payload(event: Mapping[str, Any]) -> list[str]:
    payload = event.get("payload")
    if event.get("event_action") != Action.TRIGGER:
        return []
    if not isinstance(payload, Mapping):
        return ["'payload' is missing or is no object"]
    errors = [
        f"'payload.{name}' is missing or blank"
        for name in ("summary", "source", "severity")
        if not (isinstance(payload.get(name), str) and payload[name].strip())
    ]
    if len(str(payload.get("summary", ""))) > MESSAGE:
        errors.append(f"'payload.summary' must have at most {MESSAGE} characters")
    if payload.get("severity") and payload["severity"] not in SEVERITIES:
        errors.append(f"'payload.severity' must be one of {', '.join(SEVERITIES)}")
    try:
        times.read(payload.get("timestamp"), "'payload.timestamp'")
    except ValueError as error:
        errors.append(str(error))
    return errors
