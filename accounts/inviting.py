"""The mail with the link that an invitation is accepted by."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.mailing import soon
from accounts.models import Invitation
from branding.mail import sender
from branding.models import Brand

_FILES = "django.core.mail.backends.filebased.EmailBackend"


def mail_goes_out() -> bool:
    """Say whether there is a mail server; without one mails are files that nobody reads."""
    return settings.EMAIL_BACKEND != _FILES


def link_for(invitation: Invitation) -> str:
    """Return the link, built from ``SITE_URL``."""
    return settings.SITE_URL + reverse("invitation", kwargs={"token": invitation.token()})


def deliver(invitation: Invitation) -> str:
    """Have the mail sent after the commit; where there is no mail server, return the link for somebody to hand over."""
    if not mail_goes_out():
        return link_for(invitation)
    transaction.on_commit(partial(_queue, str(invitation.pk)), robust=True)
    return ""


def send(user: str) -> None:
    """Mail the link of the invitation that ``user`` has now, if it is open still."""
    row = Invitation.objects.select_related("user").filter(user_id=user, expires_at__gt=timezone.now()).first()
    if row is not None:
        name = Brand.name_now()
        context = {"name": name, "user": row.user, "link": link_for(row), "until": row.expires_at}
        text = render_to_string("accounts/mail/invitation.txt", context)
        send_mail(f"You are invited to {name}", text, sender(name), [row.user.email])


def _queue(user: str) -> None:
    from accounts.tasks import mail_invitation

    soon(mail_invitation, user)
