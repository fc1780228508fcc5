"""Real processes, a real mail server and a real web server, and what came of each fault in a line.

In CI the suite is short: fewer messages, and leases end by decree. ``FAULTS=full``, which ``make faults`` says, waits.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import mailserver, sink
from tests.faults.house import House, Ledger
from tests.ready import DATABASE, copy_database

FULL = os.environ.get("FAULTS") == "full"
_lines: list[str] = []


@pytest.fixture
def mails() -> Iterator[mailserver.MailServer]:
    with mailserver.serving() as server:
        yield server


@pytest.fixture
def web() -> Iterator[sink.Sink]:
    with sink.serving() as server:
        yield server


@pytest.fixture
def ledger(mails: mailserver.MailServer, web: sink.Sink) -> Ledger:
    return Ledger(mails, web)


@pytest.fixture
def house(tmp_path: Path, mails: mailserver.MailServer) -> Iterator[House]:
    copy_database(tmp_path / DATABASE)
    house = House(tmp_path, mails)
    yield house
    house.close()


@pytest.fixture
def note() -> Callable[[str, tuple[int, int, float]], None]:
    """Keep a line for the end."""

    def keep(fault: str, found: tuple[int, int, float]) -> None:
        lost, twice, latest = found
        _lines.append(f"{fault:58} lost {lost}, twice {twice}, latest after {latest:.1f} s")

    return keep


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the lines."""
    if _lines:
        terminalreporter.section("faults")
        for line in _lines:
            terminalreporter.line(line)
