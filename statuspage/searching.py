"""Searching the past: a published list of it, and what of that list holds some words. Pure.

The list is a page by itself. Whoever asks with words gets the same page with fewer rows, cut by the process that serves
it: no database is asked, and the page answers while there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape, unescape
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from services import dates
from services.saying import listed
from statuspage import states
from statuspage.incident_view import IncidentView
from statuspage.window_view import WindowView

# Each row stands on a line of its own behind this.
ROW: Final = "<!--row-->"
# So many are shown; who looks for one adds a word.
MOST: Final = 50
_FIELD: Final = 'name="q" value=""'
_COUNT: Final = re.compile(r'(<p id="found"[^>]*>).*?(</p>)', re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Index:
    """A published list, taken apart once: what is before and behind the rows, and each row with its text."""

    before: str
    rows: Sequence[tuple[str, str]]
    behind: str

    @classmethod
    def of(cls, html: str) -> Index:
        """Take a page apart."""
        lines = html.split("\n")
        places = [number for number, line in enumerate(lines) if line.startswith(ROW)]
        first, last = (places[0], places[-1] + 1) if places else (len(lines), len(lines))
        rows = [(line, _text(line)) for line in lines[first:last]]
        return cls("\n".join(lines[:first]), rows, "\n".join(lines[last:]))

    def page(self, words: str) -> str:
        """Return the page with the rows that hold every word, wherever and in any case of letters."""
        wanted = words.casefold().split()
        found = [row for row, text in self.rows if all(word in text for word in wanted)]
        shown = "\n".join(found[:MOST])
        before = self.before.replace(_FIELD, f'name="q" value="{escape(words)}"', 1)
        before = _COUNT.sub(lambda part: f"{part[1]}{_counted(len(found), words)}{part[2]}", before, count=1)
        return f"{before}\n{shown}\n{self.behind}"


def rows(incidents: Iterable[IncidentView], windows: Iterable[WindowView], base: str) -> list[SafeString]:
    """Return a row for each, the newest first. By hand: a template for each of a thousand takes too long.

    ``base`` is what pages of the language that is spoken stand below.
    """
    made = [(one.declared_at, _incident(one, base)) for one in incidents]
    made += [(one.begun_at, _window(one, base)) for one in windows if one.took_place]
    # By their words where they began at one instant: the same rows make the same page, however they are read.
    return [row for _, row in sorted(made, reverse=True)]


def _incident(one: IncidentView, base: str) -> SafeString:
    stage = states.stage_within(one.stage)
    ended = gettext("%(stage)s after %(length)s") % {"stage": stage, "length": one.lasted} if one.lasted else stage
    said = listed([one.severity.short, ended])
    names = [row.name for row in one.affected]
    return _row(f"{base}/incidents/{one.id}", one.title, one.declared_at, names, said)


def _window(one: WindowView, base: str) -> SafeString:
    names = [row.name for row in one.services]
    said = listed([gettext("Maintenance"), one.lasted])
    return _row(f"{base}/maintenance/{one.id}", one.title, one.begun_at, names, said)


def _row(address: str, title: str, at: datetime, names: Sequence[str], said: str) -> SafeString:
    at = at.astimezone(UTC)
    return format_html(
        '<li><div><a href="{}">{}</a><p class="muted small">{}<time datetime="{}">{}</time></p></div>'
        '<span class="small">{}</span></li>',
        address,
        " ".join(title.split()),
        "".join(f"{name}, " for name in names),
        f"{at:%Y-%m-%d}",
        dates.said(at, "whole"),
        said,
    )


def _text(row: str) -> str:
    return unescape(_TAG.sub(" ", row)).casefold()


def _counted(number: int, words: str) -> str:
    if not number:
        return gettext("Nothing holds “%(words)s”.") % {"words": escape(words)}
    said = {"number": number, "words": escape(words), "most": MOST}
    if number > MOST:
        return gettext("%(number)s entries hold “%(words)s”. The newest %(most)s are shown.") % said
    return ngettext("%(number)s entry holds “%(words)s”.", "%(number)s entries hold “%(words)s”.", number) % said
