"""The typed readers: what they make of good values, and what of none."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import env


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("NAME", raising=False)
    return monkeypatch


def test_nothing_and_blanks_give_the_default(given: pytest.MonkeyPatch) -> None:
    assert env.text("NAME", "otherwise") == "otherwise"
    given.setenv("NAME", "   ")
    assert env.text("NAME", "otherwise") == "otherwise"
    assert env.flag("NAME", default=True) is True
    assert env.number("NAME", 7) == 7
    assert env.words("NAME", ["a"]) == ["a"]
    assert env.redis("NAME") == ""


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("FALSE", False)])
def test_a_flag(given: pytest.MonkeyPatch, value: str, *, meant: bool) -> None:
    given.setenv("NAME", value)
    assert env.flag("NAME", default=not meant) is meant


@pytest.mark.parametrize("value", ["-1", "1.5", "²", "11", "ten"])
def test_a_number_out_of_range_or_none_is_refused(given: pytest.MonkeyPatch, value: str) -> None:
    given.setenv("NAME", value)
    with pytest.raises(SystemExit, match=r"^OpStatus cannot start: NAME must be a whole number from 0 to 10"):
        env.number("NAME", 5, most=10)


@pytest.mark.parametrize(("value", "meant"), [("0", 0.0), ("1", 1.0), ("1.0", 1.0), (".5", 0.5), ("0.25", 0.25)])
def test_a_share(given: pytest.MonkeyPatch, value: str, meant: float) -> None:
    given.setenv("NAME", value)
    assert env.share("NAME", 0.7) == meant


@pytest.mark.parametrize("value", ["-1", "1.5", "1e-3", "nan", "½", "0,5", "half", "."])
def test_what_is_no_share_is_refused(given: pytest.MonkeyPatch, value: str) -> None:
    given.setenv("NAME", value)
    with pytest.raises(SystemExit, match=r"^OpStatus cannot start: NAME must be a number from 0 to 1, such as 0.5"):
        env.share("NAME", 1.0)


def test_a_choice_is_taken_in_any_case(given: pytest.MonkeyPatch) -> None:
    given.setenv("NAME", "debug")
    assert env.choice("NAME", ["DEBUG", "INFO"], "INFO") == "DEBUG"


def test_a_dollar_is_a_dollar(given: pytest.MonkeyPatch) -> None:
    given.setenv("NAME", "$HOME")
    assert env.text("NAME") == "$HOME"


def test_words_are_parted_by_commas(given: pytest.MonkeyPatch) -> None:
    given.setenv("NAME", " a, b ,,c ")
    assert env.words("NAME") == ["a", "b", "c"]


def test_secrets_are_parted_by_commas_and_long(given: pytest.MonkeyPatch) -> None:
    assert env.secrets("NAME", least=8) == []
    given.setenv("NAME", "one-that-was, one=before+it")
    assert env.secrets("NAME", least=8) == ["one-that-was", "one=before+it"]
    given.setenv("NAME", "one-that-was,short")
    with pytest.raises(SystemExit, match=r"^OpStatus cannot start: NAME holds one that is too short"):
        env.secrets("NAME", least=8)


def test_an_address_loses_the_slash_at_its_end(given: pytest.MonkeyPatch) -> None:
    given.setenv("NAME", "https://status.example.com/")
    assert env.address("NAME", "http://localhost") == "https://status.example.com"


@pytest.mark.parametrize("value", ["https://", "ftp://host", "https://host?query", "https://host:port", "https://[::1"])
def test_what_is_no_address_is_refused(given: pytest.MonkeyPatch, value: str) -> None:
    given.setenv("NAME", value)
    with pytest.raises(SystemExit, match="NAME"):
        env.address("NAME", "http://localhost")


def test_a_database(given: pytest.MonkeyPatch) -> None:
    assert env.database("NAME", Path("/var/rows"))["NAME"] == "/var/rows"
    given.setenv("NAME", "postgres://user:p%40ss@host:5433/rows?sslmode=require")
    parsed = env.database("NAME", Path("/var/rows"))
    assert (parsed["HOST"], parsed["PORT"], parsed["NAME"]) == ("host", 5433, "rows")
    assert parsed["PASSWORD"] == "p@ss"
    assert parsed["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    ("value", "port"), [("smtp://host", 25), ("smtp+tls://user:secret@host", 587), ("smtp+ssl://host:2465", 2465)]
)
def test_a_mail_server_has_the_port_of_its_kind(given: pytest.MonkeyPatch, value: str, port: int) -> None:
    given.setenv("NAME", value)
    parsed = env.email("NAME", Path("/var/mail"))
    assert (parsed["EMAIL_HOST"], parsed["EMAIL_PORT"]) == ("host", port)


def test_without_a_mail_server_mails_become_files(given: pytest.MonkeyPatch) -> None:
    assert env.email("NAME", Path("/var/mail"))["EMAIL_FILE_PATH"] == "/var/mail"


def test_a_file_gives_what_the_environment_does_not(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given.setenv("NAME", "mine")
    given.delenv("OTHER", raising=False)
    (tmp_path / ".env").write_text("NAME=theirs\nOTHER='from the file'\n")
    env.read_file(tmp_path / ".env")
    assert (env.text("NAME"), env.text("OTHER")) == ("mine", "from the file")
    given.delenv("OTHER")
