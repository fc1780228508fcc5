"""The product itself, started as ``make run`` starts it, on a folder and a port of its own."""

from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.ready import lay_out

ROOT = Path(__file__).resolve().parents[1]
READY = "Ctrl-C ends it"
# On a busy machine collecting the static files alone takes a minute.
PATIENCE = 240


@dataclass(frozen=True, slots=True)
class Product:
    """A running product: where it answers, and who may sign in."""

    base: str
    var: Path
    passwords: dict[str, str]
    api_key: str = ""


@contextmanager
def running(var: Path, *, demo: bool, **settings: str) -> Iterator[Product]:
    """Start web, worker and beat on a fresh folder, with the demo or an admin alone; stop them afterwards."""
    lay_out(var)
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-P", "config/run.py"],
        cwd=ROOT,
        env={**environment(var, port, demo=demo), **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _wait(process)
        passwords, key = _logins(var) if demo else ({"admin": _make_admin(var, port)}, "")
        yield Product(f"http://127.0.0.1:{port}", var, passwords, key)
    finally:
        process.terminate()
        process.wait(60)


def environment(var: Path, port: int, *, demo: bool) -> dict[str, str]:
    """Return an environment without what the test run itself was told: no other database, nothing eager."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"VAR_DIR": str(var), "PORT": str(port), "DEMO": str(int(demo)), "LOG_LEVEL": "WARNING"}
    return {**kept, **own, "END_WITH_PARENT": "1"}


def _wait(process: subprocess.Popen[str]) -> None:
    """Wait until it says that it is served, and keep its pipe empty from then on."""
    served, said = threading.Event(), []

    def read() -> None:
        for line in process.stderr or ():
            said.append(line)
            if READY in line:
                served.set()
        served.set()

    threading.Thread(target=read, daemon=True).start()
    if not served.wait(PATIENCE) or process.poll() is not None:
        raise RuntimeError(f"The product did not start:\n{''.join(said)}")


def _logins(var: Path) -> tuple[dict[str, str], str]:
    text = (var / "demo-login.txt").read_text()
    return dict(re.findall(r"(\S+) / (\S+)", text)), re.findall(r"key +(\S+)", text)[0]


def _make_admin(var: Path, port: int) -> str:
    password = "only-for-this-test-run-8c1f"
    command = [sys.executable, "manage.py", "create_admin", "admin", "--password-stdin"]
    own = environment(var, port, demo=False)
    subprocess.run(command, cwd=ROOT, env=own, input=password, text=True, check=True, capture_output=True)
    return password


def free_port() -> int:
    """Return a port that nobody has at this moment.

    None that the system gives to whoever connects somewhere (32768 and up on Linux): between this moment and the
    server's first, some other test's connection would take it now and then.
    """
    while True:
        # Not by ``random``, which property tests seed alike in each worker.
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
