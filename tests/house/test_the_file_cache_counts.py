"""The cache of files counts like Redis: each once, whoever counts at the same instant, and for as long as was said."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
import time_machine

from config.file_cache import CountingFileCache

pytestmark = pytest.mark.pure
TIMES = 60


@pytest.fixture
def cache(tmp_path: Path) -> CountingFileCache:
    return CountingFileCache(str(tmp_path), {})


def count_on(folder: Path) -> list[int]:
    cache = CountingFileCache(str(folder), {})
    return [cache.incr("guesses") for _ in range(TIMES)]


def test_nothing_is_lost_between_processes(cache: CountingFileCache, tmp_path: Path) -> None:
    cache.set("guesses", 0, 3600)
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        counted = [number for numbers in pool.map(count_on, [tmp_path] * 4) for number in numbers]
    assert sorted(counted) == list(range(1, 4 * TIMES + 1))


def test_of_many_threads_one_hears_that_the_key_was_new(cache: CountingFileCache) -> None:
    with ThreadPoolExecutor(8) as pool:
        for key in map(str, range(20)):
            assert sum(pool.map(cache.add, [key] * 8, range(8))) == 1


def test_counting_on_keeps_the_time(cache: CountingFileCache) -> None:
    with time_machine.travel("2026-03-01T12:00Z", tick=False) as clock:
        cache.set("guesses", 1, 3600)
        assert cache.incr("guesses") == 2
        clock.shift(3599)
        assert cache.get("guesses") == 2
        clock.shift(2)
        assert cache.get("guesses") is None


def test_what_never_ends_still_does_not(cache: CountingFileCache) -> None:
    with time_machine.travel("2026-03-01T12:00Z", tick=False) as clock:
        cache.set("visitors", 1, None)
        cache.incr("visitors")
        clock.shift(10**9)
        assert cache.get("visitors") == 2


def test_there_is_no_counting_on_from_nothing(cache: CountingFileCache) -> None:
    with pytest.raises(ValueError, match="no key"):
        cache.incr("guesses")


def test_room_is_made_with_what_has_run_out(tmp_path: Path) -> None:
    cache = CountingFileCache(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 20}})
    with time_machine.travel("2026-03-01T12:00Z", tick=False) as clock:
        for number in range(10):
            cache.set(f"old-{number}", 1, 60)
        clock.shift(61)
        for number in range(15):
            cache.set(f"new-{number}", 1, 3600)
        assert [cache.get(f"new-{number}") for number in range(15)] == [1] * 15
