"""Who needs the kinds for a form alone, as web processes do, loads neither the HTTP client nor the resolver."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.product import ROOT

SCRIPT = """
import django, sys
django.setup()
from outbound import Guard, Networks
from services.probes import KINDS, clean
for probe in KINDS.values():
    [option.help for option in probe.options]
clean("http", "https://example.com/", {"headers": "A: b"}, Guard(Networks.parse("")))
clean("tcp", "db.example.com:5432", {}, Guard(Networks.parse("")))
clean("dns", "example.com", {"resolver": "9.9.9.9"}, Guard(Networks.parse("")))
heavy = {"aiohttp", "aiohappyeyeballs", "dns", "yarl"}
print(sorted(heavy & {name.partition(".")[0] for name in sys.modules}))
"""


def test_nothing_heavy_is_loaded() -> None:
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
