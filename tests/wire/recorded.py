"""What the programs said, beside what they said when it was written down for the quick tests.

``RECORD=1`` writes it down anew, in ``tests/alerts/payloads/``.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.alerts import payloads
from tests.wire.listening import Post

WEBHOOK, V2, ENQUEUE = "/api/v1/alerts/alertmanager", "/api/v2/alerts", "/v2/enqueue"
# Where programs and people were.
_PLACE = re.compile(r"http://[^/\s\"]+")
_KEY = re.compile(r'("routing_key": )"[^"]*"')


SPOKEN: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "real_webhook_firing": (WEBHOOK, lambda body: body["status"] == "firing"),
    "real_webhook_resolved": (WEBHOOK, lambda body: body["status"] == "resolved"),
    "real_pager_trigger": (ENQUEUE, lambda body: body["event_action"] == "trigger"),
    "real_pager_resolve": (ENQUEUE, lambda body: body["event_action"] == "resolve"),
    "real_prometheus_firing": (V2, lambda body: _is_from(body, "Direct")),
    "real_prometheus_resolved": (V2, lambda body: _is_from(body, "Direct")),
    "real_amtool_add": (V2, lambda body: _is_from(body, "ByHand")),
    "real_amtool_end": (V2, lambda body: _is_from(body, "ByHand")),
}
# Of several that are alike, the last one tells the end.
_LAST = {"real_prometheus_resolved", "real_amtool_end"}


def _is_from(body: Any, thing: str) -> bool:
    return [alert["labels"]["service"] for alert in body] == [thing]


def compare(post: Post) -> None:
    """Fail where a program leaves out what is written down, or says it in another form."""
    for name, (path, fits) in SPOKEN.items():
        found = [body for body in post.bodies(path) if fits(body)]
        said = found[-1 if name in _LAST else 0]
        if os.environ.get("RECORD"):
            _write(name, said)
        assert not list(lacks(said, payloads.payload(name), name))


def lacks(said: Any, known: Any, where: str) -> Iterator[str]:
    """Yield what is written down and is not said, or is of another sort. Newer releases may say more."""
    if isinstance(known, Mapping) and isinstance(said, Mapping):
        yield from (f"{where}.{name}" for name in known if name not in said)
        for name in known.keys() & said.keys():
            yield from lacks(said[name], known[name], f"{where}.{name}")
    elif isinstance(known, list) and isinstance(said, list) and len(known) == len(said):
        for number, (here, there) in enumerate(zip(said, known, strict=True)):
            yield from lacks(here, there, f"{where}[{number}]")
    elif isinstance(known, list) or type(known) is not type(said):
        yield where


def _write(name: str, body: Any) -> None:
    text = _KEY.sub(r'\1"00000000000000000000000000000000"', json.dumps(body, indent=2))
    file = Path(payloads.__file__).parent / f"{name}.json"
    file.write_text(_PLACE.sub("http://monitoring.example.com", text) + "\n", encoding="utf-8")
