"""Each of our own parts is asked for real, and one that does not work says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.conf import settings as configured
from django.utils.module_loading import import_string

from config import parts
from events.tasks import relay_events
from tests.product import free_port

PARTS: dict[str, Callable[[], None]] = {name: import_string(path) for name, path in configured.INTERNAL_CHECKS.items()}
SMTP = "django.core.mail.backends.smtp.EmailBackend"
FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", sorted(PARTS))
def test_every_part_works_after_a_sweep(name: str) -> None:
    relay_events()
    PARTS[name]()


@pytest.mark.django_db
def test_a_worker_that_never_swept_is_missed() -> None:
    with pytest.raises(TimeoutError, match="No worker"):
        parts.worker()


@pytest.mark.django_db
def test_a_worker_that_has_stopped_is_missed() -> None:
    with time_machine.travel("2026-03-02T09:00:00Z", tick=False) as clock:
        relay_events()
        clock.shift(parts.LATE)
        parts.worker()
        clock.shift(1)
        with pytest.raises(TimeoutError, match="No worker"):
            parts.worker()


def test_a_folder_that_is_gone_is_no_storage(settings: LazySettings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "gone"
    with pytest.raises(OSError):
        parts.storage()


def test_a_full_disk_is_no_storage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LEAST_FREE", 2**62)
    with pytest.raises(OSError, match="are free"):
        parts.storage()


def test_storage_leaves_nothing_behind(settings: LazySettings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    parts.storage()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_mails_is_asked_without_a_mail(settings: LazySettings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, str(tmp_path / "mail")
    parts.mail()
    assert list((tmp_path / "mail").iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_no_mail(settings: LazySettings, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("")
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, str(tmp_path / "mail")
    with pytest.raises(Exception, match="not a directory"):
        parts.mail()


def test_a_mail_server_that_is_away_is_no_mail(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", free_port()
    with pytest.raises(ConnectionRefusedError):
        parts.mail()
