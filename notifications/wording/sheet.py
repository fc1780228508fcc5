"""A message before it has a form: what stands on it, and how that becomes text, HTML and a line. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from incidents.markdown import to_html, to_text
from incidents.plain import to_plain
from notifications.transports.outcome import Words

# So much of what was said goes into the short form; the link leads to the rest.
SHORT = 280


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message: a heading, a sentence of ours, what somebody wrote (Markdown), facts by name, and a link.

    ``plain`` stands in the text instead of ``message``, where that is not to be laid out as Markdown; ``more`` is a
    second link, which matters less.
    """

    kind: str
    heading: str
    at: datetime
    lead: str = ""
    message: str = ""
    plain: str = ""
    rows: Sequence[tuple[str, str]] = ()
    link: tuple[str, str] | None = None
    more: tuple[str, str] | None = None
    thread: str = ""
    services: Sequence[str] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    def words(self) -> Words:
        """Return the message in all its forms."""
        return Words(
            kind=self.kind,
            subject=one_line(self.heading),
            text="\n\n".join(self._blocks()) + "\n",
            html="\n".join(self._html()),
            short=self._short(),
            facts=self.facts,
            at=self.at,
            thread=self.thread,
            services=tuple(self.services),
        )

    def _blocks(self) -> Iterator[str]:
        """Yield the paragraphs of the text: what was written without its marks, which many readers would show."""
        yield from filter(None, (self.lead, self.plain.strip() or to_plain(self.message)))
        if self.rows:
            yield "\n".join(f"{name}: {value}" for name, value in self.rows)
        for label, url in filter(None, (self.link, self.more)):
            yield f"{label}:\n{url}"

    def _html(self) -> Iterator[str]:
        if self.lead:
            yield f"<p>{escape(self.lead)}</p>"
        if self.message.strip():
            yield f'<div class="said">{to_html(self.message)}</div>'
        if self.rows:
            rows = (
                f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>' for name, value in self.rows
            )
            yield f'<table class="facts">{"".join(rows)}</table>'
        if self.link:
            yield f'<p class="onward"><a href="{escape(self.link[1])}">{escape(self.link[0])}</a></p>'
        if self.more:
            yield f'<p><a href="{escape(self.more[1])}">{escape(self.more[0])}</a></p>'

    def _short(self) -> str:
        said = cut(one_line(to_text(self.message)) or self.lead, SHORT)
        return " ".join(filter(None, (f"{one_line(self.heading)}.", said, self.link[1] if self.link else "")))


def _row(name: str, value: str) -> str:
    return f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'


def one_line(text: str) -> str:
    """Return ``text`` with every run of blanks and line breaks as one blank: it may stand in a header."""
    return " ".join(text.split())


def cut(text: str, most: int) -> str:
    """Return at most ``most`` characters, cut between words and marked."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return f"{head.rpartition(' ')[0] or head}…"
