"""Whatever goes wrong in a check is its outcome; what is our own fault is logged."""

from __future__ import annotations

import asyncio
import logging

import pytest

from outbound import CODES as NETWORK
from outbound import Failure
from services.probes import CODES, KINDS, Outcome, Probe, Target, equipped
from services.probes.outcome import DETAIL, failed, passed
from services.probes.probe import Check
from tests.probes.servers import AMPLE, EVERYWHERE, SHORT


class Whatever(Probe):
    """Does what it is told."""

    kind = label = about = "whatever"
    target = Target("", "", "", lambda _target, _guard: None)

    def __init__(self, does: BaseException | float) -> None:
        self.does = does

    async def ask(self, check: Check) -> Outcome:
        if isinstance(self.does, BaseException):
            raise self.does
        await asyncio.Event().wait()
        return passed(None)


def run(does: BaseException | float, timeout: float = AMPLE) -> Outcome:
    async def go() -> Outcome:
        async with equipped(EVERYWHERE) as tools:
            return await Whatever(does).run("x?token=hunter2", {}, timeout=timeout, tools=tools)

    return asyncio.run(go())


@pytest.mark.parametrize("error", [ValueError("hunter2"), OSError(5, "hunter2"), RecursionError(), AssertionError()])
def test_our_own_fault_is_told_as_such_and_logged(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="services.probes.probe"):
        outcome = run(error)
    assert (outcome.ok, outcome.code) == (False, "internal_error")
    assert "hunter2" not in outcome.detail
    assert [record.msg["event"] for record in caplog.records] == ["check_broke"]  # type: ignore[index]  # structlog's
    assert "token" not in str(caplog.records[0].msg)


@pytest.mark.parametrize("code", sorted(NETWORK))
def test_a_failure_of_the_network_keeps_its_word(code: str) -> None:
    assert run(Failure(code)) == failed(code, NETWORK[code])


def test_what_hangs_is_ended() -> None:
    assert run(1, timeout=SHORT).code == "timeout"


def test_the_end_of_the_worker_is_no_outcome() -> None:
    with pytest.raises(asyncio.CancelledError):
        run(asyncio.CancelledError())


def test_a_word_too_long_for_its_column_is_cut() -> None:
    assert len(failed("timeout", "x" * 1000).detail) == DETAIL


def test_every_word_fits_its_column() -> None:
    assert [code for code in CODES if len(code) > 40] == []
    assert [kind for kind in KINDS if len(kind) > 20] == []
