"""A message that was claimed too long ago is not begun with: somebody else may have it by now."""

from __future__ import annotations

import time

import pytest

from notifications.kinds import Lane, State
from notifications.sending import crew
from notifications.sending.claiming import claim_mails
from notifications.sending.crew import Job
from notifications.sending.look import look
from notifications.sending.parcels import parcel
from tests.mailserver import MailServer
from tests.sending.conftest import START, Engine, again, reader, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("ago", "arrivals"), [(crew.CLAIMED + 1, 0), (0, 1)])
def test_it_is_begun_with_only_in_time(engine: Engine, mails: MailServer, ago: float, arrivals: int) -> None:
    delivery = send(reader("ann@example.org"))
    delivery.lane = Lane.URGENT
    delivery.save()
    [mine] = claim_mails(Lane.URGENT, 1, START, {})
    job = Job(mine, parcel(mine, look([mine])), time.monotonic() - ago)
    engine.crew.send([job])
    engine.runner.lanes = ()
    engine.run()
    assert len(mails.arrivals) == arrivals
    assert again(delivery).status == (State.SENT if arrivals else State.PENDING)
    assert delivery.attempts == arrivals
