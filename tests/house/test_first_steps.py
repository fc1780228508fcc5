"""What the terminal says where nobody can sign in yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from config.prepare import message, steps_to_the_first_admin
from config.run import ROOT
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_the_command_for_the_first_admin_can_be_copied(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "my status"
    command = next(line for line in steps_to_the_first_admin() if "create_admin" in line)
    assert f"VAR_DIR='{tmp_path}/my status' " in command
    assert command.endswith("python manage.py create_admin NAME --email ADDRESS")


def test_the_usual_folder_need_not_be_named(settings: Settings) -> None:
    settings.VAR_DIR = ROOT / "var"
    told = message("http://127.0.0.1:8000", steps_to_the_first_admin())
    assert "Nobody has an account yet." in told
    assert "VAR_DIR" not in told


def test_where_there_is_somebody_nothing_is_said() -> None:
    UserFactory.create()
    assert steps_to_the_first_admin() == []
