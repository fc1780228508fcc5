"""Codes by the clock and recovery codes: what is one, and for how long. The first are the RFC's own examples."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import recovery, totp

# RFC 6238, appendix B: eight digits there, of which six are ours.
SECRET = base64.b32encode(b"12345678901234567890").decode()


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_a_code_is_of_its_step(seconds: int, code: str) -> None:
    assert totp.step_of(SECRET, code, now=at(seconds), after=0) == seconds // 30
    assert totp.step_of(SECRET, f" {code[:3]} {code[3:]} ", now=at(seconds), after=0) == seconds // 30


def test_a_clock_may_be_off_by_one_step_and_no_more() -> None:
    code, step = "081804", 1111111109 // 30
    taken = [totp.step_of(SECRET, code, now=at((step + off) * 30), after=0) for off in (-2, -1, 0, 1, 2)]
    assert taken == [None, step, step, step, None]


def test_a_used_step_and_all_before_it_are_used_up() -> None:
    step = 1111111109 // 30
    assert totp.step_of(SECRET, "081804", now=at(1111111109), after=step - 1) == step
    assert totp.step_of(SECRET, "081804", now=at(1111111109), after=step) is None


@given(st.text(max_size=12))
def test_other_texts_are_no_codes_and_do_no_harm(typed: str) -> None:
    assert totp.step_of(SECRET, typed, now=at(59), after=0) in (None, 0, 1, 2)
    assert typed.strip().isdigit() or totp.step_of(SECRET, typed, now=at(59), after=0) is None or len(typed) > 6


def test_the_picture_is_plain_svg_that_the_content_policy_shows() -> None:
    secret = totp.new_secret()
    assert len(base64.b32decode(secret)) == 20
    said = totp.address(secret, "ann@work", "OpStatus")
    assert said == f"otpauth://totp/OpStatus:ann%40work?secret={secret}&issuer=OpStatus"
    picture = totp.picture(said)
    assert ET.fromstring(picture).tag.endswith("svg")  # noqa: S314 - our own
    assert b"style" not in picture
    assert b"script" not in picture


def test_a_recovery_code_is_good_once_however_it_is_typed() -> None:
    codes = recovery.new_codes()
    assert len(set(codes)) == recovery.COUNT == 10
    digests = [recovery.digest_of(code) for code in codes]
    left = recovery.without(f" {codes[3].upper().replace('-', ' ')} ", digests)
    assert left == digests[:3] + digests[4:]
    assert recovery.without(codes[3], left) is None
    assert recovery.without("", digests) is None
