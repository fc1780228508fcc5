"""Canaries in every text of every private thing; then every address is asked without a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db.models import CharField, Model, TextField
from django.test import Client
from django.utils import timezone

from branding.models import Brand
from events.relay import relay_all
from incidents.models import ActionItem, Incident, Postmortem
from services.models import (
    CheckResult,
    Component,
    Group,
    Heartbeat,
    Maintenance,
    MaintenanceUpdate,
    Service,
    SlaBreach,
)
from services.status import Status
from statuspage import publisher
from statuspage.models import Generation
from statuspage.shelf import Shelf
from tests.api.routes import NOBODY, routes
from tests.statuspage.conftest import ANN, Asker
from tests.statuspage.planning import plan
from tests.statuspage.writing_up import published, write_up

pytestmark = pytest.mark.django_db
CANARY = "canary"


class Measuring:
    """Heartbeats with canaries wherever a word fits, on what is private and, just as secret, on what is public."""

    def __init__(self, shown: Service, part: Component) -> None:
        self.seen = Component.add(shown, by=ANN, name="Seen part")
        self.heartbeats = [heartbeat(self.seen, "shown"), heartbeat(part, "hidden")]
        for component in (self.seen, part):
            component.measure(Status.DEGRADED, by=ANN, message="Measured canary")
            component.measure(None, by=ANN, message="Silence canary")
            CheckResult.objects.create(
                component=component, at=timezone.now(), ok=False, code="canary", detail="Detail canary"
            )
        self.breach = SlaBreach.objects.create(
            service=shown,
            level="breach",
            period="month",
            period_start=timezone.now(),
            period_end=timezone.now(),
            target=99,
            allowance=1,
            downtime=2,
            note="Note canary",
            acknowledged_by="Name canary",
        )


class Planning:
    """Windows that the public must not know, and one that it may, with a private service and a note in it."""

    def __init__(self, shown: Service, hidden: Service) -> None:
        self.internal = plan("Title canary", shown, public=False, description="Description canary")
        self.internal.post_update(by=ANN, message="Update canary")
        self.of_hidden = plan("Title canary", hidden, description="Description canary")
        self.of_hidden.post_update(by=ANN, message="Update canary")
        self.of_hidden.start(by=ANN, message="Message canary")
        self.open = plan("Seen work", shown, hidden)
        self.open.post_update(by=ANN, message="Note canary", public=False)
        Maintenance.objects.filter(pk=self.internal.pk).update(timezone="Zone/canary", recurrence="FREQ=canary")


def heartbeat(component: Component, token: str) -> Heartbeat:
    return Heartbeat.objects.create(
        component=component,
        kind="http",
        url="https://user:canary@canary.example/canary",
        options={"headers": "Authorization: canary", "body": "canary", "keyword": "canary"},
        token=f"token-canary-{token}",
        last_code="code-canary",
        last_detail="Detail canary",
        last_checked_at=timezone.now(),
    )


class Secrets:
    """A public service beside private things that lean on it."""

    def __init__(self) -> None:
        self.group = Group.add(by=ANN, name="Group canary")
        self.shown = Service.add(by=ANN, name="Shown", public=True, owner="Owner canary")
        self.hidden = Service.add(
            by=ANN,
            name="Name canary",
            slug="slug-canary",
            description="Description canary",
            url="https://canary.example/canary",
            owner="Owner canary",
            group=self.group,
            public=False,
        )
        self.part = Component.add(self.hidden, by=ANN, name="Part canary", description="Description canary")
        self.hidden.set_status("major_outage", by=ANN, message="Status canary")
        self.part.set_status("major_outage", by=ANN, message="Part status canary")
        self.internal = Incident.declare(
            by=ANN,
            title="Title canary",
            body="Body canary",
            severity="critical",
            public=False,
            services={self.shown: None, self.hidden: None},
            tags=["tag-canary"],
        )
        self.internal.post_update(by=ANN, message="Update canary")
        self.internal.resolve(by=ANN, message="Message canary", root_cause="Cause canary", resolution="Fix canary")
        self.open = Incident.declare(
            by=ANN, title="Seen", severity="low", services={self.shown: None, self.hidden: None}, tags=["tag-canary"]
        )
        self.open.post_update(by=ANN, message="Note canary", public=False)
        write_up(self.internal)
        write_up(self.open)
        self.written = Incident.declare(by=ANN, title="Seen too", severity="low", services={self.shown: None})
        published(self.written)
        self.measuring = Measuring(self.shown, self.part)
        self.planning = Planning(self.shown, self.hidden)

    @property
    def ids(self) -> list[str]:
        windows = self.planning.internal, self.planning.of_hidden
        return [str(row.pk) for row in (self.group, self.hidden, self.part, self.internal, *windows)]

    def chosen(self, model: type[Model]) -> dict[str, Any]:
        """Return how to find the one row of a model that is all canaries."""
        keys = [self.hidden.pk, self.part.pk, self.group.pk, self.internal.pk]
        named: dict[type[Model], dict[str, Any]] = {
            CheckResult: {"component": self.part},
            SlaBreach: {"service": self.shown},
            Postmortem: {"incident": self.internal},
            ActionItem: {"postmortem__incident": self.internal},
            Maintenance: {"pk": self.planning.internal.pk},
            MaintenanceUpdate: {"maintenance": self.planning.internal, "number": 1},
        }
        return named.get(model, {"pk__in": keys})


def told(reply: Any) -> str:
    """Return all that an answer says: headers and body."""
    return f"{dict(reply.headers)} {reply.content.decode('utf-8', 'replace')}".lower()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Hold the clock: figures move with it, and nothing else is to move any."""
    with time_machine.travel(timezone.now().replace(hour=12, minute=0, second=0, microsecond=0), tick=False):
        yield


@pytest.fixture
def secrets() -> Secrets:
    Brand.current().edit(by=ANN, changes={"languages": ["de"]})
    made = Secrets()
    relay_all()
    return made


def addresses(secrets: Secrets) -> set[str]:
    """Return every route, as it is and with each private id and slug."""
    found = set()
    for route in routes():
        found.add(route.path)
        found.update(route.path.replace(NOBODY, key) for key in secrets.ids)
        found.add(route.path.replace("/x", "/slug-canary"))
    found |= {path.replace("/status", "/status/de", 1) for path in found if path.startswith("/status")}
    feeds = ("/status/rss", "/status/atom", "/api/v1/status/rss", "/status/calendar.ics")
    return found | {f"{path}?service=slug-canary" for path in feeds} | {"/api/v1/status/incidents?days=365"}


def test_no_route_shows_a_canary_to_a_stranger(secrets: Secrets) -> None:
    stranger = Client(raise_request_exception=False)
    for address in addresses(secrets):
        reply = stranger.get(address)
        echoed = address.lower().count(CANARY)
        assert reply.status_code < 500, address
        # A page that is not shown may be named by the question alone, in a link back to itself.
        assert told(reply).count(CANARY) <= (echoed if reply.status_code != 200 else 0), address


def test_no_published_byte_holds_a_canary(secrets: Secrets, shelf: Shelf, put_on_shelf: Callable[[], None]) -> None:
    put_on_shelf()
    assert {"/status/services/shown", "/status/de/services/shown"} <= shelf.held.entries.keys()
    for address, entry in shelf.held.entries.items():
        assert CANARY not in address
        assert CANARY not in entry.document.body.decode(errors="replace").lower(), address
        assert not any(key in entry.document.body.decode(errors="replace") for key in secrets.ids), address


PRIVATE = [
    *("/status/services/{slug}", "/status/services/{slug}/badge.svg", "/status/incidents/{incident}"),
    *("/api/v1/status/services/{service}", "/api/v1/status/incidents/{incident}", "/status/rss?service={slug}"),
    *("/api/v1/status/incidents/{incident}/postmortem", "/status/calendar.ics?service={slug}"),
    *("/status/maintenance/{internal}", "/status/maintenance/{of_hidden}", "/status/de/maintenance/{internal}"),
    *("/status/de/services/{slug}", "/status/de/incidents/{incident}"),
    *("/status/maintenance/{internal}/calendar.ics", "/status/maintenance/{of_hidden}/calendar.ics"),
]


def test_what_is_private_answers_like_what_is_missing(secrets: Secrets) -> None:
    for path in PRIVATE:
        answers_like_what_is_missing(secrets, path)


def answers_like_what_is_missing(secrets: Secrets, path: str) -> None:
    ask = Client(headers={"X-Request-ID": "same"})
    windows = {"internal": secrets.planning.internal.pk, "of_hidden": secrets.planning.of_hidden.pk}
    private = ask.get(
        path.format(slug="slug-canary", service=secrets.hidden.pk, incident=secrets.internal.pk, **windows)
    )
    none = {"internal": uuid4(), "of_hidden": uuid4()}
    missing = ask.get(path.format(slug="no-such-one", service=uuid4(), incident=uuid4(), **none))
    assert private.status_code == missing.status_code == 404, path
    assert private.content == missing.content, path
    assert dict(private.headers) == dict(missing.headers), path


def test_at_the_edge_they_are_no_different_either(
    secrets: Secrets, ask: Asker, put_on_shelf: Callable[[], None]
) -> None:
    put_on_shelf()
    assert ask("/status/services/slug-canary") == ask("/status/services/no-such-one")
    assert ask("/status/rss", "service=slug-canary") == ask("/status/rss", "service=no-such-one")


def test_tags_and_totals_do_not_move_when_something_private_does(secrets: Secrets) -> None:
    before = Generation.objects.get().number
    secrets.part.set_status("degraded", by=ANN)
    secrets.hidden.edit(by=ANN, changes={"description": "Other canary"})
    secrets.internal.reopen(by=ANN, message="Again canary")
    secrets.open.post_update(by=ANN, message="Another note canary", public=False)
    secrets.open.acknowledge(by=ANN)
    secrets.planning.open.post_update(by=ANN, message="Another note canary", public=False)
    secrets.planning.internal.post_update(by=ANN, message="Another update canary")
    secrets.planning.of_hidden.complete(by=ANN)
    secrets.part.measure(Status.MAJOR_OUTAGE, by=ANN, message="Measured canary")
    for incident in (secrets.internal, secrets.open):
        incident.postmortem.edit(by=ANN, changes={"summary": "Another canary"})
    for item in ActionItem.objects.all():
        item.finish(by=ANN)
    relay_all()
    assert Generation.objects.get().number == before
    assert publisher.publish() == 0


MODELS = [
    Postmortem,
    ActionItem,
    Service,
    Component,
    Group,
    Incident,
    Heartbeat,
    CheckResult,
    SlaBreach,
    Maintenance,
    MaintenanceUpdate,
]


def test_every_text_of_these_has_a_canary(secrets: Secrets) -> None:
    for model in MODELS:
        holds_canaries(model._default_manager.filter(**secrets.chosen(model)).get())


def holds_canaries(row: Model) -> None:
    # Names of those who acted, and words of ours.
    people = {"declared_by", "drafted_by", "acknowledged_by", "author_kind", "author_id", "author_name", "kind"}
    for field in row._meta.concrete_fields:
        # What is chosen from a list holds no text of anybody's.
        if isinstance(field, CharField | TextField) and not field.choices and field.name not in people:
            assert CANARY in str(getattr(row, field.name)).lower(), field
