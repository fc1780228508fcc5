from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from events.models import Event
from notifications.choice import Choice
from notifications.kinds import Mode, Standing, Way
from notifications.links import Reader
from notifications.models import Delivery, Subscriber
from services.models import Service
from tests.subscribers.conftest import ANN, VERA, confirmed, link_of, posted, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    return signed_in(Role.ADMIN)


def brought(client: Client, content: str | bytes, **said: str) -> Any:
    file = SimpleUploadedFile("old-list.csv", content.encode() if isinstance(content, str) else content)
    return client.post("/console/subscribers/import/", {"sheet": file, **said})


def test_it_enters_pending_and_everybody_is_asked(admin: Client, visitor: Client) -> None:
    reply = brought(admin, "vera@example.org\nWalt@Example.org\nvera@example.org\n\n")
    assert reply.status_code == 200
    assert set(Subscriber.objects.values_list("address", "status")) == {
        ("vera@example.org", Standing.PENDING),
        ("walt@example.org", Standing.PENDING),
    }
    # Behind what is urgent, and behind visitors who wait for their mail.
    assert {delivery.lane for delivery in Delivery.objects.all()} == {"bulk"}
    assert visitor.post(link_of(posted()[0])).status_code == 303
    assert Subscriber.objects.get(address=VERA.address).is_told


def test_an_admin_who_vouches_brings_it_in_confirmed_and_the_log_says_so(admin: Client, checkout: Service) -> None:
    Subscriber.ask(VERA, Choice())
    confirmed(Reader(Way.EMAIL, "known@example.org"), Choice(mode=Mode.DIGEST))
    asked = Delivery.objects.count()
    content = (
        "Email;Name;Services;Mode;Timezone;Digest_hour\n"
        "vera@example.org;Vera;;;;\n"
        f'walt@example.org;Walt;"{checkout.slug}";digest;Asia/Tokyo;7\n'
        "known@example.org;Known;;all;;\n"
    )
    assert brought(admin, content, vouched="on").status_code == 200
    assert not Subscriber.objects.filter(status=Standing.PENDING).exists()
    assert Delivery.objects.count() == asked
    walt = Subscriber.objects.get(address="walt@example.org")
    assert (list(walt.services.all()), walt.mode, walt.timezone, walt.digest_hour) == (
        [checkout], "digest", "Asia/Tokyo", 7,
    )  # fmt: skip
    assert Subscriber.objects.get(address="known@example.org").mode == "digest"
    event = Event.objects.get(kind="SUBSCRIBERS_IMPORTED")
    assert event.data == {"vouched": True, "added": 1, "confirmed": 1, "known": 1}
    assert (event.subject_name, event.actor_kind, event.public) == ("old-list.csv", "user", False)
    assert "walt" not in str(event.__dict__)


def test_bad_lines_are_left_out_and_named(admin: Client) -> None:
    content = (
        "email,mode,services\nvera@example.org,all,\nnobody,all,\nwalt@example.org,often,\nx@example.org,all,Hidden\n"
    )
    page = brought(admin, content).content.decode()
    assert list(Subscriber.objects.values_list("address", flat=True)) == ["vera@example.org"]
    for sentence in (
        "Line 3, “nobody, all”: Write the address as",
        "Line 4, “walt@example.org, often”: “often” is not one of",
        "Line 5, “x@example.org, all, Hidden”: There is no public",
    ):
        assert sentence in page
    # What is none is not counted.
    for nothing in ("Known already", "Stood there twice", "now confirmed"):
        assert nothing not in page


@pytest.mark.parametrize(
    "content",
    [
        *("", "name\nVera\n", b"\xff\xfe\x00v", 'email\n"vera@example.org\n', "x" * 200_000, "=cmd()|'/c calc'!A1\n"),
        *("vera@example.org\n" * 10_002, b"vera@exam\x00ple.org", "email\n\n\n", "\ufeff"),
    ],
)
def test_what_is_no_list_is_refused_and_nothing_is_kept(admin: Client, content: str | bytes) -> None:
    assert brought(admin, content).status_code == 400
    assert not Subscriber.objects.exists()
    assert not Event.objects.filter(kind="SUBSCRIBERS_IMPORTED").exists()


def test_an_export_begins_no_formula_and_comes_in_again(admin: Client, checkout: Service) -> None:
    confirmed(Reader(Way.EMAIL, "+sum@example.org"), Choice([checkout], mode=Mode.NEW_AND_RESOLVED))
    confirmed(Reader(Way.EMAIL, "=cmd@example.org"))
    confirmed(Reader(Way.WEBHOOK, "https://hooks.example.org/in?a=1"))
    sheet = b"".join(admin.get("/console/subscribers/export.csv").streaming_content)  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(sheet.decode("utf-8-sig"))))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert "whsec" not in sheet.decode()
    before = sorted(Subscriber.objects.values_list("way", "address", "scope", "mode"))
    Subscriber.objects.all().delete()
    assert brought(admin, sheet, vouched="on").status_code == 200
    assert sorted(Subscriber.objects.values_list("way", "address", "scope", "mode")) == before


def test_a_long_list_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    wanted = {Reader(Way.EMAIL, f"reader{number}@example.org"): Choice() for number in range(1500)}
    with django_assert_max_num_queries(100) as asked:
        assert isinstance(asked, CaptureQueriesContext)
        assert Subscriber.import_list(wanted, by=ANN).added == 1500
    assert Delivery.objects.count() == 1500
    assert Subscriber.import_list(wanted, by=ANN).known == 1500
