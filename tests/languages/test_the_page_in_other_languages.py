"""Each language that is offered has pages of its own below its code: finished bytes, like those of the main one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation

from branding.models import Brand
from incidents.models import Incident
from services.models import Service
from statuspage.shelf import Shelf
from tests.statuspage.conftest import ANN, Asker
from tests.statuspage.copies import below, collected, dead_links
from tests.statuspage.planning import plan

pytestmark = [pytest.mark.django_db, pytest.mark.published]
Read = Callable[..., str]
Speak = Callable[..., None]
LINK = re.compile(r'href="(/status[^"#]*)')
OF_ALL = re.compile(r"/status/(?:rss|atom|calendar\.ics|brand/|maintenance/[^/]+/calendar)")


def test_without_a_choice_nothing_speaks_of_languages(page: Read, ask: Asker) -> None:
    plain = page()
    assert '<html lang="en">' in plain
    assert not re.search("hreflang|Languages|data-words|/status/de", plain)
    assert page("/status/de") == ""


def test_every_page_is_there_in_every_language(speak: Speak, page: Read, outage: Incident, checkout: Service) -> None:
    speak("en", "de", "ja")
    window = plan("Move a rack", checkout)
    rest = ("", "/history", "/search", "/services/checkout-api", f"/incidents/{outage.pk}", f"/maintenance/{window.pk}")
    for path in rest:
        english, german, japanese = (page(f"/status{language}{path}") for language in ("", "/de", "/ja"))
        assert '<html lang="de">' in german
        assert "Zum Inhalt springen" in german
        assert "本文へ移動" in japanese
        assert f'hreflang="de" href="{settings.SITE_URL}/status/de{path}"' in english
        assert f'<a href="/status{path}" lang="en" dir="ltr" hreflang="en">English</a>' in german
        strays = [link for link in LINK.findall(german) if not link.startswith("/status/de") and not OF_ALL.match(link)]
        assert set(strays) == {f"/status{path}", f"/status/ja{path}"}
    month = f"month={timezone.now():%Y-%m}"
    assert "Vorfälle im" in page("/status/de/history/", month)
    for unknown in ("/status/fr", "/status/en", "/status/xx/history"):
        assert page(unknown) == ""


def test_states_times_and_figures_are_said_in_it(speak: Speak, page: Read, outage: Incident) -> None:
    speak("en", "de", "fr")
    german, english = page("/status/de"), page()
    assert "Teilausfall von Checkout API" in german
    assert "Partial outage of Checkout API" in english
    assert f'Seit <time datetime="{outage.created_at:%Y-%m-%dT%H:%M:%S}Z"' in german
    day = outage.created_at
    assert f">{day.day}. " in german
    assert re.search(r"<b>\d+(,\d+)? %</b>", page("/status/de")) or "Keine Daten" in german
    assert "Payments fail" in german
    assert "Looking." in page(f"/status/de/incidents/{outage.pk}")
    assert "Panne partielle" in page("/status/fr/services/checkout-api")
    outage.resolve(by=ANN, now=timezone.now() + timedelta(hours=2, minutes=5))
    assert "nach 2 Std. 5 Min." in page(f"/status/de/incidents/{outage.pk}")
    assert translation.get_language() == "en"


def test_the_main_language_may_be_another(speak: Speak, page: Read, outage: Incident) -> None:
    speak("de", "en")
    assert "Teilausfall von Checkout API" in page()
    assert "Partial outage of Checkout API" in page("/status/en")
    assert page("/status/de") == ""
    assert "<language>de</language>" in page("/status/rss")
    assert "[Wird untersucht] Payments fail" in page("/status/rss")
    assert "Teilausfall von Checkout API" in page("/api/v1/status")
    words = json.loads(page("/status/widget.json"))["words"]
    assert (words["{0}: until {1}"], words["investigating"]) == ("{0}: bis {1}", "wird untersucht")
    plain = page("/status/services/checkout-api/badge.svg")
    assert "<title>Checkout API: Teilausfall</title>" in plain
    assert "<title>Shop: Teilausfall</title>" in page("/status/services/checkout-api/badge.svg", "label=Shop")


def test_a_language_that_is_taken_back_is_gone(speak: Speak, page: Read, outage: Incident) -> None:
    speak("en", "de")
    assert page(f"/status/de/incidents/{outage.pk}")
    speak("en")
    assert page(f"/status/de/incidents/{outage.pk}") == ""
    assert "/status/de" not in page()
    Brand.objects.update(language="tlh", languages=["xx", "en"])
    outage.resolve(by=ANN)
    assert '<html lang="en">' in page()


def test_what_changes_or_is_hidden_does_so_in_each(
    speak: Speak, page: Read, outage: Incident, checkout: Service
) -> None:
    speak("en", "de")
    address = f"/status/de/incidents/{outage.pk}"
    assert "Wird untersucht" in page(address)
    outage.resolve(by=ANN, message="Mended.")
    assert "Behoben" in page(address)
    assert "Behoben" in page("/status/de/services/checkout-api")
    outage.edit(by=ANN, changes={"public": False})
    assert page(address) == ""
    assert "Payments fail" not in page("/status/de") + page("/status/de/history") + page("/status/de/search")


def test_what_a_web_process_puts_in_is_in_the_language_of_the_page(
    speak: Speak, page: Read, outage: Incident, shelf: Shelf, ask: Asker
) -> None:
    speak("en", "de")
    assert "1 Eintrag enthält „payments“." in page("/status/de/search", "q=payments")
    assert "1 entry holds “payments”." in page("/status/search", "q=payments")
    shelf._fresh_until = 0.0
    assert "Diese Seite ist möglicherweise veraltet." in ask("/status/de").body.decode()
    assert "This page may be out of date." in ask("/status").body.decode()


def test_what_is_too_old_to_be_written_ahead_is_made_in_each(speak: Speak, page: Read, client: Client) -> None:
    speak("en", "de")
    then = timezone.now() - timedelta(days=500)
    old = Incident.declare(by=ANN, title="Long ago", severity="low", now=then)
    old.resolve(by=ANN, now=then + timedelta(hours=1))
    page()
    assert "Behoben" in client.get(f"/status/de/incidents/{old.pk}").content.decode()
    assert "Long ago" in client.get(f"/status/de/history?month={then:%Y-%m}").content.decode()
    for missing in (f"/status/fr/incidents/{old.pk}", f"/status/de/maintenance/{old.pk}/calendar.ics"):
        assert client.get(missing).status_code == 404
    old.edit(by=ANN, changes={"title": "Long, long ago"})
    page()
    assert "Long, long ago" in client.get(f"/status/de/incidents/{old.pk}").content.decode()


def test_search_engines_are_led_to_each(speak: Speak, page: Read) -> None:
    speak("en", "de")
    assert f"<loc>{settings.SITE_URL}/status/de/services/checkout-api</loc>" in page("/sitemap.xml")
    assert "Disallow: /status/de/subscriptions/" in page("/robots.txt")


def test_a_copy_elsewhere_holds_each(speak: Speak, page: Read, outage: Incident, tmp_path: Path) -> None:
    speak("en", "de")
    page()
    with collected():
        call_command("publish", to=str(tmp_path / "www"))
        assert {"status/de/index.html", f"status/de/incidents/{outage.pk}/index.html"} <= below(tmp_path / "www")
        assert dead_links(tmp_path / "www", settings.SITE_URL) == []
    german = (tmp_path / "www/status/de/index.html").read_text()
    assert 'href="services/checkout-api/"' in german
    assert 'href="../" lang="en"' in german
    assert "Eine Kopie." in german
