"""A schedule is built row by row without a script, seen before it is saved, and changed by one person at a time."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from events.actors import SYSTEM
from oncall.models import Schedule
from oncall.views.schedules import rows_of
from tests.factories import UserFactory, signed_in
from tests.oncall.people import policy, schedule, somebody, weekly
from tests.oncall.turns import DAY

pytestmark = pytest.mark.django_db
NEW = "/console/oncall/schedules/new/"


@pytest.fixture
def console() -> Client:
    return signed_in(UserFactory.create(role=Role.OPERATOR, name="Olga", timezone="Europe/Berlin"))


def typed(*people: User, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends of a schedule with one layer."""
    layer = {"name": "Weekly", "start": "2026-03-02T09:00", "unit": "weeks", "length": "1"}
    rows = {f"layers-0-{name}": value for name, value in layer.items()}
    plain = {"name": "Web", "team": "", "timezone": "America/New_York", "version": ""}
    return plain | rows | {"layers-0-participants": [*(str(one.pk) for one in people), ""]} | changes


def test_what_is_typed_is_saved(console: Client) -> None:
    ada, ben = somebody("Ada"), somebody("Ben")
    answer = console.post(NEW, typed(ada, ben))
    made = Schedule.objects.get()
    assert answer["Location"] == f"/console/oncall/schedules/{made.pk}/"
    assert made.layers == [weekly(ada, ben)]
    page = console.get(answer["Location"]).content.decode()
    assert "Every week, as on Mon 2 Mar 2026 at 09:00" in page
    assert "Take this shift" in page


def test_a_button_adds_a_row_and_keeps_what_is_typed(console: Client) -> None:
    ada = somebody("Ada")
    answer = console.post(NEW, typed(ada, name="", do="add:layers"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="layers-1-name" value="Layer 1"' in page
    assert f'<option value="{ada.pk}" selected>' in page
    assert "form-errors" not in page
    assert not Schedule.objects.exists()


def test_hours_are_added_to_a_layer_and_stored(console: Client) -> None:
    ada = somebody("Ada")
    assert (
        'name="layers-0-restrictions-0-from"'
        in console.post(NEW, typed(ada, do="add:layers-0-restrictions")).content.decode()
    )
    limit = {"layers-0-restrictions-0-days": ["0", "4"], "layers-0-restrictions-0-from": "22:00"}
    console.post(NEW, typed(ada, **limit, **{"layers-0-restrictions-0-to": "06:00"}))
    assert Schedule.objects.get().layers[0]["restrictions"] == [{"days": [0, 4], "from": "22:00", "to": "06:00"}]


def test_all_that_is_wrong_is_said_at_once(console: Client) -> None:
    limit = {"layers-0-restrictions-0-from": "9", "layers-0-restrictions-0-to": "17:00"}
    answer = console.post(NEW, typed(name="", **limit, **{"layers-0-length": "0"}))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Layer 1, A turn lasts" in page
    assert "Tick at least one day." in page
    assert "Give a time of day such as 09:00." in page
    assert not Schedule.objects.exists()


def test_a_preview_shows_the_next_hand_offs_and_saves_nothing(console: Client) -> None:
    answer = console.post(NEW, typed(somebody("Ada"), somebody("Ben"), name="", preview="1"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<strong>Ada</strong>" in page
    assert "Clocks in America/New_York go" in page
    assert not Schedule.objects.exists()


def test_the_newer_of_two_overrides_is_seen_though_the_clock_was_set_back(console: Client) -> None:
    ada, ben, cy = somebody("Ada"), somebody("Ben"), somebody("Cy")
    plan, now = schedule(weekly(ada)), timezone.now()
    plan.cover(ben, now, now + DAY, by=SYSTEM, now=now)
    plan.cover(cy, now, now + DAY, by=SYSTEM, now=now - DAY)
    assert [each.user for each in rows_of(plan, [], now, now + DAY)[1].shifts] == [str(ben.pk), str(cy.pk)]
    edit = f"/console/oncall/schedules/{plan.pk}/edit/"
    listed = console.post(edit, typed(ada, version="1", preview="1")).content.decode().partition("rows ahead")[2]
    assert "<strong>Cy</strong>" in listed
    assert "<strong>Ben</strong>" not in listed


def test_who_comes_second_sees_both_texts_and_loses_nothing(console: Client) -> None:
    ada, ben = somebody("Ada"), somebody("Ben")
    plan = schedule(weekly(ada))
    plan.edit(by=SYSTEM, changes={"name": "Web and API"})
    edit = f"/console/oncall/schedules/{plan.pk}/edit/"
    answer = console.post(edit, typed(ada, ben, version="1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Web and API" in page
    assert "Ada, Ben" in page
    assert 'name="version" value="2"' in page
    assert console.post(edit, typed(ada, ben, version="2")).status_code == 302
    plan.refresh_from_db()
    assert (plan.name, set(plan.layers[0]["participants"])) == ("Web", {str(ada.pk), str(ben.pk)})


def test_what_the_second_did_not_touch_is_as_the_first_saved_it(console: Client) -> None:
    ada = somebody("Ada")
    plan = schedule(weekly(ada))
    edit = f"/console/oncall/schedules/{plan.pk}/edit/"
    began = console.get(edit).context["began"]
    plan.edit(by=ada.actor, changes={"layers": [weekly(ada, name="First line")]})
    sent = {"name": "Web and API", "version": "1", "initial-said": began}
    answer = console.post(edit, typed(ada, **sent))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert answer.context["saved"].actor_name == "Ada"
    assert 'value="First line"' in page
    assert 'value="Web and API"' in page
    assert [label for label, _, _ in answer.context["differences"]] == ["Name"]


def test_what_a_policy_pages_is_not_deleted(console: Client) -> None:
    plan = schedule(weekly(somebody("Ada")))
    policy({"schedule": str(plan.pk)})
    page = console.post(f"/console/oncall/schedules/{plan.pk}/delete/").content.decode()
    assert "cannot be deleted while a policy pages it: Page." in page
    assert "Delete this schedule" not in page


def test_a_viewer_reads_and_is_offered_nothing_to_change() -> None:
    plan, viewer = schedule(weekly(somebody("Ada"))), signed_in(Role.VIEWER)
    for address in ("/console/oncall/", f"/console/oncall/schedules/{plan.pk}/", "/console/oncall/teams/"):
        page = viewer.get(address).content.decode()
        main = page[page.index("<main") :]
        # But for one's own clock.
        assert main.count('method="post"') == main.count("data-clocks") == 1
        assert "New schedule" not in main
    assert viewer.get(NEW).status_code == 403
    assert viewer.post(f"/console/oncall/schedules/{plan.pk}/take/").status_code == 403


@pytest.mark.parametrize(
    "query", ["?from=nonsense", "?from=9999-99-99", "?from=0001-01-01", "?weeks=1000", "?from=2026-03-25&weeks=5"]
)
def test_any_weeks_may_be_asked_for(query: str, console: Client) -> None:
    plan = schedule(weekly(somebody("Ada")))
    assert console.get(f"/console/oncall/schedules/{plan.pk}/{query}").status_code == 200


def test_every_page_names_who_is_on_call(console: Client) -> None:
    assert "on-call-now" not in console.get("/console/").content.decode()
    schedule(weekly(somebody("Ada")))
    assert "On call: Ada" in console.get("/console/").content.decode()
    schedule(weekly(), name="Empty")
    page = console.get("/console/oncall/").content.decode()
    assert "On call: Ada, 1 schedule empty" in page
    assert "Nobody is on call by Empty for 14 d of the next 14 days." in page
