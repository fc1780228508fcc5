"""Real processes whose database goes away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests.ready import lay_out
from tests.statuspage.serving import Web, Wire, serving, wait_until

pytestmark = pytest.mark.processes
PUBLIC = (
    *("/status", "/status/history", "/status/rss", "/status/atom", "/status/calendar.ics", "/status/badge.svg"),
    *("/api/v1/status", "/api/v1/status/incidents?days=30", "/api/v1/status/maintenance"),
)


def prepare(web: Web, database: str = "") -> None:
    lay_out(web.var)
    for command in (*(("migrate",) if database else ()), "seed_demo", "publish"):
        web.manage(command, "-v0", database=database)


def all_public(web: Web) -> bool:
    return all(web.get(path, timeout=2).status == 200 for path in PUBLIC)


def is_stale(web: Web) -> bool:
    return b'class="stale"' in web.get("/status").body


def test_with_its_file_moved_away_the_page_goes_on_and_is_back_by_itself(tmp_path: Path) -> None:
    web = Web(tmp_path)
    prepare(web)
    file, away = tmp_path / "opstatus.sqlite3", tmp_path / "away"
    with serving(web):
        assert all_public(web)
        assert not is_stale(web)
        file.rename(away)
        wait_until(lambda: is_stale(web))
        assert all_public(web)
        refused = web.get("/console/sign-in")
        assert refused.status == 503
        assert "retry-after" in refused.headers
        assert not file.exists(), "Nobody may make an empty database in its place."
        web.stop()
        web.start()
        assert all_public(web)
        assert is_stale(web)
        assert "age" in web.get("/api/v1/status").headers
        away.rename(file)
        assert wait_until(lambda: not is_stale(web)) < 5
        assert web.get("/console/sign-in").status == 200


@pytest.fixture
def address() -> Iterator[str]:
    """The address of a PostgreSQL database that is ours alone."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL, in DATABASE_URL")
    options = {key: connection.settings_dict[key.upper()] for key in ("user", "password", "host", "port")}
    name = f"opstatus_fault_{uuid4().hex[:8]}"
    server = psycopg.connect(
        **{key: value for key, value in options.items() if value}, dbname="postgres", autocommit=True
    )
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    secret = f":{options['password']}" if options["password"] else ""
    yield f"postgres://{options['user']}{secret}@{options['host']}:{options['port'] or 5432}/{name}"
    server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    server.close()


@pytest.fixture
def wire(address: str) -> Iterator[Wire]:
    parts = urlsplit(address)
    wire = Wire(parts.hostname or "127.0.0.1", parts.port or 5432)
    yield wire
    wire.close()


def through(wire: Wire, address: str) -> str:
    """Return the address of the database at the other end of the wire."""
    parts = urlsplit(address)
    who = parts.netloc.rpartition("@")[0]
    return urlunsplit(parts._replace(netloc=f"{who}@127.0.0.1:{wire.port}"))


@pytest.mark.postgres
@pytest.mark.parametrize("fault", ["cut", "freeze"])
def test_with_postgresql_away_the_page_goes_on_and_is_back_by_itself(
    fault: str, tmp_path: Path, wire: Wire, address: str
) -> None:
    web = Web(tmp_path, through(wire, address))
    prepare(web, address)
    with serving(web):
        assert all_public(web)
        getattr(wire, fault)()
        wait_until(lambda: is_stale(web))
        assert all_public(web)
        wait_until(lambda: web.get("/console/sign-in").status == 503)
        assert "retry-after" in web.get("/console/sign-in").headers
        web.stop()
        web.start()
        assert all_public(web)
        assert is_stale(web)
        wire.mend()
        assert wait_until(lambda: not is_stale(web)) < 5
        assert wait_until(lambda: web.get("/console/sign-in").status == 200) < 5
