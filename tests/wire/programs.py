"""Prometheus, Alertmanager and amtool themselves, on loopback, with intervals of a second."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar
from urllib.parse import urlencode

from tests.product import free_port
from tests.wire.asking import ask

# Names of the packages of Debian, and of everybody else.
NAMES = {
    "prometheus": ("prometheus",),
    "alertmanager": ("prometheus-alertmanager", "alertmanager"),
    "amtool": ("amtool",),
    "promtool": ("promtool",),
}
PATIENCE = 60
Found = TypeVar("Found")


def program(name: str) -> str | None:
    """Return where a program is, None where there is none."""
    return next(filter(None, map(shutil.which, NAMES[name])), None)


def missing() -> list[str]:
    """Return which programs this machine has not."""
    return [name for name in NAMES if program(name) is None]


def until(what: str, look: Callable[[], Found | None], patience: float = PATIENCE) -> Found:
    """Look until there is something, and return it; fail, saying what was waited for, when it takes too long."""
    deadline = monotonic() + patience
    while monotonic() < deadline:
        if found := look():
            return found
        sleep(0.1)
    raise AssertionError(f"After {patience} s there is still not {what}.")


@dataclass(frozen=True, slots=True)
class Server:
    """A program that answers questions at an address."""

    base: str
    log: Path

    def ask(self, path: str) -> Any:
        """Return what it answers, parsed; None while it does not."""
        try:
            return json.loads(ask(f"{self.base}{path}")[1])
        except (OSError, ValueError):
            return None

    def query(self, query: str) -> list[Any]:
        """Return what this Prometheus finds; fails where it does not understand."""
        status, content = ask(f"{self.base}/api/v1/query?{urlencode({'query': query})}")
        assert status == 200, (query, content)
        found: list[Any] = json.loads(content)["data"]["result"]
        return found

    def is_connected(self) -> bool:
        """Say whether this Prometheus scrapes all it is to scrape, and knows whom to tell."""
        knows = self.ask("/api/v1/alertmanagers")
        scrapes = self.ask("/api/v1/targets?state=active")
        targets = scrapes["data"]["activeTargets"] if scrapes else []
        # It looks for its targets five seconds after its start; what fires before somebody is known is told to nobody.
        return bool(knows and knows["data"]["activeAlertmanagers"] and targets) and all(
            target["health"] == "up" for target in targets
        )


@contextmanager
def prometheus(folder: Path, name: str, config: Mapping[str, Any], rules: Mapping[str, Any]) -> Iterator[Server]:
    """Run a Prometheus with this configuration and these rules."""
    # JSON is YAML.
    (folder / f"{name}-rules.yml").write_text(json.dumps(rules))
    every = {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"}
    known = {"global": every, "rule_files": [f"{name}-rules.yml"], **config}
    (folder / f"{name}.yml").write_text(json.dumps(known))
    flags = [
        f"--config.file={folder / name}.yml",
        f"--storage.tsdb.path={folder / name}",
        # The lease is four times this: a machine that is slow for a moment ends no alert.
        "--rules.alert.resend-delay=15s",
    ]
    with _server(folder, name, "prometheus", flags) as server:
        yield server


@contextmanager
def alertmanager(folder: Path, config: Mapping[str, Any]) -> Iterator[Server]:
    """Run an Alertmanager alone, and wait until it is ready."""
    (folder / "alertmanager.yml").write_text(json.dumps(config))
    flags = [
        f"--config.file={folder / 'alertmanager.yml'}",
        f"--storage.path={folder / 'alertmanager'}",
        "--cluster.listen-address=",
    ]
    with _server(folder, "alertmanager", "alertmanager", flags) as server:
        until("an Alertmanager", lambda: server.ask("/api/v2/status"))
        yield server


@contextmanager
def _server(folder: Path, name: str, kind: str, flags: list[str]) -> Iterator[Server]:
    base, log = f"127.0.0.1:{free_port()}", folder / f"{name}.log"
    with log.open("wb") as said:
        command = [str(program(kind)), f"--web.listen-address={base}", *flags]
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
    try:
        yield Server(f"http://{base}", log)
    finally:
        process.terminate()
        process.wait(30)


def amtool(folder: Path, url: str, *arguments: str) -> str:
    """Run amtool as somebody does by hand, and return what it prints."""
    command = [str(program("amtool")), *arguments, f"--alertmanager.url={url}"]
    # Without what the home of whoever runs this may hold.
    done = subprocess.run(command, env={"HOME": str(folder)}, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout
