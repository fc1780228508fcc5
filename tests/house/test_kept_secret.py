"""The secret key that development makes: one for all processes, and readable by its owner alone."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from config.secret import kept_secret


def test_it_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    first = kept_secret(path)
    assert len(first) >= 50
    assert kept_secret(path) == first


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    kept_secret(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_those_who_start_together_get_the_same(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    with ThreadPoolExecutor(16) as together:
        assert len(set(together.map(lambda _: kept_secret(path), range(16)))) == 1
    assert [found.name for found in tmp_path.iterdir()] == ["secret-key"]
