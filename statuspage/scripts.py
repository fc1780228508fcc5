"""What scripts say to the public: in English by themselves, and else with the words that they are brought."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from branding.languages import DEFAULT

# static/js/live.js and static/js/push.js
PAGE: Final = (
    gettext_noop("Status update. {news}."),
    gettext_noop("This page may be out of date: it shows the state of {time}."),
    gettext_noop("As of {time}"),
    gettext_noop("Page checked {time}"),
    gettext_noop("No connection. This is the state of {time}."),
    gettext_noop("This browser does not let us show notifications. Its settings for this site say so."),
    gettext_noop("Asking the browser…"),
    gettext_noop("This browser could not be subscribed. Try again later, or give an email address."),
)
# templates/statuspage/widget.js; the last are what its data says of an incident.
WIDGET: Final = (
    gettext_noop("{0} ({1}) and {2} more"),
    gettext_noop("{0} ({1})"),
    gettext_noop("{0}: until {1}"),
    gettext_noop("{0}: planned for {1}"),
    gettext_noop("Details"),
    gettext_noop("Dismiss"),
    gettext_noop("investigating"),
    gettext_noop("identified"),
    gettext_noop("monitoring"),
)


@cache
def words(language: str) -> str:
    """Return what a page says by its scripts in a language, as JSON by its English; nothing for English itself."""
    found = said(language, PAGE)
    return json.dumps(found, ensure_ascii=False) if found else ""


@cache
def said(language: str, sentences: Sequence[str]) -> Mapping[str, str]:
    """Return sentences in a language by their English; none for English itself."""
    if language == DEFAULT:
        return {}
    with translation.override(language):
        return {sentence: gettext(sentence) for sentence in sentences}
