from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from console.demo import seeding
from events.actors import SYSTEM
from services.models import Service

pytestmark = pytest.mark.django_db


@pytest.mark.once
def test_what_was_there_is_gone_and_the_logins_are_printed_and_kept(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    Service.add(by=SYSTEM, name="Ours", public=True)
    said = StringIO()
    call_command("seed_demo", stdout=said)
    kept = tmp_path / "demo-login.txt"
    assert not Service.objects.filter(name="Ours").exists()
    assert kept.read_text() in said.getvalue()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_production_is_refused_without_the_long_word(settings: Settings) -> None:
    settings.PRODUCTION = True
    User.objects.create_user("somebody")
    with pytest.raises(CommandError, match="--yes-wipe-everything"):
        call_command("seed_demo")
    assert User.objects.get().username == "somebody"


def test_a_seeding_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ValueError("broken story")

    Service.add(by=SYSTEM, name="Ours", public=True)
    monkeypatch.setattr(seeding, "read_stories", broken)
    with pytest.raises(ValueError, match="broken story"):
        seeding.seed(timezone.now())
    assert Service.objects.get().name == "Ours"
