"""The address that the terminal shows can be opened, whatever host it listens on."""

from __future__ import annotations

import socket
from threading import Thread

import pytest

from config.prepare import reachable
from config.run import is_served


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),  # noqa: S104 - compared, not bound
        ("::", "[::1]"),
        ("::1", "[::1]"),
        ("2001:db8::7", "[2001:db8::7]"),
        ("status.example.com", "status.example.com"),
    ],
)
def test_the_host_stands_in_an_address_as_a_browser_takes_it(host: str, shown: str) -> None:
    assert reachable(host) == shown


@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_it_asks_whether_it_is_served_by_a_name_that_is_always_allowed(family: socket.AddressFamily, host: str) -> None:
    with socket.create_server((host, 0), family=family) as server:
        asked: list[bytes] = []

        def answer() -> None:
            wire, _ = server.accept()
            with wire:
                asked.append(wire.recv(1000))
                wire.sendall(b"HTTP/1.0 200 OK\r\n\r\n")

        thread = Thread(target=answer)
        thread.start()
        assert is_served(f"http://{reachable(host)}:{server.getsockname()[1]}")
        thread.join()
    assert b"\r\nHost: localhost\r\n" in asked[0]
