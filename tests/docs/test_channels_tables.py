"""``docs/channels.md`` says what the code says."""

from __future__ import annotations

import pytest

from notifications.transports import reference
from notifications.transports.codes import CODES
from outbound import CODES as NETWORK
from tests.product import ROOT

PAGE = (ROOT / "docs" / "channels.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", ["kinds", "codes"])
def test_the_tables_are_those_of_the_code(table: str) -> None:
    rows = getattr(reference, table)()
    assert f"\n\n{rows}\n\n" in PAGE, f"put this into docs/channels.md:\n\n{rows}"


@pytest.mark.parametrize("code", sorted(CODES.keys() - NETWORK.keys()))
def test_each_word_of_ours_is_said_by_somebody(code: str) -> None:
    modules = [path for path in (ROOT / "notifications").rglob("*.py") if path.name != "codes.py"]
    assert any(f'"{code}"' in path.read_text(encoding="utf-8") for path in modules)
