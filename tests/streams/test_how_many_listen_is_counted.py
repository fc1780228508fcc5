"""How many streams are open stands in the figures, summed over the processes that live."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from config.metrics import registry
from services.models import Service
from tests.streams.radio import Radio

NAME = "opstatus_streams_open"
ONE_MORE = """
import os, sys, django
django.setup()
from events.streams.app import OPEN
OPEN.labels("public").inc(int(sys.argv[1]))
print("counted", flush=True)
sys.stdin.read() if sys.argv[2] == "stay" else os._exit(9)
"""


@pytest.mark.django_db(transaction=True)
def test_each_counts_while_it_is_open(radio: Radio, checkout: Service) -> None:
    before = here()
    first, _second = radio.listen("public"), radio.listen("public")
    assert here() == before + 2
    radio.hang_up(first)
    assert here() == before + 1


@pytest.mark.processes
@pytest.mark.django_db
def test_processes_are_summed_and_a_killed_one_counts_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    processes = [begin(3, "stay"), begin(4, "stay"), begin(100, "die")]
    try:
        assert [process.stdout.readline() for process in processes if process.stdout] == ["counted\n"] * 3
        processes[-1].wait()
        assert registry(everything=True).get_sample_value(NAME, {"audience": "public"}) == 7
    finally:
        for process in processes:
            process.communicate()


def begin(count: int, end: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ONE_MORE, str(count), end]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ.copy())


def here() -> float:
    return REGISTRY.get_sample_value(NAME, {"audience": "public"}) or 0.0
