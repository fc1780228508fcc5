"""Where the programs are missing, these tests say so where it cannot be missed."""

from __future__ import annotations

import pytest

from tests.wire.programs import missing

NOT_HERE = "not on this machine:"


@pytest.fixture(scope="session")
def programs() -> None:
    """Skip where one of them is missing."""
    if names := missing():
        pytest.skip(f"{NOT_HERE} {', '.join(names)}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say that tests were skipped."""
    skipped = [report for report in terminalreporter.getreports("skipped") if NOT_HERE in str(report.longrepr)]
    if skipped:
        terminalreporter.section("TESTS WITH PROMETHEUS AND ALERTMANAGER WERE NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line("apt-get install --no-install-recommends prometheus prometheus-alertmanager")
