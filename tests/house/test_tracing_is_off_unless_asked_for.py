"""Without a collector nothing of OpenTelemetry is loaded; with one, what is missing stops the start in one line."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from config import tracing

ROOT = Path(__file__).resolve().parents[2]
WEB = "import config.asgi, outbound.http, redis, sys; print(*(name for name, it in sys.modules.items() if it))"


def missing(package: str) -> str:
    raise PackageNotFoundError(package)


def test_packages_that_are_missing_are_named_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tracing.ENDPOINT, "http://collector:4318")
    assert tracing.endpoint() == "http://collector:4318"
    monkeypatch.setattr(tracing, "version", missing)
    with pytest.raises(SystemExit, match=r"^OpStatus cannot start: OTEL_EXPORTER_OTLP_ENDPOINT .*otel\.txt"):
        tracing.endpoint()
    monkeypatch.delenv(tracing.ENDPOINT)
    assert tracing.endpoint() == ""


def test_a_protocol_that_is_not_spoken_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tracing.ENDPOINT, "http://collector:4317")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
    with pytest.raises(SystemExit, match="OTEL_EXPORTER_OTLP_PROTOCOL must be one of http/protobuf"):
        tracing.endpoint()


def test_the_web_loads_nothing_of_it(tmp_path: Path) -> None:
    (tmp_path / "opstatus.sqlite3").touch()
    env = {"VAR_DIR": str(tmp_path), "PYTHONPATH": str(ROOT), "REDIS_URL": "redis://127.0.0.1:1/0"}
    command = [sys.executable, "-W", "ignore", "-c", WEB]
    loaded = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    assert {"config.front", "redis", "aiohttp"} <= set(loaded)
    assert [name for name in loaded if name.startswith(("opentelemetry", "google"))] == []
