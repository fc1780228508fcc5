"""The whole product in one foreground process group: it comes up, and however it is ended nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import free_port

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]
ROOT = Path(__file__).resolve().parents[2]
# As under make: a parent that waits.
COMMAND = ["sh", "-c", f"END_WITH_PARENT=1 {sys.executable} -P config/run.py; exit $?"]


class Product:
    def __init__(self, var: Path, *, group: bool = False, **more: str) -> None:
        self.port = free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "DATABASE_URL", "REDIS_URL") if name in os.environ}
        environment = {**kept, "VAR_DIR": str(var), "PORT": str(self.port), "DEMO": "0", **more}
        self.parent = subprocess.Popen(
            COMMAND, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=group
        )
        self.pids: list[int] = []
        self.told = ""

    def wait_until_up(self) -> None:
        while self.parent.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/live", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        wait_for(lambda: len(descendants(self.parent.pid)) >= 4)
        self.pids = descendants(self.parent.pid)

    @property
    def runner(self) -> int:
        return children(self.parent.pid)[0]

    def member(self, word: str) -> int:
        return next(pid for pid in children(self.runner) if word in command_line(pid))

    def background(self) -> list[int]:
        return [pid for pid in children(self.runner) if alive(pid) and "config.background" in command_line(pid)]

    def all_gone(self) -> bool:
        return not any(alive(pid) for pid in self.pids)


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def descendants(pid: int) -> list[int]:
    return [found for child in children(pid) for found in (child, *descendants(child))]


def command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition: object, within: float = 60) -> None:
    deadline = time.monotonic() + within
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "It did not happen."
        time.sleep(0.05)


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def product(var: Path) -> Iterator[Product]:
    running = Product(var)
    try:
        running.wait_until_up()
        yield running
    finally:
        # Some may have been replaced meanwhile.
        for pid in {*running.pids, *descendants(running.parent.pid), running.parent.pid}:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        running.parent.wait()


@pytest.mark.parametrize("who", ["parent", "runner"])
def test_nothing_is_left_when_the_foreground_is_killed(product: Product, who: str) -> None:
    os.kill(product.parent.pid if who == "parent" else product.runner, signal.SIGKILL)
    wait_for(product.all_gone)


def test_all_end_when_the_web_is_killed(product: Product) -> None:
    os.kill(product.member("granian"), signal.SIGKILL)
    assert product.parent.wait(60) != 0
    wait_for(product.all_gone)


def test_what_dies_is_replaced_while_the_page_stays_and_one_signal_ends_it_all(product: Product) -> None:
    (old,) = product.background()
    os.kill(old, signal.SIGKILL)
    wait_for(lambda: not alive(old))
    with urllib.request.urlopen(f"http://127.0.0.1:{product.port}/status") as answer:
        assert answer.status == 200
    wait_for(lambda: len(product.background()) == 1)
    assert product.background() != [old]

    master = product.member("granian")
    before = children(master)
    os.kill(before[-1], signal.SIGKILL)
    wait_for(lambda: (now := children(master)) and now[-1] not in before)
    assert product.parent.poll() is None

    product.pids = descendants(product.parent.pid)
    os.kill(product.runner, signal.SIGINT)
    _, told = product.parent.communicate(timeout=60)
    assert product.parent.returncode == 0
    assert f"http://127.0.0.1:{product.port}/status" in told
    assert "They start again in 1 s." in told
    wait_for(product.all_gone)


def test_it_serves_the_last_page_when_started_without_its_database(product: Product, var: Path) -> None:
    page = f"http://127.0.0.1:{product.port}/status"
    with urllib.request.urlopen(page) as answer:
        assert answer.status == 200
    os.kill(product.runner, signal.SIGTERM)
    product.parent.communicate(timeout=60)
    bereft = Product(var, DATABASE_URL="postgres://nobody@127.0.0.1:9/none", PORT=str(product.port))
    bereft.port = product.port
    try:
        bereft.wait_until_up()
        with urllib.request.urlopen(page) as answer:
            assert answer.status == 200
    finally:
        os.kill(bereft.runner, signal.SIGTERM)
        _, told = bereft.parent.communicate(timeout=60)
    assert "The database does not answer" in told


def test_nonsense_stops_it_in_one_line(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "PORT": "http"}
    result = subprocess.run(COMMAND, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert result.stderr.startswith("OpStatus cannot start: PORT ")
    assert len(result.stderr.splitlines()) == 1


def test_ctrl_c_reaches_the_whole_group_and_all_end_in_order(var: Path) -> None:
    product = Product(var, group=True)
    product.wait_until_up()
    os.killpg(product.parent.pid, signal.SIGINT)
    _, told = product.parent.communicate(timeout=60)
    wait_for(product.all_gone)
    assert "Traceback" not in told
    assert "Unexpected" not in told
