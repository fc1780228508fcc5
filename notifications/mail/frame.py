"""The HTML of a mail: its words in a frame, with the styles on each element, because many readers know no others."""

from __future__ import annotations

import secrets
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from notifications.wording.asking import KIND

if TYPE_CHECKING:
    from css_inline import CSSInliner

    from notifications.transports.outcome import Parcel

# Where a recipient's own links go. Nobody who writes a message can write these.
_MANAGE, _LEAVE = (f"{what}-{secrets.token_hex(12)}" for what in ("manage", "leave"))


def document(parcel: Parcel) -> str:
    """Return the whole document for one recipient. Ten thousand mails of one message are laid out once."""
    words = parcel.words
    page = _laid_out(words.subject, words.short, words.html, parcel.name, is_personal(parcel))
    return page.replace(_MANAGE, escape(parcel.manage_url)).replace(_LEAVE, escape(parcel.leave_url))


def is_personal(parcel: Parcel) -> bool:
    """Say whether the mail ends in the links of a subscriber; who is only asked has not subscribed to anything."""
    return bool(parcel.leave_url) and parcel.words.kind != KIND


@lru_cache(maxsize=64)
def _laid_out(heading: str, preheader: str, html: str, name: str, personal: bool) -> str:  # noqa: FBT001 - a key
    context = {
        "heading": heading,
        "preheader": preheader,
        # Made of escaped text and sanitised Markdown (``notifications.wording.sheet``).
        "html": mark_safe(html),  # noqa: S308
        "personal": personal,
        "name": name,
        "manage": _MANAGE,
        "leave": _LEAVE,
    }
    return _inliner().inline(render_to_string("notifications/mail/message.html", context))


@cache
def _inliner() -> CSSInliner:
    # Only who sends mail needs it.
    from css_inline import CSSInliner

    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
