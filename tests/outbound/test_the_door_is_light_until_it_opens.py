"""Who only checks addresses as they are typed pays for no client."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import outbound

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"aiohttp", "yarl", "multidict", "aiohappyeyeballs", "dns", "django"}
CHECK = """
import sys
from outbound import Failure, Guard, Networks, Refused
Guard(Networks.parse("10.0.0.0/8")).check_url("https://example.com/health")
try:
    Guard().check_url("http://127.1/")
except Refused as refused:
    print(refused.code)
print(sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_checking_an_address_loads_no_client() -> None:
    done = subprocess.run([sys.executable, "-c", CHECK], cwd=ROOT, capture_output=True, text=True, check=True)
    code, loaded = done.stdout.splitlines()
    assert code == "refused_address"
    assert not {name for name in HEAVY if f"'{name}'" in loaded}


@pytest.mark.parametrize("name", outbound.__all__)
def test_every_name_that_is_promised_is_there(name: str) -> None:
    assert getattr(outbound, name).__class__.__name__ != "module"


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        getattr(outbound, "nothing")  # noqa: B009
