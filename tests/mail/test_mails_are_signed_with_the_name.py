"""The name of the installation is in the subject, foot and list of mails, and before an address without a name."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from accounts.models import User
from accounts.password_reset import send_reset
from branding.models import Brand
from events.actors import SYSTEM
from notifications.kinds import Audience
from notifications.mail.message import build
from notifications.telling.place import place_for
from tests.factories import UserFactory
from tests.mail.conftest import AT, parcel, read, text_of

NAME = "Søndag & Co. <Status>"


def test_a_mail_to_a_subscriber(settings: Any) -> None:
    settings.SITE_URL, settings.DEFAULT_FROM_EMAIL = "https://status.example.org", "status@example.org"
    sent = read(build(parcel(name=NAME), AT))
    assert sent["Subject"] == f"[{NAME}] Card payments fail"
    assert sent["From"].addresses[0].display_name == NAME
    assert sent["List-Id"].endswith(" <status.status.example.org>")
    assert f"subscribed to {NAME}.\n" in text_of(sent)
    html = sent.get_body(("html",))
    assert html
    assert "subscribed to Søndag &amp; Co. &lt;Status&gt;." in html.get_content()


def test_a_setting_with_a_name_is_left_as_it_is(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Night desk <status@example.org>"
    assert read(build(parcel(name=NAME), AT))["From"] == "Night desk <status@example.org>"


@pytest.mark.django_db
def test_messages_and_mails_to_people_know_the_name_of_now(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "status@example.org"
    user: User = UserFactory.create(email="ann@example.org")
    assert place_for(Audience.PUBLIC).name == "OpStatus"
    Brand.current().edit(by=SYSTEM, changes={"name": NAME})
    assert place_for(Audience.INTERNAL).name == NAME
    assert send_reset(user.email) == 1
    assert mail.outbox[0].subject == f"Set a new password for {NAME}"
    assert f"on {NAME}. This link" in mail.outbox[0].body
    assert read(mail.outbox[0].message().as_bytes())["From"].addresses[0].display_name == NAME
