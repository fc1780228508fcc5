"""The weight of a first view: HTML, CSS and JS of 20 services and 90 days, as a browser fetches them."""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path

from benchmarks.processes import environment, free_port, granian, manage, python, running, wait_for
from benchmarks.report import Line

_FILES = re.compile(rb'<(?:link rel="(?:stylesheet|icon)" href|script src|img src)="([^"]+)"')


def measure(var: Path) -> list[Line]:
    """Return the lines."""
    manage(var, "migrate", "-v0")
    manage(var, "collectstatic", "--noinput", "-v0")
    python(var, "benchmarks.rows", "20")
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with running(granian("config.asgi:application", port), environment(var, port)):
        wait_for(f"{base}/status")
        page = fetch(f"{base}/status", "identity")
        files = [found.decode() for found in dict.fromkeys(_FILES.findall(page))]
        sizes = [len(fetch(base + path, "br")) for path in ("/status", *files)]
    figure = " + ".join(f"{size:,}" for size in sizes) + " B"
    return [
        Line("first view, KB compressed", figure, sum(sizes) / 1000, 15, 10),
        Line("first view, requests", f"{', '.join(files)}", len(sizes), 4, 2),
    ]


def fetch(url: str, coding: str) -> bytes:
    """Return the bytes that travel."""
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": coding})) as reply:
        body: bytes = reply.read()
        return body
