"""The mail with the link that sets a new password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User
from branding.mail import sender
from branding.models import Brand


def send_reset(email: str) -> int:
    """Mail a link to everybody active with this address who signs in by password. Return to how many.

    Whoever came in with a backup has none until then. Whoever signs in by the provider alone is not offered one: it
    would be a way past the provider.
    """
    people = [user for user in User.objects.filter(email__iexact=email, is_active=True) if _by_password(user)]
    name = Brand.name_now()
    for user in people:
        context = {"name": name, "user": user, "link": link_for(user)}
        text = render_to_string("accounts/mail/password_reset.txt", context)
        # To the address on record, never to the one that was typed: look-alike characters may differ.
        send_mail(f"Set a new password for {name}", text, sender(name), [user.email])
    return len(people)


def _by_password(user: User) -> bool:
    return user.has_usable_password() or not user.identities.exists()


def link_for(user: User) -> str:
    """Return the link, built from ``SITE_URL``. It works once, for as long as ``PASSWORD_RESET_TIMEOUT`` says."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return settings.SITE_URL + reverse("password_reset_confirm", kwargs={"uidb64": uid, "token": token})
