"""The product's folder with a migrated database and its static files, made once for all tests to copy.

Migrations and static files take some five seconds of a processor, and a run of the suite has thirty uses for them. The
product's own commands make the folder, and make it anew when a file of the product or an installed package changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
PLACE = Path(tempfile.gettempdir()) / f"opstatus-ready-{os.getuid()}-{zlib.crc32(bytes(ROOT)):08x}"
DATABASE = "opstatus.sqlite3"
# No part of what is made, or what it leaves behind.
APART = {"tests", "docs", "benchmarks", "templates", "var"}
MAKE = """
import django
django.setup()
from django.core.management import call_command
from django.db import connections
from config.prepare import collect_static
call_command("migrate", interactive=False, verbosity=0)
collect_static()
connections.close_all()
"""
# On a PostgreSQL server: one database for all, and who looks at it or copies it is alone.
TEMPLATE, LOCK = "opstatus_tests_migrated", 7_301_004


def lay_out(var: Path) -> None:
    """Put database and static files into a folder on which the product is to start."""
    with _made() as folder:
        shutil.copytree(folder, var, dirs_exist_ok=True)


def copy_database(file: Path) -> None:
    """Make a migrated database of SQLite."""
    with _made() as folder:
        shutil.copy(folder / DATABASE, file)


def stand_in() -> None:
    """Let the tests' connection speak to a database of its own, a copy of the migrated one."""
    creation: Any = connection.creation
    name = creation._get_test_db_name()
    if connection.vendor == "postgresql":
        _copy_on_server(name)
    else:
        copy_database(Path(name))
    connection.close()
    connection.settings_dict["NAME"] = name


@contextmanager
def _made() -> Iterator[Path]:
    """Hold the folder, so that nobody clears it away meanwhile."""
    PLACE.mkdir(mode=0o700, exist_ok=True)
    if PLACE.stat().st_uid != os.getuid():
        raise PermissionError(f"{PLACE} is somebody else's, and what lies there is not trusted. Set TMPDIR.")
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Whoever is told to make something holds it as well: killed, we leave nobody behind who writes into it.
        os.set_inheritable(lock.fileno(), True)
        folder = PLACE / _state()
        if not folder.exists():
            _clear(*PLACE.iterdir())
            _make(folder, MAKE)
        yield folder


def _make(folder: Path, code: str) -> None:
    making = PLACE / "making"
    _clear(making)
    making.mkdir()
    _run(code, making)
    making.rename(folder)


def _clear(*folders: Path) -> None:
    for folder in folders:
        if folder.is_dir():
            shutil.rmtree(folder)


def _run(code: str, var: Path, **more: str) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"VAR_DIR": str(var), "LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", code]
    subprocess.run(command, cwd=ROOT, env={**kept, **own, **more}, close_fds=False, check=True)


def _copy_on_server(name: str) -> None:
    import psycopg

    # Not by Django's connection, which gives up after some seconds: another process may be migrating.
    with psycopg.connect(_on_server("postgres"), autocommit=True) as server, server.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [TEMPLATE])
        if cursor.fetchone() != (_state(),):
            # Of a run that was killed, somebody may be at it still.
            cursor.execute(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {TEMPLATE}")
            _migrate_on_server()
            cursor.execute(f"COMMENT ON DATABASE {TEMPLATE} IS '{_state()}'")
        quoted = connection.ops.quote_name(name)
        # Of a run that was killed, somebody may be at it still.
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE {TEMPLATE}")


def _migrate_on_server() -> None:
    with tempfile.TemporaryDirectory() as var:
        _run(MAKE.replace("collect_static()", ""), Path(var), DATABASE_URL=_on_server(TEMPLATE))


def _on_server(name: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@cache
def _state() -> str:
    """Return what changes whenever a file of the product or a package does."""
    digest = hashlib.sha256()
    for path in sorted(_product()):
        found = path.stat()
        digest.update(f"{path}|{found.st_size}|{found.st_mtime_ns}\n".encode())
    packages = sorted(path.name for path in Path(django.__file__).parents[1].glob("*.dist-info"))
    digest.update("\n".join(packages).encode())
    return digest.hexdigest()[:32]


def _product() -> Iterator[Path]:
    for folder in ROOT.iterdir():
        if folder.is_dir() and folder.name not in APART and not folder.name.startswith("."):
            yield from (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
