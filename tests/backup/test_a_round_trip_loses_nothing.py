"""The demo: out, an empty database, in, and out again."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from console.backup.box import Box
from console.backup.bringing import bring
from console.backup.tables import tables
from console.demo.login import Login
from console.demo.seeding import seed
from events.actors import SYSTEM
from events.kinds import Kind
from events.models import Cursor, Event
from events.relay import relay_all
from notifications.models import Delivery
from statuspage.models import Published
from tests.backup.conftest import backup
from tests.emptying import empty

pytestmark = pytest.mark.django_db
PASSPHRASE = "correct horse battery staple"


@pytest.mark.published
def test_out_in_and_out_again_is_the_same_and_nobody_is_told_of_old_things(
    counted: Callable[[], dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    login = seed(timezone.now())
    was, first = counted(), backup(Box.new(PASSPHRASE))
    before = sections(first)
    empty()
    outcome = bring(first, by=SYSTEM, passphrase=PASSPHRASE)
    assert {name: counts.created for name, counts in outcome.sections.items()} == {n: c for n, c in was.items() if c}
    assert outcome.notes == []
    assert sections(backup(Box.new(PASSPHRASE))) == before
    # PostgreSQL leaves gaps between numbers.
    last, newest_of_file = Event.objects.order_by("-id")[:2]
    assert last.kind == Kind.BACKUP_IMPORTED
    assert {cursor.position for cursor in Cursor.objects.all()} == {newest_of_file.id}
    assert_the_password_is_known(login)
    relay_all()
    assert not Delivery.objects.exists()
    assert Published.objects.filter(path="/status").exists()
    again = bring(first, by=SYSTEM, passphrase=PASSPHRASE)
    assert (again.created, again.updated) == (0, 0)
    assert Event.objects.latest("id") == last


def assert_the_password_is_known(login: Login) -> None:
    name, password = next(iter(login.passwords.items()))
    assert User.objects.get(username=name).check_password(password)


def sections(file: BytesIO) -> dict[str, Any]:
    """Return the rows by section, without what this import told, and secrets as they are."""
    whole = json.loads(file.getvalue())
    box = Box.of(whole["secrets"], PASSPHRASE)
    found = {section["name"]: section["rows"] for section in whole["sections"]}
    found["events"] = [row for row in found["events"] if row["kind"] != Kind.BACKUP_IMPORTED]
    ids = {table.name: table.pk.name for table in tables()}
    for name, rows in found.items():
        for row in rows:
            if "secret" in row:
                row["secret"] = box.open(row["secret"], f"{name} {row[ids[name]]}")
    return found
