"""Whom mails are from."""

from __future__ import annotations

from email.utils import formataddr, parseaddr

from django.conf import settings


def sender(name: str) -> str:
    """Return ``DEFAULT_FROM_EMAIL``, with ``name`` where the setting has an address alone."""
    said, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((said or name, address))
