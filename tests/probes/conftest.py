"""Checks that trust the authority of the tests, and no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from outbound import tls
from tests.probes.servers import CERTIFICATES


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the client take the tests' authority for one that it knows."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    tls.context.cache_clear()
    yield
    tls.context.cache_clear()
