"""Processes of the product on a folder and port of their own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.report import Missing

ROOT = Path(__file__).resolve().parents[1]
SERVER_CORE, LOAD_CORE = "0", "1"


def tool(name: str) -> str:
    """Return the path of a program. Raises :class:`Missing`."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise Missing(f"{name} is not installed (apt-get install {name}).")
    return found


def environment(var: Path, port: int = 8000, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment that knows of this folder and nothing of the caller's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"VAR_DIR": str(var), "PORT": str(port), "LOG_LEVEL": "WARNING"} | dict(more or {})


def manage(var: Path, *arguments: str, **more: str) -> None:
    """Run a management command."""
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(var, more=more), check=True)


def python(var: Path, *arguments: str, **more: str) -> str:
    """Run a module of ours and return what it prints."""
    command = [sys.executable, "-m", *arguments]
    env = environment(var, more=more)
    return str(subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout)


def granian(app: str, port: int) -> list[str]:
    """Return the command that serves an ASGI application as the product is served, on the server's core."""
    command = [
        "taskset",
        "-c",
        SERVER_CORE,
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "asgi",
        "--port",
        str(port),
    ]
    return [
        *command,
        "--log-level",
        "warning",
        "--no-ws",
        "--http",
        "1",
        "--backlog",
        "2048",
        "--backpressure",
        "8192",
        app,
    ]


@contextmanager
def running(command: Sequence[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process in a group of its own and end the group."""
    process = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(url: str, patience: float = 60) -> float:
    """Wait until it answers with 200; return how long that took."""
    began = time.perf_counter()
    while time.perf_counter() - began < patience:
        try:
            with urllib.request.urlopen(url, timeout=2) as reply:
                if reply.status == 200:
                    return time.perf_counter() - began
        except (urllib.error.URLError, OSError):
            time.sleep(0.01)
    raise TimeoutError(url)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number
