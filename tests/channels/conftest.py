"""A service that messages are sent to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.channels.sink import Sink, sinking


@pytest.fixture
def sink() -> Iterator[Sink]:
    with sinking() as found:
        yield found
