"""What granian serves, with ``--interface asgi``."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from config.tracing import begin  # noqa: E402 - it needs the settings

begin()

from config.front import application  # noqa: E402 - its modules need Django's apps
from config.sqlite_file import never_make  # noqa: E402

never_make()

__all__ = ["application"]
