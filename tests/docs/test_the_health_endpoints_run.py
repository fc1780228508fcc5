"""The endpoints of ``docs/healthchecks.md`` run as they stand, and our own heartbeat finds them well and unwell."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.probes import Outcome
from tests.probes.servers import ask
from tests.product import ROOT, free_port
from tests.statuspage.serving import wait_until

EXAMPLES = dict(
    re.findall(
        r"^```(python|javascript|go)\n(.*?)^```$",
        (ROOT / "docs" / "healthchecks.md").read_text(),
        re.MULTILINE | re.DOTALL,
    )
)
NEEDS = {"python": sys.executable, "javascript": "node", "go": "go"}
LANGUAGES = [
    pytest.param(name, marks=pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not on this machine"))
    for name, tool in NEEDS.items()
]
# Compiling, on a busy machine.
PATIENCE = 150

pytestmark = [pytest.mark.processes, pytest.mark.embedded]


def command(language: str, folder: Path) -> list[str]:
    """Write the example down, and return what starts it."""
    source = folder / {"python": "health.py", "javascript": "health.mjs", "go": "health.go"}[language]
    source.write_text(EXAMPLES[language])
    if language != "go":
        return [NEEDS[language], str(source)]
    subprocess.run(["go", "build", "-o", folder / "health", source], check=True, cwd=folder)
    return [str(folder / "health")]


@contextmanager
def running(language: str, folder: Path, database: int) -> Iterator[str]:
    """Start it with a database on that port, and yield its address."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "DATABASE": f"127.0.0.1:{database}"}
    process = subprocess.Popen(command(language, folder), env=environment, cwd=folder)
    try:
        wait_until(lambda: ask("http", f"http://127.0.0.1:{port}/health/live").ok, PATIENCE)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def asked(address: str) -> Outcome:
    """Check it as the page says."""
    return ask("http", f"{address}/health/ready", {"json_path": "$.status", "json_value": "ok"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_ready_while_the_database_answers(language: str, tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as database,
        running(language, tmp_path, database.getsockname()[1]) as address,
    ):
        assert asked(address).ok


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_alive_but_not_ready_without_it(language: str, tmp_path: Path) -> None:
    with running(language, tmp_path, free_port()) as address:
        outcome = asked(address)
        assert (outcome.code, outcome.detail[:18]) == ("unexpected_status", "The answer was 503")
        assert ask("http", f"{address}/health/live").ok
        assert ask("http", f"{address}/elsewhere", {"expected_status": "404"}).ok


def test_there_is_one_for_each_language() -> None:
    assert sorted(EXAMPLES) == sorted(NEEDS)
