"""Whatever is wrong with a file is said with its place, and nothing has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db.models import Model

from branding.models import Brand
from console.backup.bringing import bring
from console.backup.faults import Unusable
from console.backup.fields import read
from events.actors import SYSTEM
from events.models import Event
from incidents.models import Incident
from services.models import Component, Group, Service
from tests.backup.conftest import backup

pytestmark = pytest.mark.django_db
Change = Callable[[dict[str, Any]], object]


def section(whole: dict[str, Any], name: str) -> dict[str, Any]:
    return next(found for found in whole["sections"] if found["name"] == name)


def row(whole: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = section(whole, name)["rows"][0]
    return found


NOBODY = "00000000-0000-4000-8000-000000000000"
WRONG: list[tuple[Change, str]] = [
    (lambda whole: whole.update(version=2), "version 2, and this release reads up to 1. Upgrade"),
    (lambda whole: whole.update(version="1"), "“version” is no number"),
    (lambda whole: whole.update(format="another"), "no backup of OpStatus"),
    (lambda whole: whole["sections"].insert(0, {"name": "pets", "rows": [{}], "count": 1}), "pets: this release knows"),
    (lambda whole: section(whole, "services").update(count=7), "services: it has 1 rows and says that it has 7"),
    (lambda whole: section(whole, "services").update(rows=[3]), "services, row 1: it is no object"),
    (lambda whole: row(whole, "services").update(name=7), "services, row 1, name: a text belongs here"),
    (lambda whole: row(whole, "services").update(name=None), "services, row 1, name: null cannot stand here"),
    (lambda whole: row(whole, "services").update(name="x" * 999), "services, row 1, name: it has 999 characters"),
    (lambda whole: row(whole, "services").update(public=1), "services, row 1, public: true or false belongs here"),
    (lambda whole: row(whole, "services").update(position=-1), "services, row 1, position: -1 is out of range"),
    (lambda whole: row(whole, "services").update(created_at="noon"), "services, row 1, created_at: 'noon' is not what"),
    (lambda whole: row(whole, "services").update(created_at="2026-01-01T00:00:00"), "has no time zone"),
    (lambda whole: row(whole, "services").update(status="purple"), "services, row 1, status: 'purple' is none of"),
    (lambda whole: row(whole, "services").update(id="7"), "services, row 1, id: '7' is not what belongs here"),
    (lambda whole: row(whole, "services").pop("id"), "services, row 1, id: it is missing"),
    (lambda whole: row(whole, "services").update(colour="red"), "services, row 1, colour: this release knows no such"),
    (lambda whole: row(whole, "services").update(group=NOBODY), f"services, row 1, group: it leads to group {NOBODY}"),
    (lambda whole: row(whole, "services").update(name="a\x00b"), "services, row 1 is broken off or is no JSON"),
    (lambda whole: section(whole, "groups")["rows"].append(row(whole, "groups")), "groups: it has 2 rows"),
]


@pytest.fixture
def whole() -> dict[str, Any]:
    group = Group.add(by=SYSTEM, name="Shop")
    service = Service.add(by=SYSTEM, name="Checkout", public=True, group=group)
    Component.add(service, by=SYSTEM, name="Database")
    found: dict[str, Any] = json.loads(backup().getvalue())
    return found


def refused(file: bytes, **options: Any) -> str:
    before = [table_rows() for _ in range(1)]
    with pytest.raises(Unusable) as refusal:
        bring(BytesIO(file), by=SYSTEM, **options)
    assert [table_rows()] == before
    return str(refusal.value)


def table_rows() -> tuple[int, ...]:
    return Group.objects.count(), Service.objects.count(), Component.objects.count(), Event.objects.count()


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [(Brand, "links", ["x"]), (Brand, "links", [{"label": "x", "url": "javascript:x"}]), (Incident, "tags", [1])],
)
def test_a_list_of_something_else_is_refused(model: type[Model], name: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"link has|begins with|Each tag"):
        read(model._meta.get_field(name), value)  # type: ignore[arg-type]


def test_each_fault_is_said_with_its_place(whole: dict[str, Any]) -> None:
    text = json.dumps(whole)
    for change, sentence in WRONG:
        changed = json.loads(text)
        changed["sections"] = [one for one in changed["sections"] if one["name"] in ("groups", "services")]
        change(changed)
        changed = {**changed, "sections": changed.pop("sections")}
        assert sentence in refused(json.dumps(changed).encode())


def test_a_file_that_ends_early_or_is_no_text_is_refused_wherever_it_ends(whole: dict[str, Any]) -> None:
    file = json.dumps({**whole, "sections": whole.pop("sections")}, indent=1).encode()
    for end in range(0, len(file), 997):
        assert "not a whole backup" in refused(file[:end])
    assert "after the end" in refused(file + b"{}")
    assert "UTF-8" in refused(b"\xff\xfe" + file)
    assert "not a whole backup" in refused(b"[" * 100_000)


def test_what_stands_in_the_way_is_named(whole: dict[str, Any]) -> None:
    file = backup().getvalue()
    other = Service.add(by=SYSTEM, name="Other", public=True)
    changed = file.replace(str(Service.objects.get(name="Checkout").pk).encode(), NOBODY.encode())
    assert "events, row" in refused(file.replace(b'"Checkout"', b'"Cashdesk"'))
    assert "services, row 1, slug: “checkout” is taken by another row here" in refused(changed)
    # And with the file in place of what is here, it is not.
    outcome = bring(BytesIO(changed), by=SYSTEM, replace=True)
    assert outcome.deleted
    assert [str(service.pk) for service in Service.objects.all()] == [NOBODY]
    assert not Event.objects.filter(subject_id=str(other.pk)).exists()
