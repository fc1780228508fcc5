"""A second run on the same port or the same folder stops in one line, and does the first no harm."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.prepare import refuse_taken_port
from tests.product import ROOT, Product, free_port, running

pytestmark = [pytest.mark.processes, pytest.mark.embedded, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running(tmp_path_factory.mktemp("var"), demo=False) as started:
        yield started


def start(var: Path, port: int) -> tuple[int, list[str]]:
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(var), "PORT": str(port), "DEMO": "0"}
    command = [sys.executable, "-P", "config/run.py"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return result.returncode, result.stderr.splitlines()


def test_the_second_on_a_port_says_so(product: Product, tmp_path: Path) -> None:
    port = int(product.base.rpartition(":")[2])
    way_out = "Stop what listens there or choose another: PORT=8001 make run"
    assert start(tmp_path, port) == (1, [f"Port {port} is in use on 127.0.0.1. {way_out}"])


def test_the_second_on_a_folder_says_so_and_touches_nothing_in_it(product: Product) -> None:
    before = sorted(product.var.glob("metrics/*"))
    status, told = start(product.var, free_port())
    assert (status, len(told)) == (1, 1)
    assert told[0].startswith(f"OpStatus runs on {product.var} already. ")
    assert sorted(product.var.glob("metrics/*")) == before


def test_a_run_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    held = "from config.run import hold; import sys, time; print(hold(sys.argv[1]), flush=True); time.sleep(60)"
    command = [sys.executable, "-c", held, str(tmp_path)]
    for _ in range(2):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()


def test_a_port_of_nobody_is_free_again_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)), server.accept()[0], pytest.raises(SystemExit):
            refuse_taken_port("127.0.0.1", port)
    refuse_taken_port("127.0.0.1", port)
