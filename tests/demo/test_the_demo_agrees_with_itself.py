from __future__ import annotations

from datetime import UTC, datetime, timedelta

from accounts.models import ApiKey, User
from alerts.models import Alert
from console.demo.login import Login
from events.models import Event
from incidents.models import ActionItem, Incident, Postmortem
from services.checks import itself
from services.models import CheckResult, CheckRollup, Group, Heartbeat, Maintenance, Service, StatusChange
from tests.demo.conftest import NOW


def test_there_is_a_company_to_look_at(demo: Login) -> None:
    assert Group.objects.count() == 5
    assert Service.objects.filter(public=True).count() == 20
    assert Service.objects.filter(public=False).exclude(pk=itself.ID).count() == 1
    assert Service.objects.get(pk=itself.ID).components.count() == 6
    assert not Service.objects.filter(components=None).exists()


def test_twelve_incidents_are_over_one_is_internal_and_two_are_open(demo: Login) -> None:
    assert Incident.objects.visible().exclude(resolved_at=None).count() == 12
    assert Incident.objects.filter(public=False, automatic=False).count() == 1
    fresh, under_way = Incident.objects.open()
    assert (fresh.response, fresh.assignee) == ("open", None)
    assert under_way.response == "in_progress"
    assert under_way.assignee is not None


def test_past_incidents_have_causes_and_were_answered_quickly(demo: Login) -> None:
    for incident in Incident.objects.exclude(resolved_at=None).filter(automatic=False):
        assert incident.root_cause
        assert incident.resolution
        assert 60 <= (incident.mtta_seconds or 0) <= 900
        assert 1800 <= (incident.mttr_seconds or 0) <= 8 * 3600
        assert incident.updates.count() >= 4


def test_one_postmortem_is_published_with_three_action_items_of_which_one_is_late(demo: Login) -> None:
    postmortem = Postmortem.objects.visible().get()
    assert "No money was lost" in postmortem.summary
    assert "min of downtime" in postmortem.impact
    assert postmortem.action_items.count() == 3
    late = ActionItem.objects.overdue(NOW).get()
    assert (late.reminded_of, late.owner is not None) == (late.due_date, True)
    assert ActionItem.objects.open().count() == 2


def test_the_log_is_in_order_of_time_and_ends_now(demo: Login) -> None:
    times = list(Event.objects.values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] == NOW


def test_every_change_begins_where_the_one_before_ended(demo: Login) -> None:
    standing: dict[tuple[object, object], str] = {}
    for change in StatusChange.objects.order_by("at", "id"):
        thing = change.service_id, change.component_id
        assert change.old == standing.get(thing, "")
        standing[thing] = change.new
    for service in Service.objects.all():
        assert standing[service.id, None] == service.status


def test_something_changed_in_every_week_of_ninety_days(demo: Login) -> None:
    times = list(StatusChange.objects.filter(at__gt=NOW - timedelta(days=90)).values_list("at", flat=True))
    weeks = {(NOW - at).days // 7 for at in times}
    assert weeks == set(range(13))


def test_only_what_happens_now_is_still_set(demo: Login) -> None:
    assert not Service.objects.exclude(manual_status=None).exists()
    bad = set(Service.objects.exclude(status="operational").values_list("slug", flat=True))
    assert bad == {"carrier-rates", "checkout", "reports", "sandbox"}
    assert Service.objects.get(in_maintenance=True).slug == "sandbox"


def test_some_work_is_over_some_under_way_and_some_planned(demo: Login) -> None:
    assert Maintenance.objects.over().count() == 5
    assert Maintenance.objects.under_way().count() == 1
    assert Maintenance.objects.upcoming().filter(public=True).count() == 2
    assert Maintenance.objects.upcoming().filter(public=False).exists()


def test_what_is_checked_was_found_as_the_history_says(demo: Login) -> None:
    watched = Heartbeat.objects.exclude(component__service=itself.ID)
    assert watched.count() == 11
    assert not watched.exclude(degraded_after=2).exists(), "a start, when nothing answers yet, would turn them"
    day = CheckRollup.objects.filter(period="day", component__name="Search cluster").order_by("ok").first()
    assert day is not None
    assert day.ok < day.count
    assert day.start == datetime(2026, 2, 24, tzinfo=UTC)
    assert not watched.exclude(last_checked_at__gt=NOW - timedelta(minutes=3)).exists()
    assert not CheckResult.objects.filter(at__gt=NOW).exists()


def test_the_logins_open_the_doors(demo: Login) -> None:
    assert list(demo.passwords) == ["admin", "operator", "viewer"]
    for username, password in demo.passwords.items():
        user = User.objects.get(username=username)
        assert user.role == username
        assert user.check_password(password)
    key = ApiKey.objects.by_secret(demo.api_key, now=NOW + timedelta(minutes=1))
    assert key is not None
    assert key.scopes == ["read", "write"]


def test_alerts_led_to_incidents_and_to_a_page_that_was_answered(demo: Login) -> None:
    assert set(Alert.objects.values_list("status", "suppressed_by")) == {
        ("firing", ""),
        ("suppressed", "maintenance"),
        ("suppressed", "silence"),
        ("resolved", ""),
    }
    open_ = Incident.objects.open().filter(alerts__status="firing").distinct()
    assert [incident.response for incident in open_] == ["in_progress"]
    night = Incident.objects.get(alerts__labels__alertname="PayoutQueueStuck")
    assert night.mtta_seconds == 240
    assert {page.fired for page in night.pages.all()} == {1}


def test_of_what_is_under_way_one_person_did_not_answer_and_the_next_one_did(demo: Login) -> None:
    incident = Incident.objects.open().exclude(assignee=None).get()
    page = incident.pages.get(team_name="Storefront")
    first, second = page.paged.order_by("number")
    assert (first.step, second.step, second.at - first.at) == (0, 1, timedelta(minutes=5))
    said = incident.acknowledgement()
    assert said is not None
    assert (said.author, first.name == said.author) == (second.name, False)
    assert timedelta(minutes=1) < said.created_at - second.at < timedelta(minutes=5)
