"""A setting that makes no sense stops the start with one clear line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.starting import Start, start_each

pytestmark = pytest.mark.embedded
ROOT = Path(__file__).resolve().parents[2]


def start(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "manage.py", "version"],
        cwd=ROOT,
        env={**kept, "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


NONSENSE = [
    ("DATABASE_URL", "mysql://root@host/db"),
    ("DATABASE_URL", "postgres://host:70000/db"),
    ("DATABASE_URL", "postgres://host"),
    ("DATABASE_URL", "nonsense"),
    ("REDIS_URL", "http://host"),
    ("CELERY_BROKER_URL", "amqp://host"),
    ("EMAIL_URL", "pigeon://coop"),
    ("EMAIL_URL", "smtp://"),
    ("SITE_URL", "status.example.com"),
    ("APP_ENV", "staging"),
    ("PORT", "80a"),
    ("PORT", "0"),
    ("LOG_LEVEL", "LOUD"),
    ("LOG_FORMAT", "xml"),
    ("METRICS_PUBLIC", "perhaps"),
    ("UPTIME_PARTIAL_WEIGHT", "2"),
    ("CHECK_PRIVATE_NETWORKS", "everything"),
    ("CHECK_PRIVATE_NETWORKS", "10.0.0.1/8"),
    ("CHECK_PRIVATE_NETWORKS", "10.0.0.0/8 192.168.0.0/16"),
    ("PUBLISH_TO", "ftp://host/pages"),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"),
    ("SECRET_KEY", "short"),
    ("VAR_DIR", "/proc/none"),
]
WITH_PASSWORD = [
    ("DATABASE_URL", "mysql://root:hunter2@host/db"),
    ("DATABASE_URL", "postgres://root:hunter2/x@host/db"),
    ("DATABASE_URL", "postgres://root:hunter2#x@host/db"),
    ("REDIS_URL", "redis://:hunter2/x@host/0"),
    ("EMAIL_URL", "smtp://me:hunter2[x@host"),
]


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Start]:
    """Return what became of the start with each of these settings."""
    var = {"VAR_DIR": str(tmp_path_factory.mktemp("var"))}
    settings = NONSENSE + WITH_PASSWORD
    return dict(zip(settings, start_each([{**var, name: value} for name, value in settings]), strict=True))


@pytest.mark.parametrize("setting", NONSENSE, ids="=".join)
def test_nonsense_is_refused_in_one_line(setting: tuple[str, str], starts: dict[tuple[str, str], Start]) -> None:
    result = starts[setting]
    assert result.returncode != 0
    assert result.stderr.splitlines() == [result.stderr.strip()]
    assert result.stderr.startswith(f"OpStatus cannot start: {setting[0]} ")


@pytest.mark.parametrize("setting", WITH_PASSWORD, ids=lambda setting: str(setting[0]))
def test_a_password_in_an_address_is_not_shown(setting: tuple[str, str], starts: dict[tuple[str, str], Start]) -> None:
    assert starts[setting].stderr.startswith(f"OpStatus cannot start: {setting[0]} ")
    assert "hunter2" not in starts[setting].stderr


def test_a_slash_in_a_password_is_named_as_the_likely_cause(tmp_path: Path) -> None:
    assert "/ as %2F" in start(tmp_path, DATABASE_URL="postgres://root:hun/ter2@host/db").stderr


def test_a_secret_that_begins_with_a_dollar_is_a_secret(tmp_path: Path) -> None:
    result = start(tmp_path, APP_ENV="production", SECRET_KEY="$" + "secret" * 10, HOME="/")
    assert result.returncode == 0, result.stderr
    assert start(tmp_path, SECRET_KEY="$HOME").stderr.startswith("OpStatus cannot start: SECRET_KEY is too short")


def test_production_needs_a_secret_key(tmp_path: Path) -> None:
    result = start(tmp_path, APP_ENV="production")
    assert result.stderr.startswith("OpStatus cannot start: SECRET_KEY ")
    assert not (tmp_path / "secret-key").exists()


def test_an_empty_value_is_the_same_as_none(tmp_path: Path) -> None:
    result = start(tmp_path, DATABASE_URL="", REDIS_URL="", LOG_FORMAT="")
    assert result.returncode == 0, result.stderr


def test_development_makes_a_secret_key_and_keeps_it(tmp_path: Path) -> None:
    start(tmp_path)
    first = (tmp_path / "secret-key").read_text()
    start(tmp_path)
    assert (tmp_path / "secret-key").read_text() == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
