"""``manage.py create_admin USERNAME --email ADDRESS``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.roles import Role
from events.actors import SYSTEM


class Command(BaseCommand):
    """Make an admin."""

    help = "Make an admin. The password is asked for; where there is no terminal, it is read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the name and where the password comes from. Never on the command line: others can read that."""
        parser.add_argument("username")
        parser.add_argument("--email", default="", help="where to send a link when the password is forgotten")
        parser.add_argument("--password-stdin", action="store_true", help="read it from standard input in any case")

    def handle(self, *_: Any, **options: Any) -> None:
        """Make them, or say why not."""
        password = _asked() if sys.stdin.isatty() and not options["password_stdin"] else _read()
        try:
            user = User.enrol(
                by=SYSTEM,
                username=options["username"],
                password=password,
                role=Role.ADMIN,
                email=options["email"],
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user} can now sign in as an admin.")
        if not user.email:
            self.stdout.write("Without an email address, a forgotten password cannot be set anew by mail.")
            self.stdout.write("Add one under Profile in the console.")


def _asked() -> str:
    password = getpass()
    if getpass("Password (again): ") != password:
        raise CommandError("The two passwords are not the same. Nobody was made.")
    return password


def _read() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise CommandError("Send the password on standard input: there is no terminal to ask for it.")
    return password
