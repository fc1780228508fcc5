"""Target and options are looked at before they are kept; what is wrong is said at its field."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from services.probes import KINDS, clean
from tests.probes.servers import EVERYWHERE, OUTSIDE

GOOD = {
    "http": "https://example.com/health",
    "tcp": "db.example.com:5432",
    "dns": "example.com",
    "tls": "example.com:443",
    "smtp": "mail.example.com:25",
    "push": "",
    "internal": "database",
}
PRIVATE = ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "10.0.0.7", "localhost", "169.254.169.254"]


def wrong(kind: str, target: str | None = None, **options: Any) -> dict[str, list[str]]:
    """Return what is refused, by field."""
    with pytest.raises(ValidationError) as refused:
        clean(kind, GOOD[kind] if target is None else target, options, OUTSIDE)
    return refused.value.message_dict


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_target_that_is_good_and_fills_its_options(kind: str) -> None:
    assert clean(kind, f" {GOOD[kind]} ", {}, OUTSIDE) == {
        option.name: option.default for option in KINDS[kind].options
    }


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_kept_is_good_again(kind: str) -> None:
    kept = clean(kind, GOOD[kind], {}, OUTSIDE)
    assert clean(kind, GOOD[kind], kept, OUTSIDE) == kept


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(ValidationError) as refused:
        clean("ping", "example.com", {}, OUTSIDE)
    assert refused.value.message_dict == {"kind": [f"“ping” is no kind of heartbeat. Use one of: {', '.join(KINDS)}."]}


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("dns", "“metod” is not an option of the kind dns. They are: record, expect, resolver."),
        ("internal", "“metod” is not an option of the kind internal. It has none."),
    ],
)
def test_an_unknown_option_is_refused_with_the_known_ones(kind: str, sentence: str) -> None:
    assert wrong(kind, metod="GET") == {"options": [sentence]}


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("http", ""),
        ("http", "example.com"),
        ("http", "ftp://example.com/"),
        ("http", "http://user:secret@example.com/"),
        ("http", "https://example.com/a b"),
        ("http", "https://" + "a" * 3000),
        ("tcp", "db.example.com"),
        ("tcp", "db.example.com:0"),
        ("tcp", "db.example.com:65536"),
        ("tcp", "2001:db8::1:80"),
        ("tcp", "http://db.example.com:80"),
        ("tls", ":443"),
        ("smtp", "mail.example.com:smtp"),
        ("dns", ""),
        ("dns", "192.0.2.7"),
        ("dns", "a b.example"),
        ("dns", "a..example"),
        ("push", "https://example.com/"),
        ("internal", "printer"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(kind: str, target: str) -> None:
    refused = wrong(kind, target)
    assert list(refused) == ["url"]
    assert refused["url"][0].endswith(".")


@pytest.mark.parametrize("host", PRIVATE)
@pytest.mark.parametrize(
    ("kind", "form"), [("http", "http://{}/"), ("tcp", "{}:80"), ("tls", "{}:443"), ("smtp", "{}:25")]
)
def test_a_private_address_is_refused_as_it_is_typed(kind: str, form: str, host: str) -> None:
    assert list(wrong(kind, form.format(host))) == ["url"]


@pytest.mark.parametrize("host", [host for host in PRIVATE if host != "169.254.169.254"])
def test_where_private_networks_are_allowed_it_is_taken(host: str) -> None:
    clean("http", f"http://{host}/", {}, EVERYWHERE)


def test_a_private_name_server_is_refused_as_it_is_typed() -> None:
    assert list(wrong("dns", resolver="10.0.0.53")) == ["options.resolver"]


@pytest.mark.parametrize(
    ("kind", "options", "fields"),
    [
        ("http", {"method": "TRACE"}, ["method"]),
        ("http", {"method": 7}, ["method"]),
        ("http", {"expected_status": "fine"}, ["expected_status"]),
        ("http", {"expected_status": 200.5}, ["expected_status"]),
        ("http", {"headers": "Host: other.example"}, ["headers"]),
        ("http", {"headers": "A: b\rHost: c"}, ["headers"]),
        ("http", {"headers": ["A: b"]}, ["headers"]),
        ("http", {"redirects": 11}, ["redirects"]),
        ("http", {"redirects": -1}, ["redirects"]),
        ("http", {"redirects": True}, ["redirects"]),
        ("http", {"redirects": "9" * 5000}, ["redirects"]),
        ("http", {"verify_tls": "maybe"}, ["verify_tls"]),
        ("http", {"keyword": "a\nb"}, ["keyword"]),
        ("http", {"keyword": "a\0b"}, ["keyword"]),
        ("http", {"keyword": "a" * 501}, ["keyword"]),
        ("http", {"body": "\ud800"}, ["body"]),
        ("http", {"json_path": "a..b", "json_value": "1"}, ["json_path"]),
        ("http", {"json_path": "$.a"}, ["json_value"]),
        ("http", {"json_value": "1"}, ["json_path"]),
        ("http", {"method": "HEAD", "keyword": "x", "body": "y"}, ["keyword", "body"]),
        ("tcp", {"send": "\\q"}, ["send"]),
        ("dns", {"record": "PTR"}, ["record"]),
        ("dns", {"resolver": "9.9.9.9:dns"}, ["resolver"]),
        ("tls", {"warning_days": 3651, "server_name": "a b"}, ["warning_days", "server_name"]),
        ("smtp", {"security": "ssl"}, ["security"]),
        ("push", {"grace": "soon"}, ["grace"]),
    ],
    ids=lambda value: None if isinstance(value, dict) else str(value)[:20],
)
def test_a_bad_value_is_refused_at_its_field(kind: str, options: dict[str, Any], fields: list[str]) -> None:
    refused = wrong(kind, **options)
    assert sorted(refused) == sorted(f"options.{field}" for field in fields)
    assert all(sentence.endswith(".") for sentences in refused.values() for sentence in sentences)


def test_what_a_form_sends_is_read_as_what_it_means() -> None:
    typed = {
        "method": "post",
        "verify_tls": "False",
        "redirects": " 3 ",
        "expected_status": " 2xx ",
        "body": "a\r\nb",
        "keyword": None,
    }
    kept = clean("http", GOOD["http"], typed, OUTSIDE)
    assert {name: kept[name] for name in typed} == {
        "method": "POST",
        "verify_tls": False,
        "redirects": 3,
        "expected_status": "2xx",
        "body": "a\nb",
        "keyword": "",
    }


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert sorted(wrong("http", "nowhere", method="TRACE", speed=9)) == ["options", "options.method", "url"]


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda one: st.lists(one), max_leaves=4
)


@given(st.sampled_from(sorted(KINDS)), st.text(), st.data())
def test_whatever_is_typed_is_taken_or_refused(kind: str, target: str, data: st.DataObject) -> None:
    names = [option.name for option in KINDS[kind].options] or ["none"]
    options = data.draw(st.dictionaries(st.sampled_from(names) | st.text(), json, max_size=4))
    fields: dict[str, list[str]] | None = None
    try:
        clean(kind, target, options, OUTSIDE)
    except ValidationError as error:
        fields = error.message_dict
    assert fields != {}
