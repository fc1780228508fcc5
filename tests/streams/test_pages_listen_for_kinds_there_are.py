from __future__ import annotations

import re
from pathlib import Path

import pytest

from events.kinds import Kind
from events.streams.public import TOLD

SCRIPTS = Path(__file__).resolve().parents[2] / "static/js"
# What the console's regions show.
SHOWN = ("INCIDENT_", "ONCALL_", "ALERT_", "SILENCE_", "SERVICE_", "COMPONENT_", "HEARTBEAT_", "MAINTENANCE_")


@pytest.mark.parametrize(
    ("script", "kinds"), [("live.js", set(TOLD)), ("refresh.js", {kind for kind in Kind if kind.startswith(SHOWN)})]
)
def test_a_page_names_each_kind_that_it_should_hear(script: str, kinds: set[str]) -> None:
    found = re.search(r'^const KINDS = "([A-Z_ ]+)"\.split', (SCRIPTS / script).read_text(), re.MULTILINE)
    assert found
    assert set(found[1].split()) == kinds
