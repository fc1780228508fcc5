"""Whoever keeps the promise of a next update has one mail before it is due, and none about one that was kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from incidents import promises
from tests.fanout.conftest import ANN
from tests.mailserver import MailServer
from tests.paging_messages.people import fan_out, incident, person, way
from tests.sending.conftest import START, Engine

pytestmark = pytest.mark.django_db
DUE = START + timedelta(minutes=4)


@pytest.mark.parametrize("kept", [False, True])
def test_a_mail_before_it_is_due(engine: Engine, mails: MailServer, kept: bool) -> None:
    ada = person("Ada")
    way(ada, "email", "ada.night@example.org")
    one = incident()
    one.assign(ada, by=ANN, now=START)
    one.promise_update(DUE, by=ANN, now=START)
    assert promises.tick(START) == 1
    fan_out()
    fan_out()
    if kept:
        one.post_update(by=ANN, message="Still on it.", now=START + timedelta(seconds=1))
    engine.run()
    found = [mail for mail in mails.mails() if "Next update due" in mail["Subject"]]
    assert len(found) == (0 if kept else 1)
