"""Each language says all that there is to say, with the same placeholders, and is read as it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.core.management import call_command

from branding.languages import LANGUAGES
from incidents.lifecycle import IncidentStatus
from statuspage import messages, scripts

PLACE = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
MARKUP = re.compile(r"<[^>]+>")
NUMBER = "%(number)s"
SAID_BY_SCRIPTS = re.compile(r'\bsay\("([^"]+)"')
pytestmark = pytest.mark.once


def test_catalogues_are_what_is_to_be_said_and_compiled() -> None:
    call_command("write_messages", "--check")


@pytest.fixture(params=messages.languages())
def sayings(request: pytest.FixtureRequest) -> list[tuple[Message, str, str]]:
    """What is to be said in English, and each form of how it is said; without single signs, which may be a blank."""
    found = [message for message in messages.read(request.param) if message.id]
    return list(_forms([message for message in found if message.id not in (",", ".")]))


def test_nothing_is_left_in_english_or_unsure(sayings: list[tuple[Message, str, str]]) -> None:
    assert [english for message, english, said in sayings if not said.strip() or message.fuzzy] == []
    # So many words may be the same in two languages; whole sentences are not.
    assert [english for _, english, said in sayings if said == english and english.count(" ") > 3] == []


def test_what_is_put_in_is_put_in_everywhere(sayings: list[tuple[Message, str, str]]) -> None:
    for pattern in (PLACE, MARKUP):
        differing = [row for row in sayings if _counted(pattern, row[1]) - _spared(*row) != _counted(pattern, row[2])]
        assert [row[1:] for row in differing] == []
    assert [said for _, english, said in sayings if said != said.strip()] == []
    # Some stand in attributes.
    assert [said for _, english, said in sayings if '"' in said and '"' not in english] == []


def test_every_number_has_its_form() -> None:
    for code in messages.languages():
        catalogue = messages.read(code)
        plurals = [message for message in catalogue if message.pluralizable]
        assert plurals
        assert {len(message.string or ()) for message in plurals} == {catalogue.num_plurals}


def test_scripts_say_nothing_that_has_no_words() -> None:
    def said(*files: str) -> set[str]:
        return {text for name in files for text in SAID_BY_SCRIPTS.findall((settings.BASE_DIR / name).read_text())}

    assert said("static/js/live.js", "static/js/push.js") == set(scripts.PAGE)
    assert said("templates/statuspage/widget.js") <= set(scripts.WIDGET)
    chosen = {"{0} ({1})", "{0} ({1}) and {2} more", *IncidentStatus}
    assert set(scripts.WIDGET) - said("templates/statuspage/widget.js") <= chosen
    assert scripts.words("en") == ""
    assert '"As of {time}": "Stand: {time}"' in scripts.words("de")
    assert set(messages.languages()) == set(LANGUAGES) - {"en"}


def _counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(pattern.findall(text))


def _spared(message: Message, _english: str, said: str) -> Counter[str]:
    """Return what a form of one or two may leave out: some languages have a word for it."""
    return Counter([NUMBER] if message.pluralizable and NUMBER not in said else [])


def _forms(found: list[Message]) -> Iterator[tuple[Message, str, str]]:
    for message in found:
        english = message.id if isinstance(message.id, str) else message.id[-1]
        for said in [message.string] if isinstance(message.string, str) else message.string or [""]:
            yield message, english, said
