"""What the component templates need besides plain Django."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from services import lengths

register = template.Library()

_LIST_WIDGETS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
_ARIA = re.compile(r' aria-[a-z]+="[^"]*"')


@register.filter
def initials(name: object) -> str:
    """Return one or two capitals that stand for ``name``: ``Ada Lovelace`` → ``AL``, ``ci-bot`` → ``CB``."""
    words = [word for word in str(name or "").replace("-", " ").replace("_", " ").replace(".", " ").split() if word]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else words[0][1:2])
    return letters.upper()


@register.filter
def field_kind(field: BoundField) -> str:
    """Say how a form field is laid out: ``check`` (one box), ``choices`` (a group of them) or ``plain``."""
    if isinstance(field.field.widget, _LIST_WIDGETS):
        return "choices"
    return "check" if isinstance(field.field.widget, forms.CheckboxInput) else "plain"


@register.filter
def control(field: BoundField) -> SafeString:
    """Return the widget and, where the form wants it, what the field held at first.

    Django describes that hidden copy with the field's help, and HTML allows no ``aria-`` on what is hidden.
    """
    widget = SafeString(field.as_widget())
    if not field.field.show_hidden_initial:
        return widget
    return widget + SafeString(_ARIA.sub("", field.as_hidden(only_initial=True)))


@register.filter
def duration(span: timedelta | None) -> str:
    """Write a span in words; nothing where there is none."""
    return "" if span is None else lengths.duration(span)


@register.filter
def until(end: datetime, begin: datetime) -> str:
    """Write how long it is from ``begin`` to ``end``, in the words that durations have everywhere."""
    return lengths.duration(end - begin)


@register.simple_tag
def refresh(region: str, seconds: int = 30) -> SafeString:
    """Return the attributes that make an element renew itself, with the page's heading and notices, from its own page.

    ``region`` is the element's id.
    """
    return format_html(
        'id="{0}" data-refresh data-hx-get="" data-hx-trigger="every {1}s, news" data-hx-select="#{0}" '
        'data-hx-select-oob="#heading,#notices" data-hx-target="this" data-hx-ext="morph" data-hx-swap="morph"',
        region,
        seconds,
    )
