"""Starts the product: prepares, then keeps web, worker and beat together in one foreground process group.

Run by path, ``python -P config/run.py``, so that this process stays small: it imports nothing but the standard library.
With the name of one process, as in a container, it becomes that process: ``web``, ``worker`` or ``beat``.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 12.0
# Of one worker; tasks mostly wait.
THREADS = 6
# In seconds, before worker and beat start again; after a steady life the first pause is the shortest again.
SHORTEST_PAUSE, LONGEST_PAUSE = 1, 30
STEADY = 60.0
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def queues() -> str:
    """Return the names of the queues that a worker takes from, with commas between."""
    return os.environ.get("WORKER_QUEUES") or "opstatus,checks,deliveries,deliveries-later"


def arguments(var: str) -> dict[str, list[str]]:
    """Return what Celery is told, by process."""
    return {
        "worker": [
            *(
                "--quiet",
                "--skip-checks",
                "worker",
                "--pool",
                "threads",
                "--concurrency",
                str(THREADS),
                "--loglevel",
                "INFO",
            ),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            *("--queues", queues()),
        ],
        "beat": ["--quiet", "beat", "--schedule", str(Path(var) / "beat-schedule"), "--pidfile", ""],
    }


def commands(host: str, port: str, var: str) -> dict[str, list[str]]:
    """Return the command line of each process. ``background`` is worker and beat in less memory."""
    python = [sys.executable, "-m"]
    return {
        "web": [
            *(*python, "granian", "--interface", "asgi", "--host", host, "--port", port),
            *("--workers", os.environ.get("WEB_WORKERS", "1"), "--respawn-failed-workers"),
            # Without a limit it never ends while a stream is open.
            *("--workers-kill-timeout", "5"),
            # Live streams stay open for hours: more of them than this and new callers wait.
            *("--backlog", "2048", "--backpressure", "8192", "--log-level", "warning", "--no-ws", "--http", "1"),
            "config.asgi:application",
        ],
        "background": [*python, "config.background"],
        **{name: [*python, "celery", "--app", "config", *told] for name, told in arguments(var).items()},
    }


class Crew:
    """The processes that live and die together."""

    def __init__(self) -> None:
        self.members: dict[str, subprocess.Popen[bytes]] = {}
        self.asked: set[str] = set()
        self.stopping = False

    def start(self, name: str, command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        """Start one, which ends when this process does, however that came about."""
        parent = os.getpid()

        def before() -> None:
            end_with(parent)
            # Ctrl-C reaches the whole group, but the end is ours to tell: a second signal would cut it short.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

        member = subprocess.Popen(command, cwd=ROOT, preexec_fn=before, **options)  # noqa: S603
        self.members[name] = member
        return member

    def stop(self, *_: Any) -> None:
        """Note that the end is wanted, and pass it on; :func:`stay` sees to the rest."""
        self.stopping = True
        self.ask()

    def ask(self) -> None:
        """Ask each to end, once: some take a second signal for impatience."""
        for name, member in self.members.items():
            if name not in self.asked and member.poll() is None:
                self.asked.add(name)
                member.terminate()

    def end(self) -> None:
        """End all: politely, after a while not."""
        deadline = time.monotonic() + PATIENCE
        self.ask()
        for member in self.members.values():
            try:
                member.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                member.kill()
                member.wait()
        self.end_strays()

    def end_strays(self) -> None:
        """Kill what a killed member has left behind: as their reaper this process has inherited it."""
        members = {member.pid for member in self.members.values()}
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        for pid in map(int, children.read_text().split() if children.exists() else ()):
            if pid not in members:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


class Background:
    """Worker and beat, started again whenever they end, after pauses that grow: the public page needs neither."""

    def __init__(self, crew: Crew, command: list[str]) -> None:
        self.crew = crew
        self.command = command
        self.pause = SHORTEST_PAUSE
        self.due_at: float | None = None
        self.start()

    def start(self) -> None:
        """Start them, and note when."""
        self.due_at = None
        self.started_at = time.monotonic()
        self.crew.start("background", self.command, env=kept_small(os.environ))

    def tend(self) -> None:
        """Start them again where they have ended and the pause is over."""
        now, status = time.monotonic(), self.crew.members["background"].poll()
        if status is None:
            return
        if self.due_at is None:
            if now - self.started_at > STEADY:
                self.pause = SHORTEST_PAUSE
            say(f"Worker and beat ended with status {status}; the web goes on. They start again in {self.pause} s.")
            self.due_at, self.pause = now + self.pause, min(2 * self.pause, LONGEST_PAUSE)
        elif now >= self.due_at:
            self.crew.end_strays()
            self.start()


def end_with(parent: int) -> None:
    """Have the kernel send SIGTERM when ``parent`` dies, even by SIGKILL. Linux only; elsewhere nothing."""
    prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before the kernel was told
        os.kill(os.getpid(), signal.SIGTERM)


def prctl(option: int, value: int) -> None:
    """Set an attribute of this process where there is such a thing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def kept_small(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a worker: its threads share one heap, where the C library is glibc.

    Otherwise each thread has its own, which stays as large as its largest task was. Python's lock lets one thread
    allocate at a time anyway. The web process gains nothing by it.
    """
    return {"MALLOC_ARENA_MAX": "1", **environment}


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def hold(var: str) -> bool:
    """Take the folder for this process, which the kernel undoes at its death; False when another run has it."""
    descriptor = os.open(Path(var) / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        say(f"OpStatus runs on {var} already. Stop that run or choose another folder: VAR_DIR=var2 PORT=8001 make run")
        return False
    return True


def is_served(address: str) -> bool:
    """Say whether the web process answers."""
    there = urlsplit(address)
    try:
        # By hand: Python's HTTP client would cost this process half as much memory again.
        with socket.create_connection((there.hostname, there.port), timeout=2) as wire:
            # By the name that is always allowed: in production its own address need not be.
            wire.sendall(b"GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return b" 200 " in wire.recv(32)
    except OSError:
        return False


def stay(crew: Crew, background: Background, said: dict[str, Any]) -> int:
    """Say where the product is once it is; tend until asked to stop or until the web ends; return the exit status."""
    web, told = crew.members["web"], False
    while not crew.stopping and web.poll() is None:
        background.tend()
        if not told and is_served(said["address"]):
            say(said["message"])
            told = True
        time.sleep(0.1)
    asked = crew.stopping
    if not asked:
        say(f"The web ended with status {web.returncode}; stopping the others.")
    crew.end()
    return 0 if asked else 1


def prepare(crew: Crew) -> dict[str, Any]:
    """Bring database, files and demo up to date in a process of its own; return what it says, nothing if it failed."""
    # A migration takes the time that it takes.
    environment = {**os.environ, "DATABASE_TIMEOUT": "0"}
    command = [sys.executable, "-m", "config.prepare"]
    process = crew.start("prepare", command, env=environment, stdout=subprocess.PIPE)
    output, _ = process.communicate()
    del crew.members["prepare"]
    said: dict[str, Any] = {} if process.returncode else json.loads(output.splitlines()[-1])
    return said


def run_all() -> int:
    """Prepare, start everything, say where it is, and stay until the end; return the exit status."""
    crew = Crew()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, crew.stop)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    said = prepare(crew)
    if not said or crew.stopping:
        return 0 if crew.stopping else 1
    # The preparing process held it and is gone; whoever came between has it now.
    if not hold(said["var"]):
        return 1
    os.environ |= said["environment"]
    command = commands(said["host"], said["port"], said["var"])
    crew.start("web", command["web"])
    return stay(crew, Background(crew, command["background"]), said)


def become(name: str) -> None:
    """Turn into one of the processes."""
    sys.path.insert(0, str(ROOT))
    from config import settings

    if name == "web" and (figures := os.environ.get("PROMETHEUS_MULTIPROC_DIR")):
        # Left by a former life of this container, they would be counted again.
        for path in Path(figures).glob("*.db"):
            path.unlink()
    command = commands(settings.HOST, str(settings.PORT), str(settings.VAR_DIR))[name]
    os.chdir(ROOT)
    environment = kept_small(os.environ) if name == "worker" else dict(os.environ)
    os.execve(command[0], command, environment)  # noqa: S606


if __name__ == "__main__":
    if len(sys.argv) > 1:
        become(sys.argv[1])
    if os.environ.pop("END_WITH_PARENT", ""):
        end_with(os.getppid())
    sys.exit(run_all())
