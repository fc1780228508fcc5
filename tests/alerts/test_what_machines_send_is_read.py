"""From the words of each format to signals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alerts import clean, fingerprint, mapping, times
from alerts.formats import alertmanager, own, pagerduty, prometheus
from alerts.signal import Action, Malformed, Reading, Rejected, Signal
from tests.alerts.payloads import payload

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
READING = Reading()


def one(found: list[Signal | Rejected]) -> Signal:
    assert isinstance(found[0], Signal), found[0]
    return found[0]


def why(found: list[Signal | Rejected]) -> str:
    assert isinstance(found[0], Rejected)
    return found[0].reason


def webhook(**alert: Any) -> list[Signal | Rejected]:
    return alertmanager.signals({"alerts": [{"status": "firing", "labels": {"alertname": "A"}} | alert]}, READING)


def batch(**alert: Any) -> list[Signal | Rejected]:
    return prometheus.signals([{"labels": {"alertname": "A"}} | alert], READING, NOW)


@pytest.mark.parametrize("said", ["yesterday", "2026-02-30T00:00:00Z", "9999-12-31T23:59:59-14:00", 5, {}])
def test_an_alert_of_a_webhook_is_not_lost_for_a_time_that_nobody_can_read(said: Any) -> None:
    fires = one(webhook(startsAt=said, endsAt=said))
    assert (fires.action, fires.starts_at) == (Action.TRIGGER, None)
    over = one(webhook(status="resolved", startsAt=said, endsAt=said))
    assert (over.action, over.starts_at, over.ends_at) == (Action.RESOLVE, None, None)


def test_a_webhook_lists_what_fires_and_what_is_over() -> None:
    fires, over = alertmanager.signals(payload("alertmanager_firing"), READING)
    assert isinstance(fires, Signal)
    assert isinstance(over, Signal)
    assert (fires.action, fires.service, fires.severity) == (Action.TRIGGER, "checkout", "critical")
    assert fires.message == "Checkout answers with errors"
    assert fires.fingerprint == "9dbcbb55b8b2fef3"
    assert fires.starts_at == datetime(2026, 3, 2, 13, 58, 12, 529000, tzinfo=UTC)
    assert (fires.ends_at, fires.lease_until) == (None, None)
    assert [link["text"] for link in fires.links] == ["Source", "Alertmanager"]
    assert over.action is Action.RESOLVE
    assert over.ends_at == datetime(2026, 3, 2, 13, 57, 27, 529000, tzinfo=UTC)


def test_status_alone_says_whether_it_is_over() -> None:
    assert one(webhook(endsAt="2026-03-02T12:00:00Z")).action is Action.TRIGGER
    assert one(webhook(status="resolved", endsAt="0001-01-01T00:00:00Z")).action is Action.RESOLVE
    assert why(webhook(status="unknown")) == "status must be firing or resolved."


def test_what_newer_releases_add_is_ignored() -> None:
    assert one(webhook(newField={"deep": [1]})).labels == {"alertname": "A"}


def test_an_old_sender_without_fingerprints_is_understood() -> None:
    labels = {"alertname": "InstanceDown", "instance": "a:9100"}
    assert one(webhook(labels=labels)).fingerprint == fingerprint.of_labels(labels)


def test_fingerprints_are_those_of_prometheus() -> None:
    # The values that the test of Prometheus' own library expects.
    said = {"name": "garland, briggs", "fear": "love is not enough"}
    assert int(fingerprint.of_labels({}), 16) == 14695981039346656037
    assert int(fingerprint.of_labels(said), 16) == 5799056148416392346
    assert fingerprint.of_labels({"b": "2", "a": "1"}) == fingerprint.of_labels({"a": "1", "b": "2"})
    assert fingerprint.of_labels({"a": "12"}) != fingerprint.of_labels({"a1": "2"})


def test_two_replicas_of_one_prometheus_say_the_same() -> None:
    first, second = (
        one(webhook(labels={"alertname": "A", "replica": name}, fingerprint=name * 16)) for name in ("a", "b")
    )
    assert first.fingerprint == second.fingerprint
    assert first.labels == {"alertname": "A"}


def test_a_batch_of_prometheus_holds_leases_and_resolves() -> None:
    fires, over = prometheus.signals(payload("prometheus_batch"), READING, NOW)
    assert isinstance(fires, Signal)
    assert isinstance(over, Signal)
    assert (fires.action, fires.severity) == (Action.TRIGGER, "high")
    assert fires.lease_until == NOW + timedelta(minutes=4)
    assert "prometheus_replica" not in fires.labels
    assert (over.action, over.lease_until) == (Action.RESOLVE, None)
    assert "zone" not in over.labels


def test_amtool_gives_no_times_so_it_holds_for_five_minutes() -> None:
    signal = one(prometheus.signals(payload("amtool"), READING, NOW))
    assert (signal.starts_at, signal.ends_at) == (None, None)
    assert signal.lease_until == NOW + timedelta(minutes=5)
    assert signal.service == "checkout"


@pytest.mark.parametrize(("seconds", "action"), [(-1, Action.RESOLVE), (0, Action.RESOLVE), (1, Action.TRIGGER)])
def test_an_end_that_has_come_is_a_resolve(seconds: int, action: Action) -> None:
    assert one(batch(endsAt=(NOW + timedelta(seconds=seconds)).isoformat())).action is action


@pytest.mark.parametrize(
    ("alert", "sentence", "status"),
    [
        ({"startsAt": "2026-03-02T14:00:00Z", "endsAt": "2026-03-02T13:00:00Z"}, "start time must be before", 400),
        ({"labels": {}}, "at least one label pair required", 400),
        ({"labels": {"alertname": ""}}, "at least one label pair required", 400),
        ({"startsAt": "yesterday"}, "startsAt is not a time", 400),
        ({"labels": ["a"]}, "labels must be an object", 400),
    ],
)
def test_a_bad_alert_says_what_is_wrong(alert: dict[str, Any], sentence: str, status: int) -> None:
    (found,) = batch(**alert)
    assert isinstance(found, Rejected)
    assert sentence in found.reason
    assert found.status == status


def test_labels_that_are_missing_have_a_status_of_their_own() -> None:
    (found,) = prometheus.signals([{"annotations": {}}], READING, NOW)
    assert isinstance(found, Rejected)
    assert found.status == 422


@pytest.mark.parametrize("body", [{}, None, "text", {"alerts": 1}])
def test_a_body_of_another_shape_is_refused_whole(body: Any) -> None:
    with pytest.raises(Malformed):
        alertmanager.signals(body, READING)
    with pytest.raises(Malformed):
        prometheus.signals(body, READING, NOW)


def test_a_client_of_pagerduty_triggers() -> None:
    signal = pagerduty.signal(payload("pagerduty_client"))
    assert (signal.fingerprint, signal.service, signal.severity) == ("srv01/disk", "Checkout", "critical")
    assert signal.starts_at == NOW
    assert signal.annotations == {"free space": "1%", "load avg": "0.75"}
    assert [link["text"] for link in signal.links] == ["Monitoring", "Runbook", "Disk"]
    assert "routing_key" not in signal.raw


@pytest.mark.parametrize("name", ["pagerduty_resolve", "pagerduty_alertmanager"])
def test_a_resolve_needs_no_payload_and_may_have_one(name: str) -> None:
    assert pagerduty.signal(payload(name)).action is Action.RESOLVE


def test_a_trigger_without_a_key_gets_one() -> None:
    event = payload("pagerduty_client") | {"dedup_key": None}
    assert len(pagerduty.signal(event).fingerprint) == 32
    assert pagerduty.signal(event).fingerprint != pagerduty.signal(event).fingerprint


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"event_action": "shout"}, "'event_action' must be one of"),
        ({"event_action": ["trigger"]}, "'event_action' must be one of"),
        ({"event_action": "resolve", "dedup_key": ""}, "'dedup_key' is missing"),
        ({"dedup_key": "x" * 256}, "at most 255 characters"),
        ({"dedup_key": 5}, "must be a text"),
        ({"payload": None}, "'payload' is missing"),
        ({"payload": {"summary": "s", "source": "s", "severity": "fatal"}}, "must be one of critical"),
        ({"payload": {"summary": "s" * 1025, "source": "s", "severity": "info"}}, "at most 1024"),
        ({"payload": {"summary": " ", "source": "s", "severity": "info"}}, "'payload.summary' is missing or blank"),
        ({"payload": {"summary": "s", "source": "s", "severity": "info", "timestamp": "soon"}}, "is not a time"),
    ],
)
def test_an_invalid_event_says_each_fault(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(pagerduty.InvalidEvent) as refused:
        pagerduty.signal(payload("pagerduty_client") | change)
    assert any(sentence in error for error in refused.value.errors)


def test_our_own_words_are_the_fingerprint() -> None:
    said = {"service": "Checkout", "severity": "high", "message": "Slow", "labels": {"b": "2", "a": "1"}}
    first = own.signal(said, READING, raw=said)
    assert len(first.fingerprint) == 64
    assert own.signal({**said, "labels": {"a": "1", "b": "2"}}, READING, raw=None).fingerprint == first.fingerprint
    assert own.signal({**said, "status": "resolved"}, READING, raw=None).fingerprint == first.fingerprint
    assert own.signal({**said, "severity": "low"}, READING, raw=None).fingerprint != first.fingerprint
    assert own.signal({**said, "fingerprint": "mine"}, READING, raw=None).fingerprint == "mine"


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("critical", "critical"),
        ("error", "high"),
        ("page", "high"),
        ("Warning", "medium"),
        ("info", "low"),
        ("p5", "medium"),
    ],
)
def test_words_for_severity(word: str, severity: str) -> None:
    assert mapping.severity(word) == severity


def test_the_service_is_the_first_label_that_is_there() -> None:
    labels = {"alertname": "A", "job": "node"}
    assert mapping.service(labels, ("service", "job", "alertname")) == "node"
    assert mapping.service(labels, ("alertname",)) == "A"
    assert mapping.service(labels, ("team",)) == ""


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "", None])
def test_year_one_is_never(text: str | None) -> None:
    assert times.read(text, "it") is None


def test_the_end_of_time_is_one_that_every_zone_can_tell() -> None:
    assert times.read("9999-12-31T23:59:59Z", "it") == datetime(2999, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-03-02T14:00:00Z", "2026-03-02T14:00:00.000000000Z", "2026-03-02T15:00:00+0100", "2026-03-02T14:00:00"],
)
def test_times_are_read_as_machines_write_them(text: str) -> None:
    assert times.read(text, "it") == NOW


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-14:00", "soon", 5, {}])
def test_what_is_no_time_is_a_sentence(text: Any) -> None:
    with pytest.raises(ValueError, match="startsAt is not a time"):
        times.read(text, "startsAt")


def test_what_no_database_holds_is_replaced() -> None:
    body = b'{"a\\u0000": ["x\\u0000y", "\\ud800", NaN, 1e999], "deep": ' + b"[" * 60 + b"]" * 60 + b"}"
    found = clean.load(body)
    assert found["a\ufffd"] == ["x\ufffdy", "\ufffd", "nan", "inf"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_not_json_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        clean.load(body)
