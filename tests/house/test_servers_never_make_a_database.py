from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from config import sqlite_file


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file.Connection, "may_make", True)
    sqlite_file.never_make()


def test_a_command_makes_the_file(tmp_path: Path) -> None:
    file = tmp_path / "new 100%.sqlite3"
    sqlite3.connect(str(file), factory=sqlite_file.Connection).execute("CREATE TABLE t (n)").connection.close()
    assert file.exists()


def test_a_server_refuses_when_it_is_away_and_leaves_nothing(server: None, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        sqlite3.connect(str(tmp_path / "away.sqlite3"), factory=sqlite_file.Connection, uri=True)
    assert list(tmp_path.iterdir()) == []


def test_a_server_leaves_an_empty_file_empty(server: None, tmp_path: Path) -> None:
    file = tmp_path / "empty.sqlite3"
    file.touch()
    with pytest.raises(sqlite3.OperationalError, match="is empty"):
        sqlite3.connect(str(file), factory=sqlite_file.Connection, uri=True)
    assert file.stat().st_size == 0


def test_a_file_that_is_no_database_is_an_outage(server: None, tmp_path: Path) -> None:
    file = tmp_path / "garbage.sqlite3"
    file.write_bytes(b"no database " * 1000)
    with pytest.raises(sqlite3.OperationalError, match="not a database"):
        sqlite3.connect(str(file), factory=sqlite_file.Connection, uri=True)


def test_a_server_opens_what_is_there(server: None, tmp_path: Path) -> None:
    file = tmp_path / "there 100%?.sqlite3"
    sqlite3.connect(str(file)).execute("CREATE TABLE t (n)").connection.close()
    rows = sqlite3.connect(str(file), factory=sqlite_file.Connection, uri=True).execute("SELECT count(*) FROM t")
    assert rows.fetchone() == (0,)
