"""When somebody has lost their second factor: an admin takes it away, and a mail says so to whom it was."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.mailing import soon
from accounts.models import SecondFactor, User
from branding.mail import sender
from branding.models import Brand
from events.actors import Actor


def reset_second_factor(user: User, *, by: Actor) -> None:
    """Reset it, and have the mail sent after the commit. Raises ``NoSecondFactor``."""
    SecondFactor.reset(user, by=by)
    if user.email:
        transaction.on_commit(partial(_queue, str(user.pk), str(by)), robust=True)


def send(user: str, by: str) -> None:
    """Tell ``user`` that it was reset, and by whom: it may be a surprise."""
    row, name = User.objects.get(pk=user), Brand.name_now()
    context = {"name": name, "user": row, "by": by, "link": settings.SITE_URL + reverse("accounts:second-factor-new")}
    text = render_to_string("accounts/mail/second_factor_reset.txt", context)
    send_mail(f"Your second factor for {name} was reset", text, sender(name), [row.email])


def _queue(user: str, by: str) -> None:
    from accounts.tasks import mail_second_factor_reset

    soon(mail_second_factor_reset, user, by)
