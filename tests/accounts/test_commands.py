"""The commands that make keys and admins."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import ApiKey, User
from events.kinds import Kind
from events.models import Event

pytestmark = pytest.mark.django_db


def run(*args: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_the_key_stands_alone_on_the_last_line() -> None:
    text = run("create_api_key", "bot", scopes="read, write").splitlines()[-1]
    assert Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/users").status_code == 200
    assert ApiKey.objects.get().scopes == ["read", "write"]
    assert Event.objects.get().kind == Kind.API_KEY_CREATED


def test_an_unknown_scope_is_refused() -> None:
    with pytest.raises(CommandError, match="read, write, alerts, admin"):
        run("create_api_key", "bot", scopes="root")
    assert not ApiKey.objects.exists()


def test_an_admin_is_made_with_a_password_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery\n"))
    run("create_admin", "root", "--password-stdin")
    user = User.objects.get()
    assert (user.role, user.is_staff, user.check_password("correct horse battery")) == ("admin", True, True)


@pytest.mark.parametrize("username", ["root", "ROOT"])
def test_a_name_that_is_taken_is_refused(monkeypatch: pytest.MonkeyPatch, username: str) -> None:
    User.objects.create_user("root")
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery\n"))
    with pytest.raises(CommandError):
        run("create_admin", username, "--password-stdin")
    assert User.objects.count() == 1


def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("secret\n"))
    with pytest.raises(CommandError, match="too short"):
        run("create_admin", "root", "--password-stdin")
    assert not User.objects.exists()


@pytest.mark.parametrize("more", [[], ["--email", "root@example.com"]])
def test_an_admin_without_an_address_is_told_what_that_costs(monkeypatch: pytest.MonkeyPatch, more: list[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery\n"))
    told = run("create_admin", "root", *more)
    assert ("cannot be set anew by mail" in told) is not bool(more)
    assert User.objects.get().email == "".join(more[1:])


def test_without_a_terminal_and_without_a_password_nobody_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="on standard input"):
        run("create_admin", "root")
    assert not User.objects.exists()


def test_two_passwords_that_differ_make_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["correct horse battery", "correct horse batery"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("accounts.management.commands.create_admin.getpass", lambda *_: next(typed))
    with pytest.raises(CommandError, match="not the same"):
        run("create_admin", "root")
    assert not User.objects.exists()
