"""Without a passphrase no secret leaves; what cannot live without comes in switched off, and that is said."""

from __future__ import annotations

from io import BytesIO

import pyotp
import pytest

from accounts.models import ApiKey, SecondFactor, User
from console.backup.box import Box
from console.backup.bringing import bring
from console.backup.faults import Unusable
from events.actors import SYSTEM
from notifications.models import Channel
from oncall.models import ContactWay
from services.models import Component, Heartbeat, Service
from tests.backup.conftest import backup
from tests.emptying import empty
from tests.factories import PASSWORD, UserFactory, make_key

pytestmark = pytest.mark.django_db
PASSPHRASE = "correct horse battery staple"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HIDDEN = "hidden-from-everybody"


@pytest.fixture
def secrets() -> list[str]:
    """Make a row with each kind of secret, and return the texts that no file may hold."""
    user = UserFactory.create()
    SecondFactor.switch_on(user, SEED, pyotp.TOTP(SEED).now())
    key, _ = make_key("read")
    ContactWay.add(by=SYSTEM, user=user, kind="email", address=f"{HIDDEN}@example.com")
    channel = Channel.add(by=SYSTEM, name="Hook", kind="webhook", options={"url": "https://example.com/hook"})
    component = Component.add(Service.add(by=SYSTEM, name="Shop", public=True), by=SYSTEM, name="Web")
    options = {"headers": {"X-Secret": HIDDEN}}
    beat = Heartbeat.configure(component, by=SYSTEM, kind="http", url="https://example.com", options={})
    Heartbeat.objects.filter(pk=beat.pk).update(options={**beat.options, **options})
    sealed = SecondFactor.objects.get().sealed
    return [SEED, sealed, user.password, key.digest, channel.sealed, beat.token, HIDDEN]


def test_none_is_in_the_file_and_their_rows_come_in_switched_off(secrets: list[str]) -> None:
    for file in (backup(), backup(Box.new(PASSPHRASE))):
        assert [secret for secret in secrets if secret.encode() in file.getvalue()] == []
        file.seek(0)
        empty()
        outcome = bring(file, by=SYSTEM)
        assert len(outcome.notes) == 7
        assert "1 people have no password" in outcome.notes[0]
        assert not User.objects.get().check_password(PASSWORD)
        assert SecondFactor.of(User.objects.get()) is None
        assert ApiKey.objects.get().revoked_at
        assert [Channel.objects.get().enabled, ContactWay.objects.get().enabled] == [False, False]
        assert not Heartbeat.objects.get().enabled
        assert Heartbeat.objects.get().token not in secrets
        again = bring(file, by=SYSTEM)
        assert (again.created, again.updated) == (0, 0)


def test_with_the_passphrase_they_come_along_and_with_another_or_changed_nothing_does(secrets: list[str]) -> None:
    file = backup(Box.new(PASSPHRASE))
    empty()
    with pytest.raises(Unusable, match="does not open"):
        bring(file, by=SYSTEM, passphrase="another one, and long")
    token = file.getvalue().split(b'"secret": "')[1].split(b'"')[0]
    swapped = file.getvalue().replace(token, token[:-8] + b"AAAAAA==", 1)
    with pytest.raises(Unusable, match="users, row 1, secret: its secrets were changed"):
        bring(BytesIO(swapped), by=SYSTEM, passphrase=PASSPHRASE)
    assert not User.objects.exists()
    assert bring(file, by=SYSTEM, passphrase=PASSPHRASE).notes == []
    user = User.objects.get()
    assert user.check_password(PASSWORD)
    factor = SecondFactor.of(user)
    assert factor
    assert (factor.secret(), factor.codes_left) == (SEED, 10)
    assert ContactWay.objects.get().address == f"{HIDDEN}@example.com"
    assert Heartbeat.objects.get().options["headers"] == {"X-Secret": HIDDEN}
    assert [Heartbeat.objects.get().token, ApiKey.objects.get().digest] == [secrets[5], secrets[3]]


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(Unusable, match="12 characters"):
        Box.new("short")
