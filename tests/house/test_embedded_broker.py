"""The file queue loses nothing and gives nothing twice, whoever writes and reads at the same time."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections import Counter
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu.connection import Connection
from kombu.simple import SimpleQueue
from structlog.testing import capture_logs

from config.embedded_broker import SUFFIX, Transport

EACH = 400


def open_queue(folder: Path) -> SimpleQueue:
    connection = Connection("filesystem://localhost", transport=Transport, transport_options={"folder": str(folder)})
    return SimpleQueue(connection, "work", no_ack=True)


def produce(folder: Path, name: str) -> None:
    queue = open_queue(folder)
    for number in range(EACH):
        queue.put({"id": f"{name}-{number}", "padding": "x" * (number * 37 % 5000)})


def consume(folder: Path, report: Path, done: Any) -> None:
    queue = open_queue(folder)
    queue.consumer.connection.transport.polling_interval = 0.001
    taken: list[str] = []
    while True:
        last_round = done.is_set()
        try:
            taken.append(queue.get(timeout=0.05).payload["id"])
        except Empty:
            if last_round:
                break
    report.write_text(json.dumps(taken))


@pytest.mark.processes
@pytest.mark.embedded
def test_two_writers_and_two_readers_lose_nothing_and_get_nothing_twice(tmp_path: Path) -> None:
    start = multiprocessing.get_context("spawn")
    done = start.Event()
    reports = [tmp_path / "first.json", tmp_path / "second.json"]
    writers = [start.Process(target=produce, args=(tmp_path / "queue", name)) for name in ("a", "b")]
    readers = [start.Process(target=consume, args=(tmp_path / "queue", report, done)) for report in reports]
    for process in [*readers, *writers]:
        process.start()
    for process in writers:
        process.join()
    done.set()
    for process in readers:
        process.join()
    assert [process.exitcode for process in [*writers, *readers]] == [0] * 4
    taken = Counter(name for report in reports for name in json.loads(report.read_text()))
    assert taken == Counter(f"{name}-{number}" for name in ("a", "b") for number in range(EACH))
    assert not any((tmp_path / "queue" / "work").iterdir())


def write_half(folder: Path) -> None:
    """Die between writing a message aside and giving it its name."""
    Path.rename = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign,assignment]
    open_queue(folder).put({"id": "half"})


@pytest.mark.processes
@pytest.mark.embedded
def test_a_writer_killed_in_mid_message_leaves_nothing_to_read(tmp_path: Path) -> None:
    writer = multiprocessing.get_context("spawn").Process(target=write_half, args=(tmp_path,))
    writer.start()
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    queue = open_queue(tmp_path)
    assert len(queue) == 0
    queue.put({"id": "whole"})
    assert queue.get(timeout=1).payload == {"id": "whole"}


def test_messages_come_in_the_order_they_were_written(tmp_path: Path) -> None:
    queue = open_queue(tmp_path)
    for number in range(20):
        queue.put(number)
    assert [queue.get(timeout=1).payload for _ in range(20)] == list(range(20))


def test_a_queue_can_be_counted_and_emptied(tmp_path: Path) -> None:
    queue = open_queue(tmp_path)
    queue.put(1)
    queue.put(2)
    assert len(queue) == 2
    assert queue.clear() == 2
    assert len(queue) == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"body": "e30=", "prop',
        b"\xff\x00garbage",
        b"[]",
        b"null",
        b"{}",
        b'{"properties": {"body_encoding": "base64"}, "headers": {}}',
        b'{"properties": [], "headers": {}}',
        b'{"properties": {"delivery_tag": "a", "body_encoding": "base64"}, "headers": {}, "body": 7}',
        b'{"properties": {"delivery_tag": "a"}, "headers": [1], "body": "{}"}',
    ],
)
def test_what_is_no_message_is_dropped_and_the_next_one_comes(tmp_path: Path, content: bytes) -> None:
    queue = open_queue(tmp_path)
    (tmp_path / "work" / f"0{SUFFIX}").write_bytes(content)
    queue.put({"id": "good"})
    with capture_logs() as told:
        assert queue.get(timeout=1).payload == {"id": "good"}
    assert [line["event"] for line in told] == ["message_dropped"]
    assert not any((tmp_path / "work").iterdir())
