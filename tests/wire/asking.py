"""One request over a real socket."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


def ask(address: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    """Return status and body. A header is written ``Content_Type``. Raises ``OSError``."""
    there = urlsplit(address)
    link = http.client.HTTPConnection(there.netloc, timeout=30)
    path = address.partition(there.netloc)[2] or "/"
    try:
        link.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = link.getresponse()
        return answer.status, answer.read()
    finally:
        link.close()


def ask_json(address: str, key: str, said: Mapping[str, Any] | None = None) -> Any:
    """Read, or post what is said; return the answer, parsed. Fails unless it is 2xx."""
    body = None if said is None else json.dumps(said).encode()
    headers = {"Authorization": f"Bearer {key}", "Content_Type": "application/json"}
    status, content = ask(address, "GET" if body is None else "POST", body, **headers)
    assert status // 100 == 2, (address, status, content)
    return json.loads(content)
