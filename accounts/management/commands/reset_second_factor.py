"""``manage.py reset_second_factor USERNAME``: for the only admin, who has lost theirs."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.losing import reset_second_factor
from accounts.models import User
from accounts.models.second_factor import NoSecondFactor
from events.actors import SYSTEM


class Command(BaseCommand):
    """Take away somebody's second factor."""

    help = (
        "Take away the second factor of somebody who has lost it. Their sessions end; the password opens the account."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the name."""
        parser.add_argument("username")

    def handle(self, *_: Any, **options: Any) -> None:
        """Reset it, or say why not."""
        user = User.objects.filter(username__iexact=options["username"]).first()
        if user is None:
            raise CommandError(f"There is nobody with the username {options['username']!r}.")
        try:
            reset_second_factor(user, by=SYSTEM)
        except NoSecondFactor as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user} signs in with the password alone now, and can set up another second factor.")
