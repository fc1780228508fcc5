"""Who subscribes is spoken to in the language of the page that they came from, up to the last step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from incidents.models import Incident
from notifications.choice import Choice
from notifications.kinds import Mode, Way
from notifications.links import Reader
from notifications.models import Subscriber
from tests.statuspage.conftest import ANN

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver"}
VERA = Reader(Way.EMAIL, "vera@example.org")


@pytest.fixture
def visitor(speak: Callable[..., None]) -> Client:
    """A browser on a page that is offered in German, too."""
    speak("en", "de")
    return Client(headers=HERE)


def shown(visitor: Client, address: str) -> str:
    return visitor.get(address).content.decode()


def test_the_form_its_errors_and_what_follows_are_in_it(visitor: Client, outage: Incident) -> None:
    form = shown(visitor, f"/status/de/subscribe?incident={outage.pk}")
    assert "Diesem Vorfall folgen" in form
    assert f'href="/status/de/incidents/{outage.pk}"' in form
    wrong = visitor.post("/status/de/subscribe", {"email": "nobody"})
    assert wrong.status_code == 400
    for words in ("Schreiben Sie die Adresse wie name@example.com.", "Noch nicht gesendet.", "E-Mail-Adresse"):
        assert words in wrong.content.decode()
    assert "Geben Sie eine Adresse an." in visitor.post("/status/de/subscribe", {}).content.decode()
    strange = {"email": VERA.address, "mode": "all", "timezone": "Mars/Base"}
    assert "„Mars/Base“ ist keine Zeitzone." in visitor.post("/status/de/subscribe", strange).content.decode()
    asked = visitor.post("/status/de/subscribe", {"email": VERA.address})
    assert (asked.status_code, asked["Location"]) == (303, "/status/de/subscribe/asked")
    assert "Sehen Sie in Ihr Postfach" in shown(visitor, asked["Location"])


def test_what_is_sent_is_kept_and_ended_in_it(visitor: Client) -> None:
    Subscriber.add(VERA, Choice(mode=Mode.DIGEST), by=ANN, vouched=True)
    mine = f"/status/de/subscriptions/{VERA.token()}"
    assert f'action="{mine}"' in shown(visitor, mine)
    saved = visitor.post(mine, {"mode": "all", "timezone": "UTC", "digest_hour": "8"})
    assert saved["Location"] == f"{mine}?now=saved"
    assert "Gespeichert." in shown(visitor, saved["Location"])
    assert "alle Vorfälle und Wartungen" in shown(visitor, f"{mine}/leave")
    assert "Sie sind abgemeldet" in visitor.post(f"{mine}/leave").content.decode()
    assert f'href="{mine.replace("/de", "", 1)}"' in shown(visitor, mine)


def test_a_language_that_is_not_offered_is_not_there(visitor: Client) -> None:
    for address in ("/status/fr/subscribe", "/status/en/subscribe", f"/status/fr/subscriptions/{VERA.token()}"):
        assert visitor.get(address).status_code == 404
    assert "We ask you" in visitor.get("/status/subscribe", headers={"Accept-Language": "de"}).content.decode()
