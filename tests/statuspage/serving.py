"""Real web processes, and a wire to the database that can be cut or frozen."""

from __future__ import annotations

import os
import selectors
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.product import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass(slots=True)
class Web:
    """One granian on a port and a folder of its own; no worker, no clock."""

    var: Path
    database: str = ""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {"VAR_DIR": str(self.var), "PORT": str(self.port), "LOG_LEVEL": "WARNING", "DATABASE_TIMEOUT": "2"}
        return kept | own | ({"DATABASE_URL": self.database} if self.database else {})

    def manage(self, *arguments: str, database: str = "") -> None:
        """Run a management command, at another address of the database if one is given."""
        environment = self.environment | ({"DATABASE_URL": database} if database else {})
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=PATIENCE)

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "granian", "--interface", "asgi", "--port", str(self.port)]
        command += ["--workers-kill-timeout", "3", "--log-level", "warning", "--no-ws", "--http", "1"]
        log = (self.var / "web.log").open("ab")
        self.process = subprocess.Popen(
            [*command, "config.asgi:application"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
        )
        wait_until(lambda: self.get("/health/live").status == 200)

    def stop(self) -> None:
        """Stop it."""
        if self.process:
            self.process.terminate()
            self.process.wait(60)

    def get(self, path: str, timeout: float = 10.0, **headers: str) -> Answer:
        """Ask; status 0 is no answer."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=names)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as reply:  # noqa: S310 - our own address
                return Answer(reply.status, dict(reply.headers.items()), reply.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers.items()), error.read())
        except OSError:
            return Answer(0, {}, b"")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """A TCP proxy to the database: ``cut`` ends every connection and refuses new ones, ``freeze`` lets nothing pass."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.port = free_port()
        self._state = "open"
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        self._listener: socket.socket | None = None
        self._lock = threading.Lock()
        self._running = True
        self.mend()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Be a server that is stopped."""
        with self._lock:
            self._state = "cut"
            self._close_all()

    def freeze(self) -> None:
        """Be a server that is there and says nothing."""
        with self._lock:
            self._state = "frozen"

    def mend(self) -> None:
        """Be a server again."""
        with self._lock:
            self._state = "open"
            if self._listener is None:
                self._listener = socket.create_server(("127.0.0.1", self.port))
                self._selector.register(self._listener, selectors.EVENT_READ)

    def close(self) -> None:
        """End the thread."""
        self._running = False
        self._thread.join(5)
        with self._lock:
            self._close_all()

    def _run(self) -> None:
        while self._running:
            with self._lock:
                if self._state != "frozen":
                    for key, _ in self._selector.select(0.01):
                        self._pass_on(key.fileobj)  # type: ignore[arg-type]
            time.sleep(0.001)

    def _pass_on(self, ready: socket.socket) -> None:
        if ready is self._listener:
            inner, _ = ready.accept()
            outer = socket.create_connection(self.target)
            for one, other in ((inner, outer), (outer, inner)):
                self._pairs[one] = other
                self._selector.register(one, selectors.EVENT_READ)
            return
        if ready not in self._pairs:
            return
        try:
            data = ready.recv(65536)
            if data:
                self._pairs[ready].sendall(data)
                return
        except OSError:
            pass
        self._drop(ready)

    def _drop(self, one: socket.socket) -> None:
        for end in (one, self._pairs.get(one)):
            if end is not None and self._pairs.pop(end, None) is not None:
                self._selector.unregister(end)
                end.close()

    def _close_all(self) -> None:
        for end in list(self._pairs):
            self._drop(end)
        if self._listener is not None:
            self._selector.unregister(self._listener)
            self._listener.close()
            self._listener = None


@contextmanager
def serving(web: Web) -> Iterator[Web]:
    """Start it, and stop it however the test ends."""
    try:
        web.start()
        yield web
    finally:
        web.stop()


def wait_until(true: Callable[[], bool], patience: float = PATIENCE) -> float:
    """Return how many seconds it took. Raises ``TimeoutError``."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > patience:
            raise TimeoutError
        time.sleep(0.05)
    return time.monotonic() - began
