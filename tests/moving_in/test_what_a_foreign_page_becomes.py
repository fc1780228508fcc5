"""A page as Statuspage writes it: what comes of its rows here, and what is said of rows that are none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from console.backup.faults import Unusable
from console.moving_in.bringing import drafted, move_in
from console.moving_in.draft import Draft, Here
from console.moving_in.source import gathered
from events.actors import SYSTEM
from services.models import Service
from statuspage import read
from tests.statuspage.conftest import ANN
from tests.target import answering

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
BORN, BAD, GOOD = "2026-01-02T03:04:05.678Z", "2026-11-01T10:00:00.000-08:00", "2026-11-01T11:30:00.000-08:00"


def component(key: str, name: str, **other: Any) -> dict[str, Any]:
    return {"id": key, "name": name, "status": "operational", "created_at": BORN, "updated_at": BORN, **other}


def update(key: str, status: str, body: str, at: str, *turned: tuple[str, str, str]) -> dict[str, Any]:
    affected = [{"code": code, "old_status": old, "new_status": new} for code, old, new in turned]
    return {"id": key, "status": status, "body": body, "created_at": at, "affected_components": affected or None}


def page(**changes: Any) -> dict[str, Any]:
    """Two groups with an API each; one was down for a while, and still is slow."""
    incident = {
        "id": "inc1", "name": "API is down", "status": "monitoring", "impact": "major", "created_at": BAD,
        "updated_at": GOOD, "resolved_at": None, "components": [{"id": "api1"}, {"id": "gone"}],
        "incident_updates": [
            update("u2", "monitoring", "Better.", GOOD, ("api1", "major_outage", "degraded_performance")),
            update("u1", "investigating", 'Down.<br>See <a href="https://x.test/">more</a> &amp; wait',
                   BAD, ("api1", "operational", "major_outage")),
        ],
    }  # fmt: skip
    components = [
        {**component("g1", "Europe"), "group": True},
        {**component("g2", "America"), "group": True},
        component("api1", "API", group_id="g1", status="degraded_performance", updated_at=GOOD),
        component("api2", "API", group_id="g2"),
    ]
    return {"components": components, "incidents": [incident], "scheduled_maintenances": []} | changes


def draft(document: dict[str, Any]) -> Draft:
    return drafted(gathered([document]), Here(), NOW)


@pytest.mark.pure
def test_history_is_what_updates_told_and_nothing_else() -> None:
    found = draft(page())
    assert [row["name"] for row in found.sections["services"]] == ["API", "America - API"]
    assert [row["slug"] for row in found.sections["services"]] == ["api", "america-api"]
    slow, well = found.sections["services"]
    assert (slow["status"], slow["impact_status"], slow["manual_status"]) == ("degraded", "degraded", None)
    turns = [(row["old"], row["new"], row["at"]) for row in found.sections["status_changes"]]
    assert turns == [
        ("", "operational", "2026-01-02T03:04:05.678000+00:00"),
        ("operational", "major_outage", "2026-11-01T18:00:00+00:00"),
        ("major_outage", "degraded", "2026-11-01T19:30:00+00:00"),
        ("", "operational", "2026-01-02T03:04:05.678000+00:00"),
    ]
    said = [(row["number"], row["kind"], row["message"]) for row in found.sections["incident_updates"]]
    assert said == [(1, "opened", "Down.\nSee [more](https://x.test/) & wait"), (2, "transition", "Better.")]
    assert [(row["severity"], row["status"]) for row in found.sections["incidents"]] == [("high", "monitoring")]
    assert "another one has its name, so it is “America - API” here" in found.notes[0]
    assert "1 of its components are in no list" in found.notes[1]
    assert well["manual_status"] is None


@pytest.mark.pure
def test_a_postmortem_and_a_window_come_along_and_a_window_of_nothing_does_not() -> None:
    over = {**page()["incidents"][0], "status": "postmortem", "resolved_at": GOOD, "postmortem_body": "<p>Why</p>"}
    over["started_at"] = BORN
    times = {"scheduled_for": BAD, "scheduled_until": GOOD, "created_at": BORN}
    work = {"id": "m1", "name": "Cables", "status": "verifying", "components": [{"id": "api2"}], **times}
    found = draft(page(incidents=[over], scheduled_maintenances=[work, {**work, "id": "m2", "components": []}]))
    assert [row["summary"] for row in found.sections["postmortems"]] == ["Why"]
    [incident] = found.sections["incidents"]
    assert (incident["status"], incident["started_at"][:4], incident["created_at"][:7]) == (
        "resolved",
        "2026",
        "2026-11",
    )
    assert [row["impact"] for row in found.sections["affected_services"]] == ["partial_outage"]
    assert [(row["status"], row["started_at"][:4]) for row in found.sections["maintenance"]] == [
        ("in_progress", "2026")
    ]
    assert [row["in_maintenance"] for row in found.sections["services"]] == [False, True]
    assert "it names no component, so it is left out" in found.notes[-2]
    assert "it is maintenance here, because maintenance of it is under way" in found.notes[-1]


@pytest.mark.pure
def test_everything_that_is_wrong_is_said_at_once_and_where_it_stands() -> None:
    bad = component("c", "Shop", status="sleepy", created_at="yesterday")
    wrong = {**page()["incidents"][0], "impact": "huge", "incident_updates": "none"}
    with pytest.raises(Unusable) as raised:
        draft(page(components=[bad], incidents=[wrong]))
    said = str(raised.value)
    assert "component “Shop”: its “status” is “sleepy”. What can stand there is: operational, under_mainten" in said
    assert "component “Shop”: its “created_at”, “yesterday”, is no time with a zone." in said
    assert "incident “API is down”: its “impact” is “huge”." in said
    assert "incident “API is down”: its “incident_updates” is no list." in said
    nothing: list[object] = [{}, {"components": [{"name": "no id"}]}, [], {"components": 1}]
    for document in nothing:
        with pytest.raises(Unusable):
            gathered([document])


@pytest.mark.pure
@pytest.mark.parametrize("odd", [7, True, "x", {"id": 7}, [7], [[]], [None], [{"id": [], "code": {}, "new_status": 7}]])
def test_lists_of_something_else_are_said_or_passed_over(odd: object) -> None:
    whole = page()["incidents"][0]
    said = [{**whole["incident_updates"][0], "affected_components": odd}]
    for changed in ({"components": odd}, {"incident_updates": odd}, {"incident_updates": said}):
        try:
            found = draft(page(incidents=[whole | changed]))
        except Unusable as refusal:
            assert "incident “API is down”" in str(refusal)  # noqa: PT017 - either will do
        else:
            assert [row["title"] for row in found.sections["incidents"]] == ["API is down"]


@pytest.mark.pure
@pytest.mark.parametrize("piece", ['<a href="x">', "<a href='", "<a ", '<a href="' + 'href="' * 9, "<p>&lt;b&gt;"])
def test_a_long_text_of_broken_html_is_read_in_the_end(piece: str) -> None:
    said = {**page()["incidents"][0], "incident_updates": [update("u1", "investigating", piece * 60_000, BAD)]}
    [incident] = draft(page(incidents=[said])).sections["incidents"]
    assert len(incident["body"]) in (0, 20_000)


@pytest.mark.pure
def test_times_that_some_zone_cannot_tell_are_none() -> None:
    for time in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"):
        with pytest.raises(Unusable, match="is no time with a zone"):
            draft(page(components=[component("c", "Shop", created_at=time)]))


@pytest.mark.django_db
def test_what_is_told_of_a_service_that_is_here_moves_it(tmp_path: Path, capsys: Any) -> None:
    service = Service.add(by=ANN, name="API", public=True)
    file = tmp_path / "page.json"
    file.write_text(json.dumps({"everything": page()}))
    call_command("import_statuspage", str(file), "--dry-run")
    assert "Nothing has changed: this was a dry run." in capsys.readouterr().out
    assert not read.incidents(NOW)
    call_command("import_statuspage", str(file))
    out = capsys.readouterr().out
    assert "services: 1 made, 1 left as they are" in out
    assert "a service of this name is here" in out
    service.refresh_from_db()
    assert (service.status, service.impact_status) == ("degraded", "degraded")
    [incident] = read.incidents(NOW).values()
    assert [row.name for row in incident.affected] == ["API"]
    assert not move_in([page()], by=SYSTEM).made
    with answering() as target:
        target.body = json.dumps(page())
        call_command("import_statuspage", target.url.removesuffix("/health"))
        assert len(target.asked) == 6
        target.status = 404
        with pytest.raises(CommandError, match="answered 404"):
            call_command("import_statuspage", target.url.removesuffix("/health"))
    assert "services: 0 made, 2 left as they are" in capsys.readouterr().out
    for where, said in ((tmp_path / "none", "cannot be read"), ("http://127.0.0.1:1", "cannot be read")):
        with pytest.raises(CommandError, match=said):
            call_command("import_statuspage", str(where))
