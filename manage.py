#!/usr/bin/env python
"""Run a management command: ``manage.py COMMAND``."""

import os
import sys


def main() -> None:
    """Hand the command line to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command, execute_from_command_line

    if sys.argv[1:] == ["version"]:
        # Django answers this word itself, with its own version.
        django.setup()
        call_command("version")
    else:
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
