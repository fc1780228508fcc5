"""A backup of before brings people back, and neither sessions that were ended since nor a device that was given up."""

from __future__ import annotations

from io import BytesIO

import pyotp
import pytest

from accounts import totp
from accounts.models import SecondFactor, User
from console.backup.bringing import bring
from events.actors import SYSTEM
from tests.backup.conftest import backup
from tests.factories import UserFactory, signed_in

pytestmark = pytest.mark.django_db
CONSOLE = "/console/"


def armed(user: User) -> str:
    secret = totp.new_secret()
    SecondFactor.switch_on(user, secret, pyotp.TOTP(secret).now())
    return secret


@pytest.mark.parametrize("replace", [False, True])
def test_sessions_that_were_ended_stay_so(replace: bool) -> None:
    user = UserFactory.create(role="admin", name="Ann")
    browser = signed_in(user)
    file = backup()
    assert browser.get(CONSOLE).status_code == 200
    user.end_sessions(by=SYSTEM)
    user.change(by=SYSTEM, changes={"name": "Anna"})
    bring(file, by=SYSTEM, replace=replace)
    assert User.objects.get().name == "Ann"
    assert browser.get(CONSOLE).status_code == 302


def test_a_backup_of_before_another_device_comes_back_and_the_device_stays() -> None:
    user = UserFactory.create(role="admin")
    armed(user)
    file = BytesIO(backup().getvalue())
    new = armed(user)
    for replace in (False, True):
        assert bring(file, by=SYSTEM, replace=replace).notes == []
        factor = SecondFactor.of(User.objects.get())
        assert factor
        assert factor.secret() == new
