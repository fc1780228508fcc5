from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from oncall.models import Override, Schedule
from tests.factories import bearer, make_key, signed_in
from tests.oncall.people import policy, schedule, somebody, weekly
from tests.oncall.turns import DAY, OFFICE

pytestmark = pytest.mark.django_db
API = "/api/v1"
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def ann() -> User:
    return somebody("Ann")


@pytest.fixture
def ben() -> User:
    return somebody("Ben")


@pytest.fixture
def script() -> Client:
    return Client(headers=bearer("write"))


def post(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(f"{API}/{path}", body, content_type="application/json")


def patch(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.patch(f"{API}/{path}", body, content_type="application/json")


def in_hours(number: float) -> str:
    return (timezone.now() + timedelta(hours=number)).isoformat()


def test_a_schedule_and_its_shifts(script: Client, ann: User, ben: User) -> None:
    body = {"name": "Web", "timezone": "America/New_York", "layers": [weekly(ann, ben)]}
    made = post(script, "schedules", body)
    assert made.status_code == 201
    assert made.json()["layers"] == [weekly(ann, ben)]
    Schedule.objects.update(created_at="2026-03-01T00:00Z")
    asked = {"from": "2026-03-02", "to": "2026-03-16T13:00:00Z"}
    shifts = script.get(f"{made['Location']}/shifts", asked).json()
    assert [(each["start"], each["user"], each["user_name"], each["layer"]) for each in shifts["results"]] == [
        ("2026-03-02T00:00:00Z", str(ben.pk), "Ben", "Weekly"),
        ("2026-03-02T14:00:00Z", str(ann.pk), "Ann", "Weekly"),
        ("2026-03-09T13:00:00Z", str(ben.pk), "Ben", "Weekly"),
    ]
    assert shifts["count"] == 3


def test_shifts_of_one_person_are_merged_where_that_is_asked_and_gaps_are_left_out(script: Client, ann: User) -> None:
    path = f"{API}/schedules/{schedule(weekly(ann)).pk}/shifts?from=2026-03-02T14:00Z&to=2026-03-16T13:00Z"
    assert script.get(path).json()["count"] == 2
    assert script.get(f"{path}&merge=true").json()["count"] == 1
    office = schedule(weekly(ann, restrictions=[OFFICE]), name="Office")
    found = script.get(f"{API}/schedules/{office.pk}/shifts?from=2026-03-02&to=2026-03-08").json()
    assert [each["start"][:10] for each in found["results"]] == [f"2026-03-0{day}" for day in (2, 3, 4, 5, 6)]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=yesterday", "from"),
        ("from=0001-01-01", "from"),
        ("to=9999-12-31T23:59:59Z", "to"),
        ("from=2026-03-02&to=2026-03-01", "to"),
        ("from=2026-03-02&to=2028-03-02", "to"),
        ("merge=perhaps", "merge"),
        ("form=2026-03-02", "form"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_parameter(script: Client, query: str, field: str) -> None:
    answer = script.get(f"{API}/schedules/{schedule().pk}/shifts?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_wrong_layers_are_refused_with_a_sentence_and_nothing_is_made(script: Client, ann: User) -> None:
    answer = post(script, "schedules", {"name": "Web", "layers": [weekly(ann, unit="years")]})
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"layers": ["Layer 1: unit is one of hours, days, weeks, months."]}
    assert not Schedule.objects.exists()


def test_layers_are_looked_at_before_they_are_saved(script: Client, ann: User, ben: User) -> None:
    said = {"timezone": "America/New_York", "layers": [weekly(ann, ben)], "start": "2026-03-02T14:00Z", "days": 14}
    shifts = post(script, "schedules/preview", said).json()["shifts"]
    assert [each["user_name"] for each in shifts] == ["Ann", "Ben", "Ann"]
    assert not Schedule.objects.exists()
    of_one = post(script, "schedules/preview", {**said, "schedule": str(schedule(weekly(ben)).pk), "days": 1})
    assert [each["user_name"] for each in of_one.json()["shifts"]] == ["Ben"]
    wrong = post(script, "schedules/preview", {**said, "timezone": "Mars", "start": "0001-01-01T00:00Z"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["start"])


def test_an_edit_of_an_old_version_is_refused(script: Client, ann: User) -> None:
    web = schedule(weekly(ann))
    assert patch(script, f"schedules/{web.pk}", {"name": "Shop", "version": 1}).json()["version"] == 2
    answer = patch(script, f"schedules/{web.pk}", {"name": "Store", "version": 1})
    assert (answer.status_code, answer.json()["current"]["name"]) == (409, "Shop")


def test_a_schedule_that_is_replaced_has_the_defaults_of_what_was_left_out(script: Client, ann: User) -> None:
    web = schedule(weekly(ann))
    answer = script.put(f"{API}/schedules/{web.pk}", {"name": "Web"}, content_type="application/json")
    assert (answer.json()["timezone"], answer.json()["layers"]) == ("UTC", [])


def test_an_override_is_made_listed_and_ended(script: Client, ann: User, ben: User) -> None:
    path = f"schedules/{schedule(weekly(ann)).pk}/overrides"
    said = {"user": str(ben.pk), "start": in_hours(1), "end": in_hours(3), "replaces": str(ann.pk)}
    made = post(script, path, said)
    assert made.status_code == 201
    assert {name: made.json()[name] for name in ("user", "replaces")} == {"user": str(ben.pk), "replaces": str(ann.pk)}
    assert script.get(f"{API}/{path}").json()["results"] == [made.json()]
    counts = [script.get(f"{API}/{path}?{asked}").json()["count"] for asked in ("from=2020-01-01", "to=2020-02-01")]
    assert counts == [1, 0]
    assert script.delete(f"{API}/{path}/{made.json()['id']}").status_code == 204
    assert not Override.objects.exists()


def test_an_override_that_ends_before_it_begins_is_refused(script: Client, ann: User) -> None:
    path = f"schedules/{schedule(weekly(ann)).pk}/overrides"
    answer = post(script, path, {"user": str(ann.pk), "start": in_hours(3), "end": in_hours(1)})
    assert (answer.status_code, answer.json()["errors"]) == (400, {"end": ["It must end after its start."]})


def test_whoever_is_signed_in_takes_a_shift(ann: User, ben: User) -> None:
    web = schedule(weekly(ann))
    taken = post(signed_in(ben), f"schedules/{web.pk}/take", {"start": in_hours(1), "end": in_hours(2)})
    assert (taken.status_code, taken.json()["user"], taken.json()["replaces"]) == (201, str(ben.pk), str(ann.pk))


def test_a_key_of_nobody_takes_no_shift_and_one_with_an_owner_does(script: Client, ann: User, ben: User) -> None:
    path, body = f"schedules/{schedule(weekly(ann)).pk}/take", {"start": in_hours(1), "end": in_hours(2)}
    assert post(script, path, body).status_code == 409
    bens = Client(headers={"Authorization": f"Bearer {make_key('write', by=ben.actor)[1]}"})
    assert post(bens, path, body).json()["user"] == str(ben.pk)


def test_two_shifts_are_swapped_at_once(script: Client, ann: User, ben: User) -> None:
    now = timezone.now()
    start = (now + DAY).strftime("%Y-%m-%dT00:00")
    web = schedule(weekly(ann, ben, start=start, unit="days"), zone="UTC")
    first, second = web.shifts(now + DAY, now + 3 * DAY)[1:3]
    said = {
        name: {"start": each.start.isoformat(), "end": each.end.isoformat()}
        for name, each in (("first", first), ("second", second))
    }
    made = post(script, f"schedules/{web.pk}/swap", said)
    assert made.status_code == 201
    assert [(each["user"], each["replaces"]) for each in made.json()] == [
        (second.user, first.user),
        (first.user, second.user),
    ]
    assert post(script, f"schedules/{web.pk}/swap", {**said, "second": said["first"]}).status_code == 400


def test_who_is_on_call_now(script: Client, ann: User) -> None:
    team = post(script, "teams", {"name": "Platform", "members": [str(ann.pk)]}).json()
    web = post(script, "schedules", {"name": "Web", "team": team["id"], "layers": [weekly(ann)]}).json()
    schedule(name="Empty")
    for asked in (team["id"], "platform", "Platform"):
        rows = script.get(f"{API}/oncall/current", {"team": asked}).json()["results"]
        assert [(row["schedule"], row["user"], row["user_name"], row["warning"]) for row in rows] == [
            (web["id"], str(ann.pk), "Ann", "")
        ]
    everybody = script.get(f"{API}/oncall/current").json()["results"]
    assert [(row["schedule_name"], row["user"], row["team_name"]) for row in everybody] == [
        ("Empty", None, None),
        ("Web", str(ann.pk), "Platform"),
    ]
    assert everybody[0]["warning"] == "Nobody is on call by Empty."
    assert script.get(f"{API}/oncall/current", {"team": "nobody"}).status_code == 404


def test_a_policy_is_made_changed_and_deleted(script: Client, ann: User) -> None:
    steps = [{"delay": 10, "targets": [{"user": str(ann.pk)}]}]
    made = post(script, "escalation-policies", {"name": "Page", "severity": "high", "steps": steps})
    assert (made.status_code, made.json()["steps"], made.json()["hours"]) == (201, steps, [])
    path = f"escalation-policies/{made.json()['id']}"
    assert patch(script, path, {"repeat": 3, "version": 1}).json()["repeat"] == 3
    put = script.put(f"{API}/{path}", {"name": "Page", "steps": steps}, content_type="application/json").json()
    assert (put["severity"], put["repeat"]) == ("", 0)
    assert script.delete(f"{API}/{path}").status_code == 204


def test_a_step_that_names_nobody_is_refused_with_a_sentence(script: Client) -> None:
    steps = [{"targets": [{"user": NOBODY}]}]
    answer = post(script, "escalation-policies", {"name": "Page", "steps": steps})
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"steps": [f"Step 1: there is no user {NOBODY}, or the account is deactivated."]}


def test_a_schedule_in_use_is_not_deleted(script: Client, ann: User) -> None:
    web = schedule(weekly(ann))
    policy({"schedule": str(web.pk)})
    assert script.delete(f"{API}/schedules/{web.pk}").json()["type"] == "urn:opstatus:problem:schedule_in_use"


def test_contact_ways_are_ones_own(ann: User, ben: User) -> None:
    hers, his = signed_in(ann), signed_in(ben)
    made = post(hers, "contact-ways", {"kind": "webhook", "address": "https://example.org/secret", "delay": 30})
    assert made.status_code == 201
    assert made.json()["signing_secret"].startswith("whsec_")
    assert "secret" not in made.json()["shown"]
    assert "address" not in made.json()
    way = made.json()["id"]
    assert hers.get(f"{API}/contact-ways").json()["count"] == 1
    assert his.get(f"{API}/contact-ways").json()["count"] == 0
    assert [his.delete(f"{API}/contact-ways/{way}").status_code, patch(his, f"contact-ways/{way}", {}).status_code] == [
        404,
        404,
    ]
    assert patch(hers, f"contact-ways/{way}", {"delay": 60}).json()["delay"] == 60
    # One went there a moment ago.
    asked = [post(whose, f"contact-ways/{way}/ask", {}).status_code for whose in (hers, his)]
    assert asked == [409, 404]
    assert patch(hers, f"contact-ways/{way}", {"address": "https://example.net"}).status_code == 400
    assert hers.delete(f"{API}/contact-ways/{way}").status_code == 204


def test_a_key_of_nobody_has_no_contact_ways(script: Client) -> None:
    assert script.get(f"{API}/contact-ways").json()["count"] == 0
    answer = post(script, "contact-ways", {"kind": "email", "address": "a@example.org"})
    assert (answer.status_code, "belongs to nobody" in answer.json()["detail"]) == (409, True)


def test_viewers_read_and_change_nothing(ann: User) -> None:
    viewer = signed_in(Role.VIEWER)
    web = schedule(weekly(ann))
    assert viewer.get(f"{API}/schedules/{web.pk}").status_code == 200
    assert post(viewer, f"schedules/{web.pk}/take", {"start": in_hours(1), "end": in_hours(2)}).status_code == 403


def test_more_turns_than_can_be_worked_out_at_once_are_refused_with_how_many_days_are_not(
    script: Client, ann: User, ben: User
) -> None:
    layers = [weekly(ann, ben, name=f"Layer {number}", unit="hours") for number in range(8)]
    path = f"{API}/schedules/{schedule(*layers, name='Hourly').pk}/shifts"
    refused = script.get(path, {"from": "2026-03-02", "to": "2027-03-31"})
    assert refused.status_code == 400
    assert refused.json()["errors"] == {"to": ["Ask for at most 260 days of so many turns and windows."]}
    assert script.get(path, {"from": "2026-03-02", "to": "2026-03-08"}).status_code == 200


def test_layers_that_nobody_could_draw_are_refused(script: Client, ann: User) -> None:
    window = {"days": list(range(7)), "from": "09:00", "to": "09:10"}
    layers = [weekly(ann, name=f"Layer {number}", restrictions=[window] * 50) for number in range(20)]
    refused = post(script, "schedules", {"name": "Endless", "layers": layers})
    assert refused.status_code == 400
    (sentence,) = refused.json()["errors"]["layers"]
    assert sentence.startswith("These layers have 1000 turns and windows a day.")
