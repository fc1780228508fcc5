"""``ALLOWED_HOSTS`` adds names to that of ``SITE_URL``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.product import ROOT

pytestmark = pytest.mark.embedded
TELL = "import json; from config import settings; print(json.dumps(settings.ALLOWED_HOSTS))"


def names(var: Path, **said: str) -> list[str]:
    own = {"VAR_DIR": str(var), "SITE_URL": "https://status.example.com", "SECRET_KEY": "k3" * 40, **said}
    told = subprocess.run([sys.executable, "-c", TELL], cwd=ROOT, env=own, capture_output=True, text=True, check=True)
    found: list[str] = json.loads(told.stdout)
    return found


def test_its_own_address_stays_when_others_are_named(tmp_path: Path) -> None:
    found = names(tmp_path, APP_ENV="production", ALLOWED_HOSTS="web")
    assert set(found) == {"web", "status.example.com", "localhost", "127.0.0.1"}


def test_no_name_is_let_in_unnamed_in_production(tmp_path: Path) -> None:
    assert set(names(tmp_path, APP_ENV="production")) == {"status.example.com", "localhost", "127.0.0.1"}
    assert "*" in names(tmp_path)
