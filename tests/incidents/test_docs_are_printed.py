"""The pages of docs/ that are printed from tables say what the tables say."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from events.kinds import Kind
from incidents import reference


def test_the_printed_pages_are_current() -> None:
    call_command("write_docs", check=True)


def test_a_stale_page_fails_the_check_and_is_written_anew(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"states\.md, events\.md"):
        call_command("write_docs", check=True, to=tmp_path)
    call_command("write_docs", to=tmp_path)
    call_command("write_docs", check=True, to=tmp_path)
    (tmp_path / "events.md").write_text("old")
    with pytest.raises(CommandError, match=r"Stale: events\.md"):
        call_command("write_docs", check=True, to=tmp_path)


def test_the_table_of_moves_shows_what_is_allowed() -> None:
    assert "| **identified** | no | no | yes | yes |" in reference.states()
    assert "resolved --> investigating: reopen" in reference.states()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_says_what_it_tells(kind: Kind) -> None:
    assert kind.about.endswith(".")
    assert f"| `{kind}` | {kind.about} |" in reference.events()
