"""A command that somebody reads can be typed as it stands, and some test runs it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from django.core.management import CommandError, get_commands, load_command_class

from tests.product import ROOT

PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/**/*.md")]
BLOCK, SPAN = re.compile(r"^```\w*\n(.*?)^```", re.M | re.S), re.compile(r"`([^`\n]+)`")
ENDS = {"#", "|", ">", ">>", "&&", "||", ";", "<"}
# Django's own do what Django's own tests say; the others start the product and are run by `make` itself.
OF_OTHERS = {"changepassword", "check", "collectstatic", "makemigrations", "migrate"}


def test_manage_py_takes_it() -> None:
    wrong = [" ".join(words) for words in _typed("manage.py") if not _is_taken(words)]
    assert wrong == []


def test_make_has_it() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    named = {word for words in _typed("make") for word in words if "=" not in word}
    assert named
    assert named <= targets


def test_a_test_runs_it() -> None:
    tests = "".join(path.read_text() for path in ROOT.glob("tests/**/*.py") if path != Path(__file__))
    ours = {words[0] for words in _typed("manage.py")} - OF_OTHERS
    assert {name for name in ours if f'"{name}"' not in tests} == set()


def _typed(program: str) -> list[list[str]]:
    """Return what follows the program's name, wherever a page has it as code."""
    found = []
    for page in PAGES:
        text = page.read_text()
        lines = [line for block in BLOCK.findall(text) for line in block.replace("\\\n", " ").splitlines()]
        for line in [*lines, *SPAN.findall(BLOCK.sub("", text))]:
            words = _words(line)
            if program in words and (words[0] == program or program == "manage.py"):
                found.append(words[words.index(program) + 1 :])
    return [words for words in found if words]


def _words(line: str) -> list[str]:
    try:
        words = shlex.split(line)
    except ValueError:
        return []
    end = next((place for place, word in enumerate(words) if word in ENDS), len(words))
    return words[:end]


def _is_taken(words: list[str]) -> bool:
    name, *given = words
    if name not in get_commands():
        return False
    # A bare name speaks of the command; with something behind it, it is meant to be typed.
    if not given:
        return True
    command = load_command_class(get_commands()[name], name)
    try:
        command.create_parser("manage.py", name).parse_args(given)
    except CommandError:
        return False
    return True
