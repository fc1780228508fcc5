"""``docs/healthchecks.md`` and the recipe for a new kind say what the code says."""

from __future__ import annotations

import re

import pytest

from outbound import CODES as NETWORK
from services.probes import CODES, reference
from services.probes.codes import Lead
from services.probes.outcome import Outcome, failed, warned
from services.probes.thresholds import Counts, Policy, judge
from services.status import Status
from tests.product import ROOT

PAGE = (ROOT / "docs" / "healthchecks.md").read_text()
RECIPE = (ROOT / "docs" / "adding-a-heartbeat-kind.md").read_text()
# The file that the recipe makes.
MADE = "redis"


@pytest.mark.parametrize("table", ["kinds", "thresholds", "codes"])
def test_the_tables_are_those_of_the_code(table: str) -> None:
    rows = getattr(reference, table)()
    assert f"\n\n{rows}\n\n" in PAGE, f"put this into docs/healthchecks.md:\n\n{rows}"


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_result_leads_to_what_its_row_says(code: str) -> None:
    lead = CODES[code].leads
    outcome: Outcome = (warned if lead is Lead.WARNING else failed)(code, "")
    _, status = judge(Counts(), Status.OPERATIONAL, outcome, Policy())
    assert outcome.ok is (lead is Lead.WARNING)
    assert status is (Status.MAJOR_OUTAGE if lead is Lead.AT_ONCE else Status.DEGRADED)


@pytest.mark.parametrize("code", sorted(CODES.keys() - NETWORK.keys()))
def test_each_word_of_ours_is_said_by_somebody(code: str) -> None:
    modules = [path for path in (ROOT / "services" / "probes").glob("*.py") if path.name != "codes.py"]
    assert any(f'"{code}"' in path.read_text() for path in modules)


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_word_has_a_sentence(code: str) -> None:
    assert re.fullmatch(r"[a-z_]{1,40}", code)
    assert CODES[code].about.endswith(".")


def test_the_recipe_names_files_that_exist() -> None:
    named = re.findall(r"`((?:services|tests|docs)/[\w/.-]+\.\w+)`", RECIPE)
    assert len(named) > 5
    assert [path for path in named if MADE not in path and not (ROOT / path).exists()] == []
