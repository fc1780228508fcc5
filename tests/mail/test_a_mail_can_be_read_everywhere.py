"""The standard library reads every mail without a complaint: text for those who want text, HTML in both themes."""

from __future__ import annotations

from dataclasses import replace

from pytest_django import Settings

from notifications.mail.frame import document
from notifications.mail.message import build
from notifications.wording.asking import confirmation
from notifications.wording.facts import Place
from tests.mail.conftest import AT, INCIDENT, SAID, parcel, read, text_of

TEXT = """Investigating: Card payments fail

Cards are declined.

- Europe
- Asia

Severity: SEV1 critical
Affects: Checkout API (major outage)
Posted: 2 March 2026, 12:00 UTC by Ann

Read on and see every update:
https://status.example.org/status/incidents/7f0c

--\x20
You get this because this address is subscribed to OpStatus.
Change what you are told: https://status.example.org/status/subscriptions/abc?a=1&b=2
Stop these messages: https://status.example.org/l
"""


def test_its_text_is_a_letter_that_can_be_read_aloud() -> None:
    mail = read(build(parcel(leave_url="https://status.example.org/l"), AT))
    plain = text_of(mail)
    assert plain == TEXT


def test_who_is_only_asked_is_not_called_subscribed() -> None:
    words = confirmation(Place("OpStatus", "https://status.example.org"), "every incident", AT)
    asked = replace(parcel(leave_url="https://status.example.org/l"), words=words)
    plain = text_of(read(build(asked, AT)))
    assert "Somebody asked OpStatus to send this address messages about every incident. Was it you?" in plain
    assert plain.endswith("Sent by OpStatus.\n")
    assert "subscribed" not in plain + document(asked)


def test_text_comes_before_html_and_both_are_utf_8() -> None:
    mail = read(build(parcel(said=replace(SAID, message="Größer als 50 €, schwierig 🙂")), AT))
    parts = [part for part in mail.walk() if not part.is_multipart()]
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert all("Größer als 50 €, schwierig 🙂" in part.get_content() for part in parts)


def test_styles_stand_on_the_elements_and_the_dark_ones_stay_a_rule() -> None:
    page = document(parcel())
    assert '<h1 style="' in page
    assert "@media (prefers-color-scheme: dark)" in page
    assert '<meta name="color-scheme" content="light dark">' in page
    assert "<link" not in page
    assert "<img" not in page


def test_what_people_write_can_bring_no_markup_of_its_own() -> None:
    said = replace(SAID, message="<script>alert(1)</script> ![pixel](https://evil.example/p.gif) [x](javascript:a)")
    page = document(parcel(incident=replace(INCIDENT, title="<b>Cards</b> & more"), said=said))
    assert "<script" not in page
    assert "evil.example" not in page
    assert "javascript:" not in page.replace("[x](javascript:a)", "")
    assert "&lt;b&gt;Cards&lt;/b&gt; &amp; more" in page


def test_nobody_who_writes_can_reach_for_a_readers_links() -> None:
    said = replace(SAID, message="{{leave_url}} {{ manage }} {% now 'Y' %} %(leave)s")
    page = document(parcel(said=said, leave_url="https://status.example.org/secret"))
    assert page.count("https://status.example.org/secret") == 1
    assert "{{leave_url}}" in page


def test_long_lines_and_lonely_dots_arrive_whole() -> None:
    said = replace(SAID, message=f"{'long ' * 1000}\n\n.\n..\n.end")
    plain = text_of(read(build(parcel(said=said), AT)))
    assert "long " * 999 in plain
    assert "\n.\n..\n.end\n" in plain


def test_no_line_is_longer_than_the_protocol_allows() -> None:
    lines = build(parcel(said=replace(SAID, message="x" * 5000)), AT).split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert all(b"\n" not in line for line in lines)


def test_a_mail_is_ascii_alone() -> None:
    assert build(parcel(incident=replace(INCIDENT, title="Übergrößen 🙂")), AT).isascii()


def test_mail_for_a_channel_has_nothing_to_leave(settings: Settings) -> None:
    mail = read(build(parcel(leave_url="", manage_url=""), AT))
    plain = text_of(mail)
    assert plain.endswith("-- \nSent by OpStatus.\n")
    assert mail["List-Unsubscribe"] is None
