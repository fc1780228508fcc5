"""Templates of the public page, rendered."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.template import Context
from django.template.backends.django import Template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from statuspage.document import HTML, Document, document
from statuspage.face import Face


def page(address: str, template: str, face: Face, **context: object) -> Document:
    """Return a page as what its address answers."""
    return document(address, HTML, html(template, face, **context).encode())


def html(template: str, face: Face, **context: object) -> SafeString:
    """Render a template of this room."""
    found = cast("Template", get_template(f"statuspage/{template}.html"))
    # Numbers go into addresses and pictures here: none is to be written the way of a language.
    return found.template.render(Context({**context, "brand": face, "site": settings.SITE_URL}, use_l10n=False))
