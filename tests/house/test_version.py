"""``manage.py version`` is ours and not Django's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.embedded
ROOT = Path(__file__).resolve().parents[2]


def test_the_first_line_is_the_version_of_the_product(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "manage.py", "version"],
        cwd=ROOT,
        env={"VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines()[0] == f"OpStatus {settings.VERSION}"
