"""Which answers are a success, a pause, a refusal of this message, of the recipient, or of the whole channel."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from notifications.transports import replies
from notifications.transports.outcome import Nature
from tests.channels.sink import OUTSIDE, Sink, parcel, send

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_a_status_of_success_is_one(sink: Sink, status: int) -> None:
    sink.status = status
    assert send("webhook", parcel(sink.url)).ok


@pytest.mark.parametrize(
    ("status", "code", "nature"),
    [
        (400, "rejected", Nature.MESSAGE),
        (401, "unauthorized", Nature.LATER),
        (404, "not_found", Nature.LATER),
        (408, "server_error", Nature.LATER),
        (410, "gone", Nature.RECIPIENT),
        (413, "rejected", Nature.MESSAGE),
        (429, "throttled", Nature.LATER),
        (500, "server_error", Nature.LATER),
        (503, "server_error", Nature.LATER),
    ],
)
def test_a_webhook_that_refuses(sink: Sink, status: int, code: str, nature: Nature) -> None:
    sink.status, sink.body = status, "their secret words"
    outcome = send("webhook", parcel(sink.url))
    assert (outcome.ok, outcome.code, outcome.nature) == (False, code, nature)
    assert outcome.reason.endswith(f"It answered {status}.")
    assert "secret" not in outcome.reason


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(sink: Sink, status: int) -> None:
    sink.status, sink.headers = status, {"Location": f"{sink.url}/elsewhere"}
    outcome = send("webhook", parcel(sink.url))
    assert (outcome.code, outcome.nature, len(sink.calls)) == ("redirected", Nature.LATER, 1)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("1.5", 1.5),
        ("Mon, 02 Mar 2026 12:02:00 GMT", 120.0),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0.0),
        ("999999999", 86_400.0),
        ("-5", None),
        ("nan", None),
        ("soon", None),
        ("", None),
        ("9" * 400, None),
    ],
)
def test_how_long_it_asks_to_wait(said: str, seconds: float | None) -> None:
    assert replies.retry_after({"Retry-After": said}, now=NOON) == seconds


def test_the_wait_comes_with_the_outcome(sink: Sink) -> None:
    sink.status, sink.headers = 429, {"Retry-After": "37"}
    assert send("webhook", parcel(sink.url)).retry_after == 37


def test_an_address_inside_is_not_even_tried(sink: Sink) -> None:
    outcome = send("webhook", parcel(sink.url), OUTSIDE)
    assert (outcome.code, outcome.nature, sink.calls) == ("refused_address", Nature.MESSAGE, [])


def test_nothing_that_listens_is_tried_again_later(sink: Sink) -> None:
    outcome = send("webhook", parcel("http://127.0.0.1:1/"))
    assert (outcome.code, outcome.nature) == ("connection_refused", Nature.LATER)
