"""Checks: how many a second and core over the whole path, against the bare loop of the same client; delay, memory.

The target serves on the load generator's core, the checks run on the server's. A second is one of the core's time:
results are gathered for some hundredths of a second on purpose, and meanwhile the core is free for others; what that
costs is in the delay. ``python -m benchmarks.checks 150`` watches the memory alone, for 150,000 checks.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import LOAD_CORE, ROOT, SERVER_CORE, environment, free_port, manage, running, wait_for
from benchmarks.report import Line, Missing, table

COUNTS = (10, 100, 1_000, 10_000)
# Thousands of checks after which the memory is read again.
FIRST, LAST = 5, 25
# In seconds, after which the product has caught up with what was due at its start.
SETTLED = 20


def measure(var: Path) -> list[Line]:
    """Return the lines."""
    with target(var) as port:
        return [line for name, database in databases(var) for line in _lines(var, name, database, port)]


def endure(var: Path, last: int) -> list[Line]:
    """Return the memory alone, over so many thousands of checks."""
    with target(var) as port:
        return [_memory(var, name, database, port, last) for name, database in databases(var)]


@contextmanager
def target(var: Path) -> Iterator[int]:
    """Run what is checked; yield its port."""
    port = free_port()
    command = ["taskset", "-c", LOAD_CORE, sys.executable, "-m", "benchmarks.target", str(port)]
    with running(command, environment(var)):
        wait_for(f"http://127.0.0.1:{port}/")
        yield port


def databases(var: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield an empty, migrated database of each kind that can be had here, by name."""
    from benchmarks import eventlog

    manage(var, "migrate", "-v0")
    yield "SQLite", {}
    try:
        with eventlog.database() as address:
            manage(var, "migrate", "-v0", DATABASE_URL=address, DATABASE_TIMEOUT="0")
            yield "PostgreSQL", {"DATABASE_URL": address}
    except Missing as missing:
        print(f"NOT MEASURED: checks on PostgreSQL: {missing}", flush=True)


def _lines(var: Path, name: str, more: dict[str, str], port: int) -> Iterator[Line]:
    for count in COUNTS:
        found = _process(var, more, "run", str(count), str(port))
        ratio, words = found["rate"] / found["bare"], _words(found)
        title = f"checks a second and core, {count:,} components, {name}, to bare aiohttp"
        yield Line(title, words, ratio, 0.5, 0.7, least=True)
        yield Line("the same to our own client's loop", f"{found['rate'] / found['own']:.2f}", found["rate"])
        yield Line("CPU of a stored check, ms", f"{found['cpu']:.3f} ms", found["cpu"], 0.6, 0.3)
    yield _delay(var, name, more, port)
    yield _memory(var, name, more, port, LAST)


def _memory(var: Path, name: str, more: dict[str, str], port: int, last: int) -> Line:
    """Leave SQLite's own memory out: its cache of pages grows with the file, as far as a PRAGMA lets it."""
    found = _process(var, more, "memory", str(port), str(FIRST), str(last))
    words = (
        f"{found['before']:.1f} → {found['after']:.1f} MB, SQLite {found['pages']:.1f} → {found['more_pages']:.1f} MB"
    )
    title = f"memory after {FIRST},000 and {last},000 checks, {name}, its cache of pages apart"
    return Line(title, words, found["after"] / found["before"], 1.05)


def _delay(var: Path, name: str, more: dict[str, str], port: int) -> Line:
    """Let the product run a thousand checks a minute, and see how late they begin."""
    _process(var, more, "minutely", str(port))
    env = environment(var, free_port(), {**more, "DEMO": "0"})
    with running([sys.executable, "-P", "config/run.py"], env):
        wait_for(f"http://127.0.0.1:{env['PORT']}/health/live", 120)
        time.sleep(SETTLED + 60)
    found = _process(var, more, "delays")
    words = f"median {found['median']:.2f} s, p95 {found['p95']:.2f} s of {found['count']:.0f}"
    return Line(f"delay of 1,000 checks a minute, p95, {name}, s", words, found["p95"], 2.0, 1.5)


def _process(var: Path, more: dict[str, str], *arguments: str) -> dict[str, float]:
    command = ["taskset", "-c", SERVER_CORE, sys.executable, "-m", "benchmarks.engine", *arguments]
    env = environment(var, more=more)
    said = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


def _words(found: dict[str, float]) -> str:
    return f"{found['rate']:,.0f}/s; client {found['own']:,.0f}/s, aiohttp {found['bare']:,.0f}/s"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="opstatus-bench-memory-") as folder:
        print(table(endure(Path(folder), int(sys.argv[1]))))
