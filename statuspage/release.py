"""Which code renders here. Pages name files of their release, so another release publishes everything anew."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from services.figure import Weight
from services.status import Status

SOURCES = (
    *("statuspage/site/*.py", "statuspage/v2/*.py", "statuspage/templatetags/*.py", "branding/*.py"),
    *("statuspage/*.py", "incidents/*.py", "incidents/models/*.py", "incidents/postmortems/*.py"),
    *("services/*.py", "services/graphs/*.py"),
    *("services/maintenance/*.py", "services/models/**/*.py", "services/probes/__init__.py"),
    *("templates/statuspage/*.html", "templates/statuspage/*.js", "templates/components/*.html"),
    *("templates/services/graphs/*.html", "locale/*/LC_MESSAGES/django.mo"),
)
FILES = (
    "public.css",
    "public-service.css",
    "public.js",
    "favicon.svg",
    *(f"favicon-{status}.svg" for status in Status),
)


@cache
def release() -> str:
    """Return a name that changes with the code, the templates, the static files, and what is set for the figures."""
    made = hashlib.blake2b(f"{settings.SITE_URL} {Weight.partial}".encode(), digest_size=12)
    root = Path(settings.BASE_DIR)
    for pattern in SOURCES:
        for path in sorted(root.glob(pattern)):
            made.update(path.read_bytes())
    for name in FILES:
        made.update(_url(name).encode())
    return made.hexdigest()


def _url(name: str) -> str:
    try:
        return staticfiles_storage.url(name)
    except ValueError:
        return name
