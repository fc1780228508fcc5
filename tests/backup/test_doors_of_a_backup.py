"""The API's addresses and the commands, and what says what a backup holds."""

from __future__ import annotations

import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from console.backup.api import MAX_FILE
from console.backup.bringing import bring
from console.backup.faults import Unusable
from console.backup.schema import text
from console.backup.tables import tables
from console.backup.upgrading import Upgrade
from events.actors import SYSTEM
from events.models import Event
from services.models import Service
from tests.backup.conftest import backup
from tests.factories import bearer

pytestmark = pytest.mark.django_db


def test_the_api_gives_the_file_and_the_log_and_takes_the_file_back_once() -> None:
    Service.add(by=SYSTEM, name="Shop", public=True)
    client = Client(headers=bearer("admin"))
    out = client.get("/api/v1/export")
    assert (out.status_code, out["Content-Type"], out["Cache-Control"]) == (200, "application/json", "no-store")
    file = b"".join(out.streaming_content)  # type: ignore[attr-defined]
    log = b"".join(client.get("/api/v1/export/logs").streaming_content)  # type: ignore[attr-defined]
    assert [json.loads(line)["id"] for line in log.splitlines()] == [event.id for event in Event.objects.order_by("id")]
    Service.objects.all().delete()
    headers = {"Idempotency-Key": "once"}
    for dry, left in (("?dry_run=true", 0), ("", 1)):
        answer = client.post(f"/api/v1/import{dry}", file, "application/json", headers=headers if not dry else {})
        assert answer.status_code == 200, answer.content
        assert answer.json()["sections"]["services"] == {"created": 1, "updated": 0, "unchanged": 0}
        assert (answer.json()["dry_run"], Service.objects.count()) == (bool(dry), left)
    again = client.post("/api/v1/import", file, "application/json", headers=headers)
    assert (again["Idempotent-Replay"], again.json()) == ("true", answer.json())


@pytest.mark.parametrize(
    ("body", "query", "status"),
    [
        (b"", "", 400),
        (b"{}", "", 400),
        (b"[1]", "", 400),
        (b'{"format": "opstatus-backup", "version": 9, "sections": []}', "", 400),
        (b'{"format": "opstatus-backup", "version": 1, "sections": []}', "?dryrun=1", 400),
        (b" " * (MAX_FILE + 1), "", 413),
    ],
)
def test_the_api_refuses_a_bad_file(body: bytes, query: str, status: int) -> None:
    client = Client(headers=bearer("admin"))
    answer = client.post(f"/api/v1/import{query}", body, "application/json")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert client.get("/api/v1/export?secrets=true").status_code == 400


@pytest.mark.parametrize("coding", ["utf-8", "latin-1"])
def test_a_passphrase_of_any_letters_opens_at_one_door_what_was_closed_at_the_other(coding: str) -> None:
    passphrase = "schöne alte Wörter"
    sent = {"Backup-Passphrase": passphrase.encode(coding).decode("latin-1")}
    out = Client(headers=bearer("admin")).get("/api/v1/export?secrets=true", headers=sent)
    file = BytesIO(b"".join(out.streaming_content))  # type: ignore[attr-defined]
    bring(file, by=SYSTEM, passphrase=passphrase, dry_run=True)
    with pytest.raises(Unusable, match="does not open"):
        bring(file, by=SYSTEM, passphrase="schone alte Worter", dry_run=True)


def test_the_commands_write_a_file_of_ones_own_and_bring_it_in(tmp_path: Path) -> None:
    Service.add(by=SYSTEM, name="Shop", public=True)
    path, said, progress = tmp_path / "backup.json", StringIO(), StringIO()
    call_command("export", path, stdout=said, stderr=progress)
    assert path.stat().st_mode & 0o777 == 0o600
    assert "services: 1" in progress.getvalue()
    Service.objects.all().delete()
    call_command("import", path, dry_run=True, stdout=said, stderr=progress)
    assert "services: 1 created, 0 updated, 0 unchanged" in said.getvalue()
    assert not Service.objects.exists()
    call_command("import", path, stdout=said, stderr=progress)
    assert Service.objects.get().name == "Shop"
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(CommandError, match=r"not a whole backup(.|\n)*Nothing has changed"):
        call_command("import", path, stderr=progress)
    with pytest.raises(CommandError, match="No such file"):
        call_command("import", tmp_path / "none.json", stderr=progress)


def test_the_file_holds_every_table_or_the_settings_say_why_not() -> None:
    rooms = {table.model._meta.app_label for table in tables()} | {"statuspage", "console"}
    held = {table.label for table in tables()} | set(settings.BACKUP_LEFT_OUT)
    found = {model._meta.label for model in apps.get_models() if model._meta.app_label in rooms}
    assert found - held == set(), "Name it in <app>/backup.py, or in settings.BACKUP_LEFT_OUT."


def test_the_schema_in_the_docs_is_the_models() -> None:
    assert (settings.BASE_DIR / "docs" / "backup.schema.json").read_text() == text()
    assert set(json.loads(backup().getvalue())) == set(json.loads(text())["properties"])


def test_an_upgrade_keeps_a_copy_and_says_how_to_go_back(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    said = StringIO()
    call_command("upgrade", stdout=said)
    assert "up to date" in said.getvalue()
    upgrade = Upgrade()
    kept = upgrade.back_up(timezone.now())
    assert kept.parent == tmp_path / "backups"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.stat().st_size > 0
    assert str(upgrade.way_back(kept)).startswith("['To go back")
