"""Somebody who was asleep is told what is wrong and the one link to press; an SMS never loses that link."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from alerts.paging.reasons import CALLS, Reason
from incidents.lifecycle import IncidentStatus, Severity
from notifications.mail.message import build
from notifications.transports import apprise, calls, sms
from notifications.transports.outcome import Parcel, Words
from notifications.wording import pages, ways
from notifications.wording.facts import IncidentFacts, Place, Touched
from notifications.wording.pages import Call
from services.status import Status
from tests.mail.conftest import parcel, read
from tests.wording.conftest import NOON

INSIDE = Place("OpStatus", "https://status.example.org", internal=True)
CHECKOUT = Touched("11111111-1111-4111-8111-111111111111", "Checkout API", Status.MAJOR_OUTAGE)
INCIDENT = IncidentFacts(
    id="6b1f4f0e-9a55-4f1f-8d2f-9b105f0d1c7e",
    title="Cards are declined",
    severity=Severity.CRITICAL,
    status=IncidentStatus.INVESTIGATING,
    created_at=NOON,
    services=[CHECKOUT],
)
CALL = Call(Reason.STEP, ["Ada", "Ben"], "Payments", 2, 1)
PAGE = f"https://status.example.org/console/incidents/{INCIDENT.id}/"
# As long as one of ours is with a long name of this machine.
LINK = f"https://status.operations.a-company-with-a-long-name.example.com/oncall/ack/{'x' * 170}"


def said(call: Call = CALL, incident: IncidentFacts = INCIDENT, alerts: tuple[str, ...] = ()) -> Words:
    return pages.page(incident, call, alerts, INSIDE, NOON)


def test_a_page_begins_with_what_is_wrong_and_asks_for_one_thing() -> None:
    words = said(alerts=("5xx above 20 % at checkout-3",))
    assert words.subject == "SEV1 page: Cards are declined"
    assert words.text == (
        "Nobody has this incident yet. Whoever acknowledges it ends all further pages.\n\n"
        "Severity: SEV1 critical\n"
        "Affects: Checkout API (major outage)\n"
        "Since: 2 March 2026, 12:00 UTC\n"
        "Alert: 5xx above 20 % at checkout-3\n"
        "Paged: Ada, Ben (Payments, step 2)\n\n"
        "Acknowledge it:\n{{ack_url}}\n\n"
        f"Look at the incident:\n{PAGE}\n"
    )
    assert words.short == "SEV1 page: Cards are declined (Checkout API). {{ack_url}}"
    assert '<a href="{{ack_url}}">' in words.html
    assert f'<a href="{PAGE}">' in words.html


def test_it_holds_what_is_known_of_it() -> None:
    words = said(
        incident=replace(INCIDENT, body="Cards **fail** since\n\nthe [deploy](https://x.example). " + "More. " * 200)
    )
    assert "What is known: Cards fail since the deploy. More. More." in words.text
    assert len(words.text) < 1000
    assert words.short.startswith("SEV1 page: Cards are declined (Checkout API). Cards fail since the deploy. More.")
    assert words.short.endswith("… {{ack_url}}")


@pytest.mark.parametrize("reason", list(Reason))
def test_only_while_somebody_is_looked_for_a_link_acknowledges(reason: Reason) -> None:
    words = said(replace(CALL, reason=reason, by="Olga"))
    forms = (words.text, words.html, words.short, str(words.facts))
    assert {("{{ack_url}}" in form) for form in forms} == {reason in CALLS}
    assert all(PAGE in form for form in (words.text, words.html, str(words.facts)))


def test_who_is_wanted_beside_somebody_is_asked_for_no_acknowledgement() -> None:
    words = said(replace(CALL, reason=Reason.BY_HAND, by="Olga", taken=True))
    assert words.text.startswith("Olga calls you in. Somebody has the incident already, and wants you too.")
    assert "{{ack_url}}" not in words.text


@pytest.mark.parametrize(
    ("reason", "start"),
    [
        (Reason.BY_HAND, "Olga calls you in. Nobody has this incident yet."),
        (Reason.FALLBACK, "Nobody on call can be reached, so the admins are told."),
        (Reason.JOINED, "You have this incident, and more alerts have joined it."),
        (Reason.REMINDER, "You have this incident, and it has been quiet for a while."),
        (Reason.HANDOVER, "You are on call from now on, and this incident is open."),
        (Reason.ASSIGNED, "Olga has given you this incident."),
    ],
)
def test_it_says_why(reason: Reason, start: str) -> None:
    assert said(replace(CALL, reason=reason, by="Olga")).text.startswith(start)


def test_a_storm_of_alerts_leaves_room_for_the_rest() -> None:
    words = said(alerts=tuple(f"disk {number} is full\n{'!' * 500}" for number in range(40)))
    assert words.text.count("Alert: disk") == 5
    assert "And: 35 more alerts" in words.text
    assert len(words.text) < 3000


def test_what_a_machine_wrote_is_no_markup() -> None:
    words = said(alerts=("<img src=x> **bold** [press](https://evil.example)",))
    assert "&lt;img src=x&gt; **bold** [press](https://evil.example)" in words.html


def test_an_sms_ends_in_the_whole_link_however_long_everything_else_is() -> None:
    services = [replace(CHECKOUT, name=f"A service with a long name {number}") for number in range(9)]
    words = said(incident=replace(INCIDENT, title="Cards " * 33, services=services, body="Known. " * 99))
    told = Parcel(UUID(INCIDENT.id), replace(words, short=words.short.replace("{{ack_url}}", LINK)), "")
    assert calls.line(told, sms.LONGEST).endswith(LINK)


@pytest.mark.parametrize("room", [158, 600, 2000, 40_000])
def test_a_service_with_little_room_gets_the_link_all_the_same(room: int) -> None:
    words = said(incident=replace(INCIDENT, body="Known. " * 99), alerts=("x" * 400, "y" * 400, "z" * 400))
    filled = {"ack_url": LINK}
    words = replace(
        words,
        text=words.text.replace("{{ack_url}}", LINK),
        short=words.short.replace("{{ack_url}}", LINK),
        facts={**words.facts, **filled},
    )
    told = apprise.body(Parcel(UUID(INCIDENT.id), words, ""), room)
    assert LINK in told
    assert len(told) <= max(room, 459)


def test_a_new_way_is_asked_whose_it_is() -> None:
    words = ways.is_it_yours(INSIDE, "Ada", NOON, hours=48)
    assert words.subject == "Is this yours? Pages from OpStatus"
    assert "If you are not Ada, ignore this message." in words.text
    assert all("{{verify_url}}" in form for form in (words.text, words.html, words.short))


def test_a_telephone_may_be_told_to_ring_for_its_mail_alone() -> None:
    urgent = read(build(Parcel(UUID(INCIDENT.id), said(), "ada@example.org", inside=True), NOON))
    assert urgent["Subject"] == "SEV1 page: Cards are declined"
    assert (urgent["Importance"], urgent["X-Priority"]) == ("high", "1")
    assert urgent["List-Unsubscribe"] is None
    assert read(build(parcel(), NOON))["Importance"] is None
